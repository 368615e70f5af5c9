//! The cadence of a team: the checked form of `config/cadence.toml`. It knows nothing of the file's
//! syntax.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime, Weekday};

use super::closure::{Closure, Season};
use super::place::Named;
use super::places::{Places, Where};
use super::{Every, Kind};
use crate::domain::account::{Stage, Tier};
use crate::domain::checkin::agenda::{self, Template};

/// Intervals for one tier, one stage or both. Later entries override earlier ones.
#[derive(Debug, Clone, PartialEq)]
pub struct Intervals {
    pub tier: Option<Tier>,
    pub stage: Option<Stage>,
    /// None: the kind is not planned here.
    pub every: BTreeMap<Kind, Option<Every>>,
}

/// Touches on fixed days of a contract: the first weeks, and mail sequences.
#[derive(Debug, Clone, PartialEq)]
pub struct Steps {
    pub kind: Kind,
    /// Empty: every tier.
    pub tiers: Vec<Tier>,
    /// Days after the contract's start, rising.
    pub days: Vec<i64>,
    /// The days each may come later.
    pub slack: i64,
}

/// A step before the renewal.
#[derive(Debug, Clone, PartialEq)]
pub struct RenewalStep {
    /// Days before the renewal date: ideally `days`, at the latest `latest`.
    pub days: i64,
    pub latest: i64,
    pub kind: Kind,
    /// Empty: every tier.
    pub tiers: Vec<Tier>,
}

/// The minutes of one touch.
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

/// The cadence policy: intervals by tier and stage, effort, working hours, closures. See
/// `cadence.toml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    pub intervals: Vec<Intervals>,
    /// The resulting intervals by tier, stage and kind, as a table because every touch of every
    /// account looks one up.
    pub table: Table,
    pub steps: Vec<Steps>,
    pub renewal: Vec<RenewalStep>,
    /// The interval of talks with an account in trouble, by tier.
    pub trouble: BTreeMap<Tier, Every>,
    /// The longest interval of check-ins for a healthy account, by tier.
    pub slowest: BTreeMap<Tier, Every>,
    /// Every account is contacted at least once in this many days.
    pub floor: i64,
    /// How much later than its ideal day a touch may be: a share of its interval, percent, and the
    /// most days.
    pub slack_percent: i64,
    pub slack_most: i64,
    /// Days over which overdue touches are caught up.
    pub catch_up: i64,
    /// By kind.
    pub effort: [Effort; Kind::COUNT],
    /// The length of a check-in that the file sets for a tier, minutes.
    pub talk_of_tier: BTreeMap<Tier, u32>,
    /// The length of talks by their agenda, minutes, by tier and kind; none: the one of `effort`.
    pub lengths: [[Option<u32>; Kind::COUNT]; 4],
    /// Minutes a week for all touches together.
    pub budget: u32,
    /// The share of planned check-ins that should be held, percent.
    pub target: u8,
    /// Monday first.
    pub weekdays: [bool; 7],
    pub hours: (NaiveTime, NaiveTime),
    /// The countries with known holidays.
    pub places: Places,
    /// Where the team works: a country's code and the index of a region. None: a country without holidays.
    pub here: Option<(String, Option<usize>)>,
    /// The team's holidays: those of its country, more and fewer by `add` and `remove`.
    pub holidays: BTreeMap<NaiveDate, Named>,
    /// The team's closures.
    pub closures: Vec<Closure>,
    pub seasons: Vec<Season>,
}

/// Intervals by tier, stage and kind.
pub type Table = [[[Option<Every>; Kind::COUNT]; 5]; 4];

/// The table of intervals; later entries override earlier ones.
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
    /// The country of the team, and its region.
    pub fn here(&self) -> Option<Where<'_>> {
        let (code, region) = self.here.as_ref()?;
        let place = self.places.of_code(code)?;
        Some(Where {
            place,
            region: *region,
        })
    }

    /// Whether the team works on this weekday.
    pub fn works_on(&self, weekday: Weekday) -> bool {
        self.weekdays[weekday.num_days_from_monday() as usize]
    }

    /// The interval of a kind; none where the tier and stage do not plan it.
    pub fn every(&self, kind: Kind, tier: Tier, stage: Stage) -> Option<Every> {
        self.table[tier.index()][stage.index()][kind.index()]
    }

    /// Days a touch may come after its ideal day.
    pub fn slack(&self, every: Every) -> i64 {
        (every.length() * self.slack_percent / 100).clamp(1, self.slack_most)
    }

    pub fn effort(&self, kind: Kind, tier: Tier) -> Effort {
        let effort = self.effort[kind.index()];
        let talk = self.lengths[tier.index()][kind.index()].unwrap_or(effort.talk);
        Effort { talk, ..effort }
    }

    /// The length of a meeting in minutes, also of one about a written touch.
    pub fn meeting(&self, kind: Kind, tier: Tier) -> u32 {
        const SHORT: u32 = 15;
        match self.effort(kind, tier).talk {
            0 => SHORT,
            minutes => minutes,
        }
    }

    /// Takes the length of each talk from its agenda, so that agenda, invitation, calendar and
    /// capacity have one. A length that the file sets for a tier becomes the one of its agenda.
    pub fn measure(&mut self, templates: &mut Vec<Template>) {
        for (tier, minutes) in &self.talk_of_tier {
            let usual = template_of(Kind::Checkin);
            let Some(of) = usual.and_then(|id| agenda::template(templates, id, *tier)) else {
                continue;
            };
            let mut own = Template {
                tier: Some(*tier),
                ..of.clone()
            };
            agenda::fit(&mut own.sections, *minutes);
            templates.retain(|t| t.id != own.id || t.tier != own.tier);
            templates.push(own);
        }
        for tier in Tier::ALL {
            for kind in Kind::ALL {
                let of = template_of(*kind).and_then(|id| agenda::template(templates, id, *tier));
                self.lengths[tier.index()][kind.index()] =
                    of.map(|t| agenda::total(&t.sections).length);
            }
        }
    }
}

/// The id of the agenda template for a talk; none for a written touch.
pub fn template_of(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Checkin | Kind::Executive => Some("standard"),
        Kind::Review => Some("review"),
        Kind::Expansion => Some("expansion"),
        Kind::Renewal => Some("renewal"),
        _ => None,
    }
}
