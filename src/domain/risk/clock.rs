//! The clock of a case: the moment by which a step is due, in hours of work on days on which both sides work.

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};

use crate::domain::account::Account;
use crate::domain::cadence::Kind;
use crate::domain::cadence::calendar::{Calendar, Shut, shut};
use crate::domain::cadence::policy::Policy;
use crate::domain::cadence::schedule::Desk;
use crate::domain::cadence::theirs::Theirs;
use crate::domain::when::Zone;

/// The hours in which an account's rescue goes on: ours, on days on which both sides work.
pub struct Hours<'a> {
    policy: &'a Policy,
    calendar: &'a Calendar,
    theirs: Theirs<'a>,
    zone: Zone,
}

impl<'a> Hours<'a> {
    pub fn of(desk: &Desk<'a>, account: &'a Account) -> Self {
        Self {
            policy: desk.policy,
            calendar: desk.calendars.of(&account.owner),
            theirs: Theirs::of(desk.policy, account),
            zone: desk.now.zone,
        }
    }

    /// Whether both sides work on a day. A season or a leave stops no rescue: somebody else takes it over.
    pub fn works(&self, day: NaiveDate) -> bool {
        let reasons = shut(
            self.policy,
            self.calendar,
            &self.theirs,
            Kind::Checkin,
            (day, day),
        );
        let stops = |reason: &Shut| match reason {
            Shut::Weekend | Shut::Holiday { .. } | Shut::Closure { .. } => true,
            Shut::Absence | Shut::Blackout(_) | Shut::Season(_) => false,
        };
        !reasons.iter().any(stops)
    }

    /// The moment by which so many hours of work have passed; none where no such day comes within a year.
    pub fn after(&self, from: DateTime<Utc>, hours: i64) -> Option<DateTime<Utc>> {
        after(
            self.zone,
            self.policy.hours,
            |day| self.works(day),
            from,
            hours,
        )
    }
}

/// As [`Hours::after`], by the hours of a day and whether a day is one of work.
fn after(
    zone: Zone,
    (opens, closes): (NaiveTime, NaiveTime),
    works: impl Fn(NaiveDate) -> bool,
    from: DateTime<Utc>,
    hours: i64,
) -> Option<DateTime<Utc>> {
    const YEAR: usize = 366;
    let start = zone.local(from);
    let mut left = Duration::hours(hours);
    for day in start
        .date()
        .iter_days()
        .take(YEAR)
        .filter(|day| works(*day))
    {
        let begin = day.and_time(opens).max(start);
        let end = day.and_time(closes);
        if begin >= end {
            continue;
        }
        if left <= end - begin {
            return Some(zone.instant(begin + left));
        }
        left -= end - begin;
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn time(hour: u32) -> NaiveTime {
        NaiveTime::from_hms_opt(hour, 0, 0).expect("an hour")
    }

    proptest! {
        /// A clock never counts an hour of a day off, nor one outside the hours of work.
        #[test]
        fn hours_pass_on_days_of_work_only(
            day in 0_i64..400, minute in 0_i64..1_440, hours in 1_i64..40, off in prop::collection::vec(any::<bool>(), 60),
        ) {
            let zone = Zone::utc();
            let base = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day");
            let works = |d: NaiveDate| !off[(d - base).num_days().rem_euclid(60) as usize];
            let from = zone.instant((base + Duration::days(day)).and_time(time(0))) + Duration::minutes(minute);
            let Some(due) = after(zone, (time(9), time(18)), works, from, hours) else {
                prop_assert!(off.iter().filter(|off| !**off).count() < 8);
                return Ok(());
            };
            let local = zone.local(due);
            prop_assert!(works(local.date()));
            prop_assert!(local.time() > time(9) && local.time() <= time(18));
            // Counted minute by minute.
            let mut at = from;
            let mut counted = 0;
            while at < due {
                let now = zone.local(at);
                let at_work = works(now.date()) && now.time() >= time(9) && now.time() < time(18);
                counted += i64::from(at_work);
                at += Duration::minutes(1);
            }
            prop_assert_eq!(counted, hours * 60);
        }
    }

    #[test]
    fn a_case_of_friday_evening_is_due_on_monday() {
        let zone = Zone::utc();
        let friday = "2026-12-04T17:30:00Z".parse().expect("a time");
        let works = |d: NaiveDate| {
            use chrono::{Datelike, Weekday};
            !matches!(d.weekday(), Weekday::Sat | Weekday::Sun)
        };
        let due = |hours| after(zone, (time(9), time(18)), works, friday, hours);
        assert_eq!(due(1), "2026-12-07T09:30:00Z".parse().ok());
        assert_eq!(due(16), "2026-12-08T15:30:00Z".parse().ok());
        assert_eq!(after(zone, (time(9), time(18)), |_| false, friday, 1), None);
    }
}
