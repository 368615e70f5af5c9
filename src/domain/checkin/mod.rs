//! A check-in: a timed agenda, what was said under each section, and how it was wrapped up.

pub mod agenda;
pub mod clock;
pub mod propose;
pub mod quality;
pub mod report;
pub mod wrapup;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::closed::closed;
use super::ids::{AccountId, RecordId};
use agenda::Section;
use wrapup::Wrapup;

closed! {
    /// `[checkin.types]`
    Kind { Health = "health", Onboarding = "onboarding", Review = "review", Risk = "risk", Growth = "growth" }
}

closed! {
    /// One-key marks on a line `[live.call]`.
    Mark {
        Action = "action", Quote = "quote", Risk = "risk", Opportunity = "opportunity",
        Feedback = "feedback", Decision = "decision", Question = "question", Private = "private",
    }
}

/// What the clock is read from: moments that were stored as they happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    pub at: DateTime<Utc>,
    pub what: EventKind,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum EventKind {
    Started,
    Entered { section: usize },
    Paused,
    Resumed,
    Extended { section: usize, minutes: u32 },
    Ended,
}

/// A line of the note, with the moment it was begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub at: Option<DateTime<Utc>>,
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Planned,
    Live,
    Paused,
    /// Ended, the wrap-up still to do.
    Unwritten,
    Done,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkin {
    pub id: RecordId,
    pub account: AccountId,
    pub kind: Kind,
    pub template: String,
    /// The template's name as it was then, for headings and notes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<agenda::Words>,
    pub author: String,
    pub created: DateTime<Utc>,
    pub sections: Vec<Section>,
    #[serde(default)]
    pub events: Vec<Event>,
    /// One list of lines per section.
    #[serde(default)]
    pub notes: Vec<Vec<Line>>,
    /// When the notes were last taken into this record: a draft older than this is history.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noted: Option<DateTime<Utc>>,
    #[serde(default)]
    pub wrapup: Wrapup,
}

impl Checkin {
    pub fn state(&self) -> State {
        if self.wrapup.finished.is_some() {
            return State::Done;
        }
        match self.events.iter().rev().find(|e| !matches!(e.what, EventKind::Extended { .. } | EventKind::Entered { .. })) {
            None => State::Planned,
            Some(e) => match e.what {
                EventKind::Ended => State::Unwritten,
                EventKind::Paused => State::Paused,
                _ => State::Live,
            },
        }
    }

    pub fn started(&self) -> Option<DateTime<Utc>> {
        self.events.iter().find(|e| e.what == EventKind::Started).map(|e| e.at)
    }

    pub fn ended(&self) -> Option<DateTime<Utc>> {
        self.events.iter().rev().find(|e| e.what == EventKind::Ended).map(|e| e.at)
    }

    /// Started, and the note not yet complete: offered again at the next start.
    pub fn unfinished(&self) -> bool {
        matches!(self.state(), State::Live | State::Paused | State::Unwritten)
    }

    /// All lines with their section, in agenda order.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &Line)> {
        self.notes.iter().enumerate().flat_map(|(i, lines)| lines.iter().map(move |l| (i, l)))
    }

    pub fn marked(&self, mark: Mark) -> impl Iterator<Item = &str> {
        self.lines().filter(move |(_, l)| l.mark == Some(mark)).map(|(_, l)| l.text.trim()).filter(|t| !t.is_empty())
    }
}
