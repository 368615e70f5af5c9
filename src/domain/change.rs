//! Every mutation is a change, as data: it applies, inverts and describes itself. Keys, the
//! command line, the socket and imports differ only in who wrote the changes.

use chrono::{DateTime, Utc};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use super::account::Account;
use super::action::Action;
use super::cadence::away::Away;
use super::cadence::touchpoint::Touchpoint;
use super::checkin::Checkin;
use super::closed::closed;
use super::contact::Contact;
use super::facts::feedback::{Outcome, Survey};
use super::facts::subscription::Subscription;
use super::facts::ticket::Ticket;
use super::facts::touch::Touch;
use super::facts::usage::Day;
use super::ids::{AccountId, RecordId};
use super::note::Note;
use super::view::View;

closed! {
    /// The kinds of record, in the order they depend on each other.
    Kind {
        Account = "account", Contact = "contact", Subscription = "subscription", Ticket = "ticket",
        Survey = "survey", Touch = "touch", Outcome = "outcome", Note = "note", Action = "action",
        Checkin = "checkin", View = "view", Touchpoint = "touchpoint", Away = "away",
    }
}

/// In JSON, `{"kind": …, "record": …}`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", content = "record")]
pub enum Record {
    #[serde(rename = "account")]
    Account(Account),
    #[serde(rename = "contact")]
    Contact(Contact),
    #[serde(rename = "subscription")]
    Subscription(Subscription),
    #[serde(rename = "ticket")]
    Ticket(Ticket),
    #[serde(rename = "survey")]
    Survey(Survey),
    #[serde(rename = "touch")]
    Touch(Touch),
    #[serde(rename = "outcome")]
    Outcome(Outcome),
    #[serde(rename = "note")]
    Note(Note),
    #[serde(rename = "action")]
    Action(Action),
    #[serde(rename = "checkin")]
    Checkin(Checkin),
    #[serde(rename = "view")]
    View(View),
    #[serde(rename = "touchpoint")]
    Touchpoint(Touchpoint),
    #[serde(rename = "away")]
    Away(Away),
}

/// By hand, and from JSON alone: what is derived also reads every kind of record from the form in which
/// it holds a record that stands before its kind, and that is half a megabyte of program.
impl<'de> Deserialize<'de> for Record {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Tagged {
            kind: Kind,
            record: Box<RawValue>,
        }
        let Tagged { kind, record } = Tagged::deserialize(deserializer)?;
        Record::of(kind, &record).map_err(D::Error::custom)
    }
}

impl Record {
    /// A record of a kind; the error's place is counted from the record's own beginning.
    pub fn of(kind: Kind, json: &RawValue) -> serde_json::Result<Self> {
        let json = json.get().as_bytes();
        Ok(match kind {
            Kind::Account => Record::Account(serde_json::from_slice(json)?),
            Kind::Contact => Record::Contact(serde_json::from_slice(json)?),
            Kind::Subscription => Record::Subscription(serde_json::from_slice(json)?),
            Kind::Ticket => Record::Ticket(serde_json::from_slice(json)?),
            Kind::Survey => Record::Survey(serde_json::from_slice(json)?),
            Kind::Touch => Record::Touch(serde_json::from_slice(json)?),
            Kind::Outcome => Record::Outcome(serde_json::from_slice(json)?),
            Kind::Note => Record::Note(serde_json::from_slice(json)?),
            Kind::Action => Record::Action(serde_json::from_slice(json)?),
            Kind::Checkin => Record::Checkin(serde_json::from_slice(json)?),
            Kind::View => Record::View(serde_json::from_slice(json)?),
            Kind::Touchpoint => Record::Touchpoint(serde_json::from_slice(json)?),
            Kind::Away => Record::Away(serde_json::from_slice(json)?),
        })
    }

    pub fn kind(&self) -> Kind {
        match self {
            Record::Account(_) => Kind::Account,
            Record::Contact(_) => Kind::Contact,
            Record::Subscription(_) => Kind::Subscription,
            Record::Ticket(_) => Kind::Ticket,
            Record::Survey(_) => Kind::Survey,
            Record::Touch(_) => Kind::Touch,
            Record::Outcome(_) => Kind::Outcome,
            Record::Note(_) => Kind::Note,
            Record::Action(_) => Kind::Action,
            Record::Checkin(_) => Kind::Checkin,
            Record::View(_) => Kind::View,
            Record::Touchpoint(_) => Kind::Touchpoint,
            Record::Away(_) => Kind::Away,
        }
    }

    /// The account it belongs to; none for what belongs to the desk.
    pub fn account(&self) -> Option<&AccountId> {
        match self {
            Record::Account(r) => Some(&r.id),
            Record::Contact(r) => Some(&r.account),
            Record::Subscription(r) => Some(&r.account),
            Record::Ticket(r) => Some(&r.account),
            Record::Survey(r) => Some(&r.account),
            Record::Touch(r) => Some(&r.account),
            Record::Outcome(r) => Some(&r.account),
            Record::Note(r) => Some(&r.account),
            Record::Action(r) => Some(&r.account),
            Record::Checkin(r) => Some(&r.account),
            Record::Touchpoint(r) => Some(&r.account),
            Record::View(_) | Record::Away(_) => None,
        }
    }

    pub fn id(&self) -> &str {
        match self {
            Record::Account(r) => r.id.as_str(),
            Record::Contact(r) => r.id.as_str(),
            Record::Subscription(r) => r.id.as_str(),
            Record::Ticket(r) => r.id.as_str(),
            Record::Survey(r) => r.id.as_str(),
            Record::Touch(r) => r.id.as_str(),
            Record::Outcome(r) => r.id.as_str(),
            Record::Note(r) => r.id.as_str(),
            Record::Action(r) => r.id.as_str(),
            Record::Checkin(r) => r.id.as_str(),
            Record::View(r) => &r.name,
            Record::Touchpoint(r) => r.id.as_str(),
            Record::Away(r) => &r.name,
        }
    }
}

/// One record made, changed or taken away. `before` is what stood there, so that it can be undone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    pub before: Option<Record>,
    pub after: Option<Record>,
}

impl Change {
    pub fn create(record: Record) -> Self {
        Self {
            before: None,
            after: Some(record),
        }
    }

    pub fn update(before: Record, after: Record) -> Self {
        Self {
            before: Some(before),
            after: Some(after),
        }
    }

    pub fn remove(record: Record) -> Self {
        Self {
            before: Some(record),
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

    /// The record it is about, as it was or as it will be.
    pub fn record(&self) -> Option<&Record> {
        self.after.as_ref().or(self.before.as_ref())
    }
}

/// Days of one usage series set or forgotten.
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

/// What an operation was for, in terms every language can word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Label {
    Import {
        files: Vec<String>,
    },
    Demo,
    Restore,
    Edit {
        account: String,
        field: String,
    },
    Note {
        account: String,
    },
    Action {
        what: String,
    },
    ActionStatus {
        what: String,
        status: super::action::Status,
    },
    Checkin {
        account: String,
    },
    /// A call under way: its clock and notes. Not an edit: undoing it would take notes away.
    Call {
        account: String,
    },
    /// A part of a group that was cut short, taken back: `part` is the operation it inverts.
    Rollback {
        of: RecordId,
        part: RecordId,
        what: Box<Label>,
    },
    /// Something taken away by hand.
    Delete {
        what: String,
    },
    Contact {
        name: String,
    },
    View {
        name: String,
    },
    /// An agreed meeting: made, moved, held.
    Touchpoint {
        account: String,
    },
    /// Touches of several accounts put on other days.
    Smooth {
        touches: usize,
    },
    /// A calendar taken in, or an absence.
    Away {
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

/// A part of a long operation. A group without its last part is rolled back when the store opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    pub id: RecordId,
    pub last: bool,
}

/// One undoable step: all of it is written, or none.
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
    /// Written by the store's own codec, because JSON would be fifty times the size.
    #[serde(skip)]
    pub usage: Vec<UsageChange>,
}

impl Operation {
    /// The changes that take this one back, last first.
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

    /// Accounts it touches, each once.
    pub fn accounts(&self) -> Vec<AccountId> {
        let mut out: Vec<AccountId> = self
            .changes
            .iter()
            .filter_map(|c| c.record().and_then(Record::account).cloned())
            .chain(self.usage.iter().map(|u| u.account.clone()))
            .collect();
        out.sort();
        out.dedup();
        out
    }
}
