//! The rows that follow from operations, and those of all accounts when a new day or new data changed them.

use std::collections::BTreeSet;

use super::{Worker, scoring};
use crate::app::msg::Msg;
use crate::domain::change::Operation;
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::runtime::portfolio::Portfolio;
use crate::store::rows::Again;

impl Worker {
    /// Sends what follows from operations that are on disk and belong together: rows are computed once.
    pub(super) fn stored(&mut self, operations: Vec<Operation>, send: &mut dyn FnMut(Msg)) {
        let accounts: BTreeSet<AccountId> =
            operations.iter().flat_map(Operation::accounts).collect();
        let changed: Vec<AccountId> = accounts.iter().cloned().collect();
        let config = self.config.clone();
        // The change is on disk: it is acknowledged even when its rows cannot be computed.
        let (mut rows, mut gone) = self
            .store
            .rows_of(&changed, scoring(&config, self.clock.now()))
            .unwrap_or_default();
        self.portfolio.remove(&gone);
        self.portfolio.put(&rows);
        let last = operations.len().saturating_sub(1);
        for (i, operation) in operations.into_iter().enumerate() {
            let (rows, gone) = if i == last {
                (std::mem::take(&mut rows), std::mem::take(&mut gone))
            } else {
                Default::default()
            };
            send(Msg::Stored {
                operation: Box::new(operation),
                rows,
                gone,
            });
        }
        if let Some(replay) = self.store.outdated()
            && let Err(failure) = self.rescore(&|id| replay || accounts.contains(id), send)
        {
            send(Msg::Failed(failure));
        }
    }

    /// Computes all rows again and sends them to the desk.
    pub(super) fn rescore(
        &mut self,
        again: Again,
        send: &mut dyn FnMut(Msg),
    ) -> Result<(), Failure> {
        let (config, now) = (self.config.clone(), self.clock.now());
        let rows = self.store.recompute_rows(scoring(&config, now), again)?;
        self.portfolio = Portfolio::new(&rows, now.today());
        send(Msg::Rescored { rows });
        Ok(())
    }
}
