//! Imports at the store: the data that a plan is made from, and the writing of an accepted plan. The
//! planning itself has threads of its own.

use super::Worker;
use crate::app::importing::state::Msg as Importing;
use crate::app::msg::Msg;
use crate::domain::failure::Failure;
use crate::runtime::importing;
use crate::runtime::planning::job::{ImportJob, Written};
use crate::services::import::{ExistingData, Plan};

impl Worker {
    /// Does one job of an import. An answer that nobody waits for is dropped.
    pub fn import(&mut self, job: ImportJob, send: &mut dyn FnMut(Msg)) {
        match job {
            ImportJob::Accounts(reply) => {
                let accounts = self.store.accounts();
                let _ = reply.send(accounts.map(|accounts| (self.store.seq(), accounts)));
            }
            ImportJob::Records(accounts, reply) => {
                let records = accounts
                    .iter()
                    .map(|id| ExistingData::records(&self.store, id));
                let _ = reply.send(records.collect());
            }
            ImportJob::Keys(through, accounts, reply) => {
                let mut keys = Vec::new();
                let read = accounts.into_iter().try_for_each(|id| {
                    keys.extend(importing::keys_of(&self.store, id, through)?);
                    Ok(())
                });
                let _ = reply.send(read.map(|()| keys));
            }
            ImportJob::Usage(accounts, reply) => {
                let usage = accounts.iter().map(|id| self.store.usage(id));
                let _ = reply.send(usage.collect());
            }
            ImportJob::Edited(fields, reply) => {
                let _ = reply.send(Ok(self.store.last_edits(&fields)));
            }
            ImportJob::Write { seq, reply, .. } if seq != self.store.seq() => {
                let _ = reply.send(Ok(Written::Outdated));
            }
            ImportJob::Write { plan, reply, .. } => {
                let written = self.write_plan(&plan, send);
                let done = |rejects_file| Written::Done { rejects_file };
                let _ = reply.send(written.map(done));
            }
        }
    }

    /// Writes a plan. Answers the file with the rejected rows.
    fn write_plan(
        &mut self,
        plan: &Plan,
        send: &mut dyn FnMut(Msg),
    ) -> Result<Option<String>, Failure> {
        let now = self.clock.now();
        importing::back_up_before(&mut self.store, plan, now)?;
        let operations = importing::write(
            &mut self.store,
            plan,
            &self.author,
            now,
            &mut self.mint,
            |rows| send(Msg::Importing(Importing::Progress { rows })),
        )?;
        self.stored(operations, send);
        let rejects = importing::write_rejects(self.store.home(), plan, now, self.lang)?;
        Ok(rejects.first().map(|p| p.display().to_string()))
    }
}
