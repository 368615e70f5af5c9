//! What is on its way to the disk: applied to the desk at once, called saved when it is.

use super::msg::Effect;
use super::{Model, drafts, events};
use crate::domain::change::Operation;
use crate::ops::By;

/// An operation on its way to the disk.
pub(super) struct Unsaved {
    pub operation: Operation,
    pub drafts: Vec<String>,
}

impl Model {
    /// Who makes an operation, and when.
    pub(super) fn by(&mut self) -> By<'_> {
        By {
            author: &self.author,
            now: self.now,
            mint: &mut self.mint,
        }
    }

    /// Applies an operation to the desk at once and asks for it to be written. The words "saved"
    /// appear only when it is on disk.
    pub(super) fn commit(&mut self, operation: Operation) -> Effect {
        self.book.apply(&operation);
        self.actions.follow(&operation);
        if let Some(state) = &mut self.account {
            events::apply_to_dossier(state, &operation, &*self.phrases, self.now);
        }
        self.unsaved.push(Unsaved {
            operation: operation.clone(),
            drafts: Vec::new(),
        });
        self.saving.pending = self.unsaved.len();
        Effect::Commit(Box::new(operation))
    }

    /// The draft goes when the operation just committed is on disk; not before. Answers whether
    /// there is such an operation.
    pub(super) fn discard_when_stored(&mut self, key: String) -> bool {
        match self.unsaved.last_mut() {
            Some(last) => {
                last.drafts.push(key);
                true
            }
            None => false,
        }
    }

    /// The text of a note that was just committed gets a draft of its own until the note is on disk: what
    /// is typed meanwhile is another note, with another draft.
    pub(super) fn draft_goes_along(
        &mut self,
        key: String,
        body: serde_json::Value,
        effects: &mut Vec<Effect>,
    ) {
        let Some(last) = self.unsaved.last_mut() else {
            return;
        };
        let sent = drafts::sent_key(&key, &last.operation.id);
        last.drafts.push(sent.clone());
        self.drafts.remove(&key);
        self.drafts.insert(sent.clone(), body.clone());
        effects.push(Effect::SaveDraft { key: sent, body });
    }

    /// What must reach the disk before the desk closes: the draft of what is being typed.
    pub fn last_words(&mut self) -> Vec<Effect> {
        drafts::last(self)
    }
}
