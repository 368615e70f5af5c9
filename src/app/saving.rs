//! Writing operations: applied to the model at once, reported as saved once they are on disk.

use super::kit::drafts;
use super::model::Model;
use super::msg::{Effect, Unsaved};
use super::verb::Effects;
use crate::domain::change::Operation;
use crate::ops::{By, Refusal};

/// Applies an operation and requests its write. `None` changes nothing.
pub fn commit(model: &mut Model, operation: impl Into<Option<Operation>>, effects: &mut Effects) {
    if let Some(operation) = operation.into() {
        effects.push(model.commit(operation));
    }
}

impl Model {
    /// The author, time and id source of a new operation.
    pub fn by(&mut self) -> By<'_> {
        By {
            author: &self.author,
            now: self.now,
            mint: &mut self.mint,
        }
    }

    /// Shows a refusal in the user's language.
    pub fn decline(&mut self, refusal: &Refusal) {
        self.refuse(refusal.words(self.lang));
    }

    /// Applies an operation to the model. The returned effect writes it. The user reads "saved"
    /// only once it is on disk.
    pub fn commit(&mut self, operation: Operation) -> Effect {
        self.apply(&operation);
        self.unsaved.push(Unsaved {
            operation: operation.clone(),
            drafts: Vec::new(),
        });
        self.saving.pending = self.unsaved.len();
        Effect::Commit(Box::new(operation))
    }

    /// Applies an operation to the book, and to state made from single records.
    pub fn apply(&mut self, operation: &Operation) {
        self.book.apply(operation);
        self.actions.follow(operation);
        if let Some(pane) = &mut self.account {
            pane.follow(operation, &*self.phrases, self.now);
        }
    }

    /// Discards a draft once the operation just committed is on disk. Returns whether there is such
    /// an operation.
    pub fn discard_when_stored(&mut self, key: String) -> bool {
        match self.unsaved.last_mut() {
            Some(last) => {
                last.drafts.push(key);
                true
            }
            None => false,
        }
    }

    /// Gives the text of a note that was just committed its own draft until the note is on disk,
    /// because text typed meanwhile is another note with its own draft.
    pub fn copy_draft_until_stored(
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

    /// Keeps a draft in memory and requests its write.
    pub fn save_draft(&mut self, key: String, body: serde_json::Value, effects: &mut Effects) {
        self.drafts.insert(key.clone(), body.clone());
        effects.push(Effect::SaveDraft { key, body });
    }

    /// Discards a draft if there is one.
    pub fn forget_draft(&mut self, key: &str, effects: &mut Effects) {
        if self.drafts.remove(key).is_some() {
            let key = key.to_owned();
            effects.push(Effect::DiscardDraft { key });
        }
    }
}
