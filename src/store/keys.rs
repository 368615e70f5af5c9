//! The key layout of the one sled tree. A key is a one-letter kind, then ids parted by a zero
//! byte. What an account has many of is one folder record, because tiny values are poison to sled.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::journal::Place;
use crate::domain::change::Record;
use crate::domain::ids::AccountId;

pub const ACCOUNT: u8 = b'a';
pub const CONTACTS: u8 = b'c';
pub const SUBSCRIPTIONS: u8 = b's';
pub const TICKETS: u8 = b't';
pub const SURVEYS: u8 = b'v';
pub const TOUCHES: u8 = b'h';
pub const OUTCOMES: u8 = b'o';
pub const NOTE: u8 = b'n';
/// Open actions and closed ones stand apart, so that a start reads only what is open.
pub const ACTION_OPEN: u8 = b'A';
pub const ACTION_CLOSED: u8 = b'D';
/// Check-ins under way, and the finished ones.
pub const CHECKIN_OPEN: u8 = b'U';
pub const CHECKIN_DONE: u8 = b'K';
/// Finished check-ins by time (their ids are ULIDs): the account's id.
pub const CHECKIN_TIME: u8 = b'T';
pub const VIEW: u8 = b'w';
/// Meetings that are agreed and yet to be, and those that are over.
pub const MEETING_OPEN: u8 = b'P';
pub const MEETING_OVER: u8 = b'Q';
/// Busy calendars and absences.
pub const AWAY: u8 = b'B';
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

/// Where a record of its own lives; none for the kinds that live in their account's folder.
pub fn own_key(record: &Record) -> Option<Vec<u8>> {
    match record {
        Record::Account(r) => Some(of_account(ACCOUNT, &r.id)),
        Record::Note(r) => Some(of_record(NOTE, &r.account, r.id.as_str())),
        Record::Action(r) => Some(of_record(
            if r.in_hand() {
                ACTION_OPEN
            } else {
                ACTION_CLOSED
            },
            &r.account,
            r.id.as_str(),
        )),
        Record::Checkin(r) => {
            let done = r.wrapup.finished.is_some();
            Some(of_record(
                if done { CHECKIN_DONE } else { CHECKIN_OPEN },
                &r.account,
                r.id.as_str(),
            ))
        }
        Record::View(r) => Some(of_id(VIEW, &r.name)),
        Record::Touchpoint(r) => Some(of_record(
            if r.is_open() {
                MEETING_OPEN
            } else {
                MEETING_OVER
            },
            &r.account,
            r.id.as_str(),
        )),
        Record::Away(r) => Some(of_id(AWAY, &r.name)),
        _ => None,
    }
}

/// The folder a record lives in.
pub fn folder_kind(record: &Record) -> Option<u8> {
    match record {
        Record::Contact(_) => Some(CONTACTS),
        Record::Subscription(_) => Some(SUBSCRIPTIONS),
        Record::Ticket(_) => Some(TICKETS),
        Record::Survey(_) => Some(SURVEYS),
        Record::Touch(_) => Some(TOUCHES),
        Record::Outcome(_) => Some(OUTCOMES),
        _ => None,
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
