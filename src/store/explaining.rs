//! Why an account has its score, from its dossier.

use super::handle::Store;
use super::heard::Remembering;
use super::rows::Scoring;
use crate::domain::failure::Failure;
use crate::domain::health::why::{Why, why};
use crate::domain::ids::AccountId;
use crate::domain::standing::{ScoringContext, signals_of};

impl Store {
    /// Explains an account's score, compared with a month ago.
    pub fn why(&self, id: &AccountId, scoring: Scoring) -> Result<Option<Why>, Failure> {
        let Scoring { context, now, .. } = scoring;
        Ok(self.dossier(id)?.map(|d| {
            let freshness = self.freshness();
            let why = why(&d, freshness, context.policy, now.today(), now.zone, 30);
            if why.left.is_some() {
                return why;
            }
            // Lines that were judged need not be judged anew: the weights take longer than the rest.
            let known = self.heard(id, scoring.policy_stamp);
            let phrases = &Remembering::new(context.phrases, known);
            let context = ScoringContext { phrases, ..context };
            let (signals, _) = signals_of(&d, freshness, context, now);
            Why {
                now: why.now.against(&signals),
                ..why
            }
        }))
    }
}
