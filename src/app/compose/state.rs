//! State of the composer.

use crate::app::kit::editor::Editor;
use crate::domain::ids::AccountId;
use crate::domain::note::Note;
use crate::services::capture::Talk;

#[derive(Debug, Clone, PartialEq)]
pub struct Compose {
    pub account: AccountId,
    pub name: String,
    pub editor: Editor,
    /// An unplanned talk; `None` for a note only.
    pub talk: Option<Talk>,
    /// The note being changed; `None` for a new one.
    pub note: Option<Note>,
    /// The text version saved as a draft.
    pub saved: u64,
}

impl Compose {
    /// The draft as written to disk.
    pub fn body(&self) -> serde_json::Value {
        serde_json::json!({ "account": self.account, "text": self.editor.text(), "talk": self.talk })
    }
}

/// The composer as a layer over the screen.
pub type Layer = Box<Compose>;

#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// The account to write about.
    Account(AccountId),
    /// Kind, attendees and time of a talk.
    Talk,
}
