//! How the desk hears of rows: of those that follow from an operation with it, of all of them when a new
//! day or new data changed them all.

use std::collections::BTreeSet;

use super::Keeper;
use crate::app::msg::Msg;
use crate::domain::change::Operation;
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::store::rows::{Again, Scoring};

impl Keeper {
    /// What follows from operations that are on disk and belong together: rows are computed once.
    pub(super) fn stored(&mut self, operations: Vec<Operation>, tell: &mut dyn FnMut(Msg)) {
        let accounts: BTreeSet<AccountId> =
            operations.iter().flat_map(Operation::accounts).collect();
        let asked: Vec<AccountId> = accounts.iter().cloned().collect();
        let config = self.config.clone();
        let scoring = Scoring {
            lens: config.scoring_context(),
            policy_stamp: config.policy_stamp,
            now: self.clock.now(),
        };
        // What changed is on disk: what follows from it may fail, the word of it may not.
        let (rows, mut gone) = self.store.rows_of(&asked, scoring).unwrap_or_default();
        self.portfolio.remove(&gone);
        let mut rows = self.portfolio.put(rows);
        let last = operations.len().saturating_sub(1);
        for (i, operation) in operations.into_iter().enumerate() {
            let (rows, gone) = if i == last {
                (std::mem::take(&mut rows), std::mem::take(&mut gone))
            } else {
                Default::default()
            };
            tell(Msg::Stored {
                operation: Box::new(operation),
                rows,
                gone,
            });
        }
        if let Some(past) = self.store.outdated()
            && let Err(failure) = self.rescore(&|id| past || accounts.contains(id), tell)
        {
            tell(Msg::Failed(failure));
        }
    }

    /// Computes all rows anew and tells the desk.
    pub(super) fn rescore(
        &mut self,
        again: Again,
        tell: &mut dyn FnMut(Msg),
    ) -> Result<(), Failure> {
        let config = self.config.clone();
        let scoring = Scoring {
            lens: config.scoring_context(),
            policy_stamp: config.policy_stamp,
            now: self.clock.now(),
        };
        let rows = self.store.rows_anew(scoring, again)?;
        self.portfolio = super::Portfolio::new(&rows, scoring.now.today());
        tell(Msg::Rescored { rows });
        Ok(())
    }
}
