//! The scores that would make an account green.

use super::whole::hold_needed;
use super::{Band, Dimension, Score};
use crate::domain::policy::Policy;

impl Score {
    /// The shortest way to green: the dimensions that hold the score down, then those that lose most,
    /// each with its score and the score it needs. Empty where the account is green, where a person or
    /// signals decide, or where too little is known.
    pub fn to_green(&self, policy: &Policy) -> Vec<(Dimension, u8, u8)> {
        // Where too little is known, more data is needed, not a higher score.
        if self.band == Band::Unknown {
            return Vec::new();
        }
        let goal = f64::from(policy.yellow_max) + 0.5;
        let known = self.known();
        let mut needed: Vec<(Dimension, f64)> = Dimension::ALL
            .iter()
            .filter(|d| self.parts[d.index()].score.is_some())
            .map(|d| {
                let part = &self.parts[d.index()];
                (*d, hold_needed(part.holds, goal, policy).max(part.exact))
            })
            .collect();
        let points = |needed: &[(Dimension, f64)]| -> f64 {
            let all = needed
                .iter()
                .map(|(d, score)| score * self.share(*d) / 100.0);
            all.sum()
        };
        // Nobody changes what an account is, so its profile stays.
        let losses = self.losses().into_iter();
        for (dimension, _) in losses.filter(|(d, _)| *d != Dimension::Profile) {
            let now = points(&needed);
            let weight = self.parts[dimension.index()].weight;
            if now >= goal || known <= 0.0 {
                break;
            }
            if let Some(part) = needed
                .iter_mut()
                .find(|(d, _)| *d == dimension && weight > 0.0)
            {
                part.1 = (part.1 + (goal - now) * known / weight).min(100.0);
            }
        }
        let of = |(d, to): (Dimension, f64)| {
            let from = self.parts[d.index()].score?;
            let to = to.ceil().min(100.0) as u8;
            (to > from && to as f64 - self.parts[d.index()].exact > 0.5).then_some((d, from, to))
        };
        let mut out: Vec<(Dimension, u8, u8)> = needed.into_iter().filter_map(of).collect();
        out.sort_by_key(|(_, from, to)| std::cmp::Reverse(to - from));
        out
    }
}
