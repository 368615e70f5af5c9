//! The rows of a table that are data: below the rows that explain its header, and the first row too
//! where a table has no header.

use csv::StringRecord;

use super::{Table, Unreadable};
use crate::services::import::mapping::Fit;

/// A table as its layout reads it.
pub struct Body {
    table: Table,
    first: Option<StringRecord>,
    skip: usize,
}

impl Body {
    pub fn of(table: Table, fit: &Fit) -> Self {
        Self {
            first: fit
                .is_headless()
                .then(|| table.headers.iter().collect::<StringRecord>()),
            skip: fit.layout.below,
            table,
        }
    }

    /// Reads the next row into `row` and returns the line it begins on.
    pub fn next(&mut self, row: &mut StringRecord) -> Option<Result<u64, Unreadable>> {
        if let Some(first) = self.first.take() {
            *row = first;
            return Some(Ok(1));
        }
        while self.skip > 0 {
            self.skip -= 1;
            self.table.next(row)?.ok();
        }
        self.table.next(row)
    }
}
