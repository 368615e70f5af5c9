//! Merged cells of a sheet. A cell merged over several rows names all of them, as in a list where a
//! company stands once beside its contracts; the file has its text in the first row only.

use calamine::{DataRef, Dimensions};

/// The merged cells of a sheet that reach over several rows, while the sheet is read from its top.
#[derive(Default)]
pub struct Merged {
    /// By their first row, the last one first.
    ahead: Vec<Dimensions>,
    /// The first column that has such a cell.
    first: u32,
    open: Vec<Open>,
}

/// A merged cell, with the rows below its first one.
struct Open {
    column: u32,
    rows: std::ops::RangeInclusive<u32>,
    text: String,
}

impl Merged {
    pub fn new(mut regions: Vec<Dimensions>) -> Self {
        regions.retain(|r| r.end.0 > r.start.0);
        regions.sort_by_key(|r| std::cmp::Reverse(r.start));
        let first = regions.iter().map(|r| r.start.1).min().unwrap_or(0);
        Self {
            ahead: regions,
            first,
            open: Vec::new(),
        }
    }

    /// Notes a cell. Words and days stand for each row. A number does so in the first column only, where
    /// it is an id: an amount beside several rows is one amount.
    pub fn note(&mut self, row: u32, column: u32, value: &DataRef, text: &str) {
        while self.ahead.last().is_some_and(|r| r.start < (row, column)) {
            self.ahead.pop();
        }
        let Some(region) = self.ahead.last().filter(|r| r.start == (row, column)) else {
            return;
        };
        let is_number = matches!(value, DataRef::Int(_) | DataRef::Float(_));
        if !is_number || column == self.first {
            self.open.push(Open {
                column,
                rows: row + 1..=region.end.0,
                text: text.to_owned(),
            });
        }
    }

    /// The texts that merged cells from above give to a row, by column.
    pub fn texts(&mut self, row: u32) -> impl Iterator<Item = (u32, &str)> {
        self.open.retain(|open| *open.rows.end() >= row);
        let open = self.open.iter().filter(move |o| o.rows.contains(&row));
        open.map(|open| (open.column, &*open.text))
    }
}
