//! Files as rows: CSV and TSV, Excel, JSON arrays and JSON lines all become a header and rows of
//! text with the line they stand on.

use std::io::{self, Cursor, Read};
use std::sync::Arc;

use calamine::{Data, Reader as _, Xlsx};
use csv::{ReaderBuilder, StringRecord};
use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};
use serde_json::Value;
use serde_json::value::RawValue;

use super::encoding;
use super::line_ends::LineFeeds;
use crate::domain::failure::json_reason;

type Open = Arc<dyn Fn() -> io::Result<Box<dyn Read + Send>> + Send + Sync>;

/// A file that can be read more than once: first to look, then to take.
#[derive(Clone)]
pub struct Source {
    pub name: String,
    open: Open,
}

impl Source {
    /// What it holds, in a number.
    pub fn fingerprint(&self) -> Option<u64> {
        let mut file = (self.open)().ok()?;
        let (mut hash, mut length, mut part) = (crc32fast::Hasher::new(), 0_u64, vec![0; 1 << 16]);
        loop {
            match file.read(&mut part).ok()? {
                0 => return Some(length << 32 | u64::from(hash.finalize())),
                n => {
                    hash.update(&part[..n]);
                    length += n as u64;
                }
            }
        }
    }

    pub fn new(
        name: impl Into<String>,
        open: impl Fn() -> io::Result<Box<dyn Read + Send>> + Send + Sync + 'static,
    ) -> Self {
        Self {
            name: name.into(),
            open: Arc::new(open),
        }
    }

    /// A source in memory.
    pub fn of_bytes(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        let bytes: Arc<[u8]> = bytes.into().into();
        Self::new(name, move || Ok(Box::new(Cursor::new(bytes.clone()))))
    }
}

/// Why a file, or a row of it, cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    pub line: u64,
    pub reason: String,
}

fn unreadable(line: u64, reason: impl ToString) -> Unreadable {
    Unreadable {
        line,
        reason: reason.to_string(),
    }
}

/// The header of a table and its rows, one after the other.
pub struct Table {
    pub headers: Vec<String>,
    rows: Rows,
}

/// A delimited file, decoded as it is read.
type Delimited = csv::Reader<LineFeeds<DecodeReaderBytes<Box<dyn Read + Send>, Vec<u8>>>>;

enum Rows {
    Delimited {
        reader: Box<Delimited>,
        delimiter: u8,
    },
    Ready {
        rows: std::vec::IntoIter<Result<(u64, StringRecord), Unreadable>>,
    },
}

/// How much of a file is looked at to judge its form and encoding.
const SAMPLE: u64 = 1 << 20;

impl Table {
    /// Opens a source; `sheet` names the sheet of an Excel file (the first with data otherwise).
    pub fn open(source: &Source, sheet: Option<&str>) -> Result<Table, Unreadable> {
        let io = |e: io::Error| unreadable(0, e);
        let mut start = Vec::new();
        let read = (source.open)()
            .map_err(io)?
            .take(SAMPLE)
            .read_to_end(&mut start)
            .map_err(io)?;
        if start.starts_with(b"PK\x03\x04") {
            return excel(&all(source)?, sheet);
        }
        let encoding = encoding::detect(&start, (read as u64) < SAMPLE);
        let (head, _, _) = encoding.decode(&start);
        let first = head.trim_start_matches('\u{feff}').trim_start();
        if first.starts_with(['[', '{']) && serde_looks(first) {
            let bytes = all(source)?;
            let (text, _, _) = encoding.decode(&bytes);
            return json(text.trim_start_matches('\u{feff}'));
        }
        let delimiter = sniff(&head);
        let whole = (source.open)().map_err(io)?;
        let decoder = DecodeReaderBytesBuilder::new()
            .encoding(Some(encoding))
            .utf8_passthru(true)
            .strip_bom(true)
            .build(whole);
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .buffer_capacity(1 << 16)
            .has_headers(true)
            .from_reader(LineFeeds::new(decoder));
        let headers = reader
            .headers()
            .map_err(|e| unreadable(1, e))?
            .iter()
            .map(|h| crate::domain::text::clean_line(h.trim_start_matches('\u{feff}')))
            .collect();
        Ok(Table {
            headers,
            rows: Rows::Delimited {
                reader: Box::new(reader),
                delimiter,
            },
        })
    }

    /// The next row into `row`; answers the line it starts on.
    pub fn next(&mut self, row: &mut StringRecord) -> Option<Result<u64, Unreadable>> {
        match &mut self.rows {
            Rows::Delimited { reader, delimiter } => loop {
                let before = reader.position().line();
                return match reader.read_record(row) {
                    Ok(false) => None,
                    Ok(true) => {
                        // Counted back from the record's end, because blank lines before it are skipped.
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
            Rows::Ready { rows } => rows.next().map(|r| {
                r.map(|(line, record)| {
                    *row = record;
                    line
                })
            }),
        }
    }
}

/// How many lines a cell took in that look like rows of the table: then its quotation mark was not
/// meant, or is not closed.
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

fn all(source: &Source) -> Result<Vec<u8>, Unreadable> {
    let mut bytes = Vec::new();
    (source.open)()
        .and_then(|mut r| r.read_to_end(&mut bytes))
        .map_err(|e| unreadable(0, e))?;
    Ok(bytes)
}

/// `{` or `[` may also begin an odd CSV header.
fn serde_looks(text: &str) -> bool {
    let rest = text[1..].trim_start();
    rest.is_empty() || rest.starts_with(['"', '{', '[', '}', ']'])
}

/// The delimiter that parts the first line into most cells, outside quotes.
fn sniff(head: &str) -> u8 {
    let mut counts = [(b',', 0), (b'\t', 0), (b';', 0), (b'|', 0)];
    let mut quoted = false;
    for b in head.bytes() {
        match b {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if !quoted => {
                if let Some(c) = counts.iter_mut().find(|c| c.0 == b) {
                    c.1 += 1;
                }
            }
            _ => {}
        }
    }
    counts
        .iter()
        .rev()
        .max_by_key(|c| c.1)
        .filter(|c| c.1 > 0)
        .map_or(b',', |c| c.0)
}

/// The sheets of an Excel file, in their order; none of any other file.
pub fn sheets(source: &Source) -> Vec<String> {
    let mut start = [0; 4];
    let zipped = (source.open)()
        .is_ok_and(|mut file| file.read_exact(&mut start).is_ok() && start == *b"PK\x03\x04");
    let bytes = zipped.then(|| all(source).ok()).flatten();
    // As a slice, like below: each form a workbook is read from is a reader of its own.
    let book = bytes
        .as_deref()
        .and_then(|b| Xlsx::new(Cursor::new(b)).ok());
    book.map(|book: Xlsx<_>| book.sheet_names())
        .unwrap_or_default()
}

fn excel(bytes: &[u8], sheet: Option<&str>) -> Result<Table, Unreadable> {
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
        let mut rows = range
            .rows()
            .enumerate()
            .skip_while(|(_, r)| r.iter().all(|c| matches!(c, Data::Empty)));
        let Some((_, header)) = rows.next() else {
            continue;
        };
        let headers = header.iter().map(cell).collect();
        let rows: Vec<_> = rows
            .filter(|(_, r)| r.iter().any(|c| !matches!(c, Data::Empty)))
            .map(|(i, r)| {
                Ok((
                    u64::from(top) + i as u64 + 1,
                    r.iter().map(cell).collect::<StringRecord>(),
                ))
            })
            .collect();
        return Ok(Table {
            headers,
            rows: Rows::Ready {
                rows: rows.into_iter(),
            },
        });
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

/// An array of objects, an object that holds one, or one object a line.
fn json(text: &str) -> Result<Table, Unreadable> {
    // Parts come in order: lines are counted on from the part before.
    let mut counted = (0_usize, 1_u64);
    let mut line_of = |part: &str| {
        let at = part.as_ptr() as usize - text.as_ptr() as usize;
        let from = if at >= counted.0 { counted } else { (0, 1) };
        counted = (
            at,
            from.1
                + text.as_bytes()[from.0..at]
                    .iter()
                    .filter(|b| **b == b'\n')
                    .count() as u64,
        );
        counted.1
    };
    let parts: Vec<Result<(u64, &str), Unreadable>> =
        if let Ok(list) = serde_json::from_str::<Vec<&RawValue>>(text) {
            list.iter()
                .map(|r| Ok((line_of(r.get()), r.get())))
                .collect()
        } else if let Ok(object) =
            serde_json::from_str::<std::collections::BTreeMap<String, &RawValue>>(text)
        {
            let lists = object
                .values()
                .filter_map(|raw| serde_json::from_str::<Vec<&RawValue>>(raw.get()).ok());
            match lists.max_by_key(Vec::len) {
                Some(list) if !list.is_empty() => list
                    .iter()
                    .map(|r| Ok((line_of(r.get()), r.get())))
                    .collect(),
                _ => vec![Ok((1, text))],
            }
        } else {
            if text.trim_start().starts_with('[') {
                let e = serde_json::from_str::<Vec<&RawValue>>(text).err();
                return Err(unreadable(
                    e.as_ref().map_or(1, |e| e.line() as u64),
                    e.map_or_else(String::new, |e| json_reason(&e, 0)),
                ));
            }
            text.lines()
                .enumerate()
                .filter(|(_, l)| !l.trim().is_empty())
                .map(|(i, l)| Ok((i as u64 + 1, l)))
                .collect()
        };
    let mut headers: Vec<String> = Vec::new();
    let mut places = std::collections::HashMap::new();
    let mut rows = Vec::with_capacity(parts.len());
    for part in parts {
        rows.push(
            part.and_then(|(line, raw)| match serde_json::from_str::<Value>(raw) {
                Ok(Value::Object(object)) => {
                    let mut cells: Vec<String> = vec![String::new(); headers.len()];
                    flatten("", &Value::Object(object), &mut |key, value| {
                        let index = *places.entry(key.to_owned()).or_insert_with(|| {
                            headers.push(crate::domain::text::clean_line(key));
                            headers.len() - 1
                        });
                        if cells.len() <= index {
                            cells.resize(index + 1, String::new());
                        }
                        cells[index] = value;
                    });
                    Ok((line, StringRecord::from(cells)))
                }
                Ok(_) => Err(unreadable(line, "not an object")),
                Err(e) => Err(unreadable(line + e.line() as u64 - 1, json_reason(&e, 0))),
            }),
        );
    }
    Ok(Table {
        headers,
        rows: Rows::Ready {
            rows: rows.into_iter(),
        },
    })
}

/// Nested objects become `a.b`; lists of plain values one cell parted by `;`.
fn flatten(prefix: &str, value: &Value, put: &mut impl FnMut(&str, String)) {
    match value {
        Value::Object(object) => {
            for (key, inner) in object {
                let path = if prefix.is_empty() {
                    key.clone()
                } else {
                    format!("{prefix}.{key}")
                };
                flatten(&path, inner, put);
            }
        }
        Value::Null => {}
        Value::String(s) => put(prefix, s.clone()),
        Value::Array(list) if list.iter().all(|v| !v.is_object() && !v.is_array()) => {
            let parts: Vec<String> = list
                .iter()
                .map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_owned))
                .collect();
            put(prefix, parts.join(";"));
        }
        other => put(prefix, other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8]) -> Vec<u64> {
        let mut table = Table::open(&Source::of_bytes("t.csv", bytes), None).expect("opens");
        let mut row = StringRecord::new();
        std::iter::from_fn(|| table.next(&mut row))
            .map(|r| r.expect("reads"))
            .collect()
    }

    #[test]
    fn lines_are_the_files_own_whatever_ends_them() {
        assert_eq!(lines(b"a,b\n1,\"x\ny\"\n2,z\n\n3,w\n"), [2, 4, 6]);
        assert_eq!(lines(b"a,b\r\n1,\"x\r\ny\"\r\n2,z\r\n3,w\r\n"), [2, 4, 5]);
        assert_eq!(lines(b"a,b\n1,x\n\n\n2,y"), [2, 5]);
        assert_eq!(lines(b"a,b\r1,x\r2,y\r3,z"), [2, 3, 4]);
        assert_eq!(lines(b"a,b\r1,\"x\r\ny\"\r\n2,y\n\r3,z\n"), [2, 4, 6]);
        let wide: Vec<u8> = "\u{feff}a,b\n1,x\n2,y"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(lines(&wide), [2, 3]);
    }

    #[test]
    fn json_rows_know_their_line_and_keys_join() {
        let text = b"{\"tickets\": [\n {\"id\": 1, \"who\": {\"name\": \"A\"}},\n {\"id\": 2, \"tags\": [\"x\", \"y\"]}\n]}";
        let mut table =
            Table::open(&Source::of_bytes("t.json", text.to_vec()), None).expect("opens");
        assert_eq!(table.headers, ["id", "who.name", "tags"]);
        let mut row = StringRecord::new();
        assert_eq!(table.next(&mut row), Some(Ok(2)));
        assert_eq!(table.next(&mut row), Some(Ok(3)));
        assert_eq!(row.get(2), Some("x;y"));
    }
}
