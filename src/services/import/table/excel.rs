//! A sheet of an Excel workbook as rows.

use std::io::{Cursor, Read};

use calamine::{Data, Reader as _, Xlsx};
use csv::StringRecord;

use super::rows::{Rows, Table};
use super::source::{Source, Unreadable, all, unreadable};

/// The sheets of an Excel file, in their order; none for any other file.
pub fn sheets(source: &Source) -> Vec<String> {
    let mut start = [0; 4];
    let zipped = (source.open)()
        .is_ok_and(|mut file| file.read_exact(&mut start).is_ok() && start == *b"PK\x03\x04");
    let bytes = zipped.then(|| all(source).ok()).flatten();
    // As a slice, like below: each source type would compile another copy of the workbook reader.
    let book = bytes
        .as_deref()
        .and_then(|b| Xlsx::new(Cursor::new(b)).ok());
    book.map(|book: Xlsx<_>| book.sheet_names())
        .unwrap_or_default()
}

pub fn excel(bytes: &[u8], sheet: Option<&str>) -> Result<Table, Unreadable> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|e| unreadable(0, e))?;
    let names = book.sheet_names();
    let chosen = match sheet {
        Some(name) if names.iter().any(|n| n == name) => vec![name.to_owned()],
        Some(name) => {
            return Err(unreadable(
                0,
                format!("no sheet `{name}`; there are: {}", names.join(", ")),
            ));
        }
        None => names,
    };
    for name in chosen {
        let range = book.worksheet_range(&name).map_err(|e| unreadable(0, e))?;
        let top = range.start().map_or(0, |s| s.0);
        let rows: Vec<_> = range
            .rows()
            .enumerate()
            .filter(|(_, r)| r.iter().any(|c| !matches!(c, Data::Empty)))
            .map(|(i, r)| {
                let row = r.iter().map(cell).collect::<StringRecord>();
                Ok((u64::from(top) + i as u64 + 1, row))
            })
            .collect();
        if rows.is_empty() {
            continue;
        }
        let rows = Rows::Ready {
            rows: rows.into_iter(),
        };
        return Ok(Table::new(rows, false));
    }
    Err(unreadable(0, "the workbook is empty"))
}

fn cell(data: &Data) -> String {
    match data {
        Data::Float(f) if f.fract() == 0.0 && f.abs() < 1e15 => format!("{}", *f as i64),
        Data::DateTime(d) => d.as_datetime().map_or_else(String::new, |t| {
            if t.time() == chrono::NaiveTime::MIN {
                t.format("%Y-%m-%d").to_string()
            } else {
                t.format("%Y-%m-%dT%H:%M:%S").to_string()
            }
        }),
        Data::Empty | Data::Error(_) => String::new(),
        other => other.to_string(),
    }
}
