//! A holiday as a rule: when it is, where, and how a weekend is made up for.

use chrono::{NaiveDate, Weekday};

use crate::domain::checkin::agenda::Words;

/// When a holiday is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// Every year on a month and day.
    Fixed(u32, u32),
    /// The first to fifth weekday of a month, or the last one (-1).
    Nth {
        nth: i8,
        weekday: Weekday,
        month: u32,
    },
    /// Days after Easter Sunday, or before it.
    Easter(i64),
    /// The last such weekday before a month and day.
    Before(Weekday, u32, u32),
    /// The first such weekday on or after a month and day.
    From(Weekday, u32, u32),
    /// Dates that no rule gives: the moon or a decree decides.
    Dates(Vec<NaiveDate>),
}

/// How a holiday on a weekend is made up for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Observed {
    /// Not at all.
    Never,
    /// A holiday on Saturday or Sunday: the next weekday that is no holiday.
    Next,
    /// A holiday on Sunday: the next weekday that is no holiday.
    Sunday,
    /// Saturday: the Friday before. Sunday: the Monday after.
    Nearest,
}

/// One holiday of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    pub name: Words,
    pub when: When,
    pub observed: Observed,
    /// The substitute takes the place of the day itself.
    pub moves: bool,
    /// Indexes of the regions that have it; empty: the whole country.
    pub regions: Vec<usize>,
    /// First and last year.
    pub years: (i32, i32),
    /// Dates of the rule on which it is not.
    pub except: Vec<NaiveDate>,
}

/// The name of a holiday on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub name: Words,
    /// The day is a substitute for a holiday on a weekend.
    pub observed: bool,
}
