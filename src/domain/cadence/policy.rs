//! The cadence as a team has it: the checked form of `config/cadence.toml` `[cadence.model]
//! [cadence.stage] [renewal.timeline] [cadence.calendar] [cadence.capacity]`.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, NaiveTime};

use super::{Every, Kind};
use crate::domain::account::{Stage, Tier};
use crate::domain::checkin::agenda::Words;

/// Intervals for one tier, one stage or both. Later ones stand over earlier ones.
#[derive(Debug, Clone, PartialEq)]
pub struct Intervals {
    pub tier: Option<Tier>,
    pub stage: Option<Stage>,
    /// None: this kind is left out here.
    pub every: BTreeMap<Kind, Option<Every>>,
}

/// Touches on given days of a contract: the first weeks, and sequences of mails.
#[derive(Debug, Clone, PartialEq)]
pub struct Steps {
    pub kind: Kind,
    /// Empty: every tier.
    pub tiers: Vec<Tier>,
    /// Days after the contract's start, rising.
    pub days: Vec<i64>,
    /// Days each may come later.
    pub slack: i64,
}

/// A step before the renewal.
#[derive(Debug, Clone, PartialEq)]
pub struct RenewalStep {
    /// Days before the date; at the latest `latest` days before it.
    pub days: i64,
    pub latest: i64,
    pub kind: Kind,
    /// Empty: every tier.
    pub tiers: Vec<Tier>,
}

/// Days of every year on which nobody works, from (month, day) to (month, day).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closure {
    pub name: Words,
    pub from: (u32, u32),
    pub to: (u32, u32),
}

impl Closure {
    pub fn holds(&self, day: NaiveDate) -> bool {
        let at = (day.month(), day.day());
        if self.from <= self.to {
            self.from <= at && at <= self.to
        } else {
            at >= self.from || at <= self.to
        }
    }
}

/// What one touch takes, in minutes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Effort {
    pub talk: u32,
    pub prepare: u32,
    pub follow_up: u32,
}

impl Effort {
    pub fn total(self) -> u32 {
        self.talk + self.prepare + self.follow_up
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    pub intervals: Vec<Intervals>,
    /// What they come to, by tier, stage and kind: looked up for every touch of every account.
    pub table: Table,
    pub steps: Vec<Steps>,
    pub renewal: Vec<RenewalStep>,
    /// How often one speaks with who is in trouble, by tier.
    pub trouble: BTreeMap<Tier, Every>,
    /// The longest interval of check-ins a tier bears, where all is well.
    pub slowest: BTreeMap<Tier, Every>,
    /// Any account hears from us at least this often, days.
    pub floor: i64,
    /// How much later than ideal a touch may be, as a share of its interval, and days at the most.
    pub slack_percent: i64,
    pub slack_most: i64,
    /// Days over which what is late may be caught up.
    pub catch_up: i64,
    /// By kind.
    pub effort: [Effort; Kind::COUNT],
    /// Length of a check-in where a tier has another one.
    pub talk_of_tier: BTreeMap<Tier, u32>,
    /// Minutes a week for all touches together.
    pub budget: u32,
    /// Share of planned check-ins that should be done, percent `[metrics.checkin]`.
    pub target: u8,
    /// Monday first.
    pub weekdays: [bool; 7],
    pub hours: (NaiveTime, NaiveTime),
    pub holidays: BTreeMap<NaiveDate, String>,
    pub closures: Vec<Closure>,
}

/// Intervals by tier, stage and kind.
pub type Table = [[[Option<Every>; Kind::COUNT]; 5]; 4];

/// The table of intervals, the later ones over the earlier.
pub fn table(intervals: &[Intervals]) -> Table {
    let mut out = Table::default();
    for rule in intervals {
        for tier in Tier::ALL
            .iter()
            .filter(|t| rule.tier.is_none_or(|r| r == **t))
        {
            for stage in Stage::ALL
                .iter()
                .filter(|s| rule.stage.is_none_or(|r| r == **s))
            {
                rule.every.iter().for_each(|(kind, every)| {
                    out[tier.index()][stage.index()][kind.index()] = *every
                });
            }
        }
    }
    out
}

impl Policy {
    /// The interval of a kind; none where the tier and stage know none.
    pub fn every(&self, kind: Kind, tier: Tier, stage: Stage) -> Option<Every> {
        self.table[tier.index()][stage.index()][kind.index()]
    }

    /// Days a touch may come after its ideal day.
    pub fn slack(&self, every: Every) -> i64 {
        (every.length() * self.slack_percent / 100).clamp(1, self.slack_most)
    }

    pub fn effort(&self, kind: Kind, tier: Tier) -> Effort {
        let effort = self.effort[kind.index()];
        match self.talk_of_tier.get(&tier) {
            Some(talk) if kind == Kind::Checkin => Effort {
                talk: *talk,
                ..effort
            },
            _ => effort,
        }
    }
}
