//! The key layout of the single sled tree. A key is the letter of a key group (`domain::records`),
//! or one of the letters below, then ids separated by a zero byte. Records that are numerous in an
//! account share one folder, because sled handles many tiny values badly.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::frames::Place;
use super::identity::{Mark, StoreId};
use crate::domain::freshness::DataFreshness;
use crate::domain::ids::AccountId;
use crate::domain::recorded::Keeping;
use crate::domain::records::Listed;

pub const USAGE: u8 = b'u';
pub const HISTORY: u8 = b'y';
/// What was heard in the lines of an account.
pub const HEARD: u8 = b'(';
/// What each day was, in blocks of accounts.
pub const OBSERVED: u8 = b'O';
/// Heads of the operations, for undo and the audit log.
pub const LOG: u8 = b'l';
/// Packed heads of the operations that the journal no longer holds.
pub const LOG_PACK: u8 = b'L';
/// How fresh each kind of data is across the desk.
pub const FEEDS: &[u8] = b"f";
pub const META: &[u8] = b"m";
/// Written first, so that a tree without records is not taken for a lost one.
pub const MARK: u8 = b'!';

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

/// The key of a pack: the first operation in it.
pub fn of_log_pack(seq: u64) -> Vec<u8> {
    of_number(LOG_PACK, seq)
}

/// A block of a day: the day, of how many, its number.
pub fn observed(day: NaiveDate, of: u16, block: u16) -> Vec<u8> {
    let mut key = observed_day(day);
    key.extend_from_slice(&of.to_be_bytes());
    key.extend_from_slice(&block.to_be_bytes());
    key
}

/// Where the blocks of a day begin.
pub fn observed_day(day: NaiveDate) -> Vec<u8> {
    let mut key = vec![OBSERVED];
    // A day before our era is no day of a desk.
    let number = u32::try_from(day.num_days_from_ce()).unwrap_or_default();
    key.extend_from_slice(&number.to_be_bytes());
    key
}

/// The day of a block, of how many it is, and its number.
pub fn observed_place(key: &[u8]) -> Option<(NaiveDate, u16, u16)> {
    let rest = key.strip_prefix(&[OBSERVED])?;
    let (day, rest) = rest.split_first_chunk::<4>()?;
    let (of, rest) = rest.split_first_chunk::<2>()?;
    let block = rest.try_into().ok()?;
    let day = i32::try_from(u32::from_be_bytes(*day)).ok()?;
    let day = NaiveDate::from_num_days_from_ce_opt(day)?;
    Some((day, u16::from_be_bytes(*of), u16::from_be_bytes(block)))
}

fn of_number(kind: u8, seq: u64) -> Vec<u8> {
    let mut key = vec![kind];
    key.extend_from_slice(&seq.to_be_bytes());
    key
}

/// The letter of a kind's key group, by its index in the list of records.
pub const fn letter<R: Listed>(group: usize) -> u8 {
    R::KEY_GROUPS[group].letter
}

/// The key group of open records, for kinds that separate them from closed ones, so that a start
/// reads only open records.
pub const OPEN: usize = 0;
/// The key group of closed records.
pub const OVER: usize = 1;

/// The key of a record, or of its account's folder.
pub fn of<R: Listed>(record: &R) -> Vec<u8> {
    at::<R>(record.key_group().letter, record)
}

/// The key of a record in another key group of its kind.
pub fn at<R: Listed>(letter: u8, record: &R) -> Vec<u8> {
    match (R::KEEPING, record.account()) {
        (Keeping::ByAccount, Some(account)) => of_record(letter, account, record.id()),
        (Keeping::Folder, Some(account)) => of_account(letter, account),
        (Keeping::ById, _) | (_, None) => of_id(letter, record.id()),
    }
}

/// The meta record of the tree. It is written in the same batch as the records it counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meta {
    pub schema: u32,
    /// The last operation applied to the tree.
    pub seq: u64,
    /// Key count and checksum by kind, which detect records that sled lost without an error.
    pub counts: BTreeMap<u8, Tally>,
    /// The position of the last recorded scores in the journal, so that an opening does not record
    /// them again. None in a tree built from a snapshot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded: Option<Place>,
    /// The id of the store. None before schema 7.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub store: Option<StoreId>,
    /// The end of the journal at the last operation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub journal: Option<Mark>,
}

/// The freshness of the desk's data, as stored in the tree.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredFreshness {
    #[serde(flatten)]
    pub data: DataFreshness,
    /// An undo may have removed the newest data: recompute the freshness.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub due: bool,
}

/// Values to write, by key; `None` removes the key.
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
    fn all_key_letters_are_distinct() {
        let groups = Kind::ALL.iter().flat_map(|kind| kind.key_groups());
        let mut letters: Vec<u8> = groups
            .flat_map(|s| [Some(s.letter), s.index])
            .flatten()
            .collect();
        letters.extend([
            USAGE, HISTORY, HEARD, OBSERVED, LOG, LOG_PACK, FEEDS[0], META[0], MARK,
        ]);
        let known = letters.len();
        letters.sort_unstable();
        letters.dedup();
        assert_eq!(letters.len(), known);
    }

    /// A record that is not in the last key group of its kind must say in its state which it is in.
    #[test]
    fn the_state_of_an_action_decides_its_key_group() {
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
