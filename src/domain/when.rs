//! Time as an argument: an instant and the user's zone. Days are calendar days in that zone.

use chrono::{DateTime, Duration, FixedOffset, NaiveDate, NaiveDateTime, Offset, TimeZone, Utc};
use chrono_tz::Tz;

/// The zone a user lives in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    Named(Tz),
    /// A bare offset, as a fixed `KENSHIN_NOW` gives it.
    Fixed(FixedOffset),
}

impl Zone {
    pub fn utc() -> Self {
        Zone::Named(Tz::UTC)
    }

    pub fn local(self, at: DateTime<Utc>) -> NaiveDateTime {
        match self {
            Zone::Named(tz) => at.with_timezone(&tz).naive_local(),
            Zone::Fixed(offset) => at.with_timezone(&offset).naive_local(),
        }
    }

    pub fn day(self, at: DateTime<Utc>) -> NaiveDate {
        self.local(at).date()
    }

    /// The instant of a wall-clock reading. A reading that daylight saving skips moves to the next
    /// one that exists; of a reading that occurs twice the earlier one counts.
    pub fn instant(self, local: NaiveDateTime) -> DateTime<Utc> {
        match self {
            Zone::Fixed(offset) => (local - offset.fix()).and_utc(),
            Zone::Named(tz) => match tz.from_local_datetime(&local).earliest() {
                Some(found) => found.with_timezone(&Utc),
                None => tz
                    .from_local_datetime(&(local + Duration::hours(1)))
                    .earliest()
                    .map_or_else(|| local.and_utc(), |found| found.with_timezone(&Utc)),
            },
        }
    }
}

/// The last second of a calendar day.
pub fn end_of_day(day: NaiveDate, zone: Zone) -> DateTime<Utc> {
    zone.instant((day + Duration::days(1)).and_time(chrono::NaiveTime::MIN)) - Duration::seconds(1)
}

/// How a user writes days and counts years, from `desk.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Habits {
    /// 12/1 is the twelfth of January.
    pub day_first: bool,
    pub year_starts: YearStart,
}

/// The day on which the fiscal year begins. Its quarters begin on that day of a month too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearStart {
    /// 1 to 12.
    pub month: u32,
    /// 1 to 28, so that every month has it: a year that closes on the 20th begins on the 21st.
    pub day: u32,
}

impl YearStart {
    /// On the first of a month.
    pub fn of_month(month: u32) -> Self {
        Self { month, day: 1 }
    }

    /// The first day of the fiscal year that begins in a calendar year.
    pub fn in_year(self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.month, self.day)
    }
}

impl std::str::FromStr for YearStart {
    type Err = ();

    /// Reads a month, or a month and a day: `4`, `3/21`, `03-21`.
    fn from_str(text: &str) -> Result<Self, ()> {
        let (month, day) = text.split_once(['/', '-']).unwrap_or((text, "1"));
        let number = |text: &str| text.trim().parse::<u32>().map_err(drop);
        let start = Self {
            month: number(month)?,
            day: number(day)?,
        };
        let is = (1..=12).contains(&start.month) && (1..=28).contains(&start.day);
        is.then_some(start).ok_or(())
    }
}

impl Default for Habits {
    /// Month first, as in Japan and the United States; a year from April.
    fn default() -> Self {
        Self {
            day_first: false,
            year_starts: YearStart::of_month(4),
        }
    }
}

/// The current moment, passed to everything that needs the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    pub at: DateTime<Utc>,
    pub zone: Zone,
    pub habits: Habits,
}

impl Now {
    /// A moment of a user who set no habits.
    pub fn new(at: DateTime<Utc>, zone: Zone) -> Self {
        Self {
            at,
            zone,
            habits: Habits::default(),
        }
    }

    pub fn today(&self) -> NaiveDate {
        self.zone.day(self.at)
    }

    pub fn local(&self) -> NaiveDateTime {
        self.zone.local(self.at)
    }

    /// When the next whole second begins.
    pub fn next_second(&self) -> DateTime<Utc> {
        let gone = i64::from(self.at.timestamp_subsec_millis());
        self.at + Duration::milliseconds(1_000 - gone)
    }

    /// When the next day begins, by the user's clock.
    pub fn midnight(&self) -> DateTime<Utc> {
        let tomorrow = self.today() + Duration::days(1);
        self.zone.instant(tomorrow.and_time(chrono::NaiveTime::MIN))
    }

    #[must_use]
    pub fn later(self, by: Duration) -> Now {
        Now {
            at: self.at + by,
            ..self
        }
    }
}

/// Adds months. A day beyond the end of the month becomes its last day.
pub fn add_months(date: NaiveDate, months: i32) -> NaiveDate {
    let step = chrono::Months::new(months.unsigned_abs());
    let moved = if months < 0 {
        date.checked_sub_months(step)
    } else {
        date.checked_add_months(step)
    };
    moved.unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).expect("valid day")
    }

    #[test]
    fn a_day_is_the_users_day() {
        let at = Utc.with_ymd_and_hms(2026, 11, 21, 16, 0, 0).unwrap();
        assert_eq!(Zone::Named(Tz::Asia__Tokyo).day(at), day(2026, 11, 22));
        assert_eq!(Zone::utc().day(at), day(2026, 11, 21));
    }

    #[test]
    fn a_skipped_hour_moves_forward_and_a_doubled_hour_is_the_first() {
        let zone = Zone::Named(Tz::America__New_York);
        let skipped = day(2026, 3, 8).and_hms_opt(2, 30, 0).expect("time");
        assert_eq!(
            zone.local(zone.instant(skipped)),
            day(2026, 3, 8).and_hms_opt(3, 30, 0).expect("time")
        );
        let doubled = day(2026, 11, 1).and_hms_opt(1, 30, 0).expect("time");
        assert_eq!(
            zone.instant(doubled),
            Utc.with_ymd_and_hms(2026, 11, 1, 5, 30, 0).unwrap()
        );
    }

    #[test]
    fn months_stop_at_the_last_day() {
        assert_eq!(add_months(day(2024, 1, 31), 1), day(2024, 2, 29));
        assert_eq!(add_months(day(2026, 3, 31), -1), day(2026, 2, 28));
    }
}
