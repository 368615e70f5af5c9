//! The scores that would make an account green.

use super::{Band, Dimension, Score};
use crate::domain::policy::Policy;

impl Score {
    /// The shortest way to green: the dimensions that lose most, each with its score and the score
    /// it needs. Empty where the account is green, or where too little is known.
    pub fn to_green(&self, policy: &Policy) -> Vec<(Dimension, u8, u8)> {
        // Where too little is known, more data is needed, not a higher score.
        if self.band == Band::Unknown {
            return Vec::new();
        }
        let goal = f64::from(policy.yellow_max) + 0.5;
        let known = self.known();
        let mut now: f64 = Dimension::ALL.iter().filter_map(|d| self.points(*d)).sum();
        let mut out = Vec::new();
        for (dimension, loss) in self.losses() {
            if now >= goal || known <= 0.0 {
                break;
            }
            let part = &self.parts[dimension.index()];
            let Some(from) = part.score.filter(|_| loss > 0.0) else {
                continue;
            };
            let needed = (f64::from(from) + (goal - now) * known / part.weight)
                .ceil()
                .min(100.0);
            now += (needed - f64::from(from)) * part.weight / known;
            out.push((dimension, from, needed as u8));
        }
        out
    }
}
