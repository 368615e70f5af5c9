//! The row cache, `cache/rows`: the rows with the riskiest first, in blocks, and the open records that the desk
//! holds beside them; its head names its source. The first frame reads its first blocks, a start reads all of
//! it. It is sealed (see `sealed`): what is damaged counts as absent. It can always be deleted.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::codec;
use super::lean;
use super::newest::Newest;
use super::sealed::{Sealed, SealedWriter};
use super::sharing::shared;
use crate::domain::account::Account;
use crate::domain::action::Action;
use crate::domain::book::risk_order;
use crate::domain::cadence::touchpoint::Touchpoint;
use crate::domain::failure::Failure;
use crate::domain::freshness::DataFreshness;
use crate::domain::ids::RecordId;
use crate::domain::settings::aside::Aside;
use crate::domain::settings::dismissal::Dismissal;
use crate::domain::standing::Row;

/// The source of a set of rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// The last operation included in the rows.
    pub seq: u64,
    /// Its id: rows of another store, or of one that was restored since, are no source.
    #[serde(default)]
    pub operation: Option<RecordId>,
    /// See `config::Config::policy_stamp`.
    pub policy: u64,
    pub date: NaiveDate,
    /// The freshness of data across the desk influences every account.
    #[serde(default)]
    pub freshness: DataFreshness,
    /// The end of the journal. While it is the same, the rows are as of now: see `index`.
    #[serde(default)]
    pub(super) end: Option<Newest>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Head {
    version: String,
    pub stamp: Stamp,
    /// The number of lines of each kind: rows, open actions, agreed meetings.
    pub rows: usize,
    actions: usize,
    meetings: usize,
    /// The number of accounts in the totals, and their sums: as in `book::Sums`.
    count: usize,
    bands: [usize; 4],
    /// Settings that the first frame needs before the store is open.
    #[serde(default)]
    pub settings: CachedSettings,
}

/// Settings of the user that the first frame shows or that influenced the rows.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CachedSettings {
    /// Accounts set aside on the day of the rows.
    pub asides: Vec<Aside>,
    /// What was dismissed as a false alarm or marked as a risk.
    pub dismissed: Vec<Dismissal>,
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
const FORM: &str = concat!(env!("CARGO_PKG_VERSION"), "+22");
/// Rows in the first frame's preview: more than fit on the tallest terminal.
const PREVIEW_ROWS: usize = 160;
/// Rows in a block: a first frame and a short answer read few of them.
pub(super) const PER_BLOCK: usize = 32;
/// Encoded blocks in memory at a time: some megabytes.
const BLOCKS_AT_ONCE: usize = 512;

pub(super) fn path(home: &Path) -> PathBuf {
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
    let mut out = SealedWriter::create(&path(home))?;
    let blocks: Vec<&[Arc<Row>]> = rows.chunks(PER_BLOCK).collect();
    let encode = |some: &[&[Arc<Row>]]| Ok(some.iter().map(|rows| block_of(rows)).collect());
    for some in blocks.chunks(BLOCKS_AT_ONCE) {
        let encoded: Vec<Vec<u8>> = shared(some, encode)?;
        encoded.iter().try_for_each(|block| out.block(block))?;
    }
    for values in [actions, meetings] {
        let lines: Vec<&[u8]> = values.iter().map(AsRef::as_ref).collect();
        out.block(&lines.join(&b'\n'))?;
    }
    out.block(&lean::lines(rows)?)?;
    out.finish(&head)
}

fn block_of(rows: &[Arc<Row>]) -> Vec<u8> {
    let lines: Vec<Vec<u8>> = rows.iter().map(|row| codec::json(&**row)).collect();
    lines.join(&b'\n')
}

/// The file, if its rows are of this form. After the blocks of rows come one each of actions, meetings, and of what
/// finds a row.
pub(super) fn open(home: &Path) -> Option<Sealed<Head>> {
    let file = Sealed::<Head>::open(&path(home))?;
    let blocks = file.head.rows.div_ceil(PER_BLOCK) + 3;
    (file.head.version == FORM && file.len() == blocks).then_some(file)
}

/// The values of a block, one per line; `None` if one of them is unreadable.
fn values<T: DeserializeOwned>(file: &Sealed<Head>, block: usize) -> Option<Vec<T>> {
    let text = String::from_utf8(file.block(block)?).ok()?;
    let lines = text.split('\n').filter(|line| !line.is_empty());
    lines.map(|line| serde_json::from_str(line).ok()).collect()
}

/// The rows of the first blocks that hold this many, decoded on all processors.
fn rows(file: &Sealed<Head>, count: usize) -> Option<Vec<Arc<Row>>> {
    let blocks: Vec<usize> = (0..count.div_ceil(PER_BLOCK)).collect();
    let read = |some: &[usize]| {
        let all = some.iter().map(|block| values::<Arc<Row>>(file, *block));
        Ok(all.collect::<Option<Vec<_>>>().into_iter().collect())
    };
    let read: Vec<Vec<Vec<Arc<Row>>>> = shared(&blocks, read).ok()?;
    let out: Vec<Arc<Row>> = read.into_iter().flatten().flatten().collect();
    // A part that cannot be read is missing.
    (out.len() >= count).then_some(out)
}

/// Whether there is a file and it is damaged. One of another version is only of no use.
pub(super) fn is_damaged(home: &Path) -> bool {
    /// How the file began before it was sealed.
    const UNSEALED: &[u8] = b"{\"version\"";
    let sound = || {
        let file = Sealed::<serde_json::Value>::open(&path(home))?;
        (0..file.len()).try_for_each(|n| file.block(n).map(drop))
    };
    let mut start = [0; UNSEALED.len()];
    let begun = std::fs::File::open(path(home)).and_then(|mut f| f.read_exact(&mut start));
    path(home).exists() && sound().is_none() && (begun.is_err() || start != *UNSEALED)
}

/// Removes the file: the rows are computed again.
pub(super) fn remove(home: &Path) {
    let _ = std::fs::remove_file(path(home));
}

/// The source of the file; `None` if there is no usable file.
pub(super) fn stamp(home: &Path) -> Option<Stamp> {
    open(home).map(|file| file.head.stamp)
}

/// The cached rows; `None` if they are of another policy or day.
pub(super) fn read(home: &Path, policy: u64, date: NaiveDate) -> Option<RowCache> {
    let file = open(home)?;
    let stamp = file.head.stamp.clone();
    if (stamp.policy, stamp.date) != (policy, date) {
        return None;
    }
    let count = file.head.rows;
    let beside = count.div_ceil(PER_BLOCK);
    let out = RowCache {
        stamp,
        rows: rows(&file, count)?,
        actions: values(&file, beside)?,
        meetings: values(&file, beside + 1)?,
    };
    let head = &file.head;
    let whole = (out.rows.len(), out.actions.len(), out.meetings.len());
    (whole == (head.rows, head.actions, head.meetings)).then_some(out)
}

/// The accounts as the desk showed them last, of any day: for a moment in which the store cannot be asked.
pub fn cached_accounts(home: &Path) -> Vec<Account> {
    let all = open(home).and_then(|file| rows(&file, file.head.rows));
    let all = all.unwrap_or_default();
    all.iter().map(|row| row.account.clone()).collect()
}

/// What was dismissed or marked when the file was written. The policy's stamp depends on it and is
/// needed before the store is open.
pub fn dismissed(home: &Path) -> Vec<Dismissal> {
    open(home).map_or_else(Vec::new, |file| file.head.settings.dismissed)
}

/// The first rows, of any day, which the first frame shows while the store opens.
pub fn preview(home: &Path) -> Option<Preview> {
    let file = open(home)?;
    let rows = rows(&file, file.head.rows.min(PREVIEW_ROWS))?;
    Some(Preview {
        rows,
        count: file.head.count,
        bands: file.head.bands,
        asides: file.head.settings.asides,
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
