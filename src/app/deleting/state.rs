//! State of the question whether to delete a record.

use crate::domain::records::Record;

/// The question whether to delete a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    pub record: Box<Record>,
    /// The title under which the user knows the record.
    pub what: String,
}
