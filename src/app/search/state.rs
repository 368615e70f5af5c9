//! Past notes that are looked for.

use crate::domain::ids::{AccountId, RecordId};
use crate::domain::note::Note;
use crate::domain::note_line::NoteLine;

#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// A note, to be read.
    Note(AccountId, RecordId),
    /// A past talk of which no note was made, to be read.
    Talk(RecordId),
    /// The notes of all accounts are to be looked through.
    All,
    /// The store is to find the notes with what is typed.
    Find,
}

/// Answers of the store.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// Notes that hold these words, a line of each.
    Found { words: String, lines: Vec<NoteLine> },
    /// A note that was asked for.
    Note(Box<Note>),
}

/// Searches that read the store.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Notes of every account that hold all these words, the newest first.
    Find { words: String },
    /// One note, to be read.
    Read { account: AccountId, id: RecordId },
}
