//! The occurrences of a series before its exceptions.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};

use super::moment::{Length, Moment};

/// An occurrence is known by its moment, one of a series of days by its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    Day(NaiveDate),
    At(DateTime<Utc>),
}

/// An occurrence of a series before its exceptions: its start, and the length of an added period.
pub struct Slot {
    pub key: Key,
    pub start: Moment,
    pub length: Option<Length>,
}

/// The occurrences that a series leaves out.
#[derive(Default)]
pub struct Excluded {
    pub keys: HashSet<Key>,
    /// Days of a series of times.
    pub days: HashSet<NaiveDate>,
}

impl Excluded {
    /// Whether an occurrence is left out.
    pub fn holds(&self, slot: &Slot) -> bool {
        self.keys.contains(&slot.key)
            || matches!(slot.start, Moment::At(wall, _) if self.days.contains(&wall.date()))
    }
}
