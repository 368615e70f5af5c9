//! Undo and redo across sessions: they read the operations from the journal, as far back as it
//! reaches.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::handle::Store;
use super::keys::Writes;
use super::log::LogEntry;
use super::{codec, keys};
use crate::domain::change::{Change, Group, Label, Operation};
use crate::domain::edited::EditedField;
use crate::domain::failure::Failure;
use crate::domain::ids::{AccountId, Mint, RecordId};

impl Store {
    /// Undoes the newest edit that was not undone. Returns the operations written.
    pub fn undo(&mut self, mint: &mut Mint, at: DateTime<Utc>) -> Result<Vec<Operation>, Failure> {
        match self.undoable_units().into_iter().next() {
            Some(entries) => self.take_back(&entries, mint, at),
            None if self.log().any(|e| e.is_edit() && !e.undone) => Err(Failure::UndoReach),
            None => Err(Failure::NothingToUndo),
        }
    }

    /// The edits that were not undone, newest first, each with its operations, the newest first. Undo stops at
    /// the first that is out of [`Store::reach`].
    pub(super) fn undoable_units(&self) -> Vec<Vec<LogEntry>> {
        let mut units: Vec<Vec<LogEntry>> = Vec::new();
        let mut places: HashMap<RecordId, usize> = HashMap::new();
        for entry in self.recent_log() {
            if let Some(place) = places.get(entry.unit()) {
                units[*place].push(entry);
            } else if entry.is_edit() && !entry.undone {
                places.insert(entry.unit().clone(), units.len());
                units.push(vec![entry]);
            }
        }
        units
    }

    /// Redoes the last undone edit, unless there was a new edit since.
    pub fn redo(&mut self, mint: &mut Mint, at: DateTime<Utc>) -> Result<Vec<Operation>, Failure> {
        let mut redone: Vec<RecordId> = Vec::new();
        let mut unit = None;
        for entry in self.recent_log() {
            match &entry.label {
                Label::Redo { of, .. } => redone.push(of.clone()),
                Label::Undo { of, .. } => match redone.iter().position(|r| r == of) {
                    Some(i) => {
                        redone.remove(i);
                    }
                    None => {
                        unit = Some(of.clone());
                        break;
                    }
                },
                _ if entry.is_passed_over() => {}
                _ => {
                    if redone.is_empty() || !redone.contains(entry.unit()) {
                        break;
                    }
                }
            }
        }
        let unit = unit.ok_or(Failure::NothingToRedo)?;
        let mut entries: Vec<_> = self.recent_log().filter(|e| *e.unit() == unit).collect();
        entries.reverse();
        self.reach(&entries)?;
        let group = RecordId::new(mint.next(at).as_str());
        let many = entries.len() > 1;
        let last = entries.len().saturating_sub(1);
        let mut out = Vec::new();
        for (i, entry) in entries.iter().enumerate() {
            let mut op = self.body(entry)?;
            op.id = mint.next(at);
            op.at = at;
            op.changes.retain(Change::is_edit);
            op.label = Label::Redo {
                of: unit.clone(),
                what: Some(Box::new(entry.label.clone())),
            };
            op.group = many.then(|| Group {
                id: group.clone(),
                last: i == last,
            });
            self.commit_part(&op, mint, at)?;
            out.push(op);
        }
        Ok(out)
    }

    /// Writes the inverses of the operations of a unit, the last first.
    fn take_back(
        &mut self,
        entries: &[LogEntry],
        mint: &mut Mint,
        at: DateTime<Utc>,
    ) -> Result<Vec<Operation>, Failure> {
        self.reach(entries)?;
        let group = RecordId::new(mint.next(at).as_str());
        let last = entries.len().saturating_sub(1);
        let mut out = Vec::new();
        for (i, entry) in entries.iter().enumerate() {
            let mut op = self.body(entry)?.inverse(
                mint.next(at),
                at,
                Label::Undo {
                    of: entry.unit().clone(),
                    what: Some(Box::new(entry.label.clone())),
                },
            );
            op.group = (entries.len() > 1).then(|| Group {
                id: group.clone(),
                last: i == last,
            });
            self.commit_part(&op, mint, at)?;
            out.push(op);
        }
        Ok(out)
    }

    /// Whether all operations can be read. Checked before the first inverse is written.
    pub(super) fn reach(&self, entries: &[LogEntry]) -> Result<(), Failure> {
        if entries.iter().all(|entry| self.body(entry).is_ok()) {
            Ok(())
        } else {
            Err(Failure::UndoReach)
        }
    }

    /// Writes one part of a group. If that fails, the parts written are undone at once; if that
    /// fails too, the store refuses writes until the next opening undoes them.
    pub fn commit_part(
        &mut self,
        op: &Operation,
        mint: &mut Mint,
        at: DateTime<Utc>,
    ) -> Result<u64, Failure> {
        self.commit(op).inspect_err(|_| {
            if op.group.is_some() && self.roll_back_unfinished(mint, at).is_err() {
                self.broken = true;
            }
        })
    }

    /// Undoes a long operation that was interrupted, part by part. An undo that was itself
    /// interrupted continues. Returns the label.
    pub(super) fn roll_back_unfinished(
        &mut self,
        mint: &mut Mint,
        at: DateTime<Utc>,
    ) -> Result<Option<Label>, Failure> {
        let newest = self
            .recent_log()
            .find(|e| !matches!(e.label, Label::Rollback { .. }));
        let Some(newest) = newest.filter(|e| e.group.as_ref().is_some_and(|g| !g.last)) else {
            return Ok(None);
        };
        let unit = newest.unit().clone();
        let parts: Vec<_> = self
            .recent_log()
            .filter(|e| *e.unit() == unit && !e.rolled_back)
            .collect();
        if parts.is_empty() {
            return Ok(None);
        }
        for part in &parts {
            let label = Label::Rollback {
                of: unit.clone(),
                part: part.id.clone(),
                what: Box::new(part.label.clone()),
            };
            let op = self.body(part)?.inverse(mint.next(at), at, label);
            self.commit(&op)?;
        }
        self.count_freshness((at + chrono::Duration::days(1)).date_naive())?;
        Ok(Some(newest.label))
    }

    /// The accounts that the operations after `since` changed; `None` if an operation is
    /// unreadable.
    pub(super) fn touched_since(&self, since: u64) -> Option<Vec<AccountId>> {
        let mut out = Vec::new();
        for entry in self.log().take_while(|e| e.seq > since) {
            out.extend(self.body(&entry).ok()?.accounts());
        }
        out.sort();
        out.dedup();
        Some(out)
    }

    /// The newest changes of an account that undo can reach, newest first, at most `most`. `names` tells by the label
    /// alone whether it is about this account, where the label says so; for the others the operation is read, up to a
    /// bound, because those of an import are large.
    pub fn changes_of(
        &self,
        id: &AccountId,
        names: &dyn Fn(&Label) -> Option<bool>,
        most: usize,
    ) -> Vec<LogEntry> {
        const READ: usize = 100;
        let mut read = 0;
        let mut out: Vec<LogEntry> = Vec::new();
        for entry in self.recent_log().filter(LogEntry::is_shown) {
            if out.len() == most || read == READ {
                break;
            }
            if out.iter().any(|e| e.unit() == entry.unit()) {
                continue;
            }
            let about = names(&entry.label).unwrap_or_else(|| {
                read += 1;
                let body = self.body(&entry);
                body.is_ok_and(|op| op.accounts().contains(id))
            });
            if about {
                out.push(entry);
            }
        }
        out
    }

    /// When each field was last edited by hand, as far as undo can reach.
    pub fn last_edits(&self, fields: &[EditedField]) -> Vec<Option<DateTime<Utc>>> {
        /// Operations that are read, the newest: each is a person's and small.
        const READ: usize = 2_000;
        let mut out = vec![None; fields.len()];
        let edits = self.recent_log().filter(|e| may_edit_fields(&e.label));
        for entry in edits.take(READ) {
            if out.iter().all(Option::is_some) {
                break;
            }
            let Ok(operation) = self.body(&entry) else {
                continue;
            };
            for (field, at) in fields.iter().zip(&mut out) {
                let changed = |c| field.is_changed_by(c);
                if at.is_none() && operation.changes.iter().any(changed) {
                    *at = Some(operation.at);
                }
            }
        }
        out
    }

    pub(super) fn body(&self, entry: &LogEntry) -> Result<Operation, Failure> {
        let bytes = self.journal.read_at(entry.place)?;
        codec::from_numbered(&bytes)
            .and_then(|(seq, body)| {
                if seq == entry.seq {
                    codec::from_operation(body)
                } else {
                    Err(format!("operation {seq} where {} should be", entry.seq))
                }
            })
            .map_err(|reason| Failure::Damaged {
                path: self.home.join("journal").display().to_string(),
                reason,
            })
    }

    /// Marks the heads of the operations that an undo or redo concerns, in the same batch.
    pub(super) fn note_undo(&self, op: &Operation, writes: &mut Writes) -> Result<(), Failure> {
        let (unit, undone) = match &op.label {
            Label::Undo { of, .. } => (of, true),
            Label::Redo { of, .. } => (of, false),
            Label::Rollback { of, part, .. } => {
                if let Some(mut entry) = self
                    .recent_log()
                    .filter(|e| e.unit() == of)
                    .find(|e| e.id == *part)
                {
                    entry.rolled_back = true;
                    writes.insert(keys::of_log(entry.seq), Some(codec::json(&entry)));
                }
                return Ok(());
            }
            _ => return Ok(()),
        };
        if op.group.as_ref().is_some_and(|g| !g.last) {
            return Ok(());
        }
        for mut entry in self.recent_log().filter(|e| e.unit() == unit) {
            entry.undone = undone;
            writes.insert(keys::of_log(entry.seq), Some(codec::json(&entry)));
        }
        Ok(())
    }
}

/// Whether an operation of this label may be a person's edit of an account or a contact.
fn may_edit_fields(label: &Label) -> bool {
    matches!(
        label,
        Label::Edit { .. }
            | Label::EditMany { .. }
            | Label::Contact { .. }
            | Label::Merge { .. }
            | Label::Undo { .. }
            | Label::Redo { .. }
    )
}
