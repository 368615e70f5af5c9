//! Why the score is what it is: every dimension then and now, with the facts of both days.

use chrono::{Duration, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Dimension, Fact, Score, score};
use crate::domain::dossier::Dossier;
use crate::domain::dossier::churn::{Left, churned};
use crate::domain::dossier::start::contract_start;
use crate::domain::freshness::DataFreshness;
use crate::domain::policy::Policy;
use crate::domain::when::Zone;

/// The score of a day beside that of an earlier day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Why {
    pub day: NaiveDate,
    pub before: NaiveDate,
    pub now: Score,
    /// None before the contract began.
    pub then: Option<Score>,
    /// The score recorded on the earlier day, where it differs: the rules have changed, or data of
    /// that time came later.
    pub recorded: Option<u8>,
    /// Whether and when the customer churned; then no way to green is shown.
    pub left: Option<Left>,
    /// Days since `before` on which scores began to follow other rules.
    pub rules: Vec<NaiveDate>,
}

/// Both scores follow today's rules and use all data known now, so that the difference comes from
/// the customer. The earlier day is that of the trend.
pub fn why(
    dossier: &Dossier,
    freshness: DataFreshness,
    policy: &Policy,
    day: NaiveDate,
    zone: Zone,
    days: i64,
) -> Why {
    let entry = dossier.history.ago(day, days);
    let before = entry.map_or(day - Duration::days(days), |e| e.date);
    let at = |day| score(dossier, freshness, policy, day, zone);
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
    /// One dimension then and now.
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

    /// The dimensions by movement of their points, unknown ones last.
    pub fn by_movement(&self) -> Vec<Dimension> {
        let mut all: Vec<Dimension> = self.now.dimensions().collect();
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

/// One dimension; pairs are (then, now).
pub struct Moved {
    pub scores: (Option<u8>, Option<u8>),
    /// Its share of the score, percent, where it changed: by another stage, by unknown dimensions,
    /// or by ageing data.
    pub weights: Option<(f64, f64)>,
    /// Its contribution to the score.
    pub points: (Option<f64>, Option<f64>),
    /// Facts that held only then, only now, and on both days.
    pub old: Vec<Fact>,
    pub new: Vec<Fact>,
    pub same: Vec<Fact>,
}

impl Moved {
    /// The difference of its points, to a tenth; none where one side is unknown.
    pub fn change(&self) -> Option<f64> {
        let (then, now) = (self.points.0?, self.points.1?);
        // Adding zero turns -0.0 into 0.0.
        Some(((now - then) * 10.0).round() / 10.0 + 0.0)
    }
}
