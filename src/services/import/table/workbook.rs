//! Reads the sheets of an Excel workbook cell by cell, without ever holding a sheet as a grid. Runs in
//! a process of its own with little memory, because a workbook may name more cells than any memory
//! holds. Must not know who takes the rows.

use std::io::{self, Read, Seek};

use calamine::{Reader as _, SheetType, SheetVisible, Xlsx, XlsxError};

use super::block::Block;
use super::limits::{CELL, CELLS, COLUMNS, TEXT};
use super::merged::Merged;
use super::refusal::Refusal;
use super::shown::shown;

/// A file that can be read from any place.
pub trait Seekable: Read + Seek {}
impl<T: Read + Seek> Seekable for T {}

/// Cells of a sheet that may be unreadable before the sheet is given up.
const BAD_CELLS: u32 = 10_000;

/// What a workbook contains, in the order of its sheets.
pub enum Part<'a> {
    /// A sheet begins; `visible` is false for one that Excel does not show.
    Sheet { name: &'a str, visible: bool },
    /// Rows of the sheet that has begun.
    Rows(&'a Block),
}

/// Reads a workbook: every visible sheet, or the one that is named.
///
/// # Errors
/// The file is no workbook, or it is too large. `put` fails when nobody takes the rows any more.
pub fn read(
    file: &mut dyn Seekable,
    sheet: Option<&str>,
    put: &mut dyn FnMut(Part) -> io::Result<()>,
) -> Result<(), Refusal> {
    let mut book: Xlsx<&mut dyn Seekable> = Xlsx::new(file).map_err(|e| refused(&e))?;
    let mut spent = Spent::default();
    let gone = |_| Refusal::ReaderFailed;
    for found in book.sheets_metadata().to_vec() {
        if found.typ != SheetType::WorkSheet {
            continue;
        }
        let visible = found.visible == SheetVisible::Visible;
        let name = found.name.as_str();
        put(Part::Sheet { name, visible }).map_err(gone)?;
        if sheet.map_or(visible, |wanted| wanted == name) {
            cells(&mut book, name, &mut spent, put)?;
        }
    }
    Ok(())
}

/// How much of its limits a workbook has used.
#[derive(Default)]
struct Spent {
    cells: u64,
    text: u64,
}

impl Spent {
    fn add(&mut self, text: &str) {
        self.cells += 1;
        self.text += text.len() as u64;
    }

    fn is_too_much(&self) -> bool {
        self.cells > CELLS || self.text > TEXT
    }
}

/// The row that is being put together.
#[derive(Default)]
struct Row {
    index: u32,
    cells: Vec<(u32, String)>,
    /// Why the row cannot be read.
    bad: Option<String>,
}

impl Row {
    /// Appends the row to a block, and begins another.
    fn flush(&mut self, block: &mut Block, merged: &mut Merged, next: u32, spent: &mut Spent) {
        let number = u64::from(self.index) + 1;
        if let Some(reason) = self.bad.take() {
            block.push_unreadable(number, &reason);
        } else if !self.cells.is_empty() {
            // The cells of a row may stand in any order in a damaged file; the first one counts.
            self.cells.sort_by_key(|(column, _)| *column);
            self.cells.dedup_by_key(|(column, _)| *column);
            for (column, text) in merged.texts(self.index) {
                if let Err(at) = self.cells.binary_search_by_key(&column, |(c, _)| *c) {
                    spent.add(text);
                    self.cells.insert(at, (column, text.to_owned()));
                }
            }
            block.push(number, &self.cells);
        }
        self.cells.clear();
        self.index = next;
    }
}

/// The rows of one sheet. What cannot be read of it becomes an unreadable row.
fn cells(
    book: &mut Xlsx<&mut dyn Seekable>,
    name: &str,
    spent: &mut Spent,
    put: &mut dyn FnMut(Part) -> io::Result<()>,
) -> Result<(), Refusal> {
    /// Bytes of rows that are handed over together.
    const PART: usize = 64 << 10;
    let mut block = Block::default();
    let mut send = |block: &mut Block, least: usize| {
        if block.bytes().len() > least {
            put(Part::Rows(block)).map_err(|_| Refusal::ReaderFailed)?;
            block.clear();
        }
        Ok(())
    };
    // A sheet whose merged cells cannot be read is read without them.
    let regions = book.merge_cells_by_sheet_name(name);
    let mut merged = Merged::new(regions.unwrap_or_default());
    let mut reader = match book.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        Err(e) => {
            block.push_unreadable(1, &e.to_string());
            return send(&mut block, 0);
        }
    };
    let mut row = Row::default();
    let mut bad = 0;
    loop {
        let found = match reader.next_cell_with_style_id() {
            Ok(Some((cell, style))) => {
                let format = reader.styles().get(style);
                let format = format.and_then(|s| s.number_format.as_ref());
                let text = shown(cell.get_value(), format.map_or("", |f| &f.format_code));
                let (row, column) = cell.get_position();
                merged.note(row, column, cell.get_value(), &text);
                Some(((row, column), text))
            }
            Ok(None) => break,
            // An error value that calamine does not know: blank, like the others.
            Err(XlsxError::CellError(_)) => None,
            Err(e) => {
                row.bad = Some(e.to_string());
                bad += 1;
                let is_one_cell = matches!(
                    e,
                    XlsxError::CellTAttribute(_)
                        | XlsxError::ParseFloat(_)
                        | XlsxError::Unexpected(_)
                );
                if !is_one_cell || bad > BAD_CELLS {
                    break;
                }
                None
            }
        };
        let Some(((index, column), text)) = found else {
            continue;
        };
        if index != row.index {
            row.flush(&mut block, &mut merged, index, spent);
            send(&mut block, PART)?;
        }
        if text.is_empty() {
            continue;
        }
        spent.add(&text);
        if spent.is_too_much() {
            return Err(Refusal::TooManyCells);
        }
        if column >= COLUMNS || text.len() > CELL {
            let place = super::block::column_name(column as usize);
            row.bad = Some(format!("cell {place}{} is too far or too long", index + 1));
        } else {
            row.cells.push((column, text));
        }
    }
    row.flush(&mut block, &mut merged, 0, spent);
    send(&mut block, 0)
}

/// Why a workbook cannot be opened.
fn refused(error: &XlsxError) -> Refusal {
    match error {
        XlsxError::Password => Refusal::Encrypted,
        e => Refusal::DamagedWorkbook {
            reason: e.to_string(),
        },
    }
}
