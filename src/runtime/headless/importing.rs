//! Imports of the desk without a terminal: the same threads as at a terminal, whose jobs are done here,
//! one after the other.

use std::collections::VecDeque;
use std::sync::mpsc::channel;

use super::Desk;
use crate::app::importing::state::Effect;
use crate::app::msg::Msg;
use crate::runtime::planning::Link;
use crate::runtime::planning::job::ImportJob;

impl Desk {
    /// Plans or writes an import, and does the jobs of its thread until it ends.
    pub(super) fn import(&mut self, mut effect: Effect, queue: &mut VecDeque<Msg>) {
        enum Said {
            Job(ImportJob),
            Msg(Msg),
        }
        if let (Effect::Plan { paths, .. }, Some(folder)) = (&mut effect, &self.import_folder) {
            *paths = vec![folder.clone()];
        }
        let (jobs, said) = channel();
        let messages = jobs.clone();
        let link = Link {
            job: Box::new(move |job| drop(jobs.send(Said::Job(job)))),
            tell: Box::new(move |msg| drop(messages.send(Said::Msg(msg)))),
        };
        self.planning.start(effect, self.now, link);
        for said in said {
            match said {
                Said::Msg(msg) => queue.push_back(msg),
                Said::Job(job) => {
                    if let Some(keys) = self.while_planning.take() {
                        self.keys(keys);
                    }
                    self.worker.import(job, &mut |m| queue.push_back(m));
                }
            }
        }
    }
}
