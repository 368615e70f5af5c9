//! Writing: an operation goes to the journal, then to the tree in atomic batches.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::feeds::tomorrow;
use super::journal::{FrameKind, Place, frame};
use super::keys::{self, Meta};
use super::log::LogEntry;
use super::shield::shielded;
use super::{Durability, Store, check_room, codec};
use crate::domain::change::{Change, Label, Operation, Record};
use crate::domain::contact::Contact;
use crate::domain::facts::feedback::{Outcome, Survey};
use crate::domain::facts::subscription::Subscription;
use crate::domain::facts::ticket::Ticket;
use crate::domain::facts::touch::Touch;
use crate::domain::facts::usage::Usage;
use crate::domain::failure::Failure;
use crate::domain::health::history::{Entry, History};
use crate::domain::ids::AccountId;

/// sled's batches stay small: larger ones slow its log down.
const BATCH: usize = 96;

/// Values to write, by key; none takes the key away.
pub(super) type Writes = BTreeMap<Vec<u8>, Option<Vec<u8>>>;

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
                self.count_feeds(tomorrow(op))
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
        for change in &op.changes {
            self.apply_own(change, &mut writes);
        }
        self.apply_folders(&op.changes, &mut writes)?;
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
        let fresh = self.feeds.after(op);
        if fresh != self.feeds {
            self.feeds = fresh;
            writes.insert(keys::FEEDS.to_vec(), Some(codec::json(&self.feeds)));
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

    /// A record with a key of its own. Folder records are edited together, see `apply_folders`.
    fn apply_own(&self, change: &Change, writes: &mut Writes) {
        let Some(record) = change.record() else {
            return;
        };
        let Some(key) = keys::own_key(record) else {
            return;
        };
        // A record may move between keys (an action done, a check-in finished).
        if let Some(old) = change.before.as_ref().and_then(keys::own_key)
            && old != key
        {
            self.clear_index(change.before.as_ref(), writes);
            writes.insert(old, None);
        }
        if let Record::Checkin(c) = record
            && c.wrapup.finished.is_some()
        {
            let value = change
                .after
                .is_some()
                .then(|| c.account.as_str().as_bytes().to_vec());
            writes.insert(keys::of_id(keys::CHECKIN_TIME, c.id.as_str()), value);
        }
        writes.insert(key, change.after.as_ref().map(own_value));
    }

    fn apply_folders(&self, changes: &[Change], writes: &mut Writes) -> Result<(), Failure> {
        let mut folders: BTreeMap<(u8, &AccountId), Vec<&Change>> = BTreeMap::new();
        for change in changes {
            if let Some(record) = change.record()
                && let (Some(kind), Some(account)) = (keys::folder_kind(record), record.account())
            {
                folders.entry((kind, account)).or_default().push(change);
            }
        }
        for ((kind, account), changes) in folders {
            let key = keys::of_account(kind, account);
            let current = self.get(&key)?;
            let next = match kind {
                keys::CONTACTS => edit_folder::<Contact>(current, &changes),
                keys::SUBSCRIPTIONS => edit_folder::<Subscription>(current, &changes),
                keys::TICKETS => edit_folder::<Ticket>(current, &changes),
                keys::SURVEYS => edit_folder::<Survey>(current, &changes),
                keys::TOUCHES => edit_folder::<Touch>(current, &changes),
                _ => edit_folder::<Outcome>(current, &changes),
            };
            let next = next.map_err(|reason| Failure::Damaged {
                path: self.home.join("store").display().to_string(),
                reason,
            })?;
            writes.insert(key, next);
        }
        Ok(())
    }

    fn clear_index(&self, before: Option<&Record>, writes: &mut Writes) {
        if let Some(Record::Checkin(c)) = before
            && c.wrapup.finished.is_some()
        {
            writes.insert(keys::of_id(keys::CHECKIN_TIME, c.id.as_str()), None);
        }
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
                if let Some(old) = self.get(&key)? {
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

fn own_value(record: &Record) -> Vec<u8> {
    match record {
        Record::Account(r) => codec::json(r),
        Record::Note(r) => codec::json(r),
        Record::Action(r) => codec::json(r),
        Record::Checkin(r) => codec::json(r),
        Record::View(r) => codec::json(r),
        Record::Touchpoint(r) => codec::json(r),
        Record::Away(r) => codec::json(r),
        _ => Vec::new(),
    }
}

/// A record that lives in its account's folder.
trait InFolder: Serialize + DeserializeOwned + Clone {
    fn of(record: &Record) -> Option<&Self>;
    fn id(&self) -> &str;
}

macro_rules! in_folder {
    ($($name:ident),+) => {
        $(impl InFolder for $name {
            fn of(record: &Record) -> Option<&Self> {
                match record { Record::$name(r) => Some(r), _ => None }
            }
            fn id(&self) -> &str {
                self.id.as_str()
            }
        })+
    };
}
in_folder!(Contact, Subscription, Ticket, Survey, Touch, Outcome);

/// Puts records into their folder or takes them out; an empty folder is no folder.
fn edit_folder<T: InFolder>(
    current: Option<Vec<u8>>,
    changes: &[&Change],
) -> Result<Option<Vec<u8>>, String> {
    let mut all: Vec<Option<T>> = current
        .map_or(Ok(Vec::new()), |bytes| codec::from_folder::<T>(&bytes))?
        .into_iter()
        .map(Some)
        .collect();
    let mut places: HashMap<String, usize> = all
        .iter()
        .enumerate()
        .filter_map(|(i, r)| Some((r.as_ref()?.id().to_owned(), i)))
        .collect();
    for change in changes {
        let Some(record) = change.record().and_then(T::of) else {
            continue;
        };
        let next = change.after.as_ref().and_then(T::of).cloned();
        match places.get(record.id()) {
            Some(&i) => all[i] = next,
            None => {
                places.insert(record.id().to_owned(), all.len());
                all.push(next);
            }
        }
    }
    let all: Vec<T> = all.into_iter().flatten().collect();
    Ok((!all.is_empty()).then(|| codec::folder(&all)))
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
        let account = Change::create(Record::Account(Account::new(id.clone(), "A")));
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
