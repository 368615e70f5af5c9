//! Writing: an operation goes to the journal, then to the tree in atomic batches.

use std::collections::BTreeMap;
use std::panic::resume_unwind;

use super::codec;
use super::files::check_free_space;
use super::frames::{FrameKind, Place, frame};
use super::freshness::tomorrow;
use super::handle::{Durability, Store};
use super::keys::{self, Meta, Writes};
use super::log::LogEntry;
use super::packed_history;
use super::panics::shielded;
use super::sharing::shared;
use crate::domain::account::Account;
use crate::domain::change::{Label, Operation, UsageChange};
use crate::domain::failure::Failure;
use crate::domain::health::history::{Entry, History};
use crate::domain::ids::AccountId;
use crate::domain::settings::first_use::FirstUse;

/// sled's batches stay small: larger ones slow its log down.
const BATCH: usize = 96;

/// Days of usage from which an operation is worth a second thread.
const LARGE: usize = 20_000;

/// New scores of an account, and the value of its whole history with them.
pub(super) struct NewScores {
    pub account: AccountId,
    pub fresh: Vec<Entry>,
    pub history: Vec<u8>,
}

impl Store {
    /// Writes one operation. When this returns `Ok`, the operation is in the journal and on disk. If the tree
    /// could not be written, the next opening repairs it from the journal.
    pub fn commit(&mut self, op: &Operation) -> Result<u64, Failure> {
        self.refuse_if_lost()?;
        let op = &*self.with_whole_attributes(op)?;
        if self.broken {
            return Err(Failure::Damaged {
                path: self.home.join("store").display().to_string(),
                reason: "a write did not finish; start again to repair it from the journal".into(),
            });
        }
        let seq = self.meta.seq + 1;
        // When an operation comes in parts, freshness is counted after the last.
        let whole =
            !matches!(op.label, Label::Rollback { .. }) && op.group.as_ref().is_none_or(|g| g.last);
        let home = self.home.clone();
        self.journal.begin(self.meta.seq)?;
        let place = self.journal.next_place();
        let encode = || {
            let body = codec::numbered(seq, &codec::operation(op));
            frame(FrameKind::Operation, &body)
        };
        let days: usize = op.usage.iter().map(|u| u.after.len()).sum();
        let (bytes, writes) = if days < LARGE {
            (encode()?, shielded(&home, || self.prepare(op, place))?)
        } else {
            // The frame of the journal is made beside the values of the tree.
            std::thread::scope(|scope| {
                let frame = scope.spawn(encode);
                let writes = shielded(&home, || self.prepare(op, place));
                let bytes = frame.join().unwrap_or_else(|panic| resume_unwind(panic));
                Ok::<_, Failure>((bytes?, writes?))
            })?
        };
        // sled blocks forever on a full disk, so check the free space first.
        let values: u64 = writes
            .iter()
            .map(|(key, value)| (key.len() + value.as_ref().map_or(0, Vec::len)) as u64)
            .sum();
        check_free_space(&self.home, bytes.len() as u64 + values * 4)?;
        self.forget_clean_end();
        let place = self.journal.append(&bytes)?;
        if self.durability == Durability::Full
            && let Err(failure) = self.journal.sync()
        {
            // The state of the disk after a failed sync is unknown, so refuse all further writes.
            self.journal.rewind(place);
            self.broken = true;
            return Err(failure);
        }
        self.journal.acknowledge(seq);
        self.meta.journal = Some(self.journal.mark());
        let written = shielded(&home, || {
            self.write(writes, seq)?;
            if whole {
                self.count_freshness(tomorrow(op))
            } else {
                Ok(())
            }
        });
        // The parts of a group are acknowledged together: until the last one, what the tree lacks after
        // a power cut comes from the journal, and the next opening takes it back.
        let is_end = op.group.as_ref().is_none_or(|g| g.last);
        let synced = || self.durability != Durability::Full || !is_end || self.sync_tree().is_ok();
        if written.is_err() || !synced() {
            self.broken = true;
        }
        // Not inside a group: rolling it back needs the segments of all its parts.
        if self.durability == Durability::Full && !self.broken && is_end {
            // A snapshot that fails now is tried again after the next operation.
            let _ = self.snapshot_if_due();
        }
        Ok(self.meta.seq)
    }

    /// Applies an operation of the journal to the tree. Applying it twice changes nothing, so a crash half way is
    /// repaired by applying it again.
    pub(super) fn apply(&mut self, op: &Operation, place: Place) -> Result<(), Failure> {
        let writes = self.prepare(op, place)?;
        self.write(writes, self.meta.seq + 1)
    }

    /// What an operation writes to the tree.
    fn prepare(&mut self, op: &Operation, place: Place) -> Result<Writes, Failure> {
        let mut writes = Writes::new();
        self.apply_changes(&op.changes, &mut writes)?;
        forget_earlier_histories(op, &mut writes);
        if self.meta.seq == 0 {
            let first = FirstUse { at: op.at };
            writes
                .entry(keys::of(&first))
                .or_insert_with(|| Some(codec::json(&first)));
        }
        let mut usage: BTreeMap<&AccountId, Vec<&UsageChange>> = BTreeMap::new();
        for change in &op.usage {
            usage.entry(&change.account).or_default().push(change);
        }
        // One account after the other, because a part of an import has a million days.
        for (account, changes) in usage {
            let mut all = self.usage(account)?;
            for change in changes {
                let series = all.0.entry(change.metric.clone()).or_default();
                series.merge(&change.after);
                if series.is_empty() {
                    all.0.remove(&change.metric);
                }
            }
            let value = (!all.0.is_empty()).then(|| codec::pressed(&all.pack()));
            writes.insert(keys::of_account(keys::USAGE, account), value);
        }
        let seq = self.meta.seq + 1;
        let entry = LogEntry::of(op, seq, place);
        writes.insert(keys::of_log(seq), Some(codec::json(&entry)));
        self.note_undo(op, &mut writes)?;
        let fresh = self.freshness.after(op);
        if fresh != self.freshness {
            self.freshness = fresh;
            writes.insert(keys::FEEDS.to_vec(), Some(codec::json(&self.freshness)));
        }
        Ok(writes)
    }

    /// Removes the mark of a clean close before the first write. [`Store::close`] and
    /// [`Store::leave`] write it again.
    pub(super) fn forget_clean_end(&mut self) {
        if !self.wrote {
            self.checked = self.last_check();
            self.wrote = true;
            let _ = std::fs::remove_file(self.home.join("cache").join("checked"));
        }
    }

    /// Records the scores of a day. They are observations, not edits: no undo and no log entry.
    pub fn record_history(&mut self, entries: &[(AccountId, Vec<Entry>)]) -> Result<(), Failure> {
        let all: Vec<_> = entries.iter().map(|(id, days)| (id, &days[..])).collect();
        match self.append_history(&all)? {
            Some(place) => self.apply_history(entries, place),
            None => Ok(()),
        }
    }

    /// As [`Self::record_history`], with the whole history of each account, which need not be read again.
    pub(super) fn record_histories(&mut self, all: &[NewScores]) -> Result<(), Failure> {
        let entries: Vec<_> = all.iter().map(|s| (&s.account, &s.fresh[..])).collect();
        let Some(place) = self.append_history(&entries)? else {
            return Ok(());
        };
        let write = |s: &NewScores| {
            let key = keys::of_account(keys::HISTORY, &s.account);
            (key, Some(s.history.clone()))
        };
        self.write_all(all.iter().map(write).collect(), |meta| {
            meta.recorded = Some(place)
        })
    }

    /// Appends scores to the journal; none where there is nothing to record, or nothing can be.
    fn append_history(
        &mut self,
        entries: &[(&AccountId, &[Entry])],
    ) -> Result<Option<Place>, Failure> {
        if entries.is_empty() || self.lost.is_some() || self.broken {
            return Ok(None);
        }
        let bytes = frame(
            FrameKind::History,
            &codec::numbered(self.meta.seq, &codec::pressed(&codec::json(&entries))),
        )?;
        check_free_space(&self.home, bytes.len() as u64 * 3)?;
        self.forget_clean_end();
        self.journal.begin(self.meta.seq)?;
        Ok(Some(self.journal.append(&bytes)?))
    }

    /// Writes the recorded scores of a frame of the journal to the tree.
    pub(super) fn apply_history(
        &mut self,
        entries: &[(AccountId, Vec<Entry>)],
        place: Place,
    ) -> Result<(), Failure> {
        let with_days = |(account, days): &(AccountId, Vec<Entry>)| {
            let mut history: History = self.history(account)?;
            for day in days {
                history.record(day.clone());
            }
            let value = packed_history::value(&history);
            Ok((keys::of_account(keys::HISTORY, account), Some(value)))
        };
        let writes = shared(entries, |some| some.iter().map(with_days).collect())?;
        self.write_all(writes.into_iter().collect(), |meta| {
            meta.recorded = Some(place)
        })
    }

    /// Writes keys in atomic batches, each with its counts. The last batch sets the new sequence number.
    pub(super) fn write(&mut self, writes: Writes, seq: u64) -> Result<(), Failure> {
        self.write_all(writes, |meta| meta.seq = seq)
    }

    /// As [`Store::write`]; `done` changes the meta record of the last batch.
    pub(super) fn write_all(
        &mut self,
        writes: Writes,
        done: impl Fn(&mut Meta),
    ) -> Result<(), Failure> {
        let mut rest: Vec<_> = writes.into_iter().collect();
        while !rest.is_empty() {
            let part: Vec<_> = rest.drain(..rest.len().min(BATCH)).collect();
            let mut batch = sled::Batch::default();
            let mut meta = self.meta.clone();
            for (key, value) in part {
                let tally = meta.counts.entry(key[0]).or_default();
                let old = self.get(&key)?;
                self.frozens.keep(&key, old.as_deref());
                if let Some(old) = old {
                    tally.take(&key, &old);
                }
                match value {
                    Some(value) => {
                        tally.add(&key, &value);
                        batch.insert(key, value);
                    }
                    None => batch.remove(key),
                }
            }
            if rest.is_empty() {
                done(&mut meta);
            }
            self.write_batch(batch, meta)?;
        }
        Ok(())
    }

    pub(super) fn write_batch(
        &mut self,
        mut batch: sled::Batch,
        meta: Meta,
    ) -> Result<(), Failure> {
        batch.insert(keys::META, codec::json(&meta));
        self.tree
            .apply_batch(batch)
            .map_err(|e| self.sled_failure(&e))?;
        self.meta = meta;
        Ok(())
    }

    pub(super) fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Failure> {
        Ok(self
            .tree
            .get(key)
            .map_err(|e| self.sled_failure(&e))?
            .map(|v| v.to_vec()))
    }
}

/// A new account starts without the scores of a deleted account that had its id. An undo or a redo brings an
/// account back, and its scores with it.
fn forget_earlier_histories(op: &Operation, writes: &mut Writes) {
    if matches!(
        op.label,
        Label::Undo { .. } | Label::Redo { .. } | Label::Rollback { .. }
    ) {
        return;
    }
    for change in &op.changes {
        if let (None, Some(account)) = change.typed::<Account>() {
            writes.insert(keys::of_account(keys::HISTORY, &account.id), None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::change::Change;
    use crate::domain::health::Band;
    use crate::domain::ids::Mint;

    /// The first start of a day records the scores of thousands of accounts. They must go to the
    /// tree once, not at every start of that day.
    #[test]
    fn an_opening_does_not_write_recorded_scores_again() {
        let home = tempfile::tempdir().expect("a folder");
        let at = chrono::DateTime::UNIX_EPOCH;
        let open = || {
            Store::open(home.path(), Durability::Full, &mut Mint::new(1), at)
                .expect("opens")
                .0
        };
        let id: AccountId = "a".into();
        let day = |d: u32| Entry {
            date: chrono::NaiveDate::from_ymd_opt(2026, 11, d).expect("day"),
            score: Some(50),
            band: Band::Red,
            coverage: 100,
            parts: Default::default(),
            replayed: false,
            policy: 1,
        };
        let mut store = open();
        let account = Change::create(Account::new(id.clone(), "A"));
        let op = Operation {
            id: "1".into(),
            at,
            actor: "me".into(),
            device: "test".into(),
            label: Label::Demo,
            group: None,
            changes: vec![account],
            usage: vec![],
        };
        store.commit(&op).expect("commits");
        store
            .record_history(&[(id.clone(), vec![day(1)])])
            .expect("records");
        // The history is deleted from the tree: if the journal were replayed, it would come back.
        store
            .write(
                [(keys::of_account(keys::HISTORY, &id), None)].into(),
                store.meta.seq,
            )
            .expect("writes");
        drop(store);
        let mut store = open();
        assert!(store.history(&id).expect("reads").entries().is_empty());
        store
            .record_history(&[(id.clone(), vec![day(2)])])
            .expect("records");
        assert_eq!(store.history(&id).expect("reads").entries().len(), 1);
        // A tree without the mark replays the whole history.
        store
            .write_all(Writes::from([(keys::FEEDS.to_vec(), None)]), |meta| {
                meta.recorded = None
            })
            .expect("writes");
        drop(store);
        assert_eq!(open().history(&id).expect("reads").entries().len(), 2);
    }
}
