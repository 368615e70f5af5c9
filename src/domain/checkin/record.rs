//! The record of a check-in: what was planned, what happened when, what was written.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::agenda::{Section, Words};
use super::wrapup::{Sentiment, Wrapup};
use super::{Kind, Mark};
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::recorded::{AsOf, Nature, Recorded};
use crate::domain::when::Zone;

/// What the clock is read from: moments that were stored as they happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    pub at: DateTime<Utc>,
    pub what: EventKind,
}

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
    /// The time left was planned anew: targets in seconds by section.
    Replanned {
        targets: Vec<(usize, u32)>,
    },
    /// A section was left out from here on; its time so far stays.
    Dropped {
        section: usize,
    },
    /// A dropped section was taken in again.
    Restored {
        section: usize,
    },
    /// The customer must leave at this moment; none takes it back.
    LeaveBy {
        at: Option<DateTime<Utc>>,
    },
    /// The talk was agreed for this moment; none takes it back.
    StartAt {
        at: Option<DateTime<Utc>>,
    },
    /// How the talk felt at this moment `[live.call]`.
    Mood {
        sentiment: Sentiment,
    },
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

impl Line {
    /// What the line is: by its mark, else by the sign it begins with.
    pub fn meaning(&self) -> Option<Mark> {
        self.mark
            .or_else(|| Mark::of_text(&self.text).map(|(mark, _)| mark))
    }

    /// The words behind the sign.
    pub fn words(&self) -> &str {
        Mark::of_text(&self.text).map_or(self.text.trim(), |(_, words)| words)
    }

    /// Private lines leave the desk in nothing that is written, sent or answered.
    pub fn is_private(&self) -> bool {
        self.meaning() == Some(Mark::Private)
            || Mark::of_text(&self.text).is_some_and(|(mark, _)| mark == Mark::Private)
    }
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
    pub title: Option<Words>,
    pub author: String,
    pub created: DateTime<Utc>,
    pub sections: Vec<Section>,
    #[serde(default)]
    pub events: Vec<Event>,
    /// One list of lines per section.
    #[serde(default)]
    pub notes: Vec<Vec<Line>>,
    /// Seconds from opening its brief to starting it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prepared: Option<u32>,
    /// When the notes were last taken into this record: a draft older than this is history.
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
        let turns = |e: &&Event| {
            matches!(
                e.what,
                EventKind::Started | EventKind::Paused | EventKind::Resumed | EventKind::Ended
            )
        };
        match self.events.iter().rev().find(turns) {
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

    /// Started, and the note not yet complete: offered again at the next start.
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

    /// The lines that mean something, but for private ones.
    pub fn marked(&self, mark: Mark) -> impl Iterator<Item = &str> {
        self.lines()
            .filter(move |(_, l)| l.meaning() == Some(mark) && !l.is_private())
            .map(|(_, l)| l.words())
            .filter(|t| !t.is_empty())
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

    /// The moment the talk was agreed for, if one was set.
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

    /// How much later than agreed it began: whole minutes, none when it was on time.
    pub fn late_by(&self) -> Option<i64> {
        Some((self.started()? - self.start_at()?).num_minutes()).filter(|m| *m > 0)
    }

    /// How the talk felt, moment by moment.
    pub fn moods(&self) -> impl Iterator<Item = (DateTime<Utc>, Sentiment)> + '_ {
        self.events.iter().filter_map(|e| {
            if let EventKind::Mood { sentiment } = e.what {
                Some((e.at, sentiment))
            } else {
                None
            }
        })
    }

    /// Puts a section into a call under way: what was said of the sections behind it moves on.
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
