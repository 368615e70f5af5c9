//! The parts of a fiscal year, which begins in the user's month.

use chrono::{Datelike, Duration, NaiveDate};

use crate::domain::when::{YearStart, add_months};

/// A part of a fiscal year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Year,
    /// 1 or 2.
    Half(u32),
    /// 1 to 4.
    Quarter(u32),
}

/// The first day of the fiscal year that a day is in.
pub(super) fn year_of(day: NaiveDate, starts: YearStart) -> NaiveDate {
    let first = starts.in_year(day.year()).unwrap_or(day);
    if first > day {
        add_months(first, -12)
    } else {
        first
    }
}

/// The first and last day of a part of the fiscal year that begins on a day.
pub(super) fn part(year: NaiveDate, part: Part) -> (NaiveDate, NaiveDate) {
    let (skip, months) = match part {
        Part::Year => (0, 12),
        Part::Half(n) => (6 * (n as i32 - 1), 6),
        Part::Quarter(n) => (3 * (n as i32 - 1), 3),
    };
    let first = add_months(year, skip);
    (first, add_months(first, months) - Duration::days(1))
}

/// The half or quarter that a day is in, moved by so many of them.
pub(super) fn around(
    day: NaiveDate,
    starts: YearStart,
    months: i32,
    by: i32,
) -> (NaiveDate, NaiveDate) {
    let year = year_of(day, starts);
    let first = |n: i32| add_months(year, n * months);
    let into = (1..12).take_while(|n| first(*n) <= day).count() as i32;
    (first(into + by), first(into + by + 1) - Duration::days(1))
}

/// The first and last day of the fiscal quarter that a day is in, moved by so many quarters.
pub fn quarter(day: NaiveDate, starts: YearStart, by: i32) -> (NaiveDate, NaiveDate) {
    around(day, starts, 3, by)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_begin_in_the_users_month() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).expect("day");
        let month = YearStart::of_month;
        let today = day(2026, 11, 24);
        assert_eq!(year_of(today, month(4)), day(2026, 4, 1));
        assert_eq!(year_of(day(2026, 3, 31), month(4)), day(2025, 4, 1));
        assert_eq!(
            around(today, month(4), 3, 0),
            (day(2026, 10, 1), day(2026, 12, 31))
        );
        assert_eq!(
            around(today, month(2), 3, 0),
            (day(2026, 11, 1), day(2027, 1, 31))
        );
        assert_eq!(
            around(today, month(4), 6, 1),
            (day(2027, 4, 1), day(2027, 9, 30))
        );
        let half = part(day(2026, 4, 1), Part::Half(1));
        assert_eq!(half, (day(2026, 4, 1), day(2026, 9, 30)));
    }

    #[test]
    fn a_year_may_close_on_the_20th() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).expect("day");
        let starts: YearStart = "3/21".parse().expect("a start");
        let quarter = |on| quarter(on, starts, 0);
        assert_eq!(
            quarter(day(2026, 3, 20)),
            (day(2025, 12, 21), day(2026, 3, 20))
        );
        assert_eq!(
            quarter(day(2026, 3, 21)),
            (day(2026, 3, 21), day(2026, 6, 20))
        );
        assert_eq!(
            quarter(day(2027, 1, 5)),
            (day(2026, 12, 21), day(2027, 3, 20))
        );
        for wrong in ["0", "13", "3/29", "x", "3/"] {
            assert!(wrong.parse::<YearStart>().is_err(), "{wrong}");
        }
    }
}
