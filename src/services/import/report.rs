//! The report of an import: the rows that were read, the rejected ones with their reasons, and the
//! odd ones.

use chrono::NaiveDate;

use super::Kind;
use super::mapping::{Other, Through};
use super::table::Source;
use super::table::refusal::Refusal;
use crate::domain::facts::Oddity;
use crate::domain::ids::AccountId;

/// Why a row or a cell is not read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    NoAccount,
    UnknownAccount {
        near: Vec<String>,
    },
    /// The number of one account only, without its leading noughts.
    ShortId {
        id: AccountId,
        name: String,
    },
    SeveralAccounts {
        candidates: Vec<String>,
    },
    UnknownKey {
        through: Through,
    },
    NotADate,
    NoDateOrder,
    NotANumber,
    /// A word or a share where a score of the scale should stand.
    NotAScore,
    /// The row is no record, and no mistake.
    NoRecord {
        why: NoRecord,
    },
    /// `1.200` in a column that does not prove its mark of decimals.
    NoDecimalMark,
    /// A minus after the number, which may also close an amount.
    TrailingMinus,
    NoCurrency,
    /// The amount names another currency than the row.
    TwoCurrencies,
    UnknownWord {
        allowed: Vec<&'static str>,
    },
    /// Yes or No under a header that does not say what is asked.
    UnclearTruth,
    Missing {
        field: &'static str,
    },
    Duplicate {
        line: u64,
    },
    /// Bytes of the cell are no text in the encoding of the file.
    Undecodable,
    /// An open quotation mark took the following lines into one cell.
    Unclosed {
        lines: usize,
    },
    /// A quotation mark of the row closed an open one of an earlier row.
    StrayQuote,
    ExtraCells {
        cells: usize,
        columns: usize,
    },
    /// A cell of a sheet that no header stands over.
    OutsideTable {
        cell: String,
        columns: usize,
    },
    /// The file ends within the row.
    CutOff,
    Unreadable {
        reason: String,
    },
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

/// A row that was read although something in it cannot be right or was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flagged {
    pub file: String,
    pub line: u64,
    /// The column of a single cell; otherwise blank.
    pub column: String,
    pub value: String,
    pub flag: Flag,
}

/// Why a row is flagged.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flag {
    Oddity(Oddity),
    /// A cell that cannot be read stays blank.
    Unread(Reason),
    /// A cell with a word for nothing (`-`, `N/A`, 未定).
    Placeholder,
    /// The row has fewer cells than the header.
    Short,
    /// A text too long to be kept.
    TooLong,
    /// A day of which only the month is stated.
    MonthOnly,
    /// An end that is the first day after the term: the last paid day is kept.
    DayAfter,
    /// A last paid day in the place of a renewal: the day after it is kept.
    LastDay,
    /// A new account that looks like an existing one.
    LooksLike,
}

/// A row that is no record, or several of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    pub file: String,
    /// The line of the first; zero where the file as a whole is meant.
    pub line: u64,
    pub rows: u64,
    pub text: String,
    pub why: NoRecord,
}

/// Why a row is no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoRecord {
    /// A title or a note above the header.
    AboveHeader,
    /// The header again, as reports repeat it on each page.
    HeaderAgain,
    Total,
    /// A note below the table.
    Footer,
    /// A row of usage without a value, which is no observation.
    NoValue,
    /// Values of usage that a later row of the same account, day and metric took the place of.
    Replaced,
    /// A task that is still to do.
    NotDone,
    /// A heading of a part of the table.
    Heading,
    /// An example of how to fill in the table.
    Example,
    /// A sheet that the workbook hides.
    HiddenSheet,
}

/// A word that a closed list does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownWord {
    pub file: String,
    pub kind: Kind,
    pub field: String,
    pub column: String,
    pub word: String,
    pub rows: u64,
    pub allowed: Vec<&'static str>,
}

/// A field that a person edited since the last import and that a file states otherwise. The edit
/// stands unless the user gives it up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandEdit {
    pub file: String,
    pub line: u64,
    pub kind: Kind,
    /// The record's title.
    pub record: String,
    pub id: String,
    pub field: String,
    /// The day of the edit; none where the journal no longer has it.
    pub edited: Option<NaiveDate>,
    pub mine: String,
    pub theirs: String,
}

/// A field of an existing record that the import changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    pub kind: Kind,
    /// The record's title.
    pub record: String,
    pub id: String,
    pub field: String,
    pub old: String,
    pub new: String,
}

/// What an import asks before it is sure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// A column without a field looks like one of the kind's important fields.
    Column {
        file: String,
        kind: Kind,
        column: String,
        field: &'static str,
        samples: Vec<String>,
    },
    /// A new account looks like an existing one.
    SameAccount {
        file: String,
        line: u64,
        id: String,
        name: String,
        existing: AccountId,
        existing_name: String,
    },
    /// A name is a word for a total, but the row looks like a company.
    Total {
        file: String,
        line: u64,
        name: String,
    },
    /// The numbers of a column are those of accounts without their leading noughts.
    ShortIds {
        file: String,
        column: String,
        /// The different numbers.
        numbers: u64,
        /// The first of them, and the id that it is taken for.
        number: String,
        id: AccountId,
        name: String,
    },
}

/// A file as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct FileReport {
    pub name: String,
    pub headers: Vec<String>,
    /// The first different cells of each header.
    pub samples: Vec<Vec<String>>,
    /// Whether these are the outcome columns of a table of another kind, reported before.
    pub beside: bool,
    pub kind: Option<Kind>,
    pub mapping: String,
    /// Field → header, as recognised.
    pub columns: Vec<(String, String)>,
    /// Headers without a field.
    pub ignored: Vec<String>,
    /// Headers whose cells are kept with the account as they are.
    pub kept: Vec<String>,
    /// The metrics of a table of usage, as they will be stored.
    pub metrics: Vec<String>,
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
            samples: Vec::new(),
            beside: false,
            kind: None,
            mapping: String::new(),
            columns: Vec::new(),
            ignored: Vec::new(),
            kept: Vec::new(),
            metrics: Vec::new(),
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
    /// The user named the kind, and these fields are still without a column. One of each group is
    /// needed.
    Missing {
        kind: Kind,
        fields: Vec<&'static [&'static str]>,
    },
    /// A header that the user named is not in the file.
    NoColumn {
        header: String,
    },
    /// The table may be of this kind, but its cells do not show it.
    Unsure {
        kind: Kind,
        doubt: Doubt,
    },
    /// A table of a kind that is not imported: invoices, price lists, features.
    Other {
        table: &'static Other,
    },
    /// A sheet without a table, beside others that have one.
    NoTable,
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

/// What speaks against the kind of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// The same account stands on many rows of a list of accounts.
    Repeated,
    /// The scores of a survey are no scores.
    NoScores,
    /// The dates of the kind are no dates.
    NoDates,
    /// Only columns that many kinds of table have.
    FewColumns,
}

impl FileProblem {
    /// Whether data that the user wants was left out.
    pub fn is_loss(&self) -> bool {
        match self {
            FileProblem::Refused(why) => why.is_loss(),
            FileProblem::Other { .. } | FileProblem::NoTable | FileProblem::Again { .. } => false,
            FileProblem::Unrecognised
            | FileProblem::Missing { .. }
            | FileProblem::NoColumn { .. }
            | FileProblem::Unsure { .. }
            | FileProblem::Empty
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
