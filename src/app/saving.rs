//! What is on its way to the disk: applied to the desk at once, called saved when it is.

use super::kit::drafts;
use super::model::Model;
use super::msg::{Effect, Unsaved};
use super::verb::Effects;
use crate::domain::change::Operation;
use crate::ops::{By, Refusal};

/// Applies an operation and asks for it to be written; none changes nothing.
pub fn commit(model: &mut Model, operation: impl Into<Option<Operation>>, effects: &mut Effects) {
    if let Some(operation) = operation.into() {
        effects.push(model.commit(operation));
    }
}

impl Model {
    /// Who makes an operation, and when.
    pub fn by(&mut self) -> By<'_> {
        By {
            author: &self.author,
            now: self.now,
            mint: &mut self.mint,
        }
    }

    /// A refusal in the user's language.
    pub fn decline(&mut self, refusal: &Refusal) {
        self.refuse(refusal.words(self.lang));
    }

    /// Applies an operation to the desk at once; the effect asks for it to be written. The word
    /// "saved" appears only when it is on disk.
    pub fn commit(&mut self, operation: Operation) -> Effect {
        self.apply(&operation);
        self.unsaved.push(Unsaved {
            operation: operation.clone(),
            drafts: Vec::new(),
        });
        self.saving.pending = self.unsaved.len();
        Effect::Commit(Box::new(operation))
    }

    /// Keeps the book and what was made of single records in step with an operation.
    pub fn apply(&mut self, operation: &Operation) {
        self.book.apply(operation);
        self.actions.follow(operation);
        if let Some(pane) = &mut self.account {
            pane.follow(operation, &*self.phrases, self.now);
        }
    }

    /// The draft goes when the operation just committed is on disk; not before. Answers whether
    /// there is such an operation.
    pub fn discard_when_stored(&mut self, key: String) -> bool {
        match self.unsaved.last_mut() {
            Some(last) => {
                last.drafts.push(key);
                true
            }
            None => false,
        }
    }

    /// The text of a note that was just committed gets a draft of its own until the note is on disk:
    /// what is typed meanwhile is another note, with another draft.
    pub fn draft_goes_along(
        &mut self,
        key: String,
        body: serde_json::Value,
        effects: &mut Effects,
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

    /// Keeps a draft, on disk too.
    pub fn save_draft(&mut self, key: String, body: serde_json::Value, effects: &mut Effects) {
        self.drafts.insert(key.clone(), body.clone());
        effects.push(Effect::SaveDraft { key, body });
    }

    /// Lets a draft go, if there is one.
    pub fn forget_draft(&mut self, key: &str, effects: &mut Effects) {
        if self.drafts.remove(key).is_some() {
            let key = key.to_owned();
            effects.push(Effect::DiscardDraft { key });
        }
    }
}
