//! Times in which a person of the team is not free: busy hours of an imported calendar, and
//! absences. They belong to the desk; no account knows them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::closed::closed;
use crate::domain::ids::AccountId;
use crate::domain::recorded::{AsOf, Held, Nature, Recorded};
use crate::domain::when::Zone;

closed! {
    Why { Calendar = "calendar", Absence = "absence" }
}

/// One busy time. Spans sort in the order of a calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    pub start: DateTime<Utc>,
    /// The exclusive end.
    pub end: DateTime<Utc>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// It covers whole days: the person does not work on them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub whole: bool,
}

/// Days on which a person of the team does not work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    /// The calendar's name, or the id of the absence. An import under the same name replaces the
    /// earlier one.
    pub name: String,
    pub why: Why,
    /// The person the time belongs to.
    pub person: String,
    /// The person who covers the accounts meanwhile; empty: touches are planned around the time.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub cover: String,
    pub spans: Vec<Span>,
}

impl Held for Absence {
    type Key = String;

    fn key(&self) -> String {
        self.name.clone()
    }
}

impl Recorded for Absence {
    const NATURE: Nature = Nature::Edit;

    fn id(&self) -> &str {
        &self.name
    }

    fn account(&self) -> Option<&AccountId> {
        None
    }

    fn title(&self) -> String {
        self.name.clone()
    }

    fn over(self, _held: &Self) -> Self {
        self
    }

    fn of_other(self, _account: &AccountId) -> Self {
        self
    }

    fn as_of(&self, _at: &AsOf) -> Option<Self> {
        Some(self.clone())
    }

    fn newest(&self, _zone: Zone) -> Option<NaiveDate> {
        None
    }

    fn public(self) -> Option<Self> {
        Some(self)
    }
}

impl Absence {
    /// The conflict of a meeting from `start` to `end` with this time; none where they do not
    /// overlap.
    pub fn meets(&self, start: DateTime<Utc>, end: DateTime<Utc>) -> Option<&Span> {
        self.spans.iter().find(|s| s.start < end && start < s.end)
    }
}

/// The first and last day of an absence; none where it covers no whole day.
pub fn days(absence: &Absence, zone: Zone) -> Option<(NaiveDate, NaiveDate)> {
    let span = absence
        .spans
        .first()
        .filter(|_| absence.why == Why::Absence)?;
    Some((
        zone.day(span.start),
        zone.day(span.end - chrono::Duration::seconds(1)),
    ))
}
