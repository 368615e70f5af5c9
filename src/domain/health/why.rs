//! Why the number is what it is: every dimension as it was some time ago and as it is, with the facts
//! of both.

use chrono::{Duration, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Dimension, Fact, Score, score};
use crate::domain::dossier::Dossier;
use crate::domain::dossier::churn::{Left, churned};
use crate::domain::dossier::effective::contract_start;
use crate::domain::freshness::DataFreshness;
use crate::domain::policy::Policy;
use crate::domain::when::Zone;

/// A score beside the one of before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Why {
    pub day: NaiveDate,
    pub before: NaiveDate,
    pub now: Score,
    /// None before the contract began: nothing is said of a customer who was none.
    pub then: Option<Score>,
    /// What was recorded of that day, where it is another number: the rules are others now, or data
    /// of that time came later.
    pub recorded: Option<u8>,
    /// Whether and when the customer left, who is shown no way to green.
    pub left: Option<Left>,
    /// Days since `before` on which accounts began to be judged by other rules.
    pub rules: Vec<NaiveDate>,
}

/// Both scores by today's rules and from all that is known now, so that what moved is the customer's
/// doing. The day before is the one the trend is counted from.
pub fn why(
    dossier: &Dossier,
    feeds: DataFreshness,
    policy: &Policy,
    day: NaiveDate,
    zone: Zone,
    days: i64,
) -> Why {
    let entry = dossier.history.ago(day, days);
    let before = entry.map_or(day - Duration::days(days), |e| e.date);
    let at = |day| score(dossier, feeds, policy, day, zone);
    let rules = dossier
        .history
        .rule_changes()
        .into_iter()
        .filter(|d| *d > before && *d <= day)
        .collect();
    let then = contract_start(dossier)
        .is_none_or(|start| start <= before)
        .then(|| at(before));
    let recorded = entry
        .and_then(|e| e.score)
        .filter(|s| then.as_ref().is_some_and(|t| t.score != Some(*s)));
    Why {
        day,
        before,
        now: at(day),
        then,
        recorded,
        left: churned(dossier, day),
        rules,
    }
}

impl Why {
    /// A dimension then and now.
    pub fn moved(&self, d: Dimension) -> Moved {
        let now = &self.now.parts[d.index()];
        let then = self.then.as_ref().map(|t| &t.parts[d.index()]);
        let before = self.then.as_ref().map_or_else(Vec::new, |t| t.facts(d));
        let (same, new): (Vec<Fact>, Vec<Fact>) = self
            .now
            .facts(d)
            .into_iter()
            .partition(|f| before.contains(f));
        let old = before.into_iter().filter(|f| !same.contains(f)).collect();
        let weights = self
            .then
            .as_ref()
            .map(|t| (t.share(d), self.now.share(d)))
            .filter(|w| w.0.round() != w.1.round());
        let points = (
            self.then.as_ref().and_then(|t| t.points(d)),
            self.now.points(d),
        );
        Moved {
            weights,
            scores: (then.and_then(|t| t.score), now.score),
            points,
            old,
            new,
            same,
        }
    }

    /// The dimensions whose points moved most first; those of which nothing is known last.
    pub fn by_movement(&self) -> Vec<Dimension> {
        let mut all = Dimension::ALL.to_vec();
        let far = |d: &Dimension| {
            let moved = self.moved(*d);
            moved.change().map_or(
                if moved.scores == (None, None) {
                    -1.0
                } else {
                    0.0
                },
                f64::abs,
            )
        };
        all.sort_by(|a, b| far(b).total_cmp(&far(a)));
        all
    }
}

/// One dimension, `(then, now)`.
pub struct Moved {
    pub scores: (Option<u8>, Option<u8>),
    /// Percent of the whole it had and has, where that differs: another stage weighs otherwise, what
    /// is unknown leaves its weight to the others, and what grows old loses some.
    pub weights: Option<(f64, f64)>,
    /// What it gave and gives to the whole.
    pub points: (Option<f64>, Option<f64>),
    /// What was so then and is not now, is so now and was not then, and is as it was.
    pub old: Vec<Fact>,
    pub new: Vec<Fact>,
    pub same: Vec<Fact>,
}

impl Moved {
    /// Points more than then, to a tenth; none where one side is not known.
    pub fn change(&self) -> Option<f64> {
        let (then, now) = (self.points.0?, self.points.1?);
        // Adding zero makes a negative zero a plain one.
        Some(((now - then) * 10.0).round() / 10.0 + 0.0)
    }
}
