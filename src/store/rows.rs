//! The portfolio's rows: computed from dossiers on all processors, and cached (see `row_cache`) for
//! one data version, policy and date, so that the first frame need not wait for sled.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use chrono::NaiveDate;

use super::desk_records::CACHED;
use super::handle::Store;
use super::row_cache::{self, CachedRecords, CachedSettings, RowCache, Stamp};
pub use super::row_cache::{
    IncomingRows, begin, cached_accounts, dismissed, preview, risk, riskiest_first,
};
use super::scored::Reading;
pub use super::scored::{Again, Scoring};
use super::sharing::shared;
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::domain::settings::aside::Aside;
use crate::domain::standing::Row;

/// Accounts whose dossiers and new scores are in memory at a time.
const AT_ONCE: usize = 1_000;

impl Store {
    /// All rows, from the cache if it is of this policy and day, else computed again and recorded
    /// in the history.
    pub fn rows(&mut self, scoring: Scoring) -> Result<Vec<Arc<Row>>, Failure> {
        let stamp = self.stamp(scoring);
        let found = match self.incoming_rows.take() {
            Some(incoming) => incoming.0.join().ok().flatten(),
            None => row_cache::read(&self.home, stamp.policy, stamp.date),
        };
        // A read that began before midnight may deliver yesterday's rows. If day and policy agree
        // but the rows must be computed, much data was added.
        let found = found.filter(|f| f.stamp.policy == stamp.policy && f.stamp.date == stamp.date);
        let changed = found.is_some();
        let ours = |f: &RowCache| f.stamp.freshness == stamp.freshness && self.knows(&f.stamp);
        if let Some(cache) = found.filter(ours) {
            self.scored = Some(stamp.freshness);
            let seq = cache.stamp.seq;
            let (actions, meetings) = (cache.actions, cache.meetings);
            self.cached_records = Some(CachedRecords {
                seq,
                actions,
                meetings,
            });
            if let Some(rows) = self.catch_up(seq, cache.rows, scoring)? {
                return Ok(rows);
            }
        }
        self.recompute_rows(scoring, &|_| changed)
    }

    /// [`Store::rows`] for callers that do not need the records beside them.
    pub fn rows_alone(&mut self, scoring: Scoring) -> Result<Vec<Arc<Row>>, Failure> {
        let rows = self.rows(scoring);
        self.cached_records = None;
        rows
    }

    /// The rows of all accounts, computed again and recorded in the history, riskiest first. The
    /// past scores of an account are computed again if `again` says so.
    pub fn recompute_rows(
        &mut self,
        scoring: Scoring,
        again: Again,
    ) -> Result<Vec<Arc<Row>>, Failure> {
        let ids = self.account_ids()?;
        let mut rows = self.compute(&ids, Reading::Together, scoring, again)?;
        self.scored = Some(self.freshness());
        riskiest_first(&mut rows);
        self.write_cache(&rows, scoring);
        Ok(rows)
    }

    /// Whether reading left too many pages in memory, so that [`Store::reopen`] is worthwhile.
    pub fn should_reopen(&self) -> bool {
        self.reopen_due.load(Ordering::Relaxed)
    }

    /// Sets the rows that another thread is reading.
    pub fn set_incoming_rows(&mut self, incoming_rows: Option<IncomingRows>) {
        self.incoming_rows = incoming_rows;
    }

    /// Whether newer tickets or usage arrived after the rows were computed: an account without any now
    /// counts as quiet, so all rows are outdated; `Some(true)`: the past scores change as well.
    pub fn outdated(&self) -> Option<bool> {
        let (scored, freshness) = (self.scored?, self.freshness());
        (scored != freshness).then(|| {
            scored.tickets.is_some() != freshness.tickets.is_some()
                || scored.usage.is_some() != freshness.usage.is_some()
        })
    }

    /// The rows of some accounts after a change, and the ids that no longer exist.
    pub fn rows_of(
        &mut self,
        ids: &[AccountId],
        scoring: Scoring,
    ) -> Result<(Vec<Arc<Row>>, Vec<AccountId>), Failure> {
        let rows = self.compute(ids, Reading::OneByOne, scoring, &|_| true)?;
        let found: HashSet<&AccountId> = rows.iter().map(|r| &r.account.id).collect();
        let gone = ids.iter().filter(|id| !found.contains(id)).cloned();
        let gone = gone.collect();
        Ok((rows, gone))
    }

    /// The rows of accounts, computed on all processors and recorded in the history. An id without an
    /// account has none.
    fn compute(
        &mut self,
        ids: &[AccountId],
        reading: Reading,
        scoring: Scoring,
        again: Again,
    ) -> Result<Vec<Arc<Row>>, Failure> {
        let mut scoring = scoring;
        scoring.context.first_use = self.first_use()?;
        let mut rows = Vec::with_capacity(ids.len());
        for piece in ids.chunks(AT_ONCE) {
            let scored = shared(piece, |some| self.scored(some, reading, scoring, again))?;
            let (mut recorded, mut heard) = (Vec::new(), Vec::new());
            for one in scored {
                recorded.extend(one.scores);
                heard.extend(one.heard.map(|h| (one.row.account.id.clone(), h)));
                rows.push(Arc::new(one.row));
            }
            // Ignore a failure: both can be computed again.
            let _ = self.record_histories(&recorded);
            let _ = self.keep_heard(&heard, scoring.policy_stamp);
        }
        Ok(rows)
    }

    /// Whether the row cache is up to date.
    pub fn rows_are_current(&self, scoring: Scoring) -> bool {
        row_cache::stamp(&self.home) == Some(self.stamp(scoring))
    }

    /// Updates the row cache, for a quick next start.
    pub fn update_row_cache(&mut self, scoring: Scoring) -> Result<(), Failure> {
        if self.rows_are_current(scoring) {
            return Ok(());
        }
        let rows = self.rows_alone(scoring)?;
        self.write_cache(&rows, scoring);
        Ok(())
    }

    /// Writes the caller's rows to the row cache. They must include the last operation.
    pub fn write_rows(&mut self, mut rows: Vec<Arc<Row>>, scoring: Scoring) -> Result<(), Failure> {
        if !self.rows_are_current(scoring) {
            riskiest_first(&mut rows);
            self.write_cache(&rows, scoring);
        }
        Ok(())
    }

    /// Writes the row cache. A failure is ignored: the next start only takes longer.
    fn write_cache(&self, rows: &[Arc<Row>], scoring: Scoring) {
        let [actions, meetings] = CACHED.map(|kind| -> Vec<sled::IVec> {
            let pairs = self.tree.scan([kind]).filter_map(Result::ok);
            pairs.map(|(_, value)| value).collect()
        });
        if rows.len() > AT_ONCE {
            self.mark_for_reopening();
        }
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
            operation: self.operation_at(self.meta.seq),
            policy: scoring.policy_stamp,
            date: scoring.now.today(),
            freshness: self.freshness(),
            end: Some(self.journal.end(self.meta.seq)),
        }
    }

    /// Whether a stamp is of this store: its last operation is among ours.
    fn knows(&self, stamp: &Stamp) -> bool {
        stamp.seq <= self.meta.seq && stamp.operation == self.operation_at(stamp.seq)
    }

    /// The accounts that changed since an operation; `None` if they are too many, or unknown.
    fn touched_lately(&self, since: u64) -> Option<Vec<AccountId>> {
        const WORTH: u64 = 500;
        let behind = self.meta.seq.checked_sub(since)?;
        if behind > WORTH {
            None
        } else {
            self.touched_since(since)
        }
    }

    /// Computes only the rows that changed since the cache was written; `None` if they are too
    /// many. If computing took longer than writing does, the result is written, so that the next
    /// caller need not compute it.
    fn catch_up(
        &mut self,
        since: u64,
        mut rows: Vec<Arc<Row>>,
        scoring: Scoring,
    ) -> Result<Option<Vec<Arc<Row>>>, Failure> {
        /// Rows written in the time in which one is computed.
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
        rows.extend(fresh);
        riskiest_first(&mut rows);
        if worth_writing {
            self.write_cache(&rows, scoring);
        }
        Ok(Some(rows))
    }
}
