//! Imports of the open desk: its threads, and their ways to the store and to the event loop.

use super::Desk;
use crate::app::importing::state::Effect;
use crate::runtime::planning::Link;
use crate::runtime::store_thread::Job;

impl Desk {
    /// Plans or writes an import on a thread of its own.
    pub(super) fn import(&self, effect: Effect) {
        let (jobs, messages) = (self.store.jobs(), self.messages.clone());
        let link = Link {
            job: Box::new(move |job| drop(jobs.send(Job::Import(job)))),
            tell: Box::new(move |msg| drop(messages.send(msg))),
        };
        self.planning.start(effect, self.clock.now(), link);
    }
}
