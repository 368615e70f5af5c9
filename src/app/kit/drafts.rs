//! Scheduling of draft writes: never faster than the disk accepts them, and again after a failure.
//! A note that is being stored has its own draft until it is stored.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::domain::ids::{AccountId, RecordId};

/// When drafts were written, and which must be written again.
#[derive(Debug, Default)]
pub struct Times {
    /// The draft that is being written: one at a time.
    pub writing: Option<String>,
    /// When the last draft was written.
    pub last: Option<DateTime<Utc>>,
    /// Drafts that the disk refused. They exist in memory only, and are tried again.
    pub failed: BTreeSet<String>,
    /// When to check again.
    pub due: Option<DateTime<Utc>>,
}

impl Times {
    /// The write ended; the next draft may follow after a pause.
    pub fn written(&mut self, key: &str, at: DateTime<Utc>) {
        if self.writing.as_deref() == Some(key) {
            self.writing = None;
            self.last = Some(at);
        }
    }

    /// The write is finished, whether it succeeded or not.
    pub fn saved(&mut self, key: &str, at: DateTime<Utc>) {
        self.failed.remove(key);
        self.written(key, at);
    }
}

/// The draft key of a new note.
pub fn note_key(account: &AccountId, author: &str) -> String {
    format!("note/{account}/{author}")
}

/// Separates a draft's key from the operation that stores its note.
const SENT: &str = "/sent/";

/// The key of a draft whose note is being stored.
pub fn sent_key(key: &str, operation: &RecordId) -> String {
    format!("{key}{SENT}{operation}")
}

/// The original key of such a draft; `None` for any other draft. The suffix must be exactly an
/// operation id, because account ids may contain the separator.
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
    fn an_account_id_with_the_separator_keeps_its_drafts() {
        let id = crate::domain::ids::Mint::new(1).next(DateTime::UNIX_EPOCH);
        for account in ["acme", "a/sent/b", "a/sent/"] {
            let key = format!("note/{account}/佐藤");
            assert_eq!(place_of(&key), None, "{key}");
            assert_eq!(place_of(&sent_key(&key, &id)), Some(key));
        }
    }
}
