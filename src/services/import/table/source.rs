//! A file that can be read more than once, in one of three forms: its bytes, rows that are ready, or
//! the reason why it is not read.

use std::io::{self, Cursor, Read};
use std::sync::{Arc, OnceLock};

use super::block::Block;
use super::limits::JSON;
use super::lists::lists;
use super::refusal::Refusal;
use super::unreadable::{Unreadable, unreadable};
use super::workbook::{self, Part};
use crate::services::import::encoding::{self, Decoding};

type Open = Arc<dyn Fn() -> io::Result<Box<dyn Read + Send>> + Send + Sync>;

/// A file that can be read more than once: first to recognise it, then to read its rows.
#[derive(Clone)]
pub struct Source {
    pub name: String,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    pub(super) content: Content,
    /// How its bytes become text, once the whole file was looked at.
    decoding: Arc<OnceLock<Decoding>>,
}

/// What a source gives.
#[derive(Clone)]
pub(super) enum Content {
    /// The bytes of a file with text.
    Bytes(Open),
    /// The rows of a sheet.
    Rows(Arc<Block>),
    Refused(Refusal),
}

impl Source {
    /// A hash of its contents; `None` where it has none.
    pub fn fingerprint(&self) -> Option<u64> {
        let (mut hash, mut length) = (crc32fast::Hasher::new(), 0_u64);
        let mut take = |part: &[u8]| {
            hash.update(part);
            length += part.len() as u64;
        };
        match &self.content {
            Content::Refused(_) => return None,
            Content::Rows(block) => take(block.bytes()),
            Content::Bytes(open) => {
                // Two lists of one file are two tables.
                take(self.sheet.as_deref().unwrap_or_default().as_bytes());
                let (mut file, mut part) = (open().ok()?, vec![0; 1 << 16]);
                loop {
                    match file.read(&mut part).ok()? {
                        0 => break,
                        n => take(&part[..n]),
                    }
                }
            }
        }
        Some(length << 32 | u64::from(hash.finalize()))
    }

    pub fn new(
        name: impl Into<String>,
        open: impl Fn() -> io::Result<Box<dyn Read + Send>> + Send + Sync + 'static,
    ) -> Self {
        Self {
            name: name.into(),
            sheet: None,
            content: Content::Bytes(Arc::new(open)),
            decoding: Arc::default(),
        }
    }

    /// A source in memory.
    pub fn of_bytes(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        let bytes: Arc<[u8]> = bytes.into().into();
        Self::new(name, move || Ok(Box::new(Cursor::new(bytes.clone()))))
    }

    /// A sheet whose rows are ready.
    pub fn of_rows(name: impl Into<String>, rows: Block) -> Self {
        Self {
            name: name.into(),
            sheet: None,
            content: Content::Rows(Arc::new(rows)),
            decoding: Arc::default(),
        }
    }

    /// A file that is not read: the report of the import says why.
    pub fn refused(name: impl Into<String>, why: Refusal) -> Self {
        Self {
            name: name.into(),
            sheet: None,
            content: Content::Refused(why),
            decoding: Arc::default(),
        }
    }

    /// How the bytes of the file become text. `start` is its beginning.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub(super) fn decoding(&self, start: &[u8], open: &Open) -> io::Result<Decoding> {
        match self.decoding.get() {
            Some(known) => Ok(*known),
            None => {
                let found = encoding::of(start, open()?)?;
                Ok(*self.decoding.get_or_init(|| found))
            }
        }
    }

    /// The file as a source for each of its lists, where it is a JSON object with several; `wanted`
    /// picks one. Any other file stays one source.
    pub fn tables(self, wanted: Option<&str>) -> Vec<Source> {
        let mark = [b' ', b'\n', b'\r', b'\t', 0xef, 0xbb, 0xbf];
        let text = self.bytes(JSON).and_then(|bytes| {
            // Anything but an object is one table.
            bytes
                .iter()
                .find(|b| !mark.contains(b))
                .filter(|b| **b == b'{')?;
            let decoding = self.decoding(&bytes, self.open()?).ok()?;
            Some(decoding.encoding.decode(&bytes).0.into_owned())
        });
        let mut keys = lists(text.unwrap_or_default().trim_start_matches('\u{feff}'));
        if let Some(wanted) = wanted {
            keys.retain(|key| key == wanted);
        }
        if keys.is_empty() {
            return vec![self];
        }
        let of = |key: String| Source {
            name: format!("{} [{key}]", self.name),
            sheet: Some(key),
            ..self.clone()
        };
        keys.into_iter().map(of).collect()
    }

    fn open(&self) -> Option<&Open> {
        match &self.content {
            Content::Bytes(open) => Some(open),
            Content::Rows(_) | Content::Refused(_) => None,
        }
    }

    /// Its bytes, where it is a file with text of at most `most` bytes.
    pub fn bytes(&self, most: u64) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        self.open()?()
            .ok()?
            .take(most + 1)
            .read_to_end(&mut bytes)
            .ok()?;
        (bytes.len() as u64 <= most).then_some(bytes)
    }

    /// Why it is not read.
    pub fn refusal(&self) -> Option<&Refusal> {
        match &self.content {
            Content::Refused(why) => Some(why),
            Content::Bytes(_) | Content::Rows(_) => None,
        }
    }
}

/// A sheet of a workbook with its rows.
#[derive(Debug, Default)]
pub struct Sheet {
    pub name: String,
    /// Whether Excel shows it.
    pub visible: bool,
    pub rows: Block,
}

/// The sheets of a workbook, in their order.
#[derive(Debug, Default)]
pub struct Sheets(pub Vec<Sheet>);

impl Sheets {
    /// Reads a workbook in this process. The caller bounds memory.
    ///
    /// # Errors
    /// The file is no workbook, or it is too large.
    pub fn read(file: &mut dyn workbook::Seekable, sheet: Option<&str>) -> Result<Self, Refusal> {
        let mut sheets = Self::default();
        workbook::read(file, sheet, &mut |part| match part {
            Part::Sheet { name, visible } => {
                sheets.begin(name, visible);
                Ok(())
            }
            Part::Rows(block) => match sheets.add(block.bytes()) {
                true => Ok(()),
                false => Err(io::ErrorKind::InvalidData.into()),
            },
        })?;
        Ok(sheets)
    }

    /// Begins a sheet; the rows that follow belong to it.
    pub fn begin(&mut self, name: &str, visible: bool) {
        self.0.push(Sheet {
            name: name.to_owned(),
            visible,
            rows: Block::default(),
        });
    }

    /// Adds rows to the sheet that was begun last. False if they are no rows, or no sheet was begun.
    pub fn add(&mut self, rows: &[u8]) -> bool {
        self.0
            .last_mut()
            .is_some_and(|sheet| sheet.rows.append(rows))
    }

    /// A source for each sheet, named `book.xlsx [Sheet]`: the visible ones that are not empty, or the
    /// one that was asked for. Hidden sheets are named as left out.
    pub fn sources(self, book: &str, wanted: Option<&str>) -> Vec<Source> {
        if let Some(wanted) = wanted
            && !self.0.iter().any(|s| s.name == wanted)
        {
            let why = Refusal::NoSheet {
                name: wanted.to_owned(),
                sheets: self.0.into_iter().map(|s| s.name).collect(),
            };
            return vec![Source::refused(book, why)];
        }
        let mut out = Vec::new();
        for sheet in self.0 {
            let name = format!("{book} [{}]", sheet.name);
            let chosen = wanted.map_or(sheet.visible, |wanted| wanted == sheet.name);
            if chosen && (!sheet.rows.is_empty() || wanted.is_some()) {
                out.push(Source {
                    sheet: Some(sheet.name),
                    ..Source::of_rows(name, sheet.rows)
                });
            } else if wanted.is_none() && !sheet.visible {
                out.push(Source::refused(name, Refusal::HiddenSheet));
            }
        }
        if out.iter().all(|s| s.refusal().is_some()) {
            out.push(Source::refused(book, Refusal::EmptyWorkbook));
        }
        out
    }
}

/// The whole of a file, which must not be larger than a JSON file may be.
pub(super) fn all(open: &Open) -> Result<Vec<u8>, Unreadable> {
    let mut bytes = Vec::new();
    open()
        .and_then(|file| file.take(JSON + 1).read_to_end(&mut bytes))
        .map_err(|e| unreadable(0, e))?;
    if bytes.len() as u64 > JSON {
        return Err(unreadable(0, format!("larger than {} MiB", JSON >> 20)));
    }
    Ok(bytes)
}
