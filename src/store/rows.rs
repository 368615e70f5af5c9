//! The portfolio's rows: computed from dossiers, a share at a time, and kept in a disposable file (see
//! `rowfile`) so that the first frame need not wait for sled. The file is keyed by data version, policy
//! and date.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use chrono::{Duration, NaiveDate};

use super::Store;
use super::kept::Filed;
use super::memory::give_back;
use super::rowfile::{self, Reader, Sheaf, Stamp};
pub use super::rowfile::{Preview, preview};
use crate::domain::dossier::Dossier;
use crate::domain::failure::Failure;
use crate::domain::freshness::DataFreshness;
use crate::domain::health;
use crate::domain::health::history::Entry;
use crate::domain::health::why::{Why, why};
use crate::domain::ids::AccountId;
use crate::domain::summary::{Lens, Row, standing};
use crate::domain::when::Now;

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

/// Whether what was replayed of an account's past is to be replayed again.
pub type Again<'a> = &'a (dyn Fn(&AccountId) -> bool + Sync);

/// All rows on their way, computed anew.
pub enum Anew {
    /// From the disposable file.
    File(Reader),
    /// There was no room for the file.
    Held(std::vec::IntoIter<Row>),
}

impl Anew {
    /// The next so many rows; none when all came.
    pub fn next(&mut self, most: usize) -> Result<Vec<Row>, Failure> {
        match self {
            Self::File(reader) => reader.rows(most),
            Self::Held(rows) => Ok(rows.take(most).collect()),
        }
    }
}

impl Store {
    /// All rows, from the cache when it is of this policy and day, else computed anew and recorded
    /// in the history.
    pub fn rows(&mut self, scoring: Scoring) -> Result<Vec<Arc<Row>>, Failure> {
        let stamp = self.stamp(scoring);
        let found = match self.coming.take() {
            Some(coming) => coming.0.join().ok().flatten(),
            None => read(&self.home, stamp.policy, stamp.date),
        };
        // Begun before midnight they may be yesterday's. The same day and rules, and yet to be computed: much
        // data came in.
        let found = found.filter(|f| f.stamp.policy == stamp.policy && f.stamp.date == stamp.date);
        let changed = found.is_some();
        if let Some(File {
            stamp: cached,
            rows,
            filed,
        }) = found.filter(|f| f.stamp.feeds == stamp.feeds)
        {
            self.filed = Some(filed);
            self.scored = Some(stamp.feeds);
            if let Some(rows) = self.catch_up(cached.seq, rows, scoring)? {
                return Ok(rows);
            }
        }
        match self.rows_anew(scoring, &|_| changed)? {
            Anew::Held(rows) => Ok(rows.map(Arc::new).collect()),
            Anew::File(reader) => {
                let (rows, filed) = reader.whole()?;
                self.filed = Some(filed);
                Ok(rows)
            }
        }
    }

    /// [`Store::rows`] for who asks for nothing that stands beside them.
    pub fn rows_alone(&mut self, scoring: Scoring) -> Result<Vec<Arc<Row>>, Failure> {
        let rows = self.rows(scoring);
        self.filed = None;
        rows
    }

    /// Every account's row, computed anew and recorded in the history; what was replayed is replayed
    /// `again` where asked. They go to the disposable file as they are made, and come from there: what is
    /// kept in memory while thousands of accounts are looked through keeps the room of those from being
    /// given back.
    pub fn rows_anew(&mut self, scoring: Scoring, again: Again) -> Result<Anew, Failure> {
        let written = self.write_anew(scoring, again)?;
        if self.is_swollen() {
            // Before the rows come: between them it could not be given back.
            self.reopen()?;
            give_back();
        }
        match Reader::open(&self.home).filter(|_| written) {
            Some(reader) => Ok(Anew::File(reader)),
            // A full disk must not keep anyone from reading.
            None => {
                let mut rows = Vec::new();
                self.each_piece(scoring, again, &mut |mut made| {
                    rows.append(&mut made);
                    true
                })?;
                rows.sort_by(risk);
                Ok(Anew::Held(rows.into_iter()))
            }
        }
    }

    /// Whether the disposable file could be written.
    fn write_anew(&mut self, scoring: Scoring, again: Again) -> Result<bool, Failure> {
        let Ok(mut sheaf) = Sheaf::new(&self.home) else {
            return Ok(false);
        };
        Ok(
            self.each_piece(scoring, again, &mut |made| sheaf.add(&made).is_ok())?
                && self.bind(sheaf, scoring),
        )
    }

    /// Computes every account's row, and hands them on in pieces, as long as they are `taken`.
    fn each_piece(
        &mut self,
        scoring: Scoring,
        again: Again,
        taken: &mut dyn FnMut(Vec<Row>) -> bool,
    ) -> Result<bool, Failure> {
        /// Thousands of accounts' pasts are as large as their rows.
        const PIECE: usize = 1_000;
        let ids = self.account_ids()?;
        for piece in ids.chunks(PIECE) {
            let scored: Vec<Scored> = shared(piece, |some| {
                some.iter()
                    .filter_map(|id| self.score(id, scoring, again(id)).transpose())
                    .collect()
            })?;
            let (made, new): (Vec<Row>, Vec<Vec<Entry>>) = scored.into_iter().unzip();
            let recorded: Vec<_> = made
                .iter()
                .zip(new)
                .filter(|(_, new)| !new.is_empty())
                .map(|(row, new)| (row.account.id.clone(), new))
                .collect();
            // The history can be made again.
            let _ = self.record_history(&recorded);
            if !taken(made) {
                return Ok(false);
            }
        }
        self.scored = Some(self.feeds());
        if ids.len() > PIECE {
            self.looked_far();
        }
        Ok(true)
    }

    /// Whether so much was read that [`Store::reopen`] gives memory back.
    pub fn is_swollen(&self) -> bool {
        self.swollen.load(Ordering::Relaxed)
    }

    /// Rows that are being read already.
    pub fn expect(&mut self, coming: Option<Coming>) {
        self.coming = coming;
    }

    /// Whether newer tickets or usage came in than the rows were computed by: whoever has none of them is
    /// quiet now, not unknown, so that all are to be computed anew. Whether that is so of the past as well:
    /// there was no such data at all.
    pub fn outdated(&self) -> Option<bool> {
        let (scored, feeds) = (self.scored?, self.feeds());
        (scored != feeds).then(|| {
            scored.tickets.is_some() != feeds.tickets.is_some()
                || scored.usage.is_some() != feeds.usage.is_some()
        })
    }

    /// The rows of a few accounts, after they changed; and the ids that are no more.
    pub fn rows_of(
        &mut self,
        ids: &[AccountId],
        scoring: Scoring,
    ) -> Result<(Vec<Row>, Vec<AccountId>), Failure> {
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
        Ok(self
            .dossier(id)?
            .map(|d| why(&d, self.feeds(), lens.policy, now.today(), now.zone, 30)))
    }

    /// One account's row, packed for being one of many, and the history entries that are new.
    fn score(
        &self,
        id: &AccountId,
        scoring: Scoring,
        again: bool,
    ) -> Result<Option<Scored>, Failure> {
        let Some(mut dossier) = self.dossier(id)? else {
            return Ok(None);
        };
        let fresh = record(&mut dossier, self.feeds(), scoring, again);
        let standing = standing(&dossier, self.feeds(), scoring.lens, scoring.now);
        let row = Row {
            account: dossier.account,
            standing,
        };
        Ok(Some((row, fresh)))
    }

    /// Whether the disposable file is of this very moment.
    pub fn rows_are_current(&self, scoring: Scoring) -> bool {
        Reader::open(&self.home).is_some_and(|reader| reader.head.stamp == self.stamp(scoring))
    }

    /// Brings the disposable file to this moment, for a quick next start.
    pub fn bring_rows_up(&mut self, scoring: Scoring) -> Result<(), Failure> {
        let stamp = self.stamp(scoring);
        let held = Reader::open(&self.home)
            .filter(|r| r.head.stamp.policy == stamp.policy && r.head.stamp.date == stamp.date);
        let changed = held.is_some();
        if let Some(held) = held.filter(|r| r.head.stamp.feeds == stamp.feeds) {
            if held.head.stamp == stamp {
                return Ok(());
            }
            self.scored = Some(stamp.feeds);
            if let Some(touched) = self.touched_lately(held.head.stamp.seq) {
                let (fresh, gone) = self.rows_of(&touched, scoring)?;
                if Sheaf::from(held, &fresh, &gone).is_ok_and(|sheaf| self.bind(sheaf, scoring)) {
                    return Ok(());
                }
            }
        }
        self.write_anew(scoring, &|_| changed).map(drop)
    }

    /// Writes the disposable file; without it the next start only takes longer.
    fn bind(&self, sheaf: Sheaf, scoring: Scoring) -> bool {
        let filed = |kind: u8| {
            self.tree
                .walk([kind])
                .filter_map(Result::ok)
                .map(|(_, value)| value)
        };
        sheaf.write(self.stamp(scoring), filed).is_ok()
    }

    fn stamp(&self, scoring: Scoring) -> Stamp {
        Stamp {
            seq: self.meta.seq,
            policy: scoring.policy_stamp,
            date: scoring.now.today(),
            feeds: self.feeds(),
        }
    }

    /// The accounts that changed since an operation; none when those are too many, or not known.
    fn touched_lately(&self, since: u64) -> Option<Vec<AccountId>> {
        const WORTH: u64 = 500;
        let behind = self.meta.seq.checked_sub(since)?;
        if behind > WORTH {
            None
        } else {
            self.touched_since(since)
        }
    }

    /// Computes anew only what changed since the cache was written; none when that is too much. What took
    /// longer to compute than it takes to write is kept, so that who asks next need not do it again.
    fn catch_up(
        &mut self,
        since: u64,
        mut rows: Vec<Arc<Row>>,
        scoring: Scoring,
    ) -> Result<Option<Vec<Arc<Row>>>, Failure> {
        /// Rows that are written while one is computed.
        const WRITTEN: usize = 16;
        if since == self.meta.seq {
            return Ok(Some(rows));
        }
        let Some(touched) = self.touched_lately(since) else {
            return Ok(None);
        };
        let (fresh, gone) = self.rows_of(&touched, scoring)?;
        if touched.len() * WRITTEN >= rows.len()
            && let Some(held) = Reader::open(&self.home)
            && let Ok(sheaf) = Sheaf::from(held, &fresh, &gone)
        {
            self.bind(sheaf, scoring);
        }
        let other: HashSet<AccountId> = gone
            .into_iter()
            .chain(fresh.iter().map(|f| f.account.id.clone()))
            .collect();
        rows.retain(|r| !other.contains(&r.account.id));
        rows.extend(fresh.into_iter().map(Arc::new));
        riskiest_first(&mut rows);
        Ok(Some(rows))
    }
}

/// Does a piece of work for every item, in the order given; the machine's processors share it.
pub fn shared<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&[T]) -> Result<Vec<R>, Failure> + Sync,
) -> Result<Vec<R>, Failure> {
    /// Fewer are not worth a thread.
    const WORTH: usize = 64;
    let threads = std::thread::available_parallelism()
        .map_or(1, std::num::NonZero::get)
        .min(items.len() / WORTH)
        .max(1);
    let shares: Vec<&[T]> = items.chunks(items.len().div_ceil(threads).max(1)).collect();
    std::thread::scope(|scope| {
        let work = &work;
        let others: Vec<_> = shares
            .iter()
            .skip(1)
            .map(|some| scope.spawn(move || work(some)))
            .collect();
        let mut out = shares
            .first()
            .map_or_else(|| Ok(Vec::new()), |some| work(some))?;
        for other in others {
            out.extend(other.join().map_err(|_| Failure::Stuck)??);
        }
        Ok(out)
    })
}

/// Adds today's score to the history, and replays the weeks before where nothing was recorded. Data
/// that came in may be of days before: what was replayed is replayed `again` then.
fn record(
    dossier: &mut Dossier,
    feeds: DataFreshness,
    scoring: Scoring,
    again: bool,
) -> Vec<Entry> {
    let today = scoring.now.today();
    let mut fresh = Vec::new();
    let start = crate::domain::summary::contract_start(dossier).unwrap_or(NaiveDate::MIN);
    let days: Vec<NaiveDate> = if dossier.history.at(today - Duration::days(1)).is_none() {
        (1..=REPLAY_WEEKS)
            .rev()
            .map(|w| w * 7)
            .chain([30, 90])
            .map(|d| today - Duration::days(d))
            .filter(|d| *d >= start)
            .collect()
    } else if again {
        dossier
            .history
            .entries()
            .iter()
            .filter(|e| e.replayed && e.date < today)
            .map(|e| e.date)
            .collect()
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

/// Puts rows in the order of [`risk`].
pub fn riskiest_first(rows: &mut [Arc<Row>]) {
    rows.sort_by(|a, b| risk(a, b));
}

/// Riskiest first: by band, then by score, then by name; who left comes last.
pub fn risk(a: &Row, b: &Row) -> std::cmp::Ordering {
    fn place(r: &Row) -> impl Ord {
        rowfile::risk(
            r.standing.churned.is_some(),
            r.standing.health.band,
            r.standing.health.score,
            &r.account.name,
        )
    }
    place(a).cmp(&place(b))
}

/// Rows on their way from the disposable file, read while sled opens.
pub struct Coming(std::thread::JoinHandle<Option<File>>);

/// The disposable file, read.
struct File {
    stamp: Stamp,
    rows: Vec<Arc<Row>>,
    filed: Filed,
}

/// Begins to read the rows of the last session, where they are by this policy and of this day.
pub fn begin(home: &Path, policy: u64, date: NaiveDate) -> Option<Coming> {
    let home = home.to_owned();
    std::thread::Builder::new()
        .name("rows".into())
        .spawn(move || read(&home, policy, date))
        .ok()
        .map(Coming)
}

/// The cached rows; none of another policy or day, which would be read only to be thrown away.
fn read(home: &Path, policy: u64, date: NaiveDate) -> Option<File> {
    let reader = Reader::open(home)
        .filter(|r| r.head.stamp.policy == policy && r.head.stamp.date == date)?;
    let stamp = reader.head.stamp.clone();
    let (rows, filed) = reader.whole().ok()?;
    Some(File { stamp, rows, filed })
}
