//! State of the search in past notes.

use crate::domain::ids::{AccountId, RecordId};
use crate::domain::note::Note;
use crate::domain::note_line::NoteLine;

#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// A note to open.
    Note(AccountId, RecordId),
    /// A past talk without a note, to open.
    Talk(RecordId),
    /// Extends the search to all accounts.
    All,
    /// Finds the notes that match the typed text, in the store.
    Find,
}

/// Results from the store.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// The newest notes that contain these words, one line each.
    Found {
        words: String,
        lines: Vec<NoteLine>,
        /// There are more than these.
        more: bool,
    },
    /// The requested note.
    Note(Box<Note>),
}

/// Searches that read the store.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Finds the notes of every account that contain all these words, newest first.
    Find { words: String },
    /// Reads one note.
    Read { account: AccountId, id: RecordId },
}
