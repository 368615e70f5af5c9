//! The row cache, `cache/rows`: a line about its source, the rows with the riskiest first, and the
//! open records that the desk holds beside them. The first frame reads its first lines, a start
//! reads all of it. It can always be deleted.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::codec;
use super::files::{private_dir, private_file, temporary};
use crate::domain::action::Action;
use crate::domain::book::risk_order;
use crate::domain::cadence::touchpoint::Touchpoint;
use crate::domain::failure::Failure;
use crate::domain::freshness::DataFreshness;
use crate::domain::settings::aside::Aside;
use crate::domain::standing::Row;

/// The source of a set of rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// The last operation included in the rows.
    pub seq: u64,
    /// See `config::Config::policy_stamp`.
    pub policy: u64,
    pub date: NaiveDate,
    /// The freshness of data across the desk influences every account.
    #[serde(default)]
    pub freshness: DataFreshness,
}

#[derive(Serialize, Deserialize)]
struct Head {
    version: String,
    stamp: Stamp,
    /// The number of lines of each kind: rows, open actions, agreed meetings.
    rows: usize,
    actions: usize,
    meetings: usize,
    /// The number of accounts in the totals, and their sums: as in `book::Sums`.
    count: usize,
    bands: [usize; 4],
    /// Settings that the first frame needs before the store is open.
    #[serde(default)]
    settings: CachedSettings,
}

/// Settings of the user that the first frame shows or that influenced the rows.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CachedSettings {
    /// Accounts set aside on the day of the rows.
    pub asides: Vec<Aside>,
    /// Warning phrases that were dismissed.
    pub dismissed: Vec<String>,
}

/// The first rows of the cached portfolio, for the first frame.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    pub rows: Vec<Arc<Row>>,
    pub count: usize,
    pub bands: [usize; 4],
    pub asides: Vec<Aside>,
}

/// The contents of the file.
pub(super) struct RowCache {
    pub stamp: Stamp,
    pub rows: Vec<Arc<Row>>,
    pub actions: Vec<Action>,
    pub meetings: Vec<Touchpoint>,
}

/// The program's version and the format of a row: rows in another format are computed again.
const FORM: &str = concat!(env!("CARGO_PKG_VERSION"), "+14");
/// Rows in the first frame's preview: more than fit on the tallest terminal.
const PREVIEW_ROWS: usize = 160;
/// Bytes per read and write.
const BUFFER: usize = 1 << 16;

fn path(home: &Path) -> PathBuf {
    home.join("cache").join("rows")
}

/// Puts rows in the order of [`risk`].
pub fn riskiest_first(rows: &mut [Arc<Row>]) {
    rows.sort_by(|a, b| risk(a, b));
}

/// Riskiest first: by band, then by score, then by name; a lost account comes after them, an archived one last.
pub fn risk(a: &Row, b: &Row) -> std::cmp::Ordering {
    fn place(r: &Row) -> (bool, bool, u8, u8, &str) {
        let s = &r.standing;
        (
            r.account.archived.is_some(),
            s.churned.is_some(),
            risk_order(s.health.band),
            s.health.score.unwrap_or(101),
            &r.account.name,
        )
    }
    place(a).cmp(&place(b))
}

/// Replaces the file. The rows must be in the order of [`risk`]; the values of the records beside
/// them are copied from the tree.
pub(super) fn write<V: AsRef<[u8]>>(
    home: &Path,
    stamp: Stamp,
    rows: &[Arc<Row>],
    actions: &[V],
    meetings: &[V],
    settings: CachedSettings,
) -> Result<(), Failure> {
    let path = path(home);
    private_dir(path.parent().unwrap_or(home))?;
    let (mut count, mut bands) = (0, [0; 4]);
    let counted = |r: &&Arc<Row>| r.standing.churned.is_none() && r.account.archived.is_none();
    for row in rows.iter().filter(counted) {
        count += 1;
        bands[row.standing.health.band.index()] += 1;
    }
    let head = Head {
        version: FORM.into(),
        stamp,
        rows: rows.len(),
        actions: actions.len(),
        meetings: meetings.len(),
        count,
        bands,
        settings,
    };
    let temp = temporary(&path);
    let written = || -> std::io::Result<()> {
        let file = private_file()
            .write(true)
            .create(true)
            .truncate(true)
            .open(&temp)?;
        let mut out = BufWriter::with_capacity(BUFFER, file);
        let mut line = |value: &[u8]| out.write_all(value).and_then(|()| out.write_all(b"\n"));
        line(&codec::json(&head))?;
        for row in rows {
            line(&codec::json(&**row))?;
        }
        for value in actions.iter().chain(meetings) {
            line(value.as_ref())?;
        }
        out.flush()?;
        std::fs::rename(&temp, &path)
    };
    written().map_err(|e| {
        let _ = std::fs::remove_file(&temp);
        Failure::io(&path, &e)
    })
}

/// Reads the file line by line.
struct Reader {
    reader: BufReader<File>,
    head: Head,
    line: Vec<u8>,
}

impl Reader {
    /// `None` if there is no file, or its rows have another format.
    fn open(home: &Path) -> Option<Self> {
        let mut reader = BufReader::with_capacity(BUFFER, File::open(path(home)).ok()?);
        let mut line = Vec::new();
        reader.read_until(b'\n', &mut line).ok()?;
        let head: Head = serde_json::from_slice(&line).ok()?;
        (head.version == FORM).then_some(Self { reader, head, line })
    }

    /// This many values, one per line; `None` if one of them is unreadable.
    fn values<T: DeserializeOwned>(&mut self, count: usize) -> Option<Vec<T>> {
        (0..count)
            .map(|_| {
                self.line.clear();
                self.reader.read_until(b'\n', &mut self.line).ok()?;
                serde_json::from_slice(&self.line).ok()
            })
            .collect()
    }
}

/// The source of the file; `None` if there is no usable file.
pub(super) fn stamp(home: &Path) -> Option<Stamp> {
    Reader::open(home).map(|reader| reader.head.stamp)
}

/// The cached rows; `None` if they are of another policy or day.
pub(super) fn read(home: &Path, policy: u64, date: NaiveDate) -> Option<RowCache> {
    let mut reader = Reader::open(home)?;
    let stamp = reader.head.stamp.clone();
    if (stamp.policy, stamp.date) != (policy, date) {
        return None;
    }
    let (rows, actions, meetings) = (reader.head.rows, reader.head.actions, reader.head.meetings);
    Some(RowCache {
        stamp,
        rows: reader.values(rows)?,
        actions: reader.values(actions)?,
        meetings: reader.values(meetings)?,
    })
}

/// The phrases that were dismissed when the file was written. The policy's stamp depends on them
/// and is needed before the store is open.
pub fn dismissed(home: &Path) -> Vec<String> {
    Reader::open(home).map_or_else(Vec::new, |reader| reader.head.settings.dismissed)
}

/// The first rows, of any day, which the first frame shows while the store opens.
pub fn preview(home: &Path) -> Option<Preview> {
    let mut reader = Reader::open(home)?;
    let rows = reader.values(reader.head.rows.min(PREVIEW_ROWS))?;
    Some(Preview {
        rows,
        count: reader.head.count,
        bands: reader.head.bands,
        asides: reader.head.settings.asides,
    })
}

/// The records in the row cache, as of an operation.
pub struct CachedRecords {
    pub seq: u64,
    pub actions: Vec<Action>,
    pub meetings: Vec<Touchpoint>,
}

/// The rows of the row cache, which a thread reads while sled opens.
pub struct IncomingRows(pub(super) std::thread::JoinHandle<Option<RowCache>>);

/// Starts reading the rows of the last session, if they are of this policy and day.
pub fn begin(home: &Path, policy: u64, date: NaiveDate) -> Option<IncomingRows> {
    let home = home.to_owned();
    let read = move || read(&home, policy, date);
    let thread = std::thread::Builder::new().name("rows".into()).spawn(read);
    thread.ok().map(IncomingRows)
}
