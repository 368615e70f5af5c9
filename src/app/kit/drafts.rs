//! Drafts on their way to the disk: never more often than the disk keeps up with, and again where it did
//! not take them. A note that is being stored has a draft of its own until it is.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::domain::ids::RecordId;

/// When drafts were written, and which are to be written again.
#[derive(Debug, Default)]
pub struct Times {
    /// The draft that is being written: one at a time.
    pub writing: Option<String>,
    /// When the last one was.
    pub last: Option<DateTime<Utc>>,
    /// Drafts the disk did not take: they are in memory only, and tried again.
    pub failed: BTreeSet<String>,
    /// When to look again.
    pub due: Option<DateTime<Utc>>,
}

impl Times {
    /// It left the program's hands: the next state may go, after a pause.
    pub fn written(&mut self, key: &str, at: DateTime<Utc>) {
        if self.writing.as_deref() == Some(key) {
            self.writing = None;
            self.last = Some(at);
        }
    }

    /// The disk answered, for good or ill.
    pub fn saved(&mut self, key: &str, at: DateTime<Utc>) {
        self.failed.remove(key);
        self.written(key, at);
    }
}

/// Between a note's key and the operation that takes it to the disk.
const SENT: &str = "/sent/";

/// The key of a draft whose note is on its way to the disk.
pub fn sent_key(key: &str, operation: &RecordId) -> String {
    format!("{key}{SENT}{operation}")
}

/// Where the note of such a draft was typed; none for any other draft, whatever an account's id looks
/// like: behind the mark stands an operation and nothing else.
pub fn place_of(sent: &str) -> Option<String> {
    const ULID: usize = 26;
    let (key, operation) = sent.rsplit_once(SENT)?;
    (operation.len() == ULID && operation.bytes().all(|b| b.is_ascii_alphanumeric()))
        .then(|| key.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_whose_id_looks_like_a_mark_keeps_its_drafts() {
        let id = crate::domain::ids::Mint::new(1).next(DateTime::UNIX_EPOCH);
        for account in ["acme", "a/sent/b", "a/sent/"] {
            let key = format!("note/{account}/佐藤");
            assert_eq!(place_of(&key), None, "{key}");
            assert_eq!(place_of(&sent_key(&key, &id)), Some(key));
        }
    }
}
