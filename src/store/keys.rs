//! The key layout of the one sled tree. A key is the letter of a shelf (`domain::records`), or one of
//! those below, then ids parted by a zero byte. What an account has many of is one folder, because
//! tiny values are poison to sled.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::journal::Place;
use crate::domain::freshness::DataFreshness;
use crate::domain::ids::AccountId;
use crate::domain::recorded::Keeping;
use crate::domain::records::Listed;

pub const USAGE: u8 = b'u';
pub const HISTORY: u8 = b'y';
/// Heads of the operations, for undo and the audit log.
pub const LOG: u8 = b'l';
/// The same, packed, where the journal does not hold the operations any more.
pub const LOG_PACK: u8 = b'L';
/// How fresh each kind of data is across the desk.
pub const FEEDS: &[u8] = b"f";
pub const META: &[u8] = b"m";

/// `kind account` or `kind account \0 id`.
pub fn of_account(kind: u8, account: &AccountId) -> Vec<u8> {
    let mut key = Vec::with_capacity(account.as_str().len() + 1);
    key.push(kind);
    key.extend_from_slice(account.as_str().as_bytes());
    key
}

pub fn of_record(kind: u8, account: &AccountId, id: &str) -> Vec<u8> {
    let mut key = of_account(kind, account);
    key.push(0);
    key.extend_from_slice(id.as_bytes());
    key
}

pub fn of_id(kind: u8, id: &str) -> Vec<u8> {
    let mut key = vec![kind];
    key.extend_from_slice(id.as_bytes());
    key
}

pub fn of_log(seq: u64) -> Vec<u8> {
    of_number(LOG, seq)
}

/// A pack by the first operation in it.
pub fn of_log_pack(seq: u64) -> Vec<u8> {
    of_number(LOG_PACK, seq)
}

fn of_number(kind: u8, seq: u64) -> Vec<u8> {
    let mut key = vec![kind];
    key.extend_from_slice(&seq.to_be_bytes());
    key
}

/// The letter of a kind's shelf, by its place in the list of records.
pub const fn letter<R: Listed>(shelf: usize) -> u8 {
    R::SHELVES[shelf].letter
}

/// The shelf of what is still open, of kinds that part it from what is over, so that a start reads
/// only what is open.
pub const OPEN: usize = 0;
/// The shelf of what is over.
pub const OVER: usize = 1;

/// The key under which a record stands, or its account's folder.
pub fn of<R: Listed>(record: &R) -> Vec<u8> {
    at::<R>(record.shelf().letter, record)
}

/// The key of a record on another shelf of its kind.
pub fn at<R: Listed>(letter: u8, record: &R) -> Vec<u8> {
    match (R::KEEPING, record.account()) {
        (Keeping::ByAccount, Some(account)) => of_record(letter, account, record.id()),
        (Keeping::Folder, Some(account)) => of_account(letter, account),
        (Keeping::ById, _) | (_, None) => of_id(letter, record.id()),
    }
}

/// What the tree says of itself, written in the same batch as the records it counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meta {
    pub schema: u32,
    /// The last operation applied to the tree.
    pub seq: u64,
    /// Keys and checksum by kind: sled can lose records without an error, and this notices.
    pub counts: BTreeMap<u8, Tally>,
    /// Where the last recorded scores stand in the journal: they are not recorded again at each
    /// opening. None in a tree made from a snapshot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded: Option<Place>,
}

/// How fresh the data of the desk is, as the tree keeps it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredFreshness {
    #[serde(flatten)]
    pub data: DataFreshness,
    /// Something was taken back that may have been the newest: they are to be counted anew.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub due: bool,
}

/// Values to write, by key; none takes the key away.
pub(super) type Writes = BTreeMap<Vec<u8>, Option<Vec<u8>>>;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub keys: u64,
    pub sum: u64,
}

impl Tally {
    pub fn add(&mut self, key: &[u8], value: &[u8]) {
        self.keys = self.keys.wrapping_add(1);
        self.sum = self.sum.wrapping_add(fingerprint(key, value));
    }

    pub fn take(&mut self, key: &[u8], value: &[u8]) {
        self.keys = self.keys.wrapping_sub(1);
        self.sum = self.sum.wrapping_sub(fingerprint(key, value));
    }
}

fn fingerprint(key: &[u8], value: &[u8]) -> u64 {
    u64::from(crc32fast::hash(key)) << 32 | u64::from(crc32fast::hash(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::records::Kind;

    #[test]
    fn no_two_groups_of_keys_begin_with_the_same_letter() {
        let shelves = Kind::ALL.iter().flat_map(|kind| kind.shelves());
        let mut letters: Vec<u8> = shelves
            .flat_map(|s| [Some(s.letter), s.index])
            .flatten()
            .collect();
        letters.extend([USAGE, HISTORY, LOG, LOG_PACK, FEEDS[0], META[0], b'!']);
        let known = letters.len();
        letters.sort_unstable();
        letters.dedup();
        assert_eq!(letters.len(), known);
    }

    /// What is not on the last shelf of its kind says on which it is.
    #[test]
    fn an_action_stands_where_its_state_says() {
        use crate::domain::action::Action;
        let action = |status: &str| -> Action {
            let json = format!(
                r#"{{"id":"1","account":"a","what":"w","side":"us","status":"{status}","priority":"normal","created":"2026-11-20T00:00:00Z"}}"#
            );
            serde_json::from_str(&json).expect("an action")
        };
        assert_eq!(of(&action("open")), b"Aa\x001");
        assert_eq!(of(&action("done")), b"Da\x001");
    }
}
