//! Listening to warning phrases that the user edits while the desk is open.

use super::Desk;
use crate::app::call;
use crate::app::msg::Msg;

impl Desk {
    /// Reads the lexicon again when it was edited, also during a call.
    pub(super) fn listen_to_edited_phrases(&mut self) {
        if self.model.call.open.is_none() {
            return;
        }
        let Some((lexicon, failures)) = self.phrases.changed() else {
            return;
        };
        self.update(match failures.into_iter().next() {
            None => Msg::Call(call::state::Msg::Phrases(lexicon)),
            Some(failure) => Msg::Failed(failure),
        });
    }
}
