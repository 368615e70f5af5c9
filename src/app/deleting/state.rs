//! Whether a record is to be deleted.

use crate::domain::records::Record;

/// The question whether to delete a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    pub record: Box<Record>,
    /// How the user knows it.
    pub what: String,
}
