//! Gives the import service access to files and the store, and writes a plan. A file is checked for kind
//! and size before it is read, and a workbook is read in a process of its own.

mod batches;
mod existing;
mod files;
mod mappings;
mod rejects;
mod spool;
mod workbook;
mod writing;

pub use batches::{Batches, Fetch};
pub use existing::{Key, keys_of};
pub use files::{Opening, sources};
pub use mappings::{remember, remembered_name, save_layouts, saved_mappings};
pub use rejects::{reject_line, write_rejects};
pub use workbook::{ReadSheets, in_process_of_its_own, in_this_process, reading_process};
pub use writing::{back_up_before, write};
