//! Health `[health.score]`: six dimensions, 0–100 each, weighted. What is not known is left out
//! and shown as missing coverage; it is never zero and never green.

mod financial;
pub mod history;
mod outcomes;
mod relationship;
mod satisfaction;
mod support;
pub mod truth;
mod usage;

use chrono::{Duration, NaiveDate};
use serde::{Deserialize, Serialize};

use super::closed::closed;
use super::dossier::{Dossier, Feeds};
use super::policy::Policy;
use super::summary::{contract_start, effective_stage, effective_tier};
use super::when::Zone;
use crate::domain::checkin::wrapup::Sentiment;
use crate::domain::facts::feedback::OutcomeKind;

closed! {
    /// In the order of the weights in `config/health.toml`.
    Dimension {
        Usage = "usage", Relationship = "relationship", Support = "support",
        Satisfaction = "satisfaction", Outcomes = "outcomes", Financial = "financial",
    }
}

closed! {
    Band { Red = "red", Yellow = "yellow", Green = "green", Unknown = "unknown" }
}

/// One fact behind a dimension's score, with its numbers; the words are made in `i18n`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Fact {
    /// The headline metric's daily mean over 30 days against the 30 before.
    UsageChange {
        metric: String,
        before: f64,
        now: f64,
    },
    SeatUse {
        active: f64,
        seats: u32,
    },
    NoUseFor {
        days: i64,
    },
    UsageStale {
        days: i64,
    },
    TicketsThisMonth {
        count: usize,
    },
    OpenTickets {
        count: usize,
        oldest_days: i64,
    },
    Escalated {
        count: usize,
    },
    TicketRating {
        mean: f64,
        count: usize,
    },
    SupportStale {
        days: i64,
    },
    Nps {
        score: f64,
        days: i64,
    },
    Csat {
        mean: f64,
        count: usize,
    },
    Mood {
        sentiment: Sentiment,
        days: i64,
    },
    LastConversation {
        days: i64,
    },
    NoConversation,
    ChampionLeft {
        date: Option<NaiveDate>,
    },
    NoChampion,
    Missed {
        count: usize,
    },
    Goals {
        reached: usize,
        open: usize,
        slipped: usize,
    },
    Paying {
        subscriptions: usize,
    },
    PastDue {
        count: usize,
    },
    Downgraded {
        count: usize,
    },
    /// Yearly value against a year before, percent.
    ArrChange {
        percent: f64,
    },
    AllEnded,
    /// Part of the business went, or all of it, within the year.
    Outcome {
        kind: OutcomeKind,
        days: i64,
    },
}

/// One dimension, judged: `None` when nothing is known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Part {
    pub score: Option<u8>,
    /// The share of the whole this dimension was meant to have, percent.
    pub weight: f64,
    pub facts: Box<[Fact]>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// 0–100; `None` when nothing at all is known.
    pub score: Option<u8>,
    pub band: Band,
    /// Share of the weight that rests on data, percent.
    pub coverage: u8,
    /// In the order of [`Dimension::ALL`].
    pub parts: [Part; 6],
}

impl Score {
    /// Points this dimension gives to the whole: its share, after missing ones are left out, times
    /// its score. The points of all dimensions add up to the score.
    pub fn points(&self, d: Dimension) -> Option<f64> {
        let known: f64 = self.parts.iter().filter(|p| p.score.is_some()).map(|p| p.weight).sum();
        let part = &self.parts[d.index()];
        part.score.map(|s| f64::from(s) * part.weight / known)
    }

    /// Points lost against a full score, largest first: what to talk about.
    pub fn losses(&self) -> Vec<(Dimension, f64)> {
        let known: f64 = self.parts.iter().filter(|p| p.score.is_some()).map(|p| p.weight).sum();
        let mut out: Vec<_> = Dimension::ALL
            .iter()
            .filter_map(|d| {
                let part = &self.parts[d.index()];
                part.score.map(|s| (*d, f64::from(100 - s) * part.weight / known))
            })
            .collect();
        out.sort_by(|a, b| b.1.total_cmp(&a.1));
        out
    }
}

/// What a dimension says: a score if anything is known, and the facts either way.
pub(crate) type Judged = (Option<f64>, Vec<Fact>);

/// Scores an account as it stood on `day`: nothing dated later is looked at.
pub fn score(dossier: &Dossier, feeds: Feeds, policy: &Policy, day: NaiveDate, zone: Zone) -> Score {
    let tier = effective_tier(dossier, policy, day);
    let stage = effective_stage(dossier, day);
    let weights = policy.weights(tier, stage);
    let total: f64 = weights.iter().sum();
    let judged: [Judged; 6] = [
        usage::judge(dossier, feeds, policy, day),
        relationship::judge(dossier, policy, tier, day, zone),
        support::judge(dossier, feeds, policy, day, zone),
        satisfaction::judge(dossier, policy, day, zone),
        outcomes::judge(dossier, day),
        financial::judge(dossier, day),
    ];
    let mut index = 0;
    let parts = judged.map(|(score, facts)| {
        let weight = if total > 0.0 { weights[index] / total * 100.0 } else { 0.0 };
        index += 1;
        Part { score: score.map(|s| s.round().clamp(0.0, 100.0) as u8), weight, facts: facts.into() }
    });
    let known: f64 = parts.iter().filter(|p| p.score.is_some()).map(|p| p.weight).sum();
    let sum: f64 = parts.iter().filter_map(|p| p.score.map(|s| f64::from(s) * p.weight)).sum();
    let coverage = known.round().clamp(0.0, 100.0) as u8;
    let score = (known > 0.0).then(|| (sum / known).round() as u8);
    let young = contract_start(dossier).is_some_and(|s| s <= day && day < s + Duration::days(policy.new_days));
    let needed = if young { policy.new_coverage } else { policy.min_coverage };
    let band = match score {
        Some(s) if coverage >= needed => band_of(s, policy),
        _ => Band::Unknown,
    };
    Score { score, band, coverage, parts }
}

pub fn band_of(score: u8, policy: &Policy) -> Band {
    if score <= policy.red_max {
        Band::Red
    } else if score <= policy.yellow_max {
        Band::Yellow
    } else {
        Band::Green
    }
}

/// Straight lines between the given points; flat beyond the ends.
pub(crate) fn along(points: &[(f64, f64)], x: f64) -> f64 {
    let Some(&(first_x, first_y)) = points.first() else { return 0.0 };
    if x <= first_x {
        return first_y;
    }
    for pair in points.windows(2) {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        if x <= x1 {
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0);
        }
    }
    points.last().map_or(0.0, |p| p.1)
}

#[cfg(test)]
mod tests;
