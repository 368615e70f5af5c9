//! The rows of a table in order, each with the line it begins on.

use std::collections::VecDeque;
use std::io::Read;

use csv::StringRecord;
use encoding_rs_io::DecodeReaderBytes;

use super::block::{BlockRows, column_name};
use super::bounded::Bounded;
use super::head::{Head, LOOKED_AT, find};
use super::limits::{CELL, COLUMNS};
use super::lines::Lines;
use super::unreadable::Unreadable;
use crate::services::import::Reason;
use crate::services::import::line_ends::LineFeeds;

/// The header of a table, and its rows in order.
pub struct Table {
    pub headers: Vec<String>,
    pub(super) rows: Rows,
    /// Rows that were read already.
    pub(super) ahead: VecDeque<Row>,
    /// Whether text of the file could not be decoded: some cells then hold U+FFFD.
    pub lossy: bool,
    /// Whether the row last read has fewer cells than the header.
    pub short: bool,
}

/// A row that cannot be read: the line on which it begins, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    pub line: u64,
    pub reason: Reason,
}

type Row = Result<(u64, StringRecord), BadRow>;

/// A delimited file, decoded while it is read.
pub type Delimited =
    csv::Reader<Lines<Bounded<LineFeeds<DecodeReaderBytes<Box<dyn Read + Send>, Vec<u8>>>>>>;

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
    pub(super) fn new(rows: Rows, lossy: bool) -> Self {
        Self {
            headers: Vec::new(),
            rows,
            ahead: VecDeque::new(),
            lossy,
            short: false,
        }
    }

    /// Finds the header among the first rows (see [`find`]) and stops before the first row of data.
    pub(super) fn begin(&mut self, known: &dyn Fn(&[String]) -> usize) -> Head {
        let mut row = StringRecord::new();
        let mut top: Vec<Row> = Vec::new();
        while top.len() < LOOKED_AT {
            match self.raw(&mut row) {
                Some(Ok(line)) => top.push(Ok((line, row.clone()))),
                Some(Err(bad)) => top.push(Err(bad)),
                None => break,
            }
        }
        let sound: Vec<(u64, StringRecord)> = top
            .iter()
            .filter_map(|r| r.as_ref().ok())
            .cloned()
            .collect();
        let head = find(&sound, known);
        self.ahead = top.into();
        self.skip(&head);
        head
    }

    /// Takes a header that is known and stops before the first row of data.
    pub(super) fn skip(&mut self, head: &Head) {
        self.headers.clone_from(&head.headers);
        let mut row = StringRecord::new();
        let mut left = head.rows;
        while left > 0 {
            match self.ahead.pop_front() {
                Some(Ok(_)) => left -= 1,
                Some(Err(_)) => {}
                None => match self.raw(&mut row) {
                    Some(Ok(_)) => left -= 1,
                    Some(Err(_)) => {}
                    None => return,
                },
            }
        }
    }

    /// Reads the next row into `row` and returns the line it begins on. Blank rows are passed over.
    pub fn next(&mut self, row: &mut StringRecord) -> Option<Result<u64, BadRow>> {
        self.short = false;
        let line = match self.ahead.pop_front() {
            Some(Ok((line, held))) => {
                *row = held;
                line
            }
            Some(Err(bad)) => return Some(Err(bad)),
            None => match self.raw(row)? {
                Ok(line) => line,
                Err(bad) => return Some(Err(bad)),
            },
        };
        let columns = self.headers.len();
        match self.rows {
            Rows::Delimited { delimiter, .. } => {
                let open = row.as_slice().ends_with('\n') || self.is_stray(row, line);
                if row.len() != columns || row.as_slice().len() >= LONG || open {
                    return Some(self.odd(row, line, delimiter));
                }
            }
            Rows::Block { .. } => {
                let beyond = row.iter().enumerate().skip(columns);
                let outside = beyond.clone().find(|(_, c)| !c.trim().is_empty());
                if let Some((column, _)) = outside {
                    let cell = format!("{}{line}", column_name(column));
                    let reason = Reason::OutsideTable { cell, columns };
                    // The rejects file holds the cells that are there.
                    *row = row
                        .iter()
                        .take(columns)
                        .chain(beyond.map(|(_, c)| c).filter(|c| !c.is_empty()))
                        .collect();
                    return Some(Err(BadRow { line, reason }));
                }
            }
        }
        Some(Ok(line))
    }

    /// Gives the lines that follow, each without quotation marks, to `take` as long as it takes them.
    /// Any other line, and the end of the table, is left to [`next`](Self::next). `take` is given the
    /// delimiter as well.
    pub fn take_lines(&mut self, mut take: impl FnMut(&[u8], u8) -> bool) {
        let Rows::Delimited { reader, delimiter } = &mut self.rows else {
            return;
        };
        if !self.ahead.is_empty() {
            return;
        }
        let lines = reader.get_mut();
        while let Some(line) = lines.line()
            && take(line, *delimiter)
        {
            let length = line.len();
            lines.take(length);
        }
    }

    /// The rows that follow, without taking them: at most `most`.
    pub fn look_ahead(&mut self, most: usize) -> impl Iterator<Item = &StringRecord> {
        let mut row = StringRecord::new();
        while self.ahead.len() < most {
            match self.raw(&mut row) {
                Some(Ok(line)) => self.ahead.push_back(Ok((line, row.clone()))),
                Some(Err(bad)) => self.ahead.push_back(Err(bad)),
                None => break,
            }
        }
        let sound = self.ahead.iter().filter_map(|r| r.as_ref().ok());
        sound.map(|(_, row)| row).take(most)
    }

    /// Whether a row of several lines has a quotation mark that closed a cell by mistake.
    fn is_stray(&self, row: &StringRecord, line: u64) -> bool {
        let Rows::Delimited { reader, .. } = &self.rows else {
            return false;
        };
        let inside = memchr::memchr_iter(b'\n', row.as_slice().as_bytes()).count() as u64;
        inside > 0 && reader.get_ref().inner().has_stray(line, line + inside)
    }

    /// A row with another number of cells than the header, or with a long cell: a quotation mark
    /// may not be closed, the file may be cut off.
    fn odd(&mut self, row: &StringRecord, line: u64, delimiter: u8) -> Result<u64, BadRow> {
        let columns = self.headers.len();
        let stray = self.is_stray(row, line);
        if let Some(lines) = swallowed(row, delimiter, columns, stray) {
            // A record that no line end closes was counted as beginning one line too early.
            let line = line + u64::from(row.as_slice().ends_with('\n'));
            self.give_back(row, line, delimiter);
            let reason = Reason::Unclosed { lines };
            return Err(BadRow { line, reason });
        }
        let filled = |c: &&str| !c.trim().is_empty();
        if row.iter().skip(columns).filter(filled).count() > 0 {
            let (cells, columns) = (row.len(), columns);
            let reason = Reason::ExtraCells { cells, columns };
            return Err(BadRow { line, reason });
        }
        if row.len() < columns {
            if self.is_cut() && self.look_ahead(1).next().is_none() {
                return Err(BadRow {
                    line,
                    reason: Reason::CutOff,
                });
            }
            self.short = true;
        }
        Ok(line)
    }

    /// Whether the file ends without a line end.
    fn is_cut(&mut self) -> bool {
        let _ = self.look_ahead(1).count();
        match &self.rows {
            Rows::Delimited { reader, .. } => reader.get_ref().inner().inner().is_cut(),
            Rows::Block { .. } => false,
        }
    }

    /// The lines that an open quotation mark swallowed are read again as rows of their own. The line
    /// whose mark closed it cannot be told from its neighbours and is refused.
    fn give_back(&mut self, row: &StringRecord, line: u64, delimiter: u8) {
        let Some(cell) = row.iter().find(|c| c.contains('\n')) else {
            return;
        };
        let closed = !cell.ends_with('\n');
        let mut again: Vec<Row> = Vec::new();
        for (line, text) in (line + 1..).zip(cell.lines().skip(1)) {
            let mut reader = csv::ReaderBuilder::new()
                .delimiter(delimiter)
                .has_headers(false)
                .flexible(true)
                .from_reader(text.as_bytes());
            let mut row = StringRecord::new();
            if matches!(reader.read_record(&mut row), Ok(true)) {
                again.push(Ok((line, row)));
            }
        }
        if let Some(last) = again.last_mut().filter(|_| closed)
            && let Ok((line, _)) = last
        {
            *last = Err(BadRow {
                line: *line,
                reason: Reason::StrayQuote,
            });
        }
        for row in again.into_iter().rev() {
            self.ahead.push_front(row);
        }
    }

    /// The next filled row as it stands in the file.
    fn raw(&mut self, row: &mut StringRecord) -> Option<Result<u64, BadRow>> {
        match &mut self.rows {
            Rows::Delimited { reader, .. } => loop {
                let before = line_of(reader);
                return match reader.read_record(row) {
                    Ok(false) => None,
                    Ok(true) => {
                        if row.iter().all(|c| c.trim().is_empty()) {
                            continue;
                        }
                        // Counted back from the record's end, because the reader skips blank lines
                        // before it.
                        let inside = memchr::memchr_iter(b'\n', row.as_slice().as_bytes()).count();
                        let inside = inside as u64;
                        let line = line_of(reader).saturating_sub(inside + 1);
                        match too_long(row, reader.get_ref().inner(), line, line + inside) {
                            Some(reason) => Some(Err(unreadable(line, reason))),
                            None => Some(Ok(line)),
                        }
                    }
                    Err(e) => {
                        let taken = reader.get_ref().taken();
                        let line = e.position().map_or(before, |at| at.line() + taken);
                        Some(Err(unreadable(line, e.to_string())))
                    }
                };
            },
            Rows::Block { rows } => rows.raw().map(|next| match next {
                Ok(sparse) => {
                    row.clear();
                    for (column, text) in &sparse.cells {
                        while row.len() < *column as usize {
                            row.push_field("");
                        }
                        row.push_field(text);
                    }
                    Ok(sparse.number)
                }
                Err(Unreadable { line, reason }) => Err(unreadable(line, reason)),
            }),
        }
    }
}

/// The line on which the csv reader stands.
fn line_of(reader: &Delimited) -> u64 {
    reader.position().line() + reader.get_ref().taken()
}

fn unreadable(line: u64, reason: String) -> BadRow {
    let reason = Reason::Unreadable { reason };
    BadRow { line, reason }
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

/// Bytes of a row from which its cells are looked at for swallowed lines.
const LONG: usize = 256;

/// The number of lines inside a cell that look like rows of the table: its quotation mark is then a
/// mistake, or not closed. In a row with as many cells as the header, a few lines with commas may
/// well be one text.
fn swallowed(row: &StringRecord, delimiter: u8, columns: usize, stray: bool) -> Option<usize> {
    const SUSPECT: usize = 3;
    if columns < 2 {
        return None;
    }
    // A text that ends in a line end is one whose mark is never closed.
    let open = row.as_slice().ends_with('\n') || stray;
    let least = if row.len() == columns && !open {
        SUSPECT
    } else {
        1
    };
    row.iter().find_map(|cell| {
        let inner = cell
            .lines()
            .skip(1)
            .filter(|l| !l.trim().is_empty())
            .count();
        if inner < least {
            return None;
        }
        let like_rows = cell
            .lines()
            .skip(1)
            .filter(|l| {
                let cells = l.bytes().filter(|b| *b == delimiter).count() + 1;
                cells >= columns.min(4) || stray && cells > 1
            })
            .count();
        (like_rows >= least && like_rows * 2 >= inner).then_some(inner)
    })
}
