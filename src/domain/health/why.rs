//! Why the number is what it is: every dimension as it was some time ago and as it is, with the facts
//! of both.

use chrono::{Duration, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Dimension, Fact, Score, score};
use crate::domain::dossier::{Dossier, Feeds};
use crate::domain::policy::Policy;
use crate::domain::when::Zone;

/// A score beside the one of before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Why {
    pub day: NaiveDate,
    pub before: NaiveDate,
    pub now: Score,
    pub then: Score,
    /// Days since `before` on which accounts began to be judged by other rules.
    pub rules: Vec<NaiveDate>,
}

/// Both scores by today's rules, so that what moved is the customer's doing.
pub fn why(dossier: &Dossier, feeds: Feeds, policy: &Policy, day: NaiveDate, zone: Zone, days: i64) -> Why {
    let before = day - Duration::days(days);
    let at = |day| score(dossier, feeds, policy, day, zone);
    let rules = dossier.history.rule_changes().into_iter().filter(|d| *d > before && *d <= day).collect();
    Why { day, before, now: at(day), then: at(before), rules }
}

impl Why {
    /// A dimension then and now: its scores, the points it gave and gives, and the facts of both that
    /// differ.
    pub fn moved(&self, d: Dimension) -> Moved<'_> {
        let (then, now) = (&self.then.parts[d.index()], &self.now.parts[d.index()]);
        let new = now.facts.iter().filter(|f| !then.facts.contains(f)).collect();
        let old = then.facts.iter().filter(|f| !now.facts.contains(f)).collect();
        Moved { scores: (then.score, now.score), points: (self.then.points(d), self.now.points(d)), old, new }
    }
}

pub struct Moved<'a> {
    pub scores: (Option<u8>, Option<u8>),
    pub points: (Option<f64>, Option<f64>),
    pub old: Vec<&'a Fact>,
    pub new: Vec<&'a Fact>,
}
