//! What can go wrong at the edge, as values: the kind and the facts. `i18n` words what happened
//! and what to do about it, in both languages.

use chrono::NaiveDate;

use super::change::Label;
use super::ids::AccountId;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// Another Kenshin holds the store.
    Busy,
    DiskFull {
        path: String,
        free: u64,
    },
    Io {
        path: String,
        reason: String,
    },
    /// The store cannot be read and could not be rebuilt.
    Damaged {
        path: String,
        reason: String,
    },
    /// The store did not finish in time.
    Stuck,
    /// The store was built again while something was read from it piece by piece.
    Rebuilt,
    /// The desk was asked and said nothing.
    NoAnswer,
    /// Data was lost; what is left is only read until the user decides.
    ReadOnly {
        reason: String,
    },
    /// Written by a later version of the program.
    Newer {
        found: u32,
        known: u32,
    },
    /// Written by an earlier version, before its form was settled.
    Older {
        found: u32,
        known: u32,
    },
    NoSuchAccount {
        text: String,
        near: Vec<(AccountId, String)>,
    },
    Ambiguous {
        text: String,
        candidates: Vec<(AccountId, String)>,
    },
    NotFound {
        what: String,
    },
    /// A configuration file with a mistake: file, line, reason.
    Config {
        path: String,
        line: usize,
        reason: String,
    },
    /// Nothing to undo or redo.
    NothingToUndo,
    NothingToRedo,
    /// What would be undone is no longer kept.
    UndoReach,
    /// An input that was written after what it is to foretell.
    Leak {
        input: String,
        account: String,
        recorded: NaiveDate,
        /// The day before which it would have to be known.
        outcome: NaiveDate,
    },
    Refused {
        reason: String,
    },
    Usage {
        reason: String,
    },
}

impl Failure {
    pub fn io(path: impl AsRef<std::path::Path>, error: &std::io::Error) -> Self {
        let path = path.as_ref().display().to_string();
        if error.kind() == std::io::ErrorKind::StorageFull {
            return Failure::DiskFull { path, free: 0 };
        }
        Failure::Io {
            path,
            reason: error.to_string(),
        }
    }

    /// Where it failed and why, without the words of a language: for what is kept on disk, and joined to
    /// other places.
    pub fn place_and_reason(&self) -> String {
        match self {
            Failure::Io { path, reason } | Failure::Damaged { path, reason } => {
                format!("{path}: {reason}")
            }
            Failure::Config { path, line, reason } => format!("{path}:{line}: {reason}"),
            Failure::DiskFull { path, .. } => format!("{path}: no space left"),
            Failure::NotFound { what } => format!("{what}: not found"),
            Failure::ReadOnly { reason }
            | Failure::Refused { reason }
            | Failure::Usage { reason } => reason.clone(),
            _ => "the store cannot go on".to_owned(),
        }
    }

    /// The process's exit code: 2 for what the caller must say differently, 1 otherwise.
    pub fn exit_code(&self) -> i32 {
        match self {
            Failure::Usage { .. } | Failure::Ambiguous { .. } | Failure::NoSuchAccount { .. } => 2,
            _ => 1,
        }
    }
}

/// Something that is wrong in a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// A place and what is wrong there, as the store found it.
    Found(String),
    /// A record or file that cannot be read.
    Unreadable { place: String, failure: Failure },
}

/// Why a tree was built anew.
#[derive(Debug, Clone, PartialEq)]
pub enum Cause {
    Asked,
    /// Counts or checksums were not what the last batch wrote.
    Wrong,
    /// It held nothing though the journal does.
    Empty,
    Unreadable {
        reason: String,
    },
}

/// What had to be mended while opening, for the user to know.
#[derive(Debug, Clone, PartialEq)]
pub enum Repair {
    /// Operations that stood in the journal only.
    Replayed { operations: u64 },
    /// The tree was damaged and was built anew; the old one was set aside.
    Rebuilt { cause: Cause, aside: String },
    /// A long operation that was cut short was taken back.
    RolledBack { label: Label },
    /// Damage in the journal that the tree makes good: nothing is lost.
    JournalDamage { places: Vec<String> },
    /// The store was of an earlier schema; a backup of it was written first.
    Migrated { from: u32, to: u32, backup: String },
    /// A file of an earlier version cannot be read; it stays where it is.
    Unread { path: String },
    /// Something is lost: the store is only read until the user decides.
    Lost { what: String },
}

/// What a reader of JSON found wrong: the column, counted on from what stands before the text it was
/// given (in bytes), and the reason.
pub fn json_reason(error: &serde_json::Error, before: usize) -> String {
    let text = error.to_string();
    let reason = text
        .rsplit_once(" at line ")
        .map_or(text.as_str(), |(reason, _)| reason);
    format!("column {}: {reason}", before + error.column())
}
