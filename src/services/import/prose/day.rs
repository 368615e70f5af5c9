//! The day that a written date means: relative to the file's own date or to the calls before it.

use chrono::{Datelike, Duration, NaiveDate, Weekday};

use crate::services::dates;
use crate::services::dates::in_text::{Found, Said};
use crate::services::import::values::Order;

/// What the document says about its days.
#[derive(Debug, Clone, Copy)]
pub struct Basis {
    pub today: NaiveDate,
    /// The day of the file, where it is known; never after today.
    pub file: Option<NaiveDate>,
    /// The order of two numbers, where the document or the user states it.
    pub order: Option<Order>,
    /// The year of a heading above.
    pub year: Option<i32>,
    /// The days of the last two calls that state theirs, the last one first.
    pub before: [Option<NaiveDate>; 2],
}

/// A day, and whether the words prove it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    pub day: Option<NaiveDate>,
    pub sure: bool,
    /// The weekday in the text, where the day has another one.
    pub weekday: Option<Weekday>,
}

impl Basis {
    /// The last day that a call may have: a day in the future is asked about.
    fn end(&self) -> NaiveDate {
        self.today
    }

    /// The day that relative words count from.
    fn anchor(&self) -> NaiveDate {
        self.file.or(self.before[0]).unwrap_or(self.today)
    }
}

/// The day that was written.
pub fn read(found: &Found, basis: &Basis) -> Day {
    let plain = match found.said {
        Said::Day(day) => sure(day),
        Said::NoYear { month, day } => year_of(month, day, found.weekday, basis),
        Said::Open {
            first,
            second,
            year,
        } => open(first, second, year, found.weekday, basis),
        Said::Unclear => unknown(),
        Said::Weekday(weekday) => on(weekday, basis),
        Said::WeeksAgo(weeks, weekday) => {
            let anchor = basis.anchor();
            let monday =
                anchor - Duration::days(i64::from(anchor.weekday().num_days_from_monday()));
            let days = i64::from(weekday.num_days_from_monday()) - 7 * weeks;
            sure(monday + Duration::days(days))
        }
        Said::DaysAgo(days) => {
            let day = basis.anchor() - Duration::days(days);
            // Without a date of the file, "today" is the day of writing, which nobody states.
            Day {
                sure: basis.file.is_some(),
                ..sure(day)
            }
        }
    };
    let weekday = match (plain.day, found.weekday) {
        (Some(day), Some(said)) if day.weekday() != said => Some(said),
        _ => None,
    };
    let future = plain.day.is_some_and(|d| d > basis.end());
    Day {
        sure: plain.sure && weekday.is_none() && !future,
        weekday,
        ..plain
    }
}

fn sure(day: NaiveDate) -> Day {
    Day {
        day: Some(day),
        sure: true,
        weekday: None,
    }
}

fn unknown() -> Day {
    Day {
        day: None,
        sure: false,
        weekday: None,
    }
}

/// The year of a day without one: that of the heading above, the one nearest to the call before, or
/// the last one that is not in the future.
fn year_of(month: u32, day: u32, weekday: Option<Weekday>, basis: &Basis) -> Day {
    let date = |year: i32| NaiveDate::from_ymd_opt(year, month, day);
    if let Some(date) = basis.year.and_then(date) {
        return sure(date);
    }
    let end = basis.file.unwrap_or(basis.today);
    let past: Vec<NaiveDate> = (0..=8)
        .filter_map(|n| date(end.year() - n))
        .filter(|d| *d <= end)
        .collect();
    let near = match basis.before[0] {
        Some(before) => past
            .iter()
            .min_by_key(|d| (**d - before).num_days().abs())
            .copied(),
        None => dates::read_past(&format!("{month}/{day}"), end).or(past.first().copied()),
    };
    let Some(near) = near else { return unknown() };
    let fits = |d: &NaiveDate| weekday.is_none_or(|w| d.weekday() == w);
    // The weekday proves another year only where the calls beside it do not speak against it.
    let other = past.iter().find(|d| fits(d)).copied();
    match other {
        Some(other) if !fits(&near) && basis.before[0].is_none() => Day {
            sure: false,
            ..sure(other)
        },
        _ => sure(near),
    }
}

/// Two numbers: the order of the document, else the one that the weekday proves; without a year the
/// month stands first, as in every date that is typed here.
fn open(
    first: u32,
    second: u32,
    year: Option<i32>,
    weekday: Option<Weekday>,
    basis: &Basis,
) -> Day {
    let date = |month, day| match year {
        Some(year) => NaiveDate::from_ymd_opt(year, month, day).map_or(unknown(), sure),
        None => year_of(month, day, None, basis),
    };
    let (mdy, dmy) = (date(first, second), date(second, first));
    match basis.order {
        Some(Order::Mdy) => return mdy,
        Some(Order::Dmy) => return dmy,
        // Of two numbers the year is no part.
        Some(Order::Ymd) | None => {}
    }
    if let Some(weekday) = weekday {
        let fits = |d: &Day| d.day.is_some_and(|d| d.weekday() == weekday);
        match (fits(&mdy), fits(&dmy)) {
            (true, false) => return mdy,
            (false, true) => return dmy,
            _ => {}
        }
    }
    match year {
        Some(_) => unknown(),
        None => mdy,
    }
}

/// A weekday alone: the last one before the file's day; without such a day, the one beside the call
/// before, in the direction in which the calls run.
fn on(weekday: Weekday, basis: &Basis) -> Day {
    let last = |end: NaiveDate| {
        let back = (7 + i64::from(end.weekday().num_days_from_monday())
            - i64::from(weekday.num_days_from_monday()))
            % 7;
        end - Duration::days(back)
    };
    let (Some(before), None) = (basis.before[0], basis.file) else {
        return sure(last(basis.anchor()));
    };
    match basis.before[1] {
        Some(earlier) if earlier < before => {
            let next = last(before + Duration::days(6));
            sure(if next > basis.end() {
                last(basis.end())
            } else {
                next
            })
        }
        Some(later) if later > before => sure(last(before)),
        _ => Day {
            sure: false,
            ..sure(last(before))
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::dates::in_text;

    fn day(y: i32, m: u32, d: u32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(y, m, d)
    }

    fn basis() -> Basis {
        Basis {
            today: day(2026, 11, 22).expect("a Sunday"),
            file: None,
            order: None,
            year: None,
            before: [None, None],
        }
    }

    fn meant(text: &str, basis: &Basis) -> Day {
        read(&in_text::all(text)[0], basis)
    }

    #[test]
    fn a_day_without_a_year_is_near_the_call_before() {
        let basis = basis();
        assert_eq!(
            meant("11/20", &basis),
            sure(day(2026, 11, 20).expect("day"))
        );
        assert_eq!(meant("dec 3", &basis).day, day(2025, 12, 3));
        let old = Basis {
            before: [day(2024, 1, 10), None],
            ..basis
        };
        assert_eq!(meant("12月20日", &old).day, day(2023, 12, 20));
        let headed = Basis {
            year: Some(2023),
            ..basis
        };
        assert_eq!(meant("3 nov", &headed).day, day(2023, 11, 3));
    }

    #[test]
    fn a_weekday_proves_or_contradicts() {
        let basis = basis();
        assert!(meant("11/20(金)", &basis).sure);
        let wrong = meant("2026-11-20 (thu)", &basis);
        assert_eq!((wrong.sure, wrong.weekday), (false, Some(Weekday::Thu)));
        // 3 April 2026 was a Friday, 4 March a Wednesday.
        assert_eq!(meant("3/4 (fri)", &basis).day, day(2026, 4, 3));
        let future = meant("2026-12-24", &basis);
        assert!(!future.sure, "a call in the future is asked about");
    }

    #[test]
    fn relative_words_count_from_the_file_or_the_call_before() {
        let basis = basis();
        assert_eq!(meant("on tuesday", &basis).day, day(2026, 11, 17));
        assert_eq!(meant("先週の火曜", &basis).day, day(2026, 11, 10));
        let file = Basis {
            file: day(2026, 10, 2),
            ..basis
        };
        assert_eq!(
            meant("tuesday", &file),
            sure(day(2026, 9, 29).expect("day"))
        );
        let rising = Basis {
            before: [day(2026, 10, 2), day(2026, 10, 1)],
            ..basis
        };
        assert_eq!(meant("tuesday", &rising).day, day(2026, 10, 6));
        let falling = Basis {
            before: [day(2026, 10, 1), day(2026, 10, 2)],
            ..basis
        };
        assert_eq!(meant("tuesday", &falling).day, day(2026, 9, 29));
        let one = Basis {
            before: [day(2026, 10, 2), None],
            ..basis
        };
        assert!(!meant("tuesday", &one).sure, "the direction is unknown");
    }

    #[test]
    fn two_numbers_with_a_year_need_an_order() {
        let basis = basis();
        assert_eq!(meant("03/04/2026", &basis), unknown());
        let dmy = Basis {
            order: Some(Order::Dmy),
            ..basis
        };
        assert_eq!(meant("03/04/2026", &dmy).day, day(2026, 4, 3));
    }
}
