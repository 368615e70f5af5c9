//! Failures at the edge of the program, as values: a kind and its facts. The words floor says what
//! happened and what to do, in both languages.

use chrono::NaiveDate;

use super::change::Label;
use super::ids::AccountId;

/// Why something did not work, as data; `words::failure` puts it in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// Another Kenshin holds the store.
    Busy,
    DiskFull {
        path: String,
        free: u64,
    },
    /// The disk has room, but no place for another file: it ran out of inodes.
    NoMoreFiles {
        path: String,
        left: u64,
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
    /// The store was rebuilt while it was read piece by piece.
    Rebuilt,
    /// The open desk did not answer a request.
    NoAnswer,
    /// The open desk holds the store and gives no sign of life.
    Hung,
    /// Data was lost. The store stays read-only until the user decides.
    ReadOnly {
        reason: String,
    },
    /// Written by a later version of the program.
    Newer {
        found: u32,
        known: u32,
    },
    /// Written by an earlier version, before its format was final.
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
    /// A configuration file with a mistake: file, line and column (from 1), reason.
    Config {
        path: String,
        line: usize,
        /// None where only the line is known.
        column: Option<usize>,
        reason: String,
    },
    /// Nothing to undo or redo.
    NothingToUndo,
    NothingToRedo,
    /// The operation to undo is no longer in the journal.
    UndoReach,
    /// An input of a back-test that was recorded after the outcome it should predict.
    Leak {
        input: String,
        account: String,
        recorded: NaiveDate,
        /// The day before which the input had to be known.
        outcome: NaiveDate,
    },
    /// A place that no file is written to or read from.
    WrongPlace {
        path: String,
        why: WrongPlace,
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

    /// The path and the reason, in no language: for text that is kept on disk or joined to other places.
    pub fn place_and_reason(&self) -> String {
        match self {
            Failure::Io { path, reason } | Failure::Damaged { path, reason } => {
                format!("{path}: {reason}")
            }
            Failure::Config {
                path,
                line,
                column,
                reason,
            } => format!("{}: {reason}", Self::at(path, *line, *column)),
            Failure::DiskFull { path, .. } | Failure::NoMoreFiles { path, .. } => {
                format!("{path}: no space left")
            }
            Failure::WrongPlace { path, .. } => format!("{path}: not a place for a file"),
            Failure::NotFound { what } => format!("{what}: not found"),
            Failure::ReadOnly { reason }
            | Failure::Refused { reason }
            | Failure::Usage { reason } => reason.clone(),
            _ => "the store cannot go on".to_owned(),
        }
    }

    /// A place in a file, as editors read it: `path:line:column`.
    pub fn at(path: &str, line: usize, column: Option<usize>) -> String {
        match column {
            Some(column) => format!("{path}:{line}:{column}"),
            None => format!("{path}:{line}"),
        }
    }

    /// The exit code of the process: 2 when the caller must change the request, else 1.
    pub fn exit_code(&self) -> i32 {
        match self {
            Failure::Usage { .. }
            | Failure::WrongPlace { .. }
            | Failure::Ambiguous { .. }
            | Failure::NoSuchAccount { .. } => 2,
            _ => 1,
        }
    }
}

/// Why a file is not written to a place, or read from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrongPlace {
    /// A file that this program did not write.
    Foreign,
    /// A link: what it points to may be anything.
    Link,
    Folder,
    /// A device, a pipe or a socket.
    Device,
    /// The place is the store's own.
    Own,
}

/// Something that is wrong in a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// A place and what is wrong there, as the store found it.
    Found(String),
    /// A record or file that cannot be read.
    Unreadable { place: String, failure: Failure },
}

/// Why the tree was rebuilt.
#[derive(Debug, Clone, PartialEq)]
pub enum Cause {
    Asked,
    /// Counts or checksums were not what the last batch wrote.
    Wrong,
    /// It was empty although the journal is not.
    Empty,
    Unreadable {
        reason: String,
    },
    /// It is of another store.
    Foreign,
    /// It is an older copy: a snapshot has later operations.
    Behind,
}

/// A repair made while opening, for the user to know.
#[derive(Debug, Clone, PartialEq)]
pub enum Repair {
    /// Operations that were only in the journal.
    Replayed { operations: u64 },
    /// The tree was damaged and was rebuilt; the damaged one was set aside.
    Rebuilt { cause: Cause, aside: String },
    /// An interrupted long operation was rolled back.
    RolledBack { label: Label },
    /// Damage in the journal that the tree makes good: no data is lost.
    JournalDamage { places: Vec<String> },
    /// Parts of another store were set aside: the name of each, and the new one.
    SetAside { parts: Vec<String> },
    /// The store was of an earlier schema; a backup of it was written first.
    Migrated { from: u32, to: u32, backup: String },
    /// A file of an earlier version cannot be read; it stays where it is.
    Unread { path: String },
    /// Data is lost. The store stays read-only until the user decides.
    Lost { what: String },
}

/// The mistake a JSON reader found: its column and the reason. `before` is the number of bytes that
/// precede the text in its line.
pub fn json_reason(error: &serde_json::Error, before: usize) -> String {
    let text = error.to_string();
    let reason = text
        .rsplit_once(" at line ")
        .map_or(text.as_str(), |(reason, _)| reason);
    format!("column {}: {reason}", before + error.column())
}
