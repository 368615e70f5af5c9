//! The parts of the usage dimension while they are found.

use crate::domain::health::Fact;

/// The parts found so far, 0–100 each, with their facts.
#[derive(Default)]
pub struct Parts {
    points: Vec<f64>,
    pub facts: Vec<Fact>,
}

impl Parts {
    pub fn put(&mut self, points: f64, fact: Fact) {
        self.points.push(points);
        self.facts.push(fact);
    }

    /// A part that is mentioned only where it speaks.
    pub fn put_quietly(&mut self, points: f64, fact: Fact) {
        const SPEAKS: f64 = 88.0;
        self.points.push(points);
        if points < SPEAKS {
            self.facts.push(fact);
        }
    }

    /// The worst part and the mean of all.
    pub fn together(&self, worst: f64) -> Option<f64> {
        let least = self.points.iter().copied().min_by(f64::total_cmp)?;
        let mean = self.points.iter().sum::<f64>() / self.points.len() as f64;
        Some(worst * least + (1.0 - worst) * mean)
    }
}

/// How use stands against the account's own normal, for the parts that are measured against it.
pub struct Normal {
    /// The share of its normal that the headline has, at most 1.
    pub share: f64,
    /// The season's share of the year's best.
    pub season: f64,
}
