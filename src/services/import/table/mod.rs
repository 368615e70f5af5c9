//! Files as rows: CSV and TSV, sheets of workbooks, JSON arrays and JSON lines become a header and rows
//! of text, each with its line.

pub mod block;
mod bounded;
mod directory;
pub mod foreign;
mod head;
mod json;
pub mod limits;
mod lines;
mod lists;
mod merged;
pub mod refusal;
mod rows;
mod shown;
mod source;
mod unreadable;
pub mod workbook;

use std::io::{self, Read};

use csv::ReaderBuilder;
use encoding_rs_io::DecodeReaderBytesBuilder;

use super::encoding::Decoding;
use super::line_ends::LineFeeds;
use crate::words::Lang;
use block::BlockRows;
use bounded::Bounded;
use json::json;
use limits::COLUMNS;
use lines::Lines;
use rows::Rows;
use source::{Content, all};
use unreadable::unreadable;

pub use head::Head;
pub use rows::{BadRow, Table};
pub use source::{Sheets, Source};
pub use unreadable::Unreadable;

/// Bytes of a file that are read to detect its format.
const SAMPLE: u64 = 1 << 20;

impl Table {
    /// Opens a source and finds its header; `known` counts the headers that some layout explains.
    ///
    /// # Errors
    /// If the file cannot be read, or is no table.
    pub fn open(
        source: &Source,
        known: &dyn Fn(&[String]) -> usize,
    ) -> Result<(Table, Head), Unreadable> {
        let mut table = Self::raw_rows(source)?;
        // The keys of JSON objects are a header already.
        if !table.headers.is_empty() {
            let headers = table.headers.clone();
            let head = Head {
                headers,
                ..Head::default()
            };
            return Ok((table, head));
        }
        let head = table.begin(known);
        Ok((table, head))
    }

    /// Opens a source again, with the header that was found.
    ///
    /// # Errors
    /// If the file cannot be read any more.
    pub fn again(source: &Source, head: &Head) -> Result<Table, Unreadable> {
        let mut table = Self::raw_rows(source)?;
        table.skip(head);
        Ok(table)
    }

    fn raw_rows(source: &Source) -> Result<Table, Unreadable> {
        let io = |e: io::Error| unreadable(0, e);
        let open = match &source.content {
            Content::Bytes(open) => open,
            Content::Rows(block) => {
                let rows = BlockRows::new(block.clone());
                return Ok(Table::new(Rows::Block { rows }, false));
            }
            Content::Refused(why) => return Err(unreadable(0, why.words(Lang::En))),
        };
        let mut start = Vec::new();
        open()
            .map_err(io)?
            .take(SAMPLE)
            .read_to_end(&mut start)
            .map_err(io)?;
        let Decoding { encoding, lossy } = source.decoding(&start, open).map_err(io)?;
        let (head, _, _) = encoding.decode(&start);
        let first = head.trim_start_matches('\u{feff}').trim_start();
        if is_json(first) {
            let bytes = all(open)?;
            let (text, _, _) = encoding.decode(&bytes);
            let mut table = json(text.trim_start_matches('\u{feff}'), source.sheet.as_deref())?;
            table.lossy = lossy;
            return Ok(table);
        }
        let delimiter = sniff(&head);
        let whole = open().map_err(io)?;
        let decoder = DecodeReaderBytesBuilder::new()
            .encoding(Some(encoding))
            // What is valid UTF-8 needs no decoding.
            .utf8_passthru(!lossy)
            .strip_bom(true)
            .build(whole);
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .buffer_capacity(1 << 16)
            .has_headers(false)
            .from_reader(Lines::new(Bounded::new(LineFeeds::new(decoder), delimiter)));
        let width = reader.headers().map_or(0, csv::StringRecord::len);
        if width > COLUMNS as usize {
            return Err(unreadable(1, format!("more than {COLUMNS} columns")));
        }
        let rows = Rows::Delimited {
            reader: Box::new(reader),
            delimiter,
        };
        Ok(Table::new(rows, lossy))
    }

    /// Whether semicolons part the cells: such files often write decimal commas.
    pub fn has_semicolons(&self) -> bool {
        matches!(
            self.rows,
            Rows::Delimited {
                delimiter: b';',
                ..
            }
        )
    }
}

/// Whether text is JSON. A CSV header may begin with `{` or `[` as well.
fn is_json(text: &str) -> bool {
    if !text.starts_with(['[', '{']) {
        return false;
    }
    let rest = text[1..].trim_start();
    rest.is_empty() || rest.starts_with(['"', '{', '[', '}', ']'])
}

/// The delimiter of a text: `sep=;` says it, else the one that splits most of its first lines into
/// the same number of cells.
fn sniff(head: &str) -> u8 {
    const LINES: usize = 40;
    let first = head.trim_start_matches('\u{feff}').trim_start_matches('"');
    if let Some(said) = first.get(..4).filter(|s| s.eq_ignore_ascii_case("sep="))
        && let Some(sign @ (b',' | b';' | b'\t' | b'|')) = first.as_bytes().get(said.len())
    {
        return *sign;
    }
    // Delimiters of each line, outside quotation marks.
    const SIGNS: [u8; 4] = [b',', b'\t', b';', b'|'];
    let mut lines: Vec<[usize; 4]> = vec![[0; 4]];
    let mut quoted = false;
    for b in head.bytes() {
        match b {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => {
                if lines.len() == LINES {
                    break;
                }
                lines.push([0; 4]);
            }
            _ if !quoted => {
                if let (Some(at), Some(line)) =
                    (SIGNS.iter().position(|s| *s == b), lines.last_mut())
                {
                    line[at] += 1;
                }
            }
            _ => {}
        }
    }
    let agreeing = |at: usize| {
        let counts = lines.iter().map(|l| l[at]).filter(|n| *n > 0);
        counts
            .clone()
            .map(|n| counts.clone().filter(|m| *m == n).count() * n.min(8))
            .max()
            .unwrap_or(0)
    };
    let best = (0..SIGNS.len()).rev().max_by_key(|at| agreeing(*at));
    best.filter(|at| agreeing(*at) > 0)
        .map_or(b',', |at| SIGNS[at])
}

#[cfg(test)]
mod tests {
    use super::*;
    use csv::StringRecord;

    fn lines(bytes: &[u8]) -> Vec<u64> {
        let source = Source::of_bytes("t.csv", bytes);
        let (mut table, _) = Table::open(&source, &|_| 0).expect("opens");
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
        let source = Source::of_bytes("t.json", text.to_vec());
        let (mut table, _) = Table::open(&source, &|_| 0).expect("opens");
        assert_eq!(table.headers, ["id", "who.name", "tags"]);
        let mut row = StringRecord::new();
        assert_eq!(table.next(&mut row), Some(Ok(2)));
        assert_eq!(table.next(&mut row), Some(Ok(3)));
        assert_eq!(row.get(2), Some("x;y"));
    }
}
