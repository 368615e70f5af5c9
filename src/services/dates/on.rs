//! What typed dates are read against: today, and the user's habits.

use chrono::{Datelike, Duration, NaiveDate, Weekday};

use super::counted::{in_week, last_weekday, next_weekday};
use super::fiscal::{self, Part};
use crate::domain::when::{Habits, Now, YearStart, add_months};

/// The day from which typed dates count, and how the user writes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Today {
    pub day: NaiveDate,
    pub habits: Habits,
}

impl From<NaiveDate> for Today {
    /// With the habits of a user who set none.
    fn from(day: NaiveDate) -> Self {
        Self {
            day,
            habits: Habits::default(),
        }
    }
}

impl From<Now> for Today {
    fn from(now: Now) -> Self {
        Self {
            day: now.today(),
            habits: now.habits,
        }
    }
}

/// What typed dates are read against.
#[derive(Debug, Clone, Copy)]
pub(super) struct On {
    pub today: NaiveDate,
    pub year_starts: YearStart,
    pub day_first: bool,
    /// Days without a year lie behind today, not before it.
    pub past: bool,
    /// Weekdays need not fit their day: only the shape of the text is asked for.
    pub loose: bool,
}

impl On {
    pub fn new(today: Today, past: bool) -> Self {
        Self {
            today: today.day,
            year_starts: today.habits.year_starts,
            day_first: today.habits.day_first,
            past,
            loose: false,
        }
    }

    /// A weekday alone: the next one after today, or the last one up to today.
    pub fn weekday(self, day: Weekday) -> Option<NaiveDate> {
        Some(if self.past {
            last_weekday(self.today, day)
        } else {
            next_weekday(self.today, day)
        })
    }

    /// The nearest of a day's years, counted from this one. A 29 February may be some years away.
    pub fn nearest(self, of: impl Fn(i32) -> Option<NaiveDate>) -> Option<NaiveDate> {
        self.closest(8, of)
    }

    /// The nearest of a day's months, by their first days.
    pub fn nearest_month(self, of: impl Fn(NaiveDate) -> Option<NaiveDate>) -> Option<NaiveDate> {
        let this = self.today.with_day(1)?;
        self.closest(12, |n| of(add_months(this, n)))
    }

    fn closest(self, most: i32, of: impl Fn(i32) -> Option<NaiveDate>) -> Option<NaiveDate> {
        if self.past {
            (0..=most).filter_map(|n| of(-n)).find(|d| *d <= self.today)
        } else {
            (0..=most).filter_map(of).find(|d| *d >= self.today)
        }
    }

    /// The nearest end, or beginning, of a part of a fiscal year.
    pub fn nearest_part(self, part: Part, end: bool) -> Option<NaiveDate> {
        let this = fiscal::year_of(self.today, self.year_starts);
        self.closest(2, |n| {
            let (first, last) = fiscal::part(add_months(this, 12 * n), part);
            Some(if end { last } else { first })
        })
    }

    /// The Friday of this week, or of the next at a weekend.
    pub fn week_end(self) -> NaiveDate {
        let friday = in_week(self.today, Weekday::Fri);
        if friday < self.today {
            friday + Duration::days(7)
        } else {
            friday
        }
    }
}
