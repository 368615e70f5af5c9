//! Undo and redo across sessions, and the log of who did what: heads stand in the tree, the
//! operations themselves in the journal.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::journal::Place;
use super::{Store, codec, keys};
use crate::domain::change::{Group, Label, Operation};
use crate::domain::failure::Failure;
use crate::domain::ids::{Mint, RecordId};
use crate::store::commit::Writes;

/// The head of an operation, as the log shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LogEntry {
    pub seq: u64,
    pub id: RecordId,
    pub at: DateTime<Utc>,
    pub actor: String,
    pub label: Label,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub undone: bool,
    /// A part of a group that was cut short, and has been taken back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub rolled_back: bool,
    pub(super) place: Place,
}

impl LogEntry {
    pub(super) fn of(op: &Operation, seq: u64, place: Place) -> Self {
        Self { seq, id: op.id.clone(), at: op.at, actor: op.actor.clone(), label: op.label.clone(), group: op.group.clone(), undone: false, rolled_back: false, place }
    }

    /// What an undo refers to: the group, or the operation itself.
    fn unit(&self) -> &RecordId {
        self.group.as_ref().map_or(&self.id, |g| &g.id)
    }

    fn is_edit(&self) -> bool {
        !self.rolled_back && !matches!(self.label, Label::Undo { .. } | Label::Redo { .. } | Label::Demo | Label::Call { .. } | Label::Rollback { .. })
    }
}

impl Store {
    /// The log, newest first.
    pub fn log(&self) -> impl Iterator<Item = LogEntry> + '_ {
        self.tree.scan_prefix([keys::LOG]).rev().filter_map(|pair| codec::from_json(&pair.ok()?.1).ok())
    }

    /// Takes back the last edit that still stands; answers the operations that were written.
    pub fn undo(&mut self, mint: &mut Mint, at: DateTime<Utc>) -> Result<Vec<Operation>, Failure> {
        let unit = self.log().find(|e| e.is_edit() && !e.undone).map(|e| e.unit().clone()).ok_or(Failure::NothingToUndo)?;
        self.take_back(&unit, mint, at)
    }

    /// Does the last undone edit again, unless something new was done since.
    pub fn redo(&mut self, mint: &mut Mint, at: DateTime<Utc>) -> Result<Vec<Operation>, Failure> {
        let mut redone: Vec<RecordId> = Vec::new();
        let mut unit = None;
        for entry in self.log() {
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
                Label::Call { .. } | Label::Rollback { .. } => {}
                _ => {
                    if redone.is_empty() || !redone.contains(entry.unit()) {
                        break;
                    }
                }
            }
        }
        let unit = unit.ok_or(Failure::NothingToRedo)?;
        let mut entries: Vec<_> = self.log().filter(|e| *e.unit() == unit).collect();
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
            op.label = Label::Redo { of: unit.clone(), what: Some(Box::new(entry.label.clone())) };
            op.group = many.then(|| Group { id: group.clone(), last: i == last });
            self.commit_part(&op, mint, at)?;
            out.push(op);
        }
        Ok(out)
    }

    /// Writes the inverse of every operation of a unit, last first.
    fn take_back(&mut self, unit: &RecordId, mint: &mut Mint, at: DateTime<Utc>) -> Result<Vec<Operation>, Failure> {
        let entries: Vec<_> = self.log().filter(|e| e.unit() == unit).collect();
        self.reach(&entries)?;
        let group = RecordId::new(mint.next(at).as_str());
        let last = entries.len().saturating_sub(1);
        let mut out = Vec::new();
        for (i, entry) in entries.iter().enumerate() {
            let mut op = self.body(entry)?.inverse(mint.next(at), at, Label::Undo { of: unit.clone(), what: Some(Box::new(entry.label.clone())) });
            op.group = (entries.len() > 1).then(|| Group { id: group.clone(), last: i == last });
            self.commit_part(&op, mint, at)?;
            out.push(op);
        }
        Ok(out)
    }

    /// All of it must be readable before the first part is written.
    fn reach(&self, entries: &[LogEntry]) -> Result<(), Failure> {
        if entries.iter().all(|entry| self.body(entry).is_ok()) { Ok(()) } else { Err(Failure::UndoReach) }
    }

    /// Writes one part of a group. When that fails, what was written of the group is taken back at
    /// once; where even that fails, nothing more is written until the next opening does it.
    pub fn commit_part(&mut self, op: &Operation, mint: &mut Mint, at: DateTime<Utc>) -> Result<u64, Failure> {
        self.commit(op).inspect_err(|_| {
            if op.group.is_some() && self.roll_back_unfinished(mint, at).is_err() {
                self.broken = true;
            }
        })
    }

    /// A long operation that was cut short is taken back whole, part by part; a taking back that
    /// was itself cut short goes on where it stopped. Answers its label.
    pub(super) fn roll_back_unfinished(&mut self, mint: &mut Mint, at: DateTime<Utc>) -> Result<Option<Label>, Failure> {
        let newest = self.log().find(|e| !matches!(e.label, Label::Rollback { .. }));
        let Some(newest) = newest.filter(|e| e.group.as_ref().is_some_and(|g| !g.last)) else { return Ok(None) };
        let unit = newest.unit().clone();
        let parts: Vec<_> = self.log().filter(|e| *e.unit() == unit && !e.rolled_back).collect();
        if parts.is_empty() {
            return Ok(None);
        }
        for part in &parts {
            let label = Label::Rollback { of: unit.clone(), part: part.id.clone(), what: Box::new(part.label.clone()) };
            let op = self.body(part)?.inverse(mint.next(at), at, label);
            self.commit(&op)?;
        }
        self.count_feeds((at + chrono::Duration::days(1)).date_naive())?;
        Ok(Some(newest.label))
    }

    /// Accounts touched by the operations after `since`; none when one of them cannot be read.
    pub(super) fn touched_since(&self, since: u64) -> Option<Vec<crate::domain::ids::AccountId>> {
        let mut out = Vec::new();
        for entry in self.log().take_while(|e| e.seq > since) {
            out.extend(self.body(&entry).ok()?.accounts());
        }
        out.sort();
        out.dedup();
        Some(out)
    }

    fn body(&self, entry: &LogEntry) -> Result<Operation, Failure> {
        let bytes = self.journal.read_at(entry.place)?;
        codec::from_numbered(&bytes)
            .and_then(|(seq, body)| if seq == entry.seq { codec::from_operation(body) } else { Err(format!("operation {seq} where {} should be", entry.seq)) })
            .map_err(|reason| Failure::Damaged { path: self.home.join("journal").display().to_string(), reason })
    }

    /// Marks what an undo or redo speaks of, in the same batch.
    pub(super) fn note_undo(&self, op: &Operation, writes: &mut Writes) -> Result<(), Failure> {
        let (unit, undone) = match &op.label {
            Label::Undo { of, .. } => (of, true),
            Label::Redo { of, .. } => (of, false),
            Label::Rollback { of, part, .. } => {
                if let Some(mut entry) = self.log().filter(|e| e.unit() == of).find(|e| e.id == *part) {
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
        for mut entry in self.log().filter(|e| e.unit() == unit) {
            entry.undone = undone;
            writes.insert(keys::of_log(entry.seq), Some(codec::json(&entry)));
        }
        Ok(())
    }
}
