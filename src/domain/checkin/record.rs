//! The record of a check-in: the planned agenda, the events of the call, the note.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::agenda::{Section, Words};
use super::wrapup::{Sentiment, Wrapup};
use super::{Kind, Mark, public};
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::recorded::{AsOf, Nature, Recorded};
use crate::domain::when::Zone;

/// An event with its moment, stored as it happened. The clock is read from these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    pub at: DateTime<Utc>,
    pub what: EventKind,
}

/// What can happen in a call. The clocks are computed from these events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum EventKind {
    Started,
    Entered {
        section: usize,
    },
    Paused,
    Resumed,
    Extended {
        section: usize,
        minutes: u32,
    },
    /// The time left was replanned: targets in seconds, by section.
    Replanned {
        targets: Vec<(usize, u32)>,
    },
    /// A section is left out from here on; the time spent in it stays.
    Dropped {
        section: usize,
    },
    /// A section that was left out is back.
    Restored {
        section: usize,
    },
    /// The customer must leave at this moment; none removes the hard stop.
    LeaveBy {
        at: Option<DateTime<Utc>>,
    },
    /// The agreed start of the talk; none removes it.
    StartAt {
        at: Option<DateTime<Utc>>,
    },
    /// The length of the meeting, minutes: agreed, or planned when it started.
    Length {
        minutes: u32,
    },
    /// The mood of the talk at this moment.
    Mood {
        sentiment: Sentiment,
    },
    Ended,
}

/// A line of the note, with the moment its typing began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub at: Option<DateTime<Utc>>,
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
}

impl Line {
    /// The mark of the line: the one set by a key, else the one of its first sign.
    pub fn meaning(&self) -> Option<Mark> {
        self.mark
            .or_else(|| Mark::of_text(&self.text).map(|(mark, _)| mark))
    }

    /// The text after the sign.
    pub fn words(&self) -> &str {
        Mark::of_text(&self.text).map_or(self.text.trim(), |(_, words)| words)
    }

    /// Private lines never leave the desk: no file, message or answer contains them.
    pub fn is_private(&self) -> bool {
        self.meaning() == Some(Mark::Private)
            || Mark::of_text(&self.text).is_some_and(|(mark, _)| mark == Mark::Private)
    }
}

/// How far a check-in has come, computed from its events and wrap-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Planned,
    Live,
    Paused,
    /// Ended, but not wrapped up.
    Unwritten,
    Done,
}

/// A check-in as it is stored: agenda, events, notes, wrap-up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkin {
    pub id: RecordId,
    pub account: AccountId,
    pub kind: Kind,
    pub template: String,
    /// The name of the template at that time, for headings and notes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Words>,
    pub author: String,
    pub created: DateTime<Utc>,
    pub sections: Vec<Section>,
    #[serde(default)]
    pub events: Vec<Event>,
    /// One list of lines per section.
    #[serde(default)]
    pub notes: Vec<Vec<Line>>,
    /// Seconds between opening its brief and starting it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prepared: Option<u32>,
    /// The moment the notes were last saved to this record: an older draft is history.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noted: Option<DateTime<Utc>>,
    #[serde(default)]
    pub wrapup: Wrapup,
}

impl Recorded for Checkin {
    const NATURE: Nature = Nature::Edit;

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn account(&self) -> Option<&AccountId> {
        Some(&self.account)
    }

    fn title(&self) -> String {
        self.template.clone()
    }

    fn over(self, _held: &Self) -> Self {
        self
    }

    fn of_other(self, account: &AccountId) -> Self {
        Self {
            account: account.clone(),
            ..self
        }
    }

    fn as_of(&self, at: &AsOf) -> Option<Self> {
        (self.ended().unwrap_or(self.created) <= at.end).then(|| self.clone())
    }

    fn newest(&self, zone: Zone) -> Option<NaiveDate> {
        self.ended().map(|at| zone.day(at))
    }

    fn public(self) -> Option<Self> {
        let mut out = self;
        for lines in &mut out.notes {
            lines.retain(|l| !l.is_private());
        }
        Some(out)
    }
}

impl Checkin {
    pub fn state(&self) -> State {
        if self.wrapup.finished.is_some() {
            return State::Done;
        }
        let changes_state = |e: &&Event| {
            matches!(
                e.what,
                EventKind::Started | EventKind::Paused | EventKind::Resumed | EventKind::Ended
            )
        };
        match self.events.iter().rev().find(changes_state) {
            None => State::Planned,
            Some(e) => match e.what {
                EventKind::Ended => State::Unwritten,
                EventKind::Paused => State::Paused,
                _ => State::Live,
            },
        }
    }

    pub fn started(&self) -> Option<DateTime<Utc>> {
        self.events
            .iter()
            .find(|e| e.what == EventKind::Started)
            .map(|e| e.at)
    }

    pub fn ended(&self) -> Option<DateTime<Utc>> {
        self.events
            .iter()
            .rev()
            .find(|e| e.what == EventKind::Ended)
            .map(|e| e.at)
    }

    /// Planned, under way or ended, and not wrapped up.
    pub fn is_incomplete(&self) -> bool {
        self.wrapup.finished.is_none()
    }

    /// Started, with an incomplete note: the next start of the program offers it again.
    pub fn unfinished(&self) -> bool {
        matches!(self.state(), State::Live | State::Paused | State::Unwritten)
    }

    /// All lines with their section, in agenda order.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &Line)> {
        self.notes
            .iter()
            .enumerate()
            .flat_map(|(i, lines)| lines.iter().map(move |l| (i, l)))
    }

    /// The lines with a mark, private ones aside.
    pub fn marked(&self, mark: Mark) -> impl Iterator<Item = &str> {
        self.lines()
            .filter(move |(_, l)| l.meaning() == Some(mark) && !l.is_private())
            .map(|(_, l)| public(l.words()))
            .filter(|t| !t.is_empty())
    }

    /// The length of the meeting in minutes: what was agreed, else the one of its agenda.
    pub fn length(&self) -> u32 {
        let agreed = self.events.iter().rev().find_map(|e| match e.what {
            EventKind::Length { minutes } => Some(minutes),
            _ => None,
        });
        agreed.unwrap_or_else(|| super::agenda::total(&self.sections).length)
    }

    /// The moment the customer must leave, if one was set.
    pub fn leave_by(&self) -> Option<DateTime<Utc>> {
        self.events
            .iter()
            .rev()
            .find_map(|e| {
                if let EventKind::LeaveBy { at } = e.what {
                    Some(at)
                } else {
                    None
                }
            })
            .flatten()
    }

    /// The agreed start of the talk, if one was set.
    pub fn start_at(&self) -> Option<DateTime<Utc>> {
        self.events
            .iter()
            .rev()
            .find_map(|e| {
                if let EventKind::StartAt { at } = e.what {
                    Some(at)
                } else {
                    None
                }
            })
            .flatten()
    }

    /// Whole minutes between the agreed start and the real one; none when it was on time.
    pub fn late_by(&self) -> Option<i64> {
        Some((self.started()? - self.start_at()?).num_minutes()).filter(|m| *m > 0)
    }

    /// The moods of the talk, with their moments.
    pub fn moods(&self) -> impl Iterator<Item = (DateTime<Utc>, Sentiment)> + '_ {
        self.events.iter().filter_map(|e| {
            if let EventKind::Mood { sentiment } = e.what {
                Some((e.at, sentiment))
            } else {
                None
            }
        })
    }

    /// Inserts a section into a running call; the notes of the sections after it move along.
    pub fn insert_section(&mut self, at: usize, section: Section) {
        let at = at.min(self.sections.len());
        let shift = |i: &mut usize| {
            if *i >= at {
                *i += 1;
            }
        };
        for event in &mut self.events {
            match &mut event.what {
                EventKind::Entered { section }
                | EventKind::Extended { section, .. }
                | EventKind::Dropped { section }
                | EventKind::Restored { section } => shift(section),
                EventKind::Replanned { targets } => {
                    targets.iter_mut().for_each(|t| shift(&mut t.0))
                }
                _ => {}
            }
        }
        if self.notes.len() > at {
            self.notes.insert(at, Vec::new());
        }
        self.sections.insert(at, section);
    }
}
