//! Writing: an operation goes to the journal, then to the tree in atomic batches.

use std::collections::{BTreeMap, HashMap};

use super::codec;
use super::files::check_room;
use super::freshness::tomorrow;
use super::handle::{Durability, Store};
use super::journal::{FrameKind, Place, frame};
use super::keys::{self, Meta, Writes};
use super::log::LogEntry;
use super::panics::shielded;
use crate::domain::change::{Change, Label, Operation};
use crate::domain::facts::usage::Usage;
use crate::domain::failure::Failure;
use crate::domain::health::history::{Entry, History};
use crate::domain::ids::AccountId;
use crate::domain::recorded::{Keeping, Nature};
use crate::domain::records::{Kind, Listed, VisitKind};
use crate::domain::settings::first_use::FirstUse;

/// sled's batches stay small: larger ones slow its log down.
const BATCH: usize = 96;

impl Store {
    /// Writes one operation. When this returns, it is on disk: in the journal at least, from which
    /// the tree is repaired at the next opening if it could not follow.
    pub fn commit(&mut self, op: &Operation) -> Result<u64, Failure> {
        self.refuse_if_lost()?;
        if self.broken {
            return Err(Failure::Damaged {
                path: self.home.join("store").display().to_string(),
                reason: "a write did not finish; start again to repair it from the journal".into(),
            });
        }
        let seq = self.meta.seq + 1;
        // Of operations in parts the feeds are counted after the last one.
        let whole =
            !matches!(op.label, Label::Rollback { .. }) && op.group.as_ref().is_none_or(|g| g.last);
        let bytes = frame(
            FrameKind::Operation,
            &codec::numbered(seq, &codec::operation(op)),
        )?;
        let home = self.home.clone();
        let writes = shielded(&home, || self.prepare(op, self.journal.next_place()))?;
        // sled waits for ever on a full disk: whatever it may write must fit beforehand.
        let values: u64 = writes
            .iter()
            .map(|(key, value)| (key.len() + value.as_ref().map_or(0, Vec::len)) as u64)
            .sum();
        check_room(&self.home, bytes.len() as u64 + values * 4)?;
        self.forget_clean_end();
        let place = self.journal.append(&bytes)?;
        if self.durability == Durability::Full
            && let Err(failure) = self.journal.sync()
        {
            // What a failed sync left on the disk is not known: nothing is built upon it.
            self.journal.rewind(place);
            self.broken = true;
            return Err(failure);
        }
        let written = shielded(&home, || {
            self.write(writes, seq)?;
            if whole {
                self.count_freshness(tomorrow(op))
            } else {
                Ok(())
            }
        });
        if written.is_err() || (self.durability == Durability::Full && self.sync_tree().is_err()) {
            self.broken = true;
        }
        // Never inside a group: its parts must stay in reach until it is whole.
        if self.durability == Durability::Full
            && !self.broken
            && op.group.as_ref().is_none_or(|g| g.last)
        {
            // A snapshot that cannot be written now is due again after the next operation.
            let _ = self.snapshot_if_due();
        }
        Ok(self.meta.seq)
    }

    /// Applies an operation that stands in the journal to the tree. Applying it again changes
    /// nothing, so that a crash half way is repaired by doing it over.
    pub(super) fn apply(&mut self, op: &Operation, place: Place) -> Result<(), Failure> {
        let writes = self.prepare(op, place)?;
        self.write(writes, self.meta.seq + 1)
    }

    /// What an operation writes to the tree.
    fn prepare(&mut self, op: &Operation, place: Place) -> Result<Writes, Failure> {
        let mut writes = Writes::new();
        self.apply_changes(&op.changes, &mut writes)?;
        if self.meta.seq == 0 {
            let first = FirstUse { at: op.at };
            writes
                .entry(keys::of(&first))
                .or_insert_with(|| Some(codec::json(&first)));
        }
        let mut usage: BTreeMap<&AccountId, Usage> = BTreeMap::new();
        for change in &op.usage {
            if !usage.contains_key(&change.account) {
                usage.insert(&change.account, self.usage(&change.account)?);
            }
            if let Some(all) = usage.get_mut(&change.account) {
                let series = all.0.entry(change.metric.clone()).or_default();
                series.merge(&change.after);
                if series.is_empty() {
                    all.0.remove(&change.metric);
                }
            }
        }
        for (account, all) in usage {
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

    /// The first write takes away the word of a clean end: only [`Store::close`] and
    /// [`Store::leave`] give it again.
    fn forget_clean_end(&mut self) {
        if !self.wrote {
            self.checked = self.last_check();
            self.wrote = true;
            let _ = std::fs::remove_file(self.home.join("cache").join("checked"));
        }
    }

    /// What the changes write, each kind of record in its own type. Changes of one folder are made
    /// together, so that it is read and written once.
    fn apply_changes(&self, changes: &[Change], writes: &mut Writes) -> Result<(), Failure> {
        let mut folders: BTreeMap<(Kind, &AccountId), Vec<&Change>> = BTreeMap::new();
        for change in changes {
            let Some(record) = change.record() else {
                continue;
            };
            record.kind().visit(Single {
                store: self,
                change,
                writes,
            })?;
            if let Some(account) = record.account() {
                folders
                    .entry((record.kind(), account))
                    .or_default()
                    .push(change);
            }
        }
        for ((kind, account), changes) in folders {
            kind.visit(Folder {
                store: self,
                account,
                changes: &changes,
                writes,
            })?;
        }
        Ok(())
    }

    /// Records scores of a day. They are observations, not edits: no undo, no log entry.
    pub fn record_history(&mut self, entries: &[(AccountId, Vec<Entry>)]) -> Result<(), Failure> {
        if entries.is_empty() || self.lost.is_some() || self.broken {
            return Ok(());
        }
        let bytes = frame(
            FrameKind::History,
            &codec::numbered(self.meta.seq, &codec::pressed(&codec::json(&entries))),
        )?;
        check_room(&self.home, bytes.len() as u64 * 3)?;
        self.forget_clean_end();
        let place = self.journal.append(&bytes)?;
        self.apply_history(entries, place)
    }

    /// Puts recorded scores, which stand at a place of the journal, into the tree.
    pub(super) fn apply_history(
        &mut self,
        entries: &[(AccountId, Vec<Entry>)],
        place: Place,
    ) -> Result<(), Failure> {
        let mut writes = Writes::new();
        for (account, days) in entries {
            let mut history: History = self.history(account)?;
            for day in days {
                history.record(day.clone());
            }
            writes.insert(
                keys::of_account(keys::HISTORY, account),
                Some(codec::pressed(&codec::json(&history))),
            );
        }
        self.write_all(writes, |meta| meta.recorded = Some(place))
    }

    /// Writes keys in atomic batches, each with the counts that belong to it; the last carries the
    /// new sequence number.
    pub(super) fn write(&mut self, writes: Writes, seq: u64) -> Result<(), Failure> {
        self.write_all(writes, |meta| meta.seq = seq)
    }

    /// As [`Store::write`]; the last batch carries what is `done`.
    fn write_all(&mut self, writes: Writes, done: impl Fn(&mut Meta)) -> Result<(), Failure> {
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

/// Writes one record under a key of its own; records in folders are left to [`Folder`].
struct Single<'a> {
    store: &'a Store,
    change: &'a Change,
    writes: &'a mut Writes,
}

impl VisitKind for Single<'_> {
    type Out = Result<(), Failure>;

    fn visit<R: Listed>(self) -> Self::Out {
        if R::KEEPING == Keeping::Folder {
            return Ok(());
        }
        let (before, after) = self.change.typed::<R>();
        // A record may move between shelves: an action done, a check-in finished.
        if let Some(before) = before {
            self.writes.insert(keys::of(before), None);
            if let Some(index) = before.shelf().index {
                self.writes.insert(keys::of_id(index, before.id()), None);
            }
        }
        let Some(after) = after else { return Ok(()) };
        let key = keys::of(after);
        let held = match R::NATURE {
            Nature::Mark => self.store.one::<R>(&key)?,
            Nature::Edit => None,
        };
        if let (Some(index), Some(account)) = (after.shelf().index, after.account()) {
            let value = account.as_str().as_bytes().to_vec();
            self.writes
                .insert(keys::of_id(index, after.id()), Some(value));
        }
        let value = match held {
            Some(held) => codec::json(&after.clone().over(&held)),
            None => codec::json(after),
        };
        self.writes.insert(key, Some(value));
        Ok(())
    }
}

/// Puts records into their account's folder or takes them out; an empty folder is no folder.
struct Folder<'a> {
    store: &'a Store,
    account: &'a AccountId,
    changes: &'a [&'a Change],
    writes: &'a mut Writes,
}

impl VisitKind for Folder<'_> {
    type Out = Result<(), Failure>;

    fn visit<R: Listed>(self) -> Self::Out {
        if R::KEEPING != Keeping::Folder {
            return Ok(());
        }
        let key = keys::of_account(keys::letter::<R>(0), self.account);
        let held: Vec<R> = match self.store.get(&key)? {
            Some(bytes) => {
                codec::from_folder(&bytes).map_err(|reason| self.store.damaged(reason))?
            }
            None => Vec::new(),
        };
        let mut all: Vec<Option<R>> = held.into_iter().map(Some).collect();
        let mut places: HashMap<String, usize> = all
            .iter()
            .enumerate()
            .filter_map(|(i, r)| Some((r.as_ref()?.id().to_owned(), i)))
            .collect();
        for change in self.changes {
            let (before, after) = change.typed::<R>();
            let Some(record) = after.or(before) else {
                continue;
            };
            match places.get(record.id()) {
                Some(&i) => {
                    let held = all[i].take();
                    all[i] = after.cloned().map(|after| match held {
                        Some(held) => after.over(&held),
                        None => after,
                    });
                }
                None => {
                    places.insert(record.id().to_owned(), all.len());
                    all.push(after.cloned());
                }
            }
        }
        let all: Vec<R> = all.into_iter().flatten().collect();
        let value = (!all.is_empty()).then(|| codec::folder(&all));
        self.writes.insert(key, value);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::account::Account;
    use crate::domain::health::Band;
    use crate::domain::ids::Mint;

    /// A morning's scores of thousands of accounts are put into the tree once, not at each start of the
    /// day.
    #[test]
    fn recorded_scores_are_not_recorded_again_at_the_next_opening() {
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
            parts: [None; 6],
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
        // What the tree lacks shows whether the journal is put in again.
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
        // A tree that knows nothing of it is given all.
        store
            .write_all(Writes::from([(keys::FEEDS.to_vec(), None)]), |meta| {
                meta.recorded = None
            })
            .expect("writes");
        drop(store);
        assert_eq!(open().history(&id).expect("reads").entries().len(), 2);
    }
}
