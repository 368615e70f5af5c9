//! The embedded store: a sled tree, and beside it a journal that makes "nothing is lost" true.
//! Only the process that holds the lock opens it, and only one thread touches it.
//!
//! Order of a commit: the journal is appended and synced; the tree is written in atomic batches;
//! the tree is flushed and synced; then it is acknowledged. A crash between those steps is
//! repaired at the next opening from the journal.

mod backup;
mod before;
pub mod codec;
mod commit;
pub mod desk_records;
pub mod drafts;
pub mod files;
pub mod frames;
mod freshness;
mod frozen;
mod handle;
pub mod journal;
mod kept_marks;
mod keys;
mod lock;
mod log;
mod loss;
mod migrate;
mod note_search;
mod old_settings;
mod open;
pub mod panics;
mod read;
mod record_writes;
mod replay;
mod restore;
mod row_cache;
pub mod rows;
pub mod stats;
mod tree;
mod undo;
mod verify;

pub use backup::{Backup, BackupWriter};
pub use frozen::Frozen;
pub use handle::{Durability, FAR, Store};
pub use lock::Lock;
pub use log::LogEntry;
pub use open::Opened;
pub use verify::{Report, Verification};
