//! The report of an import: the rows that were read, the rejected ones with their reasons, and the
//! odd ones.

use super::Kind;
use super::mapping::Through;
use super::table::Source;
use super::table::refusal::Refusal;
use crate::domain::facts::Oddity;

/// Why a row is rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    NoAccount,
    UnknownAccount { near: Vec<String> },
    SeveralAccounts { candidates: Vec<String> },
    UnknownKey { through: Through },
    NotADate,
    NoDateOrder,
    NotANumber,
    NoCurrency,
    UnknownWord { allowed: Vec<&'static str> },
    Missing { field: &'static str },
    Duplicate { line: u64 },
    Unreadable { reason: String },
}

/// A rejected row: its place, its contents and the reason, with its cells so that it can be
/// corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    pub file: String,
    /// The file's place in the plan, because names may repeat.
    pub index: usize,
    pub line: u64,
    pub column: String,
    pub value: String,
    pub reason: Reason,
    pub cells: Vec<String>,
}

/// A row that was read although it cannot be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flagged {
    pub file: String,
    pub line: u64,
    pub oddity: Oddity,
}

/// A file as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct FileReport {
    pub name: String,
    pub headers: Vec<String>,
    pub kind: Option<Kind>,
    pub mapping: String,
    /// Field → header, as recognised.
    pub columns: Vec<(String, String)>,
    /// Headers without a field.
    pub ignored: Vec<String>,
    /// Headers whose cells are kept with the account as they are.
    pub kept: Vec<String>,
    pub rows: u64,
    /// Why the whole file was not read.
    pub problem: Option<FileProblem>,
}

impl FileReport {
    /// The report of a file before it is read.
    pub(crate) fn of(source: &Source) -> Self {
        Self {
            name: source.name.clone(),
            headers: Vec::new(),
            kind: None,
            mapping: String::new(),
            columns: Vec::new(),
            ignored: Vec::new(),
            kept: Vec::new(),
            rows: 0,
            problem: None,
        }
    }
}

/// Why a whole file was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileProblem {
    /// It is no table, or too large.
    Refused(Refusal),
    /// No layout fits its headers.
    Unrecognised,
    /// Neither headers nor rows.
    Empty,
    /// The same content as another file of the import.
    Again {
        first: String,
    },
    Unreadable {
        line: u64,
        reason: String,
    },
}

impl FileProblem {
    /// Whether data that the user wants was left out.
    pub fn is_loss(&self) -> bool {
        match self {
            FileProblem::Refused(why) => why.is_loss(),
            FileProblem::Unrecognised
            | FileProblem::Empty
            | FileProblem::Again { .. }
            | FileProblem::Unreadable { .. } => true,
        }
    }
}

/// Counted records; for usage, counts are days of a metric.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub new: u64,
    pub changed: u64,
    pub unchanged: u64,
    pub rejected: u64,
    pub flagged: u64,
}

/// Rejects and flags that are kept; further ones are only counted, so that memory stays bounded.
pub const KEPT: usize = 100_000;
