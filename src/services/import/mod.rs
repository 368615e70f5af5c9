//! Import: exports of other systems become one undoable operation. Files are read twice, first to
//! recognise columns and date order, then to read the rows. Nothing is guessed, and every rejected
//! row has a reason.

mod cells;
mod column_dates;
pub mod encoding;
mod existing;
mod gathering;
mod kind;
mod line_ends;
mod loose_ids;
pub mod mapping;
mod metrics;
mod numbers;
mod plain_rows;
mod planned;
mod planner;
mod profile;
pub mod prose;
mod recognise;
mod records;
pub mod rejects;
mod report;
mod request;
mod resolve;
pub mod table;
mod tail;
mod term_ends;
mod usage;
mod usage_rows;
pub mod values;
mod words;

pub use existing::ExistingData;
pub use kind::Kind;
pub use planned::Plan;
pub use planner::plan;
pub use report::{
    Counts, Doubt, FileProblem, FileReport, Flag, Flagged, HandEdit, KEPT, LeftOut, NoRecord,
    Question, Reason, Reject, UnknownWord, Update,
};
pub use request::{Options, Request, Theirs, mappings};
pub use resolve::SHORT_IDS;
