//! What an import says of its files and rows: what was read, what stays out and why, what is odd.

use super::Kind;
use super::mapping::Through;
use super::table::Source;
use crate::domain::facts::Oddity;

/// Why a row stays out.
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

/// A row that stays out: where, what and why, with its cells so that it can be mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    pub file: String,
    /// The file's place in the plan: names may repeat.
    pub index: usize,
    pub line: u64,
    pub column: String,
    pub value: String,
    pub reason: Reason,
    pub cells: Vec<String>,
}

/// A row that came in though it cannot be right.
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
    /// Field → header, as it was understood.
    pub columns: Vec<(String, String)>,
    /// Headers that no field was found for.
    pub ignored: Vec<String>,
    /// Headers whose cells are kept with the account as they are.
    pub kept: Vec<String>,
    pub rows: u64,
    /// Why the file as a whole was not read.
    pub problem: Option<FileProblem>,
}

impl FileReport {
    /// Of a file that nothing is known of yet.
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

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileProblem {
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

/// Records counted; for usage, new, changed and unchanged are days of a metric.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub new: u64,
    pub changed: u64,
    pub unchanged: u64,
    pub rejected: u64,
    pub flagged: u64,
}

/// Rejects and flags kept one by one; beyond, they are only counted, so that memory stays bounded.
pub const KEPT: usize = 100_000;
