//! Files as rows: CSV and TSV, sheets of workbooks, JSON arrays and JSON lines become a header and rows
//! of text, each with its line.

pub mod block;
mod bounded;
mod directory;
pub mod foreign;
mod json;
pub mod limits;
pub mod refusal;
mod rows;
mod shown;
mod source;
mod unreadable;
pub mod workbook;

use std::io::{self, Read};

use csv::ReaderBuilder;
use encoding_rs_io::DecodeReaderBytesBuilder;

use super::encoding;
use super::line_ends::LineFeeds;
use crate::domain::text::clean_line;
use crate::words::Lang;
use block::BlockRows;
use bounded::Bounded;
use json::json;
use limits::COLUMNS;
use rows::Rows;
use source::{Content, all};
use unreadable::unreadable;

pub use rows::Table;
pub use source::{Sheets, Source};
pub use unreadable::Unreadable;

/// Bytes of a file that are read to detect its format and encoding.
const SAMPLE: u64 = 1 << 20;

impl Table {
    /// Opens a source.
    ///
    /// # Errors
    /// It cannot be read, or its beginning is no table.
    pub fn open(source: &Source) -> Result<Table, Unreadable> {
        let io = |e: io::Error| unreadable(0, e);
        let open = match &source.content {
            Content::Bytes(open) => open,
            Content::Rows(block) => return sheet(BlockRows::new(block.clone())),
            Content::Refused(why) => return Err(unreadable(0, why.words(Lang::En))),
        };
        let mut start = Vec::new();
        let read = open()
            .map_err(io)?
            .take(SAMPLE)
            .read_to_end(&mut start)
            .map_err(io)?;
        let encoding = encoding::detect(&start, (read as u64) < SAMPLE);
        let (head, _, _) = encoding.decode(&start);
        let first = head.trim_start_matches('\u{feff}').trim_start();
        if is_json(first) {
            let bytes = all(open)?;
            let (text, _, _) = encoding.decode(&bytes);
            return json(text.trim_start_matches('\u{feff}'));
        }
        let delimiter = sniff(&head);
        let whole = open().map_err(io)?;
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
            .from_reader(Bounded::new(LineFeeds::new(decoder), delimiter));
        let headers = reader.headers().map_err(|e| unreadable(1, e))?;
        if headers.len() > COLUMNS as usize {
            return Err(unreadable(1, format!("more than {COLUMNS} columns")));
        }
        let headers = headers
            .iter()
            .map(|h| clean_line(h.trim_start_matches('\u{feff}')))
            .collect();
        Ok(Table {
            headers,
            rows: Rows::Delimited {
                reader: Box::new(reader),
                delimiter,
            },
        })
    }
}

/// The rows of a sheet: the first that has cells is the header.
fn sheet(mut rows: BlockRows) -> Result<Table, Unreadable> {
    let mut headers = Vec::new();
    if let Some(first) = rows.raw() {
        for (column, text) in first?.cells {
            headers.resize(column as usize, String::new());
            headers.push(clean_line(text));
        }
    }
    Ok(Table {
        headers,
        rows: Rows::Block { rows },
    })
}

/// Whether text is JSON. A CSV header may begin with `{` or `[` as well.
fn is_json(text: &str) -> bool {
    if !text.starts_with(['[', '{']) {
        return false;
    }
    let rest = text[1..].trim_start();
    rest.is_empty() || rest.starts_with(['"', '{', '[', '}', ']'])
}

/// The delimiter that splits the first line into most cells, outside quotes.
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

#[cfg(test)]
mod tests {
    use super::*;
    use csv::StringRecord;

    fn lines(bytes: &[u8]) -> Vec<u64> {
        let mut table = Table::open(&Source::of_bytes("t.csv", bytes)).expect("opens");
        let mut row = StringRecord::new();
        std::iter::from_fn(|| table.next(&mut row))
            .map(|r| r.expect("reads"))
            .collect()
    }

    #[test]
    fn lines_are_counted_for_all_line_ends() {
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
    fn json_rows_have_their_line_and_all_keys() {
        let text = b"{\"tickets\": [\n {\"id\": 1, \"who\": {\"name\": \"A\"}},\n {\"id\": 2, \"tags\": [\"x\", \"y\"]}\n]}";
        let mut table = Table::open(&Source::of_bytes("t.json", text.to_vec())).expect("opens");
        assert_eq!(table.headers, ["id", "who.name", "tags"]);
        let mut row = StringRecord::new();
        assert_eq!(table.next(&mut row), Some(Ok(2)));
        assert_eq!(table.next(&mut row), Some(Ok(3)));
        assert_eq!(row.get(2), Some("x;y"));
    }
}
