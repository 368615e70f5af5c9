//! `store stats`: what the store consists of and how much room it takes.

use std::collections::BTreeMap;
use std::path::Path;

use super::frozen::Frozen;
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

/// How many records the store holds, and how much room its files take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stats {
    /// Each group of records by its name in JSON, in the order of [`names`].
    pub records: Vec<(&'static str, Pile)>,
    /// Operations ever made, and those that an undo could reach.
    pub operations: u64,
    pub in_reach: u64,
    /// The parts of the home, in the order of [`PARTS`]: files and bytes.
    pub parts: [(u64, u64); PARTS.len()],
    /// Bytes left on the disk.
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
    let groups = Kind::ALL.iter().flat_map(|kind| kind.key_groups());
    groups.map(|group| (group.letter, group.name)).chain(BESIDE)
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

/// A count of what the store consists of under way: all keys of the tree, some at a time.
pub struct Counting {
    records: Vec<(&'static str, Pile)>,
    /// The place of each letter among them.
    places: BTreeMap<u8, usize>,
    behind: Option<Vec<u8>>,
    pub done: usize,
}

impl Counting {
    /// Keys between two looks at what else there is to do: a few milliseconds.
    const PIECE: usize = 1_000;

    fn begin() -> Self {
        let names = names();
        let place = |name: &str| names.iter().position(|n| *n == name);
        let places = letters().filter_map(|(letter, name)| Some((letter, place(name)?)));
        Self {
            places: places.collect(),
            records: names.iter().map(|name| (*name, Pile::default())).collect(),
            behind: None,
            done: 0,
        }
    }

    /// Counts some more keys; answers whether there are more.
    ///
    /// # Errors
    /// Where the tree cannot be read.
    pub fn step(&mut self, store: &Store) -> Result<bool, Failure> {
        let behind = self.behind.take();
        for pair in store.tree.walk_behind(behind.as_deref()).take(Self::PIECE) {
            let (key, value) = pair.map_err(|e| store.sled_failure(&e))?;
            let other = self.records.len() - 1;
            let at = self.places.get(&key[0]).copied().unwrap_or(other);
            let pile = &mut self.records[at].1;
            pile.records += 1;
            pile.bytes += (key.len() + value.len()) as u64;
            self.done += 1;
            self.behind = Some(key.to_vec());
        }
        Ok(self.behind.is_some())
    }

    /// The counts of the tree, with those of the log and of the files of the home.
    ///
    /// # Errors
    /// Where the disk cannot be asked for its room.
    pub fn finish(self, store: &Store) -> Result<Stats, Failure> {
        Ok(Stats {
            records: self.records,
            operations: store.meta.seq,
            in_reach: store.recent_log().count() as u64,
            parts: PARTS.map(|part| weigh(&store.home.join(part))),
            free: super::files::free(&store.home)?,
        })
    }
}

impl Store {
    /// Begins to count what the store consists of as it stands now, which others may write to meanwhile:
    /// steps and end are to be made with [`Store::read_at`].
    pub fn begin_stats(&mut self) -> (Frozen, Counting) {
        (self.freeze(), Counting::begin())
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
