//! Everything as JSON lines, and back: `export --all` re-imports to the same state.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::domain::change::{Kind, Record};
use crate::domain::dossier::Dossier;
use crate::domain::facts::usage::{Series, date_of, day_number};
use crate::domain::failure::json_reason;
use crate::domain::health::history::Entry;
use crate::domain::ids::AccountId;

/// The first line of an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub kenshin_export: u32,
    pub program: String,
    /// Private lines are in it: it never left its owner's hands.
    #[serde(default)]
    pub private: bool,
}

/// The record as it may leave the desk: without private lines.
#[must_use]
pub fn public(record: Record) -> Record {
    match record {
        Record::Note(mut note) => {
            note.text = note.public_text();
            Record::Note(note)
        }
        Record::Checkin(mut checkin) => {
            for lines in &mut checkin.notes {
                lines.retain(|l| !l.is_private());
            }
            Record::Checkin(checkin)
        }
        other => other,
    }
}

pub const VERSION: u32 = 1;

/// One line of an export.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
#[expect(clippy::large_enum_variant, reason = "a line lives only while it is written or read")]
pub enum Line {
    Record(Record),
    Usage { usage: AccountId, metric: String, points: Vec<(chrono::NaiveDate, f64)> },
    History { history: AccountId, entries: Vec<Entry> },
}

impl Line {
    /// A line as it is read; the column and the reason when it is none.
    pub fn read(text: &str) -> Result<Self, String> {
        /// What any of the lines may have.
        #[derive(Deserialize)]
        struct Written<'a> {
            kind: Option<Kind>,
            #[serde(borrow)]
            record: Option<&'a RawValue>,
            usage: Option<AccountId>,
            metric: Option<String>,
            points: Option<Vec<(chrono::NaiveDate, f64)>>,
            history: Option<AccountId>,
            entries: Option<Vec<Entry>>,
        }
        let written: Written = serde_json::from_slice(text.as_bytes()).map_err(|e| json_reason(&e, 0))?;
        match written {
            Written { kind: Some(kind), record: Some(json), .. } => {
                let before = json.get().as_ptr().addr() - text.as_ptr().addr();
                Record::of(kind, json).map(Line::Record).map_err(|e| json_reason(&e, before))
            }
            Written { usage: Some(usage), metric: Some(metric), points: Some(points), .. } => Ok(Line::Usage { usage, metric, points }),
            Written { history: Some(history), entries: Some(entries), .. } => Ok(Line::History { history, entries }),
            _ => Err("neither a record (`kind`, `record`) nor usage (`usage`, `metric`, `points`) nor a history (`history`, `entries`)".into()),
        }
    }
}

/// All lines of one account.
pub fn lines(d: Dossier) -> Vec<Line> {
    let id = d.account.id.clone();
    let mut out = vec![Line::Record(Record::Account(d.account))];
    out.extend(d.contacts.into_iter().map(Record::Contact).map(Line::Record));
    out.extend(d.subscriptions.into_iter().map(Record::Subscription).map(Line::Record));
    out.extend(d.tickets.into_iter().map(Record::Ticket).map(Line::Record));
    out.extend(d.surveys.into_iter().map(Record::Survey).map(Line::Record));
    out.extend(d.touches.into_iter().map(Record::Touch).map(Line::Record));
    out.extend(d.outcomes.into_iter().map(Record::Outcome).map(Line::Record));
    out.extend(d.notes.into_iter().map(Record::Note).map(Line::Record));
    out.extend(d.actions.into_iter().map(Record::Action).map(Line::Record));
    out.extend(d.checkins.into_iter().map(Record::Checkin).map(Line::Record));
    out.extend(d.touchpoints.into_iter().map(Record::Touchpoint).map(Line::Record));
    for (metric, series) in d.usage.0 {
        let points = series.points().iter().map(|(day, v)| (date_of(*day), *v)).collect();
        out.push(Line::Usage { usage: id.clone(), metric, points });
    }
    if !d.history.entries().is_empty() {
        out.push(Line::History { history: id, entries: d.history.entries().to_vec() });
    }
    out
}

/// The series of an export line.
pub fn series(points: &[(chrono::NaiveDate, f64)]) -> Series {
    Series::from_points(points.iter().map(|(d, v)| (day_number(*d), *v)).collect())
}
