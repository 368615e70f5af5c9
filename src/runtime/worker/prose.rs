//! Notes kept elsewhere, in the desk: the calls of a text, and the writing of accepted ones.

use super::Worker;
use crate::app::msg::Msg;
use crate::app::prose::state::{Effect, Msg as Prose, Source};
use crate::domain::failure::Failure;
use crate::ops::By;
use crate::runtime::prose;
use crate::services::import::prose::{Choice, Proposal, Request, propose};
use crate::words;

impl Worker {
    pub(super) fn prose(
        &mut self,
        effect: Effect,
        send: &mut dyn FnMut(Msg),
    ) -> Result<(), Failure> {
        match effect {
            Effect::Plan { source, choices } => {
                let proposal = Box::new(self.proposal(&source, &choices)?);
                send(Msg::Prose(Prose::Proposed(proposal)));
            }
            Effect::Write {
                source,
                choices,
                shown,
            } => {
                let now = self.proposal(&source, &choices)?;
                if now != *shown {
                    send(Msg::Prose(Prose::Proposed(Box::new(now))));
                    return Ok(());
                }
                let mut by = By {
                    author: &self.author,
                    now: self.clock.now(),
                    mint: &mut self.mint,
                };
                let operation = prose::write(&mut self.store, &now, &mut by)?;
                self.stored(operation.into_iter().collect(), send);
                let count = now.taken();
                let rest = now.calls.len() - count - now.known();
                send(Msg::Prose(Prose::Done { count, rest }));
            }
        }
        Ok(())
    }

    fn proposal(&mut self, source: &Source, choices: &[Choice]) -> Result<Proposal, Failure> {
        let now = self.clock.now();
        let documents = match source {
            Source::Text(text) => vec![prose::pasted(text.to_string())],
            Source::Files(paths) => {
                prose::documents(paths, now.zone, self.lang)?.ok_or_else(|| Failure::Refused {
                    reason: words::prose::no_calls(self.lang).into(),
                })?
            }
        };
        propose(&Request {
            documents: &documents,
            today: now.today(),
            order: None,
            account: None,
            choices,
            existing: &self.store,
        })
    }
}
