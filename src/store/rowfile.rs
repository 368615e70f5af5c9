//! The disposable file of rows, `cache/rows`: a line that says what it was made from, the rows riskiest
//! first, their accounts' ids in one line, and records that the desk keeps beside them. The first frame
//! reads its first lines, a start the whole of it. It is written row by row, and never held whole in
//! memory.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::kept::{FILED, Filed, Ids};
use super::{codec, private_dir, private_file};
use crate::domain::action::Action;
use crate::domain::book::risk_order;
use crate::domain::cadence::touchpoint::Touchpoint;
use crate::domain::failure::Failure;
use crate::domain::freshness::DataFreshness;
use crate::domain::health::Band;
use crate::domain::ids::AccountId;
use crate::domain::summary::{Left, Row};

/// What a set of rows was computed from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    pub seq: u64,
    pub policy: u64,
    pub date: NaiveDate,
    /// How fresh data is across the desk speaks for every account.
    #[serde(default)]
    pub feeds: DataFreshness,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Head {
    version: String,
    pub stamp: Stamp,
    /// Lines that follow: rows, the ids, then records of the kinds that are [`FILED`].
    rows: usize,
    /// Bytes of the rows.
    ids: u64,
    filed: [usize; FILED.len()],
    /// Accounts in the totals, and how they stand: as in `book::Sums`.
    count: usize,
    bands: [usize; 4],
}

/// The first rows of the cached portfolio, for the first frame.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    pub rows: Vec<Arc<Row>>,
    pub count: usize,
    pub bands: [usize; 4],
}

/// The program's version and the form of a row: rows of another form are computed anew.
const FORM: &str = concat!(env!("CARGO_PKG_VERSION"), "+9");
/// Rows in the first frame's preview: more than the tallest terminal shows.
const PREVIEW_ROWS: usize = 160;
/// Bytes that are read and written at a time.
const BUFFER: usize = 1 << 16;

fn path(home: &Path) -> PathBuf {
    home.join("cache").join("rows")
}

/// What rows are in order by, riskiest first: who left comes last, then band, score and name.
pub(super) fn risk(
    churned: bool,
    band: Band,
    score: Option<u8>,
    name: &str,
) -> (bool, u8, u8, &str) {
    (churned, risk_order(band), score.unwrap_or(101), name)
}

/// As much of a row's line as its place depends on.
#[derive(Deserialize)]
struct Glance<'a> {
    #[serde(borrow)]
    account: Named<'a>,
    standing: Stands,
}

#[derive(Deserialize)]
struct Named<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    name: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Stands {
    health: Scored,
    churned: Option<Left>,
}

#[derive(Deserialize)]
struct Scored {
    score: Option<u8>,
    band: Band,
}

impl<'a> Glance<'a> {
    fn of(row: &'a Row) -> Self {
        let Row { account, standing } = row;
        let health = Scored {
            score: standing.health.score,
            band: standing.health.band,
        };
        Self {
            account: Named {
                id: account.id.as_str().into(),
                name: account.name.as_str().into(),
            },
            standing: Stands {
                health,
                churned: standing.churned,
            },
        }
    }
}

/// Where a line is until the file is written: in the body, from a byte on and so long; or in memory.
enum Line {
    Body(u64, usize),
    Held(Vec<u8>),
}

/// A row's line, and what its place depends on. The texts are those of the sheaf, from a byte on: a
/// hundred thousand small ones would hold the room between them.
struct Sheet {
    churned: bool,
    band: Band,
    score: Option<u8>,
    text: usize,
    name: usize,
    id: usize,
    line: Line,
}

impl Sheet {
    fn len(&self) -> usize {
        match &self.line {
            Line::Body(_, len) => *len,
            Line::Held(line) => line.len(),
        }
    }

    fn name<'a>(&self, texts: &'a str) -> &'a str {
        &texts[self.text..][..self.name]
    }

    fn id<'a>(&self, texts: &'a str) -> &'a str {
        &texts[self.text + self.name..][..self.id]
    }

    fn risk<'a>(&self, texts: &'a str) -> (bool, u8, u8, &'a str) {
        risk(self.churned, self.band, self.score, self.name(texts))
    }
}

/// A file in the making: lines as they came, and in which order they are to stand.
pub(super) struct Sheaf {
    path: PathBuf,
    body: File,
    end: u64,
    sheets: Vec<Sheet>,
    texts: String,
}

impl Sheaf {
    /// For rows that come one by one, in any order. Their lines stand meanwhile in a file without a name,
    /// that is gone with the process.
    pub fn new(home: &Path) -> Result<Self, Failure> {
        let path = path(home);
        private_dir(path.parent().unwrap_or(Path::new(".")))?;
        let body = path.with_extension("body");
        let opened = private_file()
            .read(true)
            .write(true)
            .create(true)
            .truncate(true)
            .open(&body);
        let file = opened
            .and_then(|file| std::fs::remove_file(&body).map(|()| file))
            .map_err(|e| Failure::io(&body, &e))?;
        Ok(Self {
            path,
            body: file,
            end: 0,
            sheets: Vec::new(),
            texts: String::new(),
        })
    }

    pub fn add(&mut self, rows: &[Row]) -> Result<(), Failure> {
        let mut lines = Vec::new();
        for row in rows {
            let line = codec::json(row);
            self.push(
                Glance::of(row),
                Line::Body(self.end + lines.len() as u64, line.len()),
            );
            lines.extend_from_slice(&line);
        }
        self.end += lines.len() as u64;
        self.body
            .write_all(&lines)
            .map_err(|e| Failure::io(&self.path, &e))
    }

    fn push(&mut self, Glance { account, standing }: Glance, line: Line) {
        let (text, name, id) = (self.texts.len(), account.name.len(), account.id.len());
        self.texts.push_str(&account.name);
        self.texts.push_str(&account.id);
        let Stands {
            health: Scored { score, band },
            churned,
        } = standing;
        self.sheets.push(Sheet {
            churned: churned.is_some(),
            band,
            score,
            text,
            name,
            id,
            line,
        });
    }

    /// The rows of a file but those that are `gone`, and `fresh` ones.
    pub fn from(mut held: Reader, fresh: &[Row], gone: &[AccountId]) -> Result<Self, Failure> {
        let other: HashSet<&str> = gone
            .iter()
            .chain(fresh.iter().map(|r| &r.account.id))
            .map(AccountId::as_str)
            .collect();
        let body = held
            .reader
            .get_ref()
            .try_clone()
            .map_err(|e| Failure::io(&held.path, &e))?;
        let mut sheaf = Self {
            path: held.path.clone(),
            body,
            end: 0,
            sheets: Vec::with_capacity(held.head.rows + fresh.len()),
            texts: String::new(),
        };
        let mut at = held.seek(SeekFrom::Current(0))?;
        for _ in 0..held.head.rows {
            held.next_line()?;
            let glance: Glance = held.value()?;
            if !other.contains(&*glance.account.id) {
                sheaf.push(glance, Line::Body(at, held.line.len()));
            }
            at += held.line.len() as u64 + 1;
        }
        fresh
            .iter()
            .for_each(|row| sheaf.push(Glance::of(row), Line::Held(codec::json(row))));
        Ok(sheaf)
    }

    /// Puts the file in the place of the one before: rows riskiest first, and the values of each of the
    /// kinds beside them.
    pub fn write<V: AsRef<[u8]>, I: Iterator<Item = V>>(
        mut self,
        stamp: Stamp,
        filed: impl Fn(u8) -> I,
    ) -> Result<(), Failure> {
        let texts = &self.texts;
        self.sheets
            .sort_by(|a, b| a.risk(texts).cmp(&b.risk(texts)));
        let (mut count, mut bands) = (0, [0; 4]);
        for sheet in self.sheets.iter().filter(|s| !s.churned) {
            count += 1;
            bands[sheet.band.index()] += 1;
        }
        let ids = self.sheets.iter().map(|s| s.len() as u64 + 1).sum();
        let head = Head {
            version: FORM.into(),
            stamp,
            rows: self.sheets.len(),
            ids,
            filed: FILED.map(|kind| filed(kind).count()),
            count,
            bands,
        };
        let temp = self.path.with_extension("part");
        let written = self.write_to(&temp, &head, FILED.into_iter().flat_map(filed));
        if written.is_err() {
            let _ = std::fs::remove_file(&temp);
        }
        written
            .and_then(|()| std::fs::rename(&temp, &self.path))
            .map_err(|e| Failure::io(&self.path, &e))
    }

    fn write_to<V: AsRef<[u8]>>(
        &mut self,
        temp: &Path,
        head: &Head,
        filed: impl Iterator<Item = V>,
    ) -> std::io::Result<()> {
        use std::os::unix::fs::FileExt;
        let mut out = BufWriter::with_capacity(
            BUFFER,
            private_file()
                .write(true)
                .create(true)
                .truncate(true)
                .open(temp)?,
        );
        let mut line = |value: &[u8]| out.write_all(value).and_then(|()| out.write_all(b"\n"));
        line(&codec::json(head))?;
        let mut bytes = Vec::new();
        for sheet in &self.sheets {
            match &sheet.line {
                Line::Held(held) => line(held)?,
                Line::Body(at, len) => {
                    bytes.resize(*len, 0);
                    self.body.read_exact_at(&mut bytes, *at)?;
                    line(&bytes)?;
                }
            }
        }
        line(&codec::json(
            &self
                .sheets
                .iter()
                .map(|s| s.id(&self.texts))
                .collect::<Vec<_>>(),
        ))?;
        for value in filed {
            line(value.as_ref())?;
        }
        out.flush()
    }
}

/// The file on its way into memory, line by line: it is several times the size of what is kept.
pub struct Reader {
    path: PathBuf,
    reader: BufReader<File>,
    pub(super) head: Head,
    rows_left: usize,
    line: Vec<u8>,
}

impl Reader {
    /// None where there is no file, or rows of another form.
    pub(super) fn open(home: &Path) -> Option<Self> {
        let path = path(home);
        let mut reader = BufReader::with_capacity(BUFFER, File::open(&path).ok()?);
        let mut line = Vec::new();
        reader.read_until(b'\n', &mut line).ok()?;
        let head: Head = serde_json::from_slice(&line).ok()?;
        (head.version == FORM).then(|| Self {
            path,
            reader,
            rows_left: head.rows,
            head,
            line,
        })
    }

    /// Reads the next line, without its end.
    fn next_line(&mut self) -> Result<(), Failure> {
        self.line.clear();
        self.reader
            .read_until(b'\n', &mut self.line)
            .map_err(|e| Failure::io(&self.path, &e))?;
        self.line.pop_if(|b| *b == b'\n');
        Ok(())
    }

    /// What the line says.
    fn value<'a, T: Deserialize<'a>>(&'a self) -> Result<T, Failure> {
        serde_json::from_slice(&self.line).map_err(|e| Failure::io(&self.path, &e.into()))
    }

    /// So many rows, fewer where no more are left.
    pub(super) fn rows(&mut self, most: usize) -> Result<Vec<Row>, Failure> {
        self.rows_as(most, |row| row)
    }

    fn rows_as<T>(&mut self, most: usize, kept: impl Fn(Row) -> T) -> Result<Vec<T>, Failure> {
        let count = most.min(self.rows_left);
        self.rows_left -= count;
        self.values(count, kept)
    }

    /// So many values, a line each, each as it is `kept`.
    fn values<V: DeserializeOwned, T>(
        &mut self,
        count: usize,
        kept: impl Fn(V) -> T,
    ) -> Result<Vec<T>, Failure> {
        let mut out = Vec::with_capacity(count);
        for _ in 0..count {
            self.next_line()?;
            out.push(kept(self.value()?));
        }
        Ok(out)
    }

    /// All of it, what stands behind the rows first: between rows it would keep the room of each that another
    /// comes in the place of.
    pub(super) fn whole(mut self) -> Result<(Vec<Arc<Row>>, Filed), Failure> {
        let start = self.seek(SeekFrom::Current(0))?;
        self.seek(SeekFrom::Start(start + self.head.ids))?;
        self.next_line()?;
        let ids = Ids::new(self.value::<Vec<AccountId>>()?);
        let [actions, meetings] = self.head.filed;
        let actions = self.values(actions, |a: Action| Action {
            account: ids.shared(a.account),
            ..a
        })?;
        let meetings = self.values(meetings, |m: Touchpoint| Touchpoint {
            account: ids.shared(m.account),
            ..m
        })?;
        self.seek(SeekFrom::Start(start))?;
        let rows = self.rows_as(usize::MAX, |mut row| {
            row.account.id = ids.shared(row.account.id);
            Arc::new(row)
        })?;
        Ok((
            rows,
            Filed {
                seq: self.head.stamp.seq,
                actions,
                meetings,
            },
        ))
    }

    fn seek(&mut self, to: SeekFrom) -> Result<u64, Failure> {
        self.reader
            .seek(to)
            .map_err(|e| Failure::io(&self.path, &e))
    }
}

/// The first rows, of whatever day: what the first frame shows while the store opens.
pub fn preview(home: &Path) -> Option<Preview> {
    let mut reader = Reader::open(home)?;
    let rows = reader.rows_as(PREVIEW_ROWS, Arc::new).ok()?;
    Some(Preview {
        rows,
        count: reader.head.count,
        bands: reader.head.bands,
    })
}
