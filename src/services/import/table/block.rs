//! Rows with their filled cells only, in one block of memory: a sheet with one cell in its last
//! corner takes a few bytes. The same form travels between the process that reads a workbook and
//! this one, so a block checks what it is given.

use std::sync::Arc;

use super::limits::COLUMNS;
use super::unreadable::{Unreadable, unreadable};

/// Rows in their order, each with its number in the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Block {
    bytes: Vec<u8>,
}

/// One row: its number in the file, and its filled cells by column, counted from 0.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SparseRow<'a> {
    pub number: u64,
    pub cells: Vec<(u32, &'a str)>,
}

/// What stands before an entry: a row, or the reason why a row cannot be read.
const ROW: u8 = b'r';
const UNREADABLE: u8 = b'u';

impl Block {
    /// Appends a row. Cells are given by ascending column.
    pub fn push(&mut self, number: u64, cells: &[(u32, String)]) {
        self.bytes.push(ROW);
        put(&mut self.bytes, number);
        put(&mut self.bytes, cells.len() as u64);
        for (column, text) in cells {
            put(&mut self.bytes, u64::from(*column));
            put(&mut self.bytes, text.len() as u64);
            self.bytes.extend_from_slice(text.as_bytes());
        }
    }

    /// Appends a row that cannot be read, with the reason.
    pub fn push_unreadable(&mut self, number: u64, reason: &str) {
        self.bytes.push(UNREADABLE);
        put(&mut self.bytes, number);
        put(&mut self.bytes, reason.len() as u64);
        self.bytes.extend_from_slice(reason.as_bytes());
    }

    /// Appends entries in the form that [`Block::bytes`] gives. False, and nothing is appended, if
    /// they are no entries.
    pub fn append(&mut self, entries: &[u8]) -> bool {
        let mut at = 0;
        while at < entries.len() {
            if decode(entries, &mut at).is_none() {
                return false;
            }
        }
        self.bytes.extend_from_slice(entries);
        true
    }

    /// The entries, to be appended to another block.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Forgets the rows and keeps the memory.
    pub fn clear(&mut self) {
        self.bytes.clear();
    }

    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The entry that begins at `at`, which moves to the next one; `None` after the last.
    pub fn entry(&self, at: &mut usize) -> Option<Result<SparseRow<'_>, Unreadable>> {
        decode(&self.bytes, at)
    }
}

/// The rows of a block, read one after the other.
pub struct BlockRows {
    block: Arc<Block>,
    at: usize,
}

impl BlockRows {
    pub fn new(block: Arc<Block>) -> Self {
        Self { block, at: 0 }
    }

    /// The next row as it is in the file.
    pub fn raw(&mut self) -> Option<Result<SparseRow<'_>, Unreadable>> {
        self.block.entry(&mut self.at)
    }
}

/// A column as spreadsheets name it: A, Z, AA, XFD.
pub fn column_name(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().map(|b| char::from(*b)).collect()
}

/// Writes a number in as few bytes as it needs, seven bits in each.
fn put(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn number(bytes: &[u8], at: &mut usize) -> Option<u64> {
    let mut value = 0_u64;
    for shift in (0..63).step_by(7) {
        let byte = *bytes.get(*at)?;
        *at += 1;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

fn text<'a>(bytes: &'a [u8], at: &mut usize) -> Option<&'a str> {
    let length = usize::try_from(number(bytes, at)?).ok()?;
    let end = at.checked_add(length)?;
    let text = std::str::from_utf8(bytes.get(*at..end)?).ok()?;
    *at = end;
    Some(text)
}

/// The entry at `at`; `None` if there is none, or the bytes are no entry.
fn decode<'a>(bytes: &'a [u8], at: &mut usize) -> Option<Result<SparseRow<'a>, Unreadable>> {
    let kind = *bytes.get(*at)?;
    *at += 1;
    let row = number(bytes, at)?;
    if kind == UNREADABLE {
        let reason = text(bytes, at)?;
        return Some(Err(unreadable(row, reason)));
    }
    let count = number(bytes, at)?;
    // A cell takes two bytes at least, so a wrong count cannot reserve much memory.
    if kind != ROW || count > (bytes.len() - *at) as u64 / 2 {
        return None;
    }
    let mut cells: Vec<(u32, &str)> = Vec::with_capacity(count as usize);
    for _ in 0..count {
        let column = u32::try_from(number(bytes, at)?).ok()?;
        let is_next = cells.last().is_none_or(|(before, _)| *before < column);
        if column >= COLUMNS || !is_next {
            return None;
        }
        cells.push((column, text(bytes, at)?));
    }
    Some(Ok(SparseRow { number: row, cells }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_in_a_spreadsheet() {
        let names = [0, 25, 26, 51, 701, 702, 16_383].map(column_name);
        assert_eq!(names, ["A", "Z", "AA", "AZ", "ZZ", "AAA", "XFD"]);
    }

    #[test]
    fn a_row_with_one_far_cell_takes_a_few_bytes_and_keeps_its_place() {
        let mut block = Block::default();
        block.push(1, &[(0, "id".into()), (1, "name".into())]);
        block.push(1_048_576, &[(0, "K9".into()), (16_383, "x".into())]);
        block.push_unreadable(7, "no reason");
        assert!(block.bytes().len() < 60);
        let mut copy = Block::default();
        assert!(copy.append(block.bytes()));
        let mut rows = BlockRows::new(Arc::new(copy));
        assert_eq!(rows.raw().map(|r| r.map(|r| r.number)), Some(Ok(1)));
        let far = rows.raw().expect("a row").expect("readable");
        assert_eq!(
            (far.number, &far.cells[..]),
            (1_048_576, &[(0, "K9"), (16_383, "x")][..])
        );
        assert_eq!(rows.raw().expect("a row").expect_err("refused").line, 7);
        assert_eq!(rows.raw(), None);
    }

    #[test]
    fn bytes_that_are_no_rows_are_refused() {
        let mut good = Block::default();
        good.push(3, &[(0, "a".into()), (4, "日本".into())]);
        let good = good.bytes().to_vec();
        for cut in 1..good.len() {
            assert!(!Block::default().append(&good[..cut]), "cut at {cut}");
        }
        for wrong in [
            &b"x\x01\x00"[..],
            b"r\x01\xff\xff\xff\xff\xff\xff\xff\xff\x7f",
            b"r\x01\x02\x01\x01a\x01\x01b",
            b"r\x01\x01\xff\xff\x01\x01a",
            b"r\x01\x01\x00\x01\xff",
            b"r\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",
        ] {
            assert!(!Block::default().append(wrong), "{wrong:?}");
        }
    }
}
