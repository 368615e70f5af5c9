//! The portfolio's rows: computed from dossiers, kept in a disposable file so that the first frame
//! need not wait for sled. The file is keyed by data version, policy and date.

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use chrono::{Duration, NaiveDate};
use serde::{Deserialize, Serialize};

use super::kept::{FILED, Filed, Ids};
use super::memory::give_back;
use super::{Store, codec, private_dir, private_file};
use crate::domain::action::Action;
use crate::domain::book::{Sums, risk_order, sums};
use crate::domain::cadence::touchpoint::Touchpoint;
use crate::domain::dossier::{Dossier, Feeds};
use crate::domain::failure::Failure;
use crate::domain::health;
use crate::domain::health::history::Entry;
use crate::domain::health::why::{Why, why};
use crate::domain::ids::AccountId;
use crate::domain::summary::{Lens, Row, standing};
use crate::domain::when::Now;

/// What a set of rows was computed from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    pub seq: u64,
    pub policy: u64,
    pub date: NaiveDate,
    /// How fresh data is across the desk speaks for every account.
    #[serde(default)]
    pub feeds: Feeds,
}

#[derive(Serialize, Deserialize)]
struct Head {
    version: String,
    stamp: Stamp,
    /// Lines that follow: rows, then records of the kinds that are [`FILED`].
    rows: usize,
    filed: [usize; FILED.len()],
    /// Accounts in the totals, and how they stand.
    count: usize,
    bands: [usize; 4],
}

/// The first rows of the cached portfolio, for the first frame.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    pub rows: Vec<Row>,
    pub count: usize,
    pub bands: [usize; 4],
}

/// The program's version and the form of a row: rows of another form are computed anew.
const FORM: &str = concat!(env!("CARGO_PKG_VERSION"), "+7");
/// Rows in the first frame's preview: more than the tallest terminal shows.
const PREVIEW_ROWS: usize = 160;
/// Days of the past for which a score is replayed when none was recorded: the trend's three, and
/// the weeks of the history line.
const REPLAY_WEEKS: i64 = 18;

/// How rows are scored.
#[derive(Clone, Copy)]
pub struct Scoring<'a> {
    pub lens: Lens<'a>,
    /// A number that changes with what the lens is made of.
    pub policy_stamp: u64,
    pub now: Now,
}

/// A row and the history entries that are new.
type Scored = (Row, Vec<Entry>);

impl Store {
    /// All rows, from the cache when it is of this policy and day, else computed anew and recorded
    /// in the history.
    pub fn rows(&mut self, scoring: Scoring) -> Result<Vec<Row>, Failure> {
        let stamp = self.stamp(scoring);
        let found = match self.coming.take() {
            Some(coming) => coming.0.join().ok().flatten(),
            None => read(&path(&self.home), stamp.policy, stamp.date),
        };
        let found = found.map(|file| {
            self.filed = Some(file.filed);
            (file.stamp, file.rows)
        });
        // Begun before midnight they may be yesterday's. The same day and rules, and yet to be computed: much
        // data came in.
        let found = found.filter(|(s, _)| s.policy == stamp.policy && s.date == stamp.date);
        let changed = found.is_some();
        if let Some((cached, rows)) = found.filter(|(s, _)| s.feeds == stamp.feeds) {
            self.scored = Some(stamp.feeds);
            if let Some(rows) = self.catch_up(cached.seq, rows, scoring)? {
                return Ok(rows);
            }
        }
        let mut rows = self.all_rows(scoring, |_| changed)?;
        rows.sort_by(risk);
        let _ = self.save_rows(&rows, scoring);
        Ok(rows)
    }

    /// Every account's row, computed anew and recorded in the history; what was replayed is replayed
    /// `again` where asked. In pieces, each recorded and put by before the next: thousands of accounts'
    /// pasts are as large as their rows, and rows that are made between dossiers keep the room of those
    /// from being given back.
    fn all_rows(&mut self, scoring: Scoring, again: impl Fn(&AccountId) -> bool + Sync) -> Result<Vec<Row>, Failure> {
        const PIECE: usize = 1_000;
        let ids = self.account_ids()?;
        let many = ids.len() > PIECE;
        let (mut rows, mut put_by) = (Vec::with_capacity(ids.len()), Vec::new());
        for piece in ids.chunks(PIECE) {
            let scored: Vec<Scored> = shared(piece, |some| some.iter().filter_map(|id| self.score(id, scoring, again(id)).transpose()).collect())?;
            let (mut made, new): (Vec<Row>, Vec<Vec<Entry>>) = scored.into_iter().unzip();
            let recorded: Vec<_> = made.iter().zip(new).filter(|(_, new)| !new.is_empty()).map(|(row, new)| (row.account.id.clone(), new)).collect();
            // History and cache can be made again: a full disk must not keep anyone from reading.
            let _ = self.record_history(&recorded);
            if many {
                put_by.push(codec::pressed(&codec::json(&made)));
            } else {
                rows.append(&mut made);
            }
        }
        self.scored = Some(self.feeds());
        if many {
            self.reopen()?;
            give_back();
            self.swollen = true;
        }
        for piece in put_by {
            let mut made: Vec<Row> = codec::unpressed(&piece).and_then(|json| codec::from_json(&json)).map_err(|reason| self.damaged(reason))?;
            made.iter_mut().for_each(Row::pack);
            rows.append(&mut made);
        }
        Ok(rows)
    }

    /// Whether so much was read that [`Store::reopen`] gives memory back.
    pub fn is_swollen(&self) -> bool {
        self.swollen
    }

    /// Rows that are being read already.
    pub fn expect(&mut self, coming: Option<Coming>) {
        self.coming = coming;
    }

    /// The rows of a few accounts, after they changed; and the ids that are no more. Where newer
    /// tickets or usage came in, the rows of all: whoever has none of them is quiet now, not unknown.
    pub fn rows_of(&mut self, ids: &[AccountId], scoring: Scoring) -> Result<(Vec<Row>, Vec<AccountId>), Failure> {
        if let Some(scored) = self.scored.filter(|s| *s != self.feeds()) {
            let asked: HashSet<&AccountId> = ids.iter().collect();
            // The past of the others is another one only where there was no such data at all.
            let first = scored.tickets.is_some() != self.feeds().tickets.is_some() || scored.usage.is_some() != self.feeds().usage.is_some();
            let rows = self.all_rows(scoring, |id| first || asked.contains(id))?;
            let there: HashSet<&AccountId> = rows.iter().map(|r| &r.account.id).collect();
            let gone = ids.iter().filter(|id| !there.contains(id)).cloned().collect();
            return Ok((rows, gone));
        }
        let (mut rows, mut gone, mut recorded) = (Vec::new(), Vec::new(), Vec::new());
        for id in ids {
            match self.score(id, scoring, true)? {
                Some((row, entries)) => {
                    rows.push(row);
                    if !entries.is_empty() {
                        recorded.push((id.clone(), entries));
                    }
                }
                None => gone.push(id.clone()),
            }
        }
        for chunk in recorded.chunks(2_000) {
            let _ = self.record_history(chunk);
        }
        Ok((rows, gone))
    }

    /// Why an account's score is what it is, against a month ago.
    pub fn why(&self, id: &AccountId, scoring: Scoring) -> Result<Option<Why>, Failure> {
        let Scoring { lens, now, .. } = scoring;
        Ok(self.dossier(id)?.map(|d| why(&d, self.feeds(), lens.policy, now.today(), now.zone, 30)))
    }

    /// One account's row, packed for being one of many, and the history entries that are new.
    fn score(&self, id: &AccountId, scoring: Scoring, again: bool) -> Result<Option<Scored>, Failure> {
        let Some(mut dossier) = self.dossier(id)? else { return Ok(None) };
        let fresh = record(&mut dossier, self.feeds(), scoring, again);
        let standing = standing(&dossier, self.feeds(), scoring.lens, scoring.now);
        let mut row = Row { account: dossier.account, standing };
        row.pack();
        Ok(Some((row, fresh)))
    }

    /// Whether the disposable file is of this very moment.
    pub fn rows_are_current(&self, scoring: Scoring) -> bool {
        let file = std::fs::File::open(path(&self.home)).ok();
        file.and_then(|f| read_head(&mut BufReader::new(f))).is_some_and(|head| head.stamp == self.stamp(scoring))
    }

    /// Writes the disposable file; without it the next start only takes longer.
    pub fn save_rows(&self, rows: &[Row], scoring: Scoring) -> Result<(), Failure> {
        let path = path(&self.home);
        private_dir(path.parent().unwrap_or(Path::new(".")))?;
        let Sums { count, bands, .. } = sums(rows.iter());
        let filed = |kind: u8| self.tree.walk([kind]).filter_map(Result::ok);
        let head = Head { version: FORM.into(), stamp: self.stamp(scoring), rows: rows.len(), filed: FILED.map(|kind| filed(kind).count()), count, bands };
        let temp = super::temporary(&path);
        let fail = |e: std::io::Error| Failure::io(&path, &e);
        let file = private_file().write(true).create(true).truncate(true).open(&temp).map_err(fail)?;
        let mut out = std::io::BufWriter::with_capacity(1 << 16, file);
        let mut line = |value: Vec<u8>| out.write_all(&value).and_then(|()| out.write_all(b"\n")).map_err(fail);
        line(codec::json(&head))?;
        for row in rows {
            line(codec::json(row))?;
        }
        for (_, value) in FILED.into_iter().flat_map(filed) {
            line(value.to_vec())?;
        }
        out.flush().map_err(fail)?;
        std::fs::rename(&temp, &path).map_err(fail)
    }

    fn stamp(&self, scoring: Scoring) -> Stamp {
        Stamp { seq: self.meta.seq, policy: scoring.policy_stamp, date: scoring.now.today(), feeds: self.feeds() }
    }

    /// Computes anew only what changed since the cache was written; none when that is too much. What took
    /// longer to compute than it takes to write is kept, so that who asks next need not do it again.
    fn catch_up(&mut self, since: u64, mut rows: Vec<Row>, scoring: Scoring) -> Result<Option<Vec<Row>>, Failure> {
        const WORTH: u64 = 500;
        /// Rows that are written while one is computed.
        const WRITTEN: usize = 16;
        if since == self.meta.seq {
            return Ok(Some(rows));
        }
        if since > self.meta.seq || self.meta.seq - since > WORTH {
            return Ok(None);
        }
        let Some(touched) = self.touched_since(since) else { return Ok(None) };
        let (fresh, gone) = self.rows_of(&touched, scoring)?;
        rows.retain(|r| !gone.contains(&r.account.id) && !fresh.iter().any(|f| f.account.id == r.account.id));
        rows.extend(fresh);
        rows.sort_by(risk);
        if touched.len() * WRITTEN >= rows.len() {
            let _ = self.save_rows(&rows, scoring);
        }
        Ok(Some(rows))
    }
}

/// Does a piece of work for every item, in the order given; the machine's processors share it.
pub fn shared<T: Sync, R: Send>(items: &[T], work: impl Fn(&[T]) -> Result<Vec<R>, Failure> + Sync) -> Result<Vec<R>, Failure> {
    /// Fewer are not worth a thread.
    const WORTH: usize = 64;
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(items.len() / WORTH).max(1);
    let shares: Vec<&[T]> = items.chunks(items.len().div_ceil(threads).max(1)).collect();
    std::thread::scope(|scope| {
        let work = &work;
        let others: Vec<_> = shares.iter().skip(1).map(|some| scope.spawn(move || work(some))).collect();
        let mut out = shares.first().map_or_else(|| Ok(Vec::new()), |some| work(some))?;
        for other in others {
            out.extend(other.join().map_err(|_| Failure::Stuck)??);
        }
        Ok(out)
    })
}

/// Adds today's score to the history, and replays the weeks before where nothing was recorded. Data
/// that came in may be of days before: what was replayed is replayed `again` then.
fn record(dossier: &mut Dossier, feeds: Feeds, scoring: Scoring, again: bool) -> Vec<Entry> {
    let today = scoring.now.today();
    let mut fresh = Vec::new();
    let start = crate::domain::summary::contract_start(dossier).unwrap_or(NaiveDate::MIN);
    let days: Vec<NaiveDate> = if dossier.history.at(today - Duration::days(1)).is_none() {
        (1..=REPLAY_WEEKS).rev().map(|w| w * 7).chain([30, 90]).map(|d| today - Duration::days(d)).filter(|d| *d >= start).collect()
    } else if again {
        dossier.history.entries().iter().filter(|e| e.replayed && e.date < today).map(|e| e.date).collect()
    } else {
        Vec::new()
    };
    for day in days {
        let score = health::score(dossier, feeds, scoring.lens.policy, day, scoring.now.zone);
        let entry = Entry::of(&score, day, true, scoring.lens.rules);
        let held = dossier.history.at(day).filter(|e| e.date == day);
        if score.score.is_some() && held.is_none_or(|h| h.replayed && *h != entry) {
            fresh.push(entry);
        }
    }
    let score = health::score(dossier, feeds, scoring.lens.policy, today, scoring.now.zone);
    let entry = Entry::of(&score, today, false, scoring.lens.rules);
    if dossier.history.at(today) != Some(&entry) && score.score.is_some() {
        fresh.push(entry);
    }
    for entry in &fresh {
        dossier.history.record(entry.clone());
    }
    fresh
}

/// Riskiest first: by band, then by score, then by name.
pub fn risk(a: &Row, b: &Row) -> std::cmp::Ordering {
    let key = |r: &Row| (r.standing.churned.is_some(), risk_order(r.standing.health.band), r.standing.health.score.unwrap_or(101));
    key(a).cmp(&key(b)).then_with(|| a.account.name.cmp(&b.account.name))
}

fn path(home: &Path) -> PathBuf {
    home.join("cache").join("rows")
}

/// Rows on their way from the disposable file, read while sled opens.
pub struct Coming(std::thread::JoinHandle<Option<File>>);

/// The disposable file, read.
struct File {
    stamp: Stamp,
    rows: Vec<Row>,
    filed: Filed,
}

/// Begins to read the rows of the last session, where they are by this policy and of this day.
pub fn begin(home: &Path, policy: u64, date: NaiveDate) -> Option<Coming> {
    let path = path(home);
    std::thread::Builder::new().name("rows".into()).spawn(move || read(&path, policy, date)).ok().map(Coming)
}

/// The cached rows; none of another policy or day, which would be read only to be thrown away. Read
/// line by line: the file is several times the size of what is kept.
fn read(path: &Path, policy: u64, date: NaiveDate) -> Option<File> {
    let mut reader = BufReader::with_capacity(1 << 16, std::fs::File::open(path).ok()?);
    let head = read_head(&mut reader)?;
    if head.version != FORM || head.stamp.policy != policy || head.stamp.date != date {
        return None;
    }
    let mut line = Vec::new();
    let rows: Vec<Row> = lines(&mut reader, &mut line, head.rows, Row::pack)?;
    let ids = Ids::of(&rows);
    let actions = lines(&mut reader, &mut line, head.filed[0], |a: &mut Action| ids.share(&mut a.account))?;
    let meetings = lines(&mut reader, &mut line, head.filed[1], |m: &mut Touchpoint| ids.share(&mut m.account))?;
    Some(File { filed: Filed { seq: head.stamp.seq, actions, meetings }, stamp: head.stamp, rows })
}

/// So many values, a line each, each made `small` as it comes.
fn lines<T: serde::de::DeserializeOwned>(reader: &mut impl BufRead, line: &mut Vec<u8>, count: usize, small: impl Fn(&mut T)) -> Option<Vec<T>> {
    let mut out = Vec::with_capacity(count);
    for _ in 0..count {
        line.clear();
        reader.read_until(b'\n', line).ok()?;
        let mut value = serde_json::from_slice(line).ok()?;
        small(&mut value);
        out.push(value);
    }
    Some(out)
}

fn read_head(reader: &mut impl BufRead) -> Option<Head> {
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    serde_json::from_slice(line.as_bytes()).ok()
}

/// The first rows, of whatever day: what the first frame shows while the store opens.
pub fn preview(home: &Path) -> Option<Preview> {
    let mut reader = BufReader::with_capacity(1 << 16, std::fs::File::open(path(home)).ok()?);
    let head = read_head(&mut reader)?;
    let mut line = String::new();
    let mut rows = Vec::new();
    while rows.len() < PREVIEW_ROWS.min(head.rows) {
        line.clear();
        reader.read_line(&mut line).ok()?;
        rows.push(serde_json::from_slice(line.as_bytes()).ok()?);
    }
    Some(Preview { rows, count: head.count, bands: head.bands })
}
