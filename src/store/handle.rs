//! The store itself: its parts, and how what was written becomes durable. What is done with it stands in
//! the files beside, each an `impl` of one duty; this one must not know them.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use super::before::Frozens;
use super::journal::Journal;
use super::keys::{Meta, StoredFreshness};
use super::lock::Lock;
use super::panics::shielded;
use super::row_cache::{CachedRecords, Coming};
use super::tree::{PATIENCE, Tree, sled_failure};
use crate::domain::failure::Failure;
use crate::domain::freshness::DataFreshness;

/// The schema this program writes. A store with a higher one is left alone, one with a lower one is
/// brought up to it (see `migrate`).
pub const SCHEMA: u32 = 4;

/// From so many records of a kind on, the pages they stand on are a part of what the desk itself has.
pub const FAR: usize = 20_000;

/// How sure a commit is before it is acknowledged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Synced to the disk: survives a power cut.
    Full,
    /// For generated data and tests: survives nothing until [`Store::settle`].
    Relaxed,
}

/// The open store. One thread owns it; it holds the lock of the home folder.
pub struct Store {
    pub(super) home: PathBuf,
    pub(super) tree: Tree,
    pub(super) journal: Journal,
    pub(super) meta: Meta,
    pub(super) freshness: StoredFreshness,
    /// How fresh the data was by which the rows of all accounts were computed last; none before.
    pub(super) scored: Option<DataFreshness>,
    pub(super) durability: Durability,
    /// A write failed after the journal had it: nothing more is written until the next opening.
    pub(super) broken: bool,
    /// A flush did not come back: the next would be waited for in vain.
    pub(super) stuck: AtomicBool,
    /// Rows that are read while the store opens.
    pub(super) coming: Option<Coming>,
    /// What the same file has beside them, until the desk takes it.
    pub(super) filed: Option<CachedRecords>,
    /// Something was written since the store was opened.
    pub(super) wrote: bool,
    /// More was read since the tree was opened than is to stay in memory.
    pub(super) swollen: AtomicBool,
    /// The day the tree was last looked through, as the note said that the first write took away.
    pub(super) checked: Option<chrono::NaiveDate>,
    /// Data was lost and nobody has decided yet how to go on: what is left is read, and nothing is
    /// written. See `loss`.
    pub(super) lost: Option<String>,
    /// Moments of before that somebody still looks at.
    pub(super) frozens: Frozens,
    pub(super) _lock: Lock,
}

impl Store {
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// The number of the last operation: the data's version.
    pub fn seq(&self) -> u64 {
        self.meta.seq
    }

    pub fn freshness(&self) -> DataFreshness {
        self.freshness.data
    }

    /// Makes everything written so far durable.
    pub fn settle(&mut self) -> Result<(), Failure> {
        self.journal.sync()?;
        self.sync_tree()
    }

    pub(super) fn sync_tree(&self) -> Result<(), Failure> {
        if let Err(failure) = self.flush() {
            // A tree that cannot be flushed may wait for ever when it is closed, too: it stays open until
            // the process ends. What was acknowledged is in the journal.
            self.tree.keep_open();
            return Err(failure);
        }
        // sled's flush is sync_file_range: against a power cut the file itself must be synced.
        let path = self.home.join("store").join("db");
        std::fs::File::open(&path)
            .and_then(|f| f.sync_data())
            .map_err(|e| Failure::io(&path, &e))
    }

    /// sled's own flush, by a thread of its own: where a sync fails in another of sled's threads, it may
    /// never come back.
    fn flush(&self) -> Result<(), Failure> {
        if self.stuck.load(Ordering::Relaxed) {
            return Err(Failure::Stuck);
        }
        let (db, home, dir) = (
            self.tree.db().clone(),
            self.home.clone(),
            self.home.join("store"),
        );
        let (tell, told) = std::sync::mpsc::channel();
        let flush = move || {
            let _ = tell.send(shielded(&home, || {
                db.flush().map_err(|e| sled_failure(&dir, &e))
            }));
        };
        std::thread::Builder::new()
            .name("sled-flush".into())
            .spawn(flush)
            .map_err(|e| Failure::io(&self.home, &e))?;
        let flushed = told.recv_timeout(PATIENCE).unwrap_or(Err(Failure::Stuck));
        self.stuck
            .store(matches!(flushed, Err(Failure::Stuck)), Ordering::Relaxed);
        flushed.map(drop)
    }

    pub(super) fn sled_failure(&self, error: &sled::Error) -> Failure {
        sled_failure(&self.home.join("store"), error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flush_that_never_came_back_is_not_waited_for_again() {
        let home = tempfile::tempdir().expect("dir");
        let at = chrono::DateTime::UNIX_EPOCH;
        let (mut store, _) = Store::open(
            home.path(),
            Durability::Full,
            &mut crate::domain::ids::Mint::new(1),
            at,
        )
        .expect("opens");
        assert_eq!(store.settle(), Ok(()));
        store.stuck.store(true, Ordering::Relaxed);
        assert_eq!(store.settle(), Err(Failure::Stuck));
    }
}
