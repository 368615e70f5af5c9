//! Days counted from another: units of time, business days, weekdays, weeks.

use chrono::{Datelike, Duration, NaiveDate, Weekday};

use super::written::month_end;
use crate::domain::when::add_months;

/// A unit in which days are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Days,
    /// Monday to Friday.
    Business,
    Weeks,
    Months,
    Years,
}

/// The day so many units later, or earlier for a negative number; none beyond ten years.
pub(super) fn shift(from: NaiveDate, n: i64, unit: Unit) -> Option<NaiveDate> {
    let most = match unit {
        Unit::Days | Unit::Business => 3_650,
        Unit::Weeks => 520,
        Unit::Months => 120,
        Unit::Years => 10,
    };
    if n.abs() > most {
        return None;
    }
    Some(match unit {
        Unit::Days => from + Duration::days(n),
        Unit::Business => business(from, n),
        Unit::Weeks => from + Duration::days(7 * n),
        Unit::Months => add_months(from, n as i32),
        Unit::Years => add_months(from, 12 * n as i32),
    })
}

fn business(from: NaiveDate, n: i64) -> NaiveDate {
    let step = Duration::days(n.signum());
    let (mut date, mut left) = (from, n.abs());
    while left > 0 {
        date += step;
        left -= i64::from(is_business(date));
    }
    date
}

fn is_business(date: NaiveDate) -> bool {
    date.weekday().num_days_from_monday() < 5
}

/// The last Monday-to-Friday day of a day's month.
pub(super) fn last_business(date: NaiveDate) -> NaiveDate {
    let end = month_end(date);
    let over = i64::from(end.weekday().num_days_from_monday()) - 4;
    end - Duration::days(over.max(0))
}

/// The n-th Monday-to-Friday day of a day's month.
pub(super) fn nth_business(date: NaiveDate, n: u32) -> Option<NaiveDate> {
    let before = date.with_day(1)? - Duration::days(1);
    (1..=23)
        .contains(&n)
        .then(|| business(before, i64::from(n)))
        .filter(|d| d.month() == date.month())
}

/// The n-th weekday of a day's month; -1 for the last.
pub(super) fn nth_weekday(date: NaiveDate, n: i32, weekday: Weekday) -> Option<NaiveDate> {
    if n < 0 {
        let end = month_end(date);
        return Some(end - Duration::days(days_since(end, weekday)));
    }
    let n = u8::try_from(n).ok()?;
    NaiveDate::from_weekday_of_month_opt(date.year(), date.month(), weekday, n)
}

fn days_since(date: NaiveDate, weekday: Weekday) -> i64 {
    (i64::from(date.weekday().num_days_from_monday()) - i64::from(weekday.num_days_from_monday()))
        .rem_euclid(7)
}

/// The Monday of a day's week.
pub(super) fn week_start(date: NaiveDate) -> NaiveDate {
    date - Duration::days(i64::from(date.weekday().num_days_from_monday()))
}

/// The weekday after a day, at most a week later.
pub(super) fn next_weekday(today: NaiveDate, weekday: Weekday) -> NaiveDate {
    let since = days_since(today, weekday);
    today + Duration::days(7 - since)
}

/// The weekday on or before a day.
pub(super) fn last_weekday(today: NaiveDate, weekday: Weekday) -> NaiveDate {
    today - Duration::days(days_since(today, weekday))
}

/// A weekday of a day's week, which begins on Monday.
pub(super) fn in_week(date: NaiveDate, weekday: Weekday) -> NaiveDate {
    week_start(date) + Duration::days(i64::from(weekday.num_days_from_monday()))
}
