//! The touches that may be moved, and the weeks and days they may fill.

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDate};

use crate::domain::cadence::Kind;
use crate::domain::cadence::capacity::Week;
use crate::domain::ids::AccountId;

/// A touch that may be moved, with the days it may be on: one bit each from `first` on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub account: AccountId,
    pub kind: Kind,
    pub ideal: NaiveDate,
    pub date: NaiveDate,
    pub first: NaiveDate,
    pub days: u128,
    pub minutes: u32,
}

/// The input of spreading, independent of the desk, so that it can run on another thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The version of the book it was made from.
    pub version: u64,
    pub today: NaiveDate,
    pub candidates: Vec<Candidate>,
    /// The weeks with their immovable load.
    pub fixed: Vec<Week>,
    /// The weeks with their whole load.
    pub before: Vec<Week>,
    /// The immovable minutes of each day.
    pub held: BTreeMap<NaiveDate, u32>,
    /// The minutes that each day has for touches.
    pub rooms: BTreeMap<NaiveDate, u32>,
}

impl Candidate {
    /// Whether the touch may be on the day.
    pub fn holds(&self, day: NaiveDate) -> bool {
        let n = (day - self.first).num_days();
        (0..128).contains(&n) && self.days & (1 << n) != 0
    }

    /// The days it may be on.
    pub fn open_days(&self) -> impl Iterator<Item = NaiveDate> + '_ {
        (0..128)
            .filter(|n| self.days & (1 << n) != 0)
            .map(|n| self.first + Duration::days(n))
    }
}
