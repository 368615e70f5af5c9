//! The note being written: a new one, a change to one, or a talk that was not planned.

use crate::app::kit::editor::Editor;
use crate::domain::ids::AccountId;
use crate::domain::note::Note;
use crate::services::capture::Talk;

#[derive(Debug, Clone, PartialEq)]
pub struct Compose {
    pub account: AccountId,
    pub name: String,
    pub editor: Editor,
    /// A talk that was not planned; none for a note alone.
    pub talk: Option<Talk>,
    /// The note that is being changed; none for a new one.
    pub note: Option<Note>,
    /// The version of the text that is on disk as a draft.
    pub saved: u64,
}

impl Compose {
    /// The draft of what is written, as it lies on disk.
    pub fn body(&self) -> serde_json::Value {
        serde_json::json!({ "account": self.account, "text": self.editor.text(), "talk": self.talk })
    }
}

/// What the composer lies over a screen as.
pub type Layer = Box<Compose>;

#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// The account to write about.
    Account(AccountId),
    /// How, with whom and when a talk was.
    Talk,
}
