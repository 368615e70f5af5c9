//! Absences, and calendars in and out.

use std::path::PathBuf;

use crate::services::calendar::Busy;

#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// A new absence is wanted.
    Add,
    /// An absence or a calendar, by its name.
    Chosen(String),
    Absence,
    /// The path of a calendar.
    Path,
}

/// Answers of the runtime about calendar files.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// A calendar was read.
    Read { name: String, busy: Box<Busy> },
    /// Meetings were written as a calendar.
    Written {
        meetings: usize,
        path: String,
        /// What calendars were sent could not be recorded.
        unrecorded: bool,
    },
}

/// Work with calendar files, done by the runtime.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Reads a calendar for its busy times.
    Read { path: PathBuf },
    /// Writes the meetings of a year as a calendar: of all accounts, or only of one's own.
    Write { all: bool },
}
