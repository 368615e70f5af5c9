//! An agreed recurrence: "second Tuesday of each month, 10:00", "every two weeks on Thursday". Days
//! are computed here; `tests/cadence.rs` compares them with an implementation of RFC 5545.

use chrono::{Datelike, Duration, NaiveDate, NaiveTime, Weekday};
use serde::{Deserialize, Serialize};

use crate::domain::when::add_months;

/// The day within its week or month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "on", rename_all = "kebab-case")]
pub enum On {
    /// The weekday, of every n-th week.
    Week { weekday: Weekday },
    /// The n-th weekday of the month, 1 to 5; -1 is the last. A month without a fifth is skipped.
    Nth { nth: i8, weekday: Weekday },
    /// A day of the month, 1 to 31; a shorter month takes its last day.
    Day { day: u32 },
}

/// Days that repeat by week or month, as agreed with a customer: "every second Tuesday at 10:00".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recurrence {
    #[serde(flatten)]
    pub on: On,
    /// The number of weeks or months between two days, 1 or more.
    pub every: u32,
    /// The earliest day. Weeks and months are counted from here.
    pub from: NaiveDate,
    /// In the time zone of the customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<NaiveTime>,
}

impl Recurrence {
    /// The days after `after` (exclusive), without end.
    pub fn days(&self, after: NaiveDate) -> impl Iterator<Item = NaiveDate> + use<> {
        let (on, every, from) = (self.on, self.every.max(1), self.from);
        let monday =
            |d: NaiveDate| d - Duration::days(i64::from(d.weekday().num_days_from_monday()));
        // The period that contains `after`, or the first one.
        let start = after.max(from);
        let first: u32 = match on {
            On::Week { .. } => ((monday(start) - monday(from)).num_days() / 7) as u32 / every,
            On::Nth { .. } | On::Day { .. } => {
                let months = |d: NaiveDate| d.year() * 12 + d.month0() as i32;
                (months(start) - months(from)) as u32 / every
            }
        };
        (first..)
            .map(move |n| {
                let n = n.saturating_mul(every);
                match on {
                    On::Week { weekday } => Some(
                        monday(from)
                            + Duration::days(
                                7 * i64::from(n) + i64::from(weekday.num_days_from_monday()),
                            ),
                    ),
                    On::Nth { nth, weekday } => {
                        nth_of(add_months(month(from), n as i32), nth, weekday)
                    }
                    On::Day { day } => Some(day_of(add_months(month(from), n as i32), day)),
                }
            })
            // A rule that matches no day (a fifth Monday of every twelfth month) must end the
            // search.
            .take(1_200)
            .flatten()
            .filter(move |d| *d >= from && *d > after)
    }

    /// The average number of days from one to the next.
    pub fn length(&self) -> i64 {
        i64::from(self.every.max(1))
            * if matches!(self.on, On::Week { .. }) {
                7
            } else {
                30
            }
    }
}

fn month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

fn nth_of(first: NaiveDate, nth: i8, weekday: Weekday) -> Option<NaiveDate> {
    if nth < 0 {
        let last = add_months(first, 1) - Duration::days(1);
        let back = (i64::from(last.weekday().num_days_from_monday())
            - i64::from(weekday.num_days_from_monday()))
        .rem_euclid(7);
        let day = last - Duration::days(back + 7 * i64::from(-nth - 1));
        return (day >= first).then_some(day);
    }
    NaiveDate::from_weekday_of_month_opt(
        first.year(),
        first.month(),
        weekday,
        u8::try_from(nth).ok().filter(|n| *n > 0)?,
    )
}

fn day_of(first: NaiveDate, day: u32) -> NaiveDate {
    let last = add_months(first, 1) - Duration::days(1);
    first.with_day(day.clamp(1, last.day())).unwrap_or(last)
}
