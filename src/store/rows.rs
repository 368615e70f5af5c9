//! The portfolio's rows: computed from dossiers, the machine's processors sharing the work, and kept in
//! a disposable file (see `row_cache`) so that the first frame need not wait for sled. The file is keyed
//! by data version, policy and date.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use chrono::{Duration, NaiveDate};

use super::desk_records::CACHED;
use super::handle::Store;
use super::row_cache::{self, CachedRecords, CachedSettings, Stamp};
pub use super::row_cache::{Coming, begin, dismissed, preview, risk, riskiest_first};
use crate::domain::dossier::Dossier;
use crate::domain::failure::Failure;
use crate::domain::freshness::DataFreshness;
use crate::domain::health;
use crate::domain::health::history::Entry;
use crate::domain::health::why::{Why, why};
use crate::domain::ids::AccountId;
use crate::domain::settings::aside::Aside;
use crate::domain::standing::{Row, ScoringContext, standing};
use crate::domain::when::Now;

/// Weeks of the past for which a score is replayed when none was recorded: the trend's three, and
/// those of the history line.
const REPLAY_WEEKS: i64 = 18;

/// How rows are scored.
#[derive(Clone, Copy)]
pub struct Scoring<'a> {
    pub context: ScoringContext<'a>,
    /// See `config::Config::policy_stamp`.
    pub policy_stamp: u64,
    pub now: Now,
}

/// A row and the history entries that are new.
type Scored = (Row, Vec<Entry>);

/// Whether what was replayed of an account's past is to be replayed again.
pub type Again<'a> = &'a (dyn Fn(&AccountId) -> bool + Sync);

impl Store {
    /// All rows, from the cache when it is of this policy and day, else computed anew and recorded
    /// in the history.
    pub fn rows(&mut self, scoring: Scoring) -> Result<Vec<Arc<Row>>, Failure> {
        let stamp = self.stamp(scoring);
        let found = match self.coming.take() {
            Some(coming) => coming.0.join().ok().flatten(),
            None => row_cache::read(&self.home, stamp.policy, stamp.date),
        };
        // Begun before midnight they may be yesterday's. The same day and rules, and yet to be
        // computed: much data came in.
        let found = found.filter(|f| f.stamp.policy == stamp.policy && f.stamp.date == stamp.date);
        let changed = found.is_some();
        if let Some(cache) = found.filter(|f| f.stamp.feeds == stamp.feeds) {
            self.scored = Some(stamp.feeds);
            let seq = cache.stamp.seq;
            let (actions, meetings) = (cache.actions, cache.meetings);
            self.filed = Some(CachedRecords {
                seq,
                actions,
                meetings,
            });
            if let Some(rows) = self.catch_up(seq, cache.rows, scoring)? {
                return Ok(rows);
            }
        }
        self.rows_anew(scoring, &|_| changed)
    }

    /// [`Store::rows`] for callers that need none of the records held beside them.
    pub fn rows_alone(&mut self, scoring: Scoring) -> Result<Vec<Arc<Row>>, Failure> {
        let rows = self.rows(scoring);
        self.filed = None;
        rows
    }

    /// Every account's row, computed anew and recorded in the history; what was replayed is replayed
    /// `again` where asked. Riskiest first.
    pub fn rows_anew(&mut self, scoring: Scoring, again: Again) -> Result<Vec<Arc<Row>>, Failure> {
        /// Accounts whose dossiers and new scores are in memory at a time.
        const PIECE: usize = 1_000;
        let ids = self.account_ids()?;
        let mut rows = Vec::with_capacity(ids.len());
        for piece in ids.chunks(PIECE) {
            let scored: Vec<Scored> = shared(piece, |some| {
                let scores = some
                    .iter()
                    .map(|id| self.score(id, scoring, again(id)).transpose());
                scores.flatten().collect()
            })?;
            let mut recorded = Vec::new();
            for (row, new) in scored {
                if !new.is_empty() {
                    recorded.push((row.account.id.clone(), new));
                }
                rows.push(Arc::new(row));
            }
            // The history can be made again.
            let _ = self.record_history(&recorded);
        }
        self.scored = Some(self.freshness());
        riskiest_first(&mut rows);
        self.write_cache(&rows, scoring);
        if ids.len() > PIECE {
            self.looked_far();
        }
        Ok(rows)
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
        let (scored, feeds) = (self.scored?, self.freshness());
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
        let Scoring { context, now, .. } = scoring;
        Ok(self.dossier(id)?.map(|d| {
            why(
                &d,
                self.freshness(),
                context.policy,
                now.today(),
                now.zone,
                30,
            )
        }))
    }

    /// One account's row, and the history entries that are new.
    fn score(
        &self,
        id: &AccountId,
        scoring: Scoring,
        again: bool,
    ) -> Result<Option<Scored>, Failure> {
        let Some(mut dossier) = self.dossier(id)? else {
            return Ok(None);
        };
        let fresh = record(&mut dossier, self.freshness(), scoring, again);
        let standing = standing(&dossier, self.freshness(), scoring.context, scoring.now);
        let row = Row {
            account: dossier.account,
            standing,
        };
        Ok(Some((row, fresh)))
    }

    /// Whether the disposable file is of this very moment.
    pub fn rows_are_current(&self, scoring: Scoring) -> bool {
        row_cache::stamp(&self.home) == Some(self.stamp(scoring))
    }

    /// Brings the disposable file to this moment, for a quick next start.
    pub fn bring_rows_up(&mut self, scoring: Scoring) -> Result<(), Failure> {
        if self.rows_are_current(scoring) {
            return Ok(());
        }
        let rows = self.rows_alone(scoring)?;
        self.write_cache(&rows, scoring);
        Ok(())
    }

    /// Writes rows that the caller holds to the disposable file. They know of the last operation.
    pub fn keep_rows(&mut self, mut rows: Vec<Arc<Row>>, scoring: Scoring) -> Result<(), Failure> {
        if !self.rows_are_current(scoring) {
            riskiest_first(&mut rows);
            self.write_cache(&rows, scoring);
        }
        Ok(())
    }

    /// Writes the disposable file; without it the next start only takes longer.
    fn write_cache(&self, rows: &[Arc<Row>], scoring: Scoring) {
        let [actions, meetings] = CACHED.map(|kind| -> Vec<sled::IVec> {
            let pairs = self.tree.walk([kind]).filter_map(Result::ok);
            pairs.map(|(_, value)| value).collect()
        });
        let stamp = self.stamp(scoring);
        let settings = self.cached_settings(stamp.date);
        let _ = row_cache::write(&self.home, stamp, rows, &actions, &meetings, settings);
    }

    fn cached_settings(&self, day: NaiveDate) -> CachedSettings {
        let mut asides: Vec<Aside> = self.every().unwrap_or_default();
        asides.retain(|a| a.day == day);
        CachedSettings {
            asides,
            dismissed: self.dismissed().unwrap_or_default(),
        }
    }

    fn stamp(&self, scoring: Scoring) -> Stamp {
        Stamp {
            seq: self.meta.seq,
            policy: scoring.policy_stamp,
            date: scoring.now.today(),
            feeds: self.freshness(),
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

    /// Computes anew only what changed since the cache was written; none when that is too much. Where
    /// computing took longer than writing does, the result is written, so that the next caller need
    /// not compute it again.
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
        let worth_writing = touched.len() * WRITTEN >= rows.len();
        let other: HashSet<AccountId> = gone
            .into_iter()
            .chain(fresh.iter().map(|f| f.account.id.clone()))
            .collect();
        rows.retain(|r| !other.contains(&r.account.id));
        rows.extend(fresh.into_iter().map(Arc::new));
        riskiest_first(&mut rows);
        if worth_writing {
            self.write_cache(&rows, scoring);
        }
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
    let start = crate::domain::standing::contract_start(dossier).unwrap_or(NaiveDate::MIN);
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
        let score = health::score(
            dossier,
            feeds,
            scoring.context.policy,
            day,
            scoring.now.zone,
        );
        let entry = Entry::of(&score, day, true, scoring.context.rules);
        let held = dossier.history.at(day).filter(|e| e.date == day);
        if score.score.is_some() && held.is_none_or(|h| h.replayed && *h != entry) {
            fresh.push(entry);
        }
    }
    let score = health::score(
        dossier,
        feeds,
        scoring.context.policy,
        today,
        scoring.now.zone,
    );
    let entry = Entry::of(&score, today, false, scoring.context.rules);
    if dossier.history.at(today) != Some(&entry) && score.score.is_some() {
        fresh.push(entry);
    }
    for entry in &fresh {
        dossier.history.record(entry.clone());
    }
    fresh
}
