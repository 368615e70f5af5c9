//! The spool: notes that other terminals wrote while an open desk holds the store. Each is one file, synced before
//! it is acknowledged; whoever holds the store takes it in once, by its id. Must not know how a note is made.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use chrono::{DateTime, Utc};

use super::codec;
use super::files::{private_dir, sync_dir, write_atomic};
use super::sealed::{seal, unseal};
use crate::domain::failure::Failure;
use crate::domain::ids::{AccountId, RecordId};

/// A note that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// The id of the note to be.
    pub id: RecordId,
    /// The account as it was typed.
    pub account: String,
    /// The account it means, where that was found out when it was acknowledged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<AccountId>,
    /// The state of the mint that makes the ids of its actions, where they were told when it was acknowledged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mint: Option<(u64, u64)>,
    pub text: String,
    pub at: DateTime<Utc>,
    pub author: String,
    pub device: String,
}

fn folder(home: &Path) -> PathBuf {
    home.join("spool")
}

/// Where a note waits.
pub fn path(home: &Path, id: &RecordId) -> PathBuf {
    folder(home).join(format!("{id}.note"))
}

/// Writes a note. After this it is on disk.
///
/// # Errors
/// If the disk is full or cannot be written.
pub fn put(home: &Path, note: &Waiting) -> Result<(), Failure> {
    let dir = folder(home);
    private_dir(&dir)?;
    write_atomic(&path(home, &note.id), &seal(&codec::json(note)))?;
    sync_dir(&dir)
}

/// Whether a note waits.
pub fn is_waiting(home: &Path) -> bool {
    let entries = std::fs::read_dir(folder(home))
        .into_iter()
        .flatten()
        .flatten();
    entries
        .map(|entry| entry.path())
        .any(|path| path.extension().is_some_and(|e| e == "note"))
}

/// Removes a note that is in the journal, or that was refused.
///
/// # Errors
/// If the folder cannot be written.
pub fn remove(home: &Path, id: &RecordId) -> Result<(), Failure> {
    let path = path(home, id);
    match std::fs::remove_file(&path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(Failure::io(&path, &e)),
        _ => sync_dir(&folder(home)),
    }
}

/// The notes that wait, oldest first, and the files that cannot be read. Those are left where they are.
pub fn all(home: &Path) -> (Vec<Waiting>, Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder(home)) else {
        return (Vec::new(), Vec::new());
    };
    let files = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let notes = files.filter(|path| path.extension().is_some_and(|e| e == "note"));
    let (mut read, mut unread) = (Vec::new(), Vec::new());
    for path in notes {
        let note = std::fs::read(&path).ok();
        let note = note.and_then(|bytes| codec::from_json::<Waiting>(unseal(&bytes)?).ok());
        match note {
            Some(note) => read.push(note),
            None => unread.push(path),
        }
    }
    read.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    unread.sort();
    (read, unread)
}
