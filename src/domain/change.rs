//! Every mutation is a change, as data: it applies, inverts and describes itself. Desk, command
//! line, socket and imports all write the same changes.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::closed::closed;
use super::facts::outcome::OutcomeKind;
use super::facts::step::StepKind;
use super::facts::usage::Day;
use super::ids::{AccountId, RecordId};
use super::recorded::Nature;
use super::records::{Listed, Record};

/// One record created, updated or removed. `before` is the previous record, so that undo
/// can restore it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    pub before: Option<Record>,
    pub after: Option<Record>,
}

impl Change {
    pub fn create(record: impl Into<Record>) -> Self {
        Self {
            before: None,
            after: Some(record.into()),
        }
    }

    pub fn update<R: Into<Record>>(before: R, after: R) -> Self {
        Self {
            before: Some(before.into()),
            after: Some(after.into()),
        }
    }

    /// A new record, or one that replaces the record under its id.
    pub fn put<R: Into<Record>>(before: Option<R>, after: R) -> Self {
        Self {
            before: before.map(Into::into),
            after: Some(after.into()),
        }
    }

    pub fn remove(record: impl Into<Record>) -> Self {
        Self {
            before: Some(record.into()),
            after: None,
        }
    }

    #[must_use]
    pub fn invert(self) -> Self {
        Self {
            before: self.after,
            after: self.before,
        }
    }

    /// The record after the change, or before it where the change removes it.
    pub fn record(&self) -> Option<&Record> {
        self.after.as_ref().or(self.before.as_ref())
    }

    /// The record before and after in its own type; both none when it is of another kind.
    pub fn typed<R: Listed>(&self) -> (Option<&R>, Option<&R>) {
        (
            self.before.as_ref().and_then(R::of),
            self.after.as_ref().and_then(R::of),
        )
    }

    pub fn after_as<R: Listed>(&self) -> Option<&R> {
        self.after.as_ref().and_then(R::of)
    }

    /// Whether undo restores the state before it.
    pub fn is_edit(&self) -> bool {
        self.record().is_some_and(|r| r.nature() == Nature::Edit)
    }
}

/// Days of one usage series set or removed. None removes the value of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct UsageChange {
    pub account: AccountId,
    pub metric: String,
    pub before: Vec<(Day, Option<f64>)>,
    pub after: Vec<(Day, Option<f64>)>,
}

impl UsageChange {
    #[must_use]
    pub fn invert(self) -> Self {
        Self {
            before: self.after,
            after: self.before,
            ..self
        }
    }
}

closed! {
    /// What was done with an action, where it is not another status.
    ActionStep { Added = "added", Edited = "edited", Informed = "informed", InformedCleared = "informed-cleared" }
}

/// The purpose of an operation, as data that each language words for itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Label {
    Import {
        files: Vec<String>,
    },
    Demo,
    Restore,
    /// One part of an account: `field` is its key. Journals of schema 3 hold its words instead.
    Edit {
        account: String,
        field: String,
    },
    NewAccount {
        account: String,
    },
    /// An account taken out of every list.
    Archive {
        account: String,
    },
    /// An archived account brought back.
    Unarchive {
        account: String,
    },
    /// A person's word on the risk of an account.
    Assessment {
        account: String,
    },
    /// The rescue of an account was opened or ended, or a step of it was taken.
    Case {
        account: String,
    },
    /// A contract that was kept or changed by hand.
    RenewalStep {
        account: String,
        kind: StepKind,
    },
    Contract {
        account: String,
    },
    /// What became of a term.
    Outcome {
        account: String,
        kind: OutcomeKind,
    },
    /// What became of several terms, said at once.
    Outcomes {
        terms: usize,
        kind: OutcomeKind,
    },
    /// Terms from before the first use that nobody will look up.
    Ignored {
        terms: usize,
    },
    /// Two accounts that are one customer.
    Merge {
        kept: String,
        other: String,
    },
    /// An account deleted with all its records.
    DeleteAccount {
        account: String,
    },
    /// One change to several accounts, as it was typed.
    EditMany {
        accounts: usize,
        what: String,
    },
    Note {
        account: String,
    },
    Action {
        what: String,
        /// Journals of earlier versions do not say it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        step: Option<ActionStep>,
    },
    ActionStatus {
        what: String,
        status: super::action::Status,
    },
    Checkin {
        account: String,
    },
    /// A call under way: its clock and notes. No unit of undo: undoing it would remove notes.
    Call {
        account: String,
    },
    /// An account set aside on Today, until tomorrow.
    Aside {
        account: String,
    },
    /// A warning phrase dismissed as a false alarm, or restored.
    Dismissal {
        words: String,
    },
    /// The program remembers what it did: when somebody looked, what a calendar was sent. Not an edit,
    /// and not shown.
    Mark,
    /// Settings of an earlier schema became records.
    Upgrade {
        from: u32,
    },
    /// Undoes one part of an interrupted group: `part` is the operation it inverts.
    Rollback {
        of: RecordId,
        part: RecordId,
        what: Box<Label>,
    },
    /// A record removed by hand.
    Delete {
        what: String,
    },
    Contact {
        name: String,
    },
    View {
        name: String,
    },
    /// An agreed meeting created, moved or closed.
    Touchpoint {
        account: String,
    },
    /// Touches of several accounts moved to other days.
    Smooth {
        touches: usize,
    },
    /// An imported calendar, by its name; without a name, an absence.
    #[serde(rename = "Away")]
    Absence {
        name: String,
    },
    Undo {
        of: RecordId,
        #[serde(default)]
        what: Option<Box<Label>>,
    },
    Redo {
        of: RecordId,
        #[serde(default)]
        what: Option<Box<Label>>,
    },
}

/// The group that a part of a long operation belongs to. A group without its last part is rolled
/// back when the store opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    pub id: RecordId,
    pub last: bool,
}

/// One unit of undo: the store writes all of it or nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Operation {
    pub id: RecordId,
    pub at: DateTime<Utc>,
    pub actor: String,
    pub device: String,
    pub label: Label,
    /// Operations of one group are undone together: a long import is written in parts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    pub changes: Vec<Change>,
    /// Usage has a codec of its own in the store: JSON would take fifty times the space.
    #[serde(skip)]
    pub usage: Vec<UsageChange>,
}

impl Operation {
    /// The operation that undoes this one: its edits inverted, last first. Marks (what the program
    /// remembers of its own work) stay.
    pub fn inverse(&self, id: RecordId, at: DateTime<Utc>, label: Label) -> Operation {
        Operation {
            id,
            at,
            actor: self.actor.clone(),
            device: self.device.clone(),
            label,
            group: None,
            changes: self
                .changes
                .iter()
                .rev()
                .filter(|c| c.is_edit())
                .cloned()
                .map(Change::invert)
                .collect(),
            usage: self
                .usage
                .iter()
                .rev()
                .cloned()
                .map(UsageChange::invert)
                .collect(),
        }
    }

    /// The accounts whose standing this operation may change, each once. Marks change none.
    pub fn accounts(&self) -> Vec<AccountId> {
        let mut out: Vec<AccountId> = self
            .changes
            .iter()
            .filter(|c| c.is_edit())
            .filter_map(|c| c.record().and_then(Record::account).cloned())
            .chain(self.usage.iter().map(|u| u.account.clone()))
            .collect();
        out.sort();
        out.dedup();
        out
    }
}
