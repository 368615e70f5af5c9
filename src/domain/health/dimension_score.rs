//! The result of one dimension, and the two curves all dimensions use: straight lines between
//! points, and the weight of an ageing input.

use super::{Fact, Input};
use crate::domain::policy::Policy;

/// The weight of an input without a date: it is as old as its import at least.
pub const UNDATED: f64 = 0.6;

/// The result of a dimension: a score 0–100 where anything is known, and its facts.
pub struct DimensionScore {
    pub score: Option<f64>,
    pub facts: Vec<Fact>,
    /// The shares of its weight (0–1) with which it lowers and raises the whole. By the age of its
    /// newest input, 1 while that is fresh; what is known from bad facts alone raises nothing, what is
    /// known from good ones lowers nothing.
    pub lowers: f64,
    pub raises: f64,
    /// The share of its weight that counts as known, by the age of its newest input.
    pub covers: f64,
    /// How firmly it holds the whole down, 0–1: less where little is known.
    pub firm: f64,
}

impl DimensionScore {
    pub fn new(score: f64, facts: Vec<Fact>) -> Self {
        Self {
            score: Some(score.clamp(0.0, 100.0)),
            facts,
            lowers: 1.0,
            raises: 1.0,
            covers: 1.0,
            firm: 1.0,
        }
    }

    pub fn unknown(facts: Vec<Fact>) -> Self {
        Self {
            score: None,
            ..Self::new(0.0, facts)
        }
    }

    pub fn fresh(self, fresh: f64) -> Self {
        Self {
            lowers: self.lowers * fresh,
            raises: self.raises * fresh,
            covers: self.covers * fresh,
            ..self
        }
    }

    pub fn firm(self, firm: f64) -> Self {
        Self { firm, ..self }
    }

    /// Known from bad facts alone where `bad`, from good ones alone where `good`.
    pub fn only(self, bad: bool, good: bool) -> Self {
        Self {
            raises: if bad { 0.0 } else { self.raises },
            lowers: if good { 0.0 } else { self.lowers },
            ..self
        }
    }
}

/// The weight of an input by its age in days, where it is unknown after `unknown` days: 1 up to the
/// policy's share of those days, then falling in a straight line to 0.5.
pub fn age_weight(age: i64, unknown: i64, policy: &Policy) -> f64 {
    let stale = unknown as f64 * policy.stale_share;
    along(
        &[(stale, 1.0), ((unknown as f64).max(stale + 1.0), 0.5)],
        age as f64,
    )
}

/// The fact for an input that counts less because of its age; none while it is fresh.
pub fn ageing(input: Input, days: i64, fresh: f64) -> Option<Fact> {
    (fresh < 1.0).then(|| Fact::Ageing {
        input,
        days,
        percent: (fresh * 100.0).round() as u8,
    })
}

/// Interpolates in straight lines between points given as (x, y); constant beyond both ends.
pub fn along(points: &[(f64, f64)], x: f64) -> f64 {
    let Some(&(first_x, first_y)) = points.first() else {
        return 0.0;
    };
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
