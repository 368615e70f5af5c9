//! The store itself: its parts, and how writes become durable. What the store does is in the other
//! files, each an `impl` of one duty; this file must not know them.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use super::before::Frozens;
use super::journal::Journal;
use super::keys::{Meta, StoredFreshness};
use super::lock::Lock;
use super::panics::shielded;
use super::row_cache::{CachedRecords, IncomingRows};
use super::tree::{PATIENCE, Tree, sled_failure};
use crate::domain::failure::Failure;
use crate::domain::freshness::DataFreshness;

/// The schema this program writes. A store with a higher one is refused, one with a lower one is
/// migrated (see `migrate`).
pub const SCHEMA: u32 = 11;

/// A read of at least this many records leaves enough pages in memory to be worth a reopening.
pub const LARGE_READ: usize = 20_000;

/// How durable a commit is before it is acknowledged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Synced to the disk: survives a power cut.
    Full,
    /// For generated data and tests: durable only after [`Store::sync`].
    Relaxed,
}

/// The open store. One thread owns it; it holds the lock of the home folder.
pub struct Store {
    pub(super) home: PathBuf,
    pub(super) tree: Tree,
    pub(super) journal: Journal,
    pub(super) meta: Meta,
    pub(super) freshness: StoredFreshness,
    /// The freshness with which all rows were last computed; `None` before.
    pub(super) scored: Option<DataFreshness>,
    /// The day of which nothing is left to be noted: see `observations`.
    pub(super) observed: Option<chrono::NaiveDate>,
    pub(super) durability: Durability,
    /// A write failed after the append to the journal: refuse writes until the next opening.
    pub(super) broken: bool,
    /// A flush never returned: do not wait for another.
    pub(super) stuck: AtomicBool,
    /// The rows that another thread reads while the store opens.
    pub(super) incoming_rows: Option<IncomingRows>,
    /// The records of the row cache, until the desk takes them.
    pub(super) cached_records: Option<CachedRecords>,
    /// Whether something was written since the store was opened.
    pub(super) wrote: bool,
    /// Whether reading left too many pages in memory: see [`Store::reopen`].
    pub(super) reopen_due: AtomicBool,
    /// The day of the tree's last verification, from the mark of a clean close, which the first
    /// write removes.
    pub(super) checked: Option<chrono::NaiveDate>,
    /// What data was lost, while the user has not decided how to go on. The store is read-only
    /// until then. See `loss`.
    pub(super) lost: Option<String>,
    /// Earlier moments that have readers.
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
    pub fn sync(&mut self) -> Result<(), Failure> {
        self.journal.sync()?;
        if !self.broken && self.lost.is_none() {
            self.journal.acknowledge(self.meta.seq);
        }
        self.sync_tree()
    }

    pub(super) fn sync_tree(&self) -> Result<(), Failure> {
        if let Err(failure) = self.flush() {
            // Closing a tree that cannot be flushed may block forever, so it is leaked until the
            // process ends. Acknowledged data is in the journal.
            self.tree.leak();
            return Err(failure);
        }
        // sled's flush is `sync_file_range`: to survive a power cut, the file itself must be
        // synced.
        let path = self.home.join("store").join("db");
        std::fs::File::open(&path)
            .and_then(|f| f.sync_data())
            .map_err(|e| Failure::io(&path, &e))
    }

    /// sled's own flush, in a separate thread, because it may never return after a sync failed in
    /// one of sled's threads.
    fn flush(&self) -> Result<(), Failure> {
        if self.stuck.load(Ordering::Relaxed) {
            return Err(Failure::Stuck);
        }
        let (db, home, dir) = (
            self.tree.db().clone(),
            self.home.clone(),
            self.home.join("store"),
        );
        let (sender, receiver) = std::sync::mpsc::channel();
        let flush = move || {
            let _ = sender.send(shielded(&home, || {
                db.flush().map_err(|e| sled_failure(&dir, &e))
            }));
        };
        std::thread::Builder::new()
            .name("sled-flush".into())
            .spawn(flush)
            .map_err(|e| Failure::io(&self.home, &e))?;
        let flushed = receiver
            .recv_timeout(PATIENCE)
            .unwrap_or(Err(Failure::Stuck));
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
    fn after_a_stuck_flush_no_other_is_started() {
        let home = tempfile::tempdir().expect("dir");
        let at = chrono::DateTime::UNIX_EPOCH;
        let (mut store, _) = Store::open(
            home.path(),
            Durability::Full,
            &mut crate::domain::ids::Mint::new(1),
            at,
        )
        .expect("opens");
        assert_eq!(store.sync(), Ok(()));
        store.stuck.store(true, Ordering::Relaxed);
        assert_eq!(store.sync(), Err(Failure::Stuck));
    }
}
