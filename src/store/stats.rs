//! `store stats`: what the store consists of and how much room it takes.

use std::collections::BTreeMap;
use std::path::Path;

use serde::de::IgnoredAny;

use super::frozen::Frozen;
use super::handle::Store;
use super::log::LogEntry;
use super::{codec, keys};
use crate::domain::failure::Failure;
use crate::domain::recorded::Keeping;
use crate::domain::records::{Kind, Listed, VisitKind};

/// Records of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pile {
    /// As a person counts them; of usage and scores, the accounts that have some.
    pub records: u64,
    pub bytes: u64,
}

/// How many records the store holds, and how much room its files take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stats {
    /// Each group of records, in the order in which they are shown.
    pub records: Vec<(Group, Pile)>,
    /// Operations ever made.
    pub operations: u64,
    /// How often undo would work: edits that still stand and whose operations can be read.
    pub in_reach: u64,
    /// The parts of the home, in the order of [`PARTS`]: files and bytes.
    pub parts: [(u64, u64); PARTS.len()],
    /// Bytes left on the disk.
    pub free: u64,
}

/// What is counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// The records of a kind; those that are closed apart from the others, where the kind tells them
    /// apart.
    Records {
        kind: Kind,
        closed: bool,
    },
    Usage,
    History,
    /// Blocks of what each day was.
    Observations,
    Log,
    /// Whatever has no letter of its own.
    Other,
}

impl Group {
    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Group::Records { kind, closed } => kind.key_groups()[usize::from(closed)].name,
            Group::Usage => "usage",
            Group::History => "history",
            Group::Observations => "observations",
            Group::Log => "log",
            Group::Other => "other",
        }
    }
}

/// What a tree holds beside records, by the letter of its keys.
const BESIDE: [(u8, Group); 5] = [
    (keys::USAGE, Group::Usage),
    (keys::HISTORY, Group::History),
    (keys::OBSERVED, Group::Observations),
    (keys::LOG, Group::Log),
    (keys::LOG_PACK, Group::Log),
];

/// The letters of keys with the groups under which they are counted.
fn letters() -> impl Iterator<Item = (u8, Group)> {
    let of_kind = |kind: &'static Kind| {
        let groups = kind.key_groups().iter().enumerate();
        groups.map(|(place, group)| {
            let kind = *kind;
            let closed = place > 0;
            (group.letter, Group::Records { kind, closed })
        })
    };
    Kind::ALL.iter().flat_map(of_kind).chain(BESIDE)
}

/// The groups of records, in the order in which they are shown.
fn groups() -> Vec<Group> {
    let mut out: Vec<Group> = letters().map(|(_, group)| group).collect();
    out.push(Group::Other);
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

/// A count of what the store consists of under way: all keys of the tree, some at a time, and then the
/// edits that can be undone.
pub struct Counting {
    records: Vec<(Group, Pile)>,
    /// The place of each letter among them.
    places: BTreeMap<u8, usize>,
    behind: Option<Vec<u8>>,
    pub done: usize,
    /// The edits that are still to be looked at; none before all keys are counted.
    undoable: Option<std::vec::IntoIter<Vec<LogEntry>>>,
    in_reach: u64,
}

impl Counting {
    /// Keys between two looks at what else there is to do: a few milliseconds.
    const PIECE: usize = 200;
    /// Operations that are read between two such looks.
    const EDITS: usize = 100;

    fn begin() -> Self {
        let groups = groups();
        let place = |group| groups.iter().position(|g| *g == group);
        let places = letters().filter_map(|(letter, group)| Some((letter, place(group)?)));
        Self {
            places: places.collect(),
            records: groups.iter().map(|g| (*g, Pile::default())).collect(),
            behind: None,
            done: 0,
            undoable: None,
            in_reach: 0,
        }
    }

    /// Counts some more; answers whether there is more.
    ///
    /// # Errors
    /// Where the tree cannot be read.
    pub fn step(&mut self, store: &Store) -> Result<bool, Failure> {
        if let Some(undoable) = &mut self.undoable {
            return Ok(Self::undo_once(undoable, &mut self.in_reach, store));
        }
        if !self.keys(store)? {
            self.undoable = Some(store.undoable_units().into_iter());
        }
        Ok(true)
    }

    /// Whether undo would work once more, counted some edits at a time.
    fn undo_once(
        undoable: &mut std::vec::IntoIter<Vec<LogEntry>>,
        in_reach: &mut u64,
        store: &Store,
    ) -> bool {
        let mut read = 0;
        for unit in undoable.by_ref() {
            if store.reach(&unit).is_err() {
                return false;
            }
            *in_reach += 1;
            read += unit.len();
            if read >= Self::EDITS {
                return true;
            }
        }
        false
    }

    /// Counts some more keys; answers whether there are more.
    fn keys(&mut self, store: &Store) -> Result<bool, Failure> {
        let behind = self.behind.take();
        for pair in store.tree.walk_behind(behind.as_deref()).take(Self::PIECE) {
            let (key, value) = pair.map_err(|e| store.sled_failure(&e))?;
            let other = self.records.len() - 1;
            let at = self.places.get(&key[0]).copied().unwrap_or(other);
            let (group, pile) = &mut self.records[at];
            pile.records += entries(*group, &value).map_err(|reason| Failure::Damaged {
                path: store.home.join("store").display().to_string(),
                reason,
            })?;
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
    pub fn finish(mut self, store: &Store) -> Result<Stats, Failure> {
        // Old heads are packed, many in a key.
        let log = self.records.iter_mut().find(|(g, _)| *g == Group::Log);
        if let Some((_, pile)) = log {
            pile.records = store.meta.seq;
        }
        Ok(Stats {
            records: self.records,
            operations: store.meta.seq,
            in_reach: self.in_reach,
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

/// How many records a value holds, as a person counts them: those of a folder one by one.
fn entries(group: Group, value: &[u8]) -> Result<u64, String> {
    struct KeepingOf;
    impl VisitKind for KeepingOf {
        type Out = Keeping;
        fn visit<R: Listed>(self) -> Keeping {
            R::KEEPING
        }
    }
    match group {
        Group::Records { kind, .. } if kind.visit(KeepingOf) == Keeping::Folder => {
            Ok(codec::from_folder::<IgnoredAny>(value)?.len() as u64)
        }
        _ => Ok(1),
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
