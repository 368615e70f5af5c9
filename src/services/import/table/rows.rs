//! The rows of a table in order, each with the line it begins on.

use std::io::Read;

use csv::StringRecord;
use encoding_rs_io::DecodeReaderBytes;

use super::block::BlockRows;
use super::bounded::Bounded;
use super::limits::{CELL, COLUMNS};
use super::unreadable::{Unreadable, unreadable};
use crate::services::import::line_ends::LineFeeds;

/// The header of a table, and its rows in order.
pub struct Table {
    pub headers: Vec<String>,
    pub(super) rows: Rows,
}

/// A delimited file, decoded while it is read.
pub type Delimited =
    csv::Reader<Bounded<LineFeeds<DecodeReaderBytes<Box<dyn Read + Send>, Vec<u8>>>>>;

pub enum Rows {
    Delimited {
        reader: Box<Delimited>,
        delimiter: u8,
    },
    Block {
        rows: BlockRows,
    },
}

impl Table {
    /// Reads the next row into `row` and returns the line it begins on.
    pub fn next(&mut self, row: &mut StringRecord) -> Option<Result<u64, Unreadable>> {
        match &mut self.rows {
            Rows::Delimited { reader, delimiter } => loop {
                let before = reader.position().line();
                return match reader.read_record(row) {
                    Ok(false) => None,
                    Ok(true) => {
                        // Counted back from the record's end, because the reader skips blank lines
                        // before it.
                        let inside = row.as_slice().bytes().filter(|b| *b == b'\n').count() as u64;
                        let line = reader.position().line().saturating_sub(inside + 1);
                        if row.iter().all(|c| c.trim().is_empty()) {
                            continue;
                        }
                        if let Some(taken) = swallowed(row, *delimiter, self.headers.len()) {
                            return Some(Err(unreadable(
                                line,
                                format!(
                                    "a quotation mark is not closed: {taken} lines were taken into one cell"
                                ),
                            )));
                        }
                        if let Some(reason) = too_long(row, reader.get_ref(), line, line + inside) {
                            return Some(Err(unreadable(line, reason)));
                        }
                        let extra = row
                            .iter()
                            .skip(self.headers.len())
                            .filter(|c| !c.trim().is_empty())
                            .count();
                        if extra > 0 {
                            return Some(Err(unreadable(
                                line,
                                format!(
                                    "{} cells, the header has {}",
                                    row.len(),
                                    self.headers.len()
                                ),
                            )));
                        }
                        Some(Ok(line))
                    }
                    Err(e) => {
                        let line = e.position().map_or(before, csv::Position::line);
                        Some(Err(unreadable(line, e)))
                    }
                };
            },
            Rows::Block { rows } => rows.next(row, self.headers.len()),
        }
    }
}

/// Why a row is longer than rows may be.
fn too_long<R>(row: &StringRecord, text: &Bounded<R>, first: u64, last: u64) -> Option<String> {
    if row.len() > COLUMNS as usize {
        return Some(format!("more than {COLUMNS} cells"));
    }
    let is_long = row.as_slice().len() > CELL
        && (text.was_cut(first, last) || row.iter().any(|c| c.len() > CELL));
    is_long.then(|| format!("a cell is longer than {} MiB", CELL >> 20))
}

/// The number of lines inside a cell that look like rows of the table: its quotation mark is then a
/// mistake, or not closed.
fn swallowed(row: &StringRecord, delimiter: u8, columns: usize) -> Option<usize> {
    const SUSPECT: usize = 3;
    if columns < 2 || row.as_slice().len() < 2 * SUSPECT {
        return None;
    }
    row.iter().find_map(|cell| {
        let inner = cell.lines().count().saturating_sub(1);
        if inner < SUSPECT {
            return None;
        }
        let like_rows = cell
            .lines()
            .skip(1)
            .filter(|l| l.bytes().filter(|b| *b == delimiter).count() + 1 >= columns.min(4))
            .count();
        (like_rows >= SUSPECT && like_rows * 2 >= inner).then_some(inner)
    })
}
