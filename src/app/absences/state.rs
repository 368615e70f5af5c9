//! State of absences, and of calendar import and export.

use std::path::PathBuf;

use crate::services::calendar::Busy;

#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// The user asked for a new absence.
    Add,
    /// The chosen absence or calendar, by name.
    Chosen(String),
    Absence,
    /// The path of a calendar file.
    Path,
}

/// Results from the runtime about calendar files.
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
    /// Writes the meetings of the next year as a calendar: of all accounts, or only of the user's
    /// own.
    Write { all: bool },
}
