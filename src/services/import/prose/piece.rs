//! The parts of a split document: calls, and lines that are in none. Plain data.

use std::ops::Range;

use super::heading::{Heading, Who};
use crate::domain::note::Kind;
use crate::services::dates::in_text::Found;

/// Why lines are in no note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// A line of signs between calls.
    Rule,
    /// The title of the document, or other words before the first call.
    Title,
    /// A day, a year or an account that the calls below take over.
    Shared,
    /// Bytes that are no text.
    Unreadable,
}

/// Lines in no note, counted from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Apart {
    pub lines: Range<usize>,
    pub why: Why,
}

/// A day as it is written, and how the call came by it.
#[derive(Debug, Clone, PartialEq)]
pub struct DaySaid {
    pub found: Found,
    pub words: String,
    /// Taken from a heading above that may not be meant for this call.
    pub unsure: bool,
    /// The year of a heading above.
    pub year: Option<i32>,
}

/// One call: its lines, counted from 0, and what its heading says.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    pub lines: Range<usize>,
    pub who: Who,
    pub name: String,
    /// The account is taken from a heading above that may not be meant for this call.
    pub who_unsure: bool,
    pub day: Option<DaySaid>,
    pub kind: Option<Kind>,
    pub people: Vec<String>,
    pub heading: Option<Heading>,
    /// A line after the heading.
    pub body: bool,
}

/// The calls of a document, and the lines that are in none.
#[derive(Debug, Default)]
pub struct Split {
    pub pieces: Vec<Piece>,
    pub apart: Vec<Apart>,
}

/// The day that a heading states.
pub fn said(h: &Heading, year: Option<i32>) -> Option<DaySaid> {
    Some(DaySaid {
        found: h.day.clone()?,
        words: h.day_said.clone(),
        unsure: false,
        year,
    })
}

/// Days of headings, for the order of numbers in them.
pub fn days(split: &Split) -> impl Iterator<Item = &DaySaid> {
    split.pieces.iter().filter_map(|p| p.day.as_ref())
}
