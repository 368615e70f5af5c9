//! The embedded store: a sled tree, and a journal beside it from which lost records are recovered.
//! Only the process that holds the lock opens it, and only one thread uses it.
//!
//! The order of a commit: append to the journal and sync it; write the tree in atomic batches;
//! flush and sync the tree; acknowledge. After a crash between these steps, the next opening
//! repairs the tree from the journal.

mod asking;
mod attributes;
mod backup;
mod before;
mod carried;
pub mod codec;
mod commit;
pub mod desk_records;
pub mod drafts;
mod explaining;
pub mod files;
pub mod frames;
mod freshness;
mod frozen;
pub mod handed;
mod handle;
mod heard;
mod identity;
pub mod index;
pub mod inputs;
pub mod journal;
pub mod kept_list;
mod kept_marks;
mod keys;
mod lean;
mod lock;
mod log;
mod loss;
mod migrate;
mod newest;
mod note_file;
mod note_search;
pub mod observations;
mod old_contracts;
mod old_settings;
mod open;
pub mod outputs;
mod packed_history;
pub mod panics;
mod parts;
pub mod privacy;
mod read;
mod reader;
mod reading;
mod record_writes;
mod replay;
mod restore;
mod row_cache;
pub mod rows;
mod scored;
mod sealed;
mod segments;
pub mod sharing;
mod snapshots;
pub mod spool;
pub mod stats;
mod strangers;
mod tree;
mod undo;
mod values;
mod verify;

pub use backup::{Backup, BackupWriter};
pub use carried::PutBack;
pub use frozen::Frozen;
pub use handle::{Durability, LARGE_READ, Store};
pub use lock::Lock;
pub use log::LogEntry;
pub use open::Opened;
pub use reading::ReadingCopy;
pub use restore::Choices;
pub use verify::{Report, Verification};
