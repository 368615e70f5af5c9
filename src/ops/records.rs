//! Operations on records of any kind.

use super::By;
use crate::domain::change::{Change, Label, Operation};
use crate::domain::records::Record;

/// Deletes a record. `what` is the title under which the user knows it.
pub fn delete(record: Record, what: &str, by: &mut By) -> Operation {
    let label = Label::Delete {
        what: what.to_owned(),
    };
    by.operation(label, vec![Change::remove(record)])
}
