//! The embedded store: a sled tree, and beside it a journal that makes "nothing is lost" true.
//! Only the process that holds the lock opens it, and only one thread touches it.
//!
//! Order of a commit: the journal is appended and synced; the tree is written in atomic batches;
//! the tree is flushed and synced; then it is acknowledged. A crash between those steps is
//! repaired at the next opening from the journal.

mod backup;
pub mod codec;
mod commit;
pub mod drafts;
mod feeds;
mod find;
pub mod journal;
pub mod kept;
mod keys;
mod lock;
mod log;
mod loss;
mod migrate;
mod open;
mod read;
mod restore;
mod row_cache;
pub mod rows;
pub mod shield;
pub mod stats;
mod tree;
mod undo;
mod verify;

pub use crate::domain::failure::{Cause, Repair};
pub use backup::Backup;
pub use lock::Lock;
pub use log::LogEntry;
pub use open::Opened;
pub use verify::Report;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::domain::failure::Failure;
use crate::domain::freshness::DataFreshness;
use journal::Journal;
use keys::Meta;
use tree::Tree;

/// The schema this program writes. A store with a higher one is left alone, one with a lower one is
/// brought up to it (see `migrate`).
pub const SCHEMA: u32 = 3;

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

pub struct Store {
    home: PathBuf,
    tree: Tree,
    journal: Journal,
    meta: Meta,
    feeds: feeds::KeptFeeds,
    /// How fresh the data was by which the rows of all accounts were computed last; none before.
    scored: Option<DataFreshness>,
    durability: Durability,
    /// A write failed after the journal had it: nothing more is written until the next opening.
    broken: bool,
    /// A flush did not come back: the next would be waited for in vain.
    stuck: AtomicBool,
    /// Rows that are read while the store opens.
    coming: Option<rows::Coming>,
    /// What the same file has beside them, until the desk takes it.
    filed: Option<kept::Filed>,
    /// Something was written since the store was opened.
    wrote: bool,
    /// More was read since the tree was opened than is to stay in memory.
    swollen: AtomicBool,
    /// The day the tree was last looked through, as the note said that the first write took away.
    checked: Option<chrono::NaiveDate>,
    /// Data was lost and nobody has decided yet how to go on: what is left is read, and nothing is
    /// written. See `loss`.
    lost: Option<String>,
    _lock: Lock,
}

impl Store {
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// The number of the last operation: the data's version.
    pub fn seq(&self) -> u64 {
        self.meta.seq
    }

    pub fn feeds(&self) -> DataFreshness {
        self.feeds.feeds
    }

    /// Makes everything written so far durable.
    pub fn settle(&mut self) -> Result<(), Failure> {
        self.journal.sync()?;
        self.sync_tree()
    }

    fn sync_tree(&self) -> Result<(), Failure> {
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
            let _ = tell.send(shield::shielded(&home, || {
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

    fn sled_failure(&self, error: &sled::Error) -> Failure {
        sled_failure(&self.home.join("store"), error)
    }
}

fn sled_failure(path: &Path, error: &sled::Error) -> Failure {
    match error {
        sled::Error::Io(e) => Failure::io(path, e),
        other => Failure::Damaged {
            path: path.display().to_string(),
            reason: other.to_string(),
        },
    }
}

/// How long a flush may take: the slowest disk is done long before.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);

/// Room that must stay free, so that a commit never stops half way: the journal's append and
/// sled's own segment.
const RESERVE: u64 = 32 * 1024 * 1024;

/// Refuses to write when the disk is nearly full.
fn check_room(path: &Path, need: u64) -> Result<(), Failure> {
    let free = free(path)?;
    if free < RESERVE + need {
        return Err(Failure::DiskFull {
            path: path.display().to_string(),
            free,
        });
    }
    Ok(())
}

/// Bytes that this user may still write to a disk.
fn free(path: &Path) -> Result<u64, Failure> {
    let stat = rustix::fs::statvfs(path).map_err(|e| Failure::io(path, &e.into()))?;
    Ok(stat.f_bavail.saturating_mul(stat.f_frsize))
}

/// Makes a folder that only its owner may enter.
pub fn private_dir(path: &Path) -> Result<(), Failure> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .map_err(|e| Failure::io(path, &e))
}

/// Opens or makes a file that only its owner may read.
pub fn private_file() -> std::fs::OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = std::fs::OpenOptions::new();
    options.mode(0o600);
    options
}

/// Writes a whole file so that it is either the old one or the new one, on disk.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    use std::io::Write;
    let temp = temporary(path);
    let written = private_file()
        .write(true)
        .create(true)
        .truncate(true)
        .open(&temp)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_data()));
    if let Err(e) = written.and_then(|()| std::fs::rename(&temp, path)) {
        let _ = std::fs::remove_file(&temp);
        return Err(Failure::io(path, &e));
    }
    sync_dir(path.parent().unwrap_or(Path::new(".")))
}

/// A name beside a file that is nobody else's, to write it under before it takes its place.
pub(crate) fn temporary(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.part", std::process::id()))
}

fn sync_dir(path: &Path) -> Result<(), Failure> {
    std::fs::File::open(path)
        .and_then(|f| f.sync_all())
        .map_err(|e| Failure::io(path, &e))
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
