//! `store stats`: what the store consists of and how much room it takes.

use std::collections::BTreeMap;
use std::path::Path;

use super::handle::Store;
use super::keys;
use crate::domain::failure::Failure;
use crate::domain::records::Kind;

/// Records of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pile {
    pub records: u64,
    pub bytes: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stats {
    /// Each group of records by its name in JSON, in the order of [`names`].
    pub records: Vec<(&'static str, Pile)>,
    /// Operations ever made, and those that an undo could reach.
    pub operations: u64,
    pub in_reach: u64,
    /// The parts of the home, in the order of [`PARTS`]: files and bytes.
    pub parts: [(u64, u64); PARTS.len()],
    pub free: u64,
}

/// What a tree holds beside records, by the letter of its keys.
const BESIDE: [(u8, &str); 4] = [
    (keys::USAGE, "usage"),
    (keys::HISTORY, "history"),
    (keys::LOG, "log"),
    (keys::LOG_PACK, "log"),
];
/// Whatever has no name of its own.
const OTHER: &str = "other";

/// The letters of keys with the names under which they are counted.
fn letters() -> impl Iterator<Item = (u8, &'static str)> {
    let shelves = Kind::ALL.iter().flat_map(|kind| kind.shelves());
    shelves
        .map(|shelf| (shelf.letter, shelf.name))
        .chain(BESIDE)
}

/// The groups of records, in the order in which they are shown.
pub fn names() -> Vec<&'static str> {
    let mut out: Vec<&'static str> = letters().map(|(_, name)| name).collect();
    out.push(OTHER);
    out.dedup();
    out
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
        let names = names();
        let place = |name: &str| {
            names
                .iter()
                .position(|n| *n == name)
                .unwrap_or(names.len() - 1)
        };
        let known: BTreeMap<u8, usize> = letters().map(|(l, name)| (l, place(name))).collect();
        let mut records: Vec<(&'static str, Pile)> =
            names.iter().map(|name| (*name, Pile::default())).collect();
        for pair in self.tree.walk([]) {
            let (key, value) = pair.map_err(|e| self.sled_failure(&e))?;
            let at = known.get(&key[0]).copied().unwrap_or(names.len() - 1);
            let pile = &mut records[at].1;
            pile.records += 1;
            pile.bytes += (key.len() + value.len()) as u64;
        }
        Ok(Stats {
            records,
            operations: self.meta.seq,
            in_reach: self.recent_log().count() as u64,
            parts: PARTS.map(|part| weigh(&self.home.join(part))),
            free: super::files::free(&self.home)?,
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
