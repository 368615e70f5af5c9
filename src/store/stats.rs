//! `store stats`: what the store consists of and how much room it takes.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Store, keys};
use crate::domain::failure::Failure;

/// Records of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pile {
    pub records: u64,
    pub bytes: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stats {
    /// In the order of [`KINDS`].
    pub kinds: [Pile; KINDS.len()],
    /// Operations ever made, and those that an undo could reach.
    pub operations: u64,
    pub in_reach: u64,
    /// The parts of the home, in the order of [`PARTS`]: files and bytes.
    pub parts: [(u64, u64); PARTS.len()],
    pub free: u64,
}

/// The kinds of record, by the names they have in JSON.
pub const KINDS: [&str; 20] = [
    "accounts",
    "contacts",
    "subscriptions",
    "tickets",
    "surveys",
    "touches",
    "outcomes",
    "notes",
    "open-actions",
    "closed-actions",
    "open-checkins",
    "closed-checkins",
    "views",
    "agreed-meetings",
    "past-meetings",
    "absences",
    "usage",
    "history",
    "log",
    "other",
];

/// The kind of a key, as a place in [`KINDS`].
fn kind(key: u8) -> usize {
    match key {
        keys::ACCOUNT => 0,
        keys::CONTACTS => 1,
        keys::SUBSCRIPTIONS => 2,
        keys::TICKETS => 3,
        keys::SURVEYS => 4,
        keys::TOUCHES => 5,
        keys::OUTCOMES => 6,
        keys::NOTE => 7,
        keys::ACTION_OPEN => 8,
        keys::ACTION_CLOSED => 9,
        keys::CHECKIN_OPEN => 10,
        keys::CHECKIN_DONE => 11,
        keys::VIEW => 12,
        keys::MEETING_OPEN => 13,
        keys::MEETING_OVER => 14,
        keys::AWAY => 15,
        keys::USAGE => 16,
        keys::HISTORY => 17,
        keys::LOG | keys::LOG_PACK => 18,
        _ => 19,
    }
}

/// What lies in a home.
pub const PARTS: [&str; 6] = [
    "store",
    "journal",
    "snapshots",
    "drafts",
    "cache",
    "backups",
];

impl Store {
    /// Walks the whole tree.
    pub fn stats(&self) -> Result<Stats, Failure> {
        let mut kinds = [Pile::default(); KINDS.len()];
        let mut places: BTreeMap<u8, usize> = BTreeMap::new();
        for pair in self.tree.walk([]) {
            let (key, value) = pair.map_err(|e| self.sled_failure(&e))?;
            let pile = &mut kinds[*places.entry(key[0]).or_insert_with(|| kind(key[0]))];
            pile.records += 1;
            pile.bytes += (key.len() + value.len()) as u64;
        }
        Ok(Stats {
            kinds,
            operations: self.meta.seq,
            in_reach: self.recent_log().count() as u64,
            parts: PARTS.map(|part| weigh(&self.home.join(part))),
            free: super::free(&self.home)?,
        })
    }
}

/// Files and bytes of a folder.
fn weigh(dir: &Path) -> (u64, u64) {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    entries.fold((0, 0), |(files, bytes), entry| match entry.metadata() {
        Ok(m) if m.is_dir() => {
            let (more, heavier) = weigh(&entry.path());
            (files + more, bytes + heavier)
        }
        Ok(m) => (files + 1, bytes + m.len()),
        Err(_) => (files, bytes),
    })
}
