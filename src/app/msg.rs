//! All that can happen to the desk, and all it may ask for: plain data, no closures.

use std::path::PathBuf;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::domain::book::Book;
use crate::domain::cadence::spread::{Job, Proposal};
use crate::domain::change::Operation;
use crate::domain::checkin::Line;
use crate::domain::dossier::Dossier;
use crate::domain::failure::Failure;
use crate::domain::freshness::DataFreshness;
use crate::domain::health::why::Why;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::settings::aside::Aside;
use crate::domain::standing::Row;
use crate::keys::Key;
use crate::services::backtest::Report;
use crate::services::backtest::fit::Fitted;
use crate::services::calendar::Busy;

/// What the store holds for the desk once it is open.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Opened {
    /// Made by the store's thread: of thousands of accounts it would hold up a frame.
    pub book: Book,
    /// What had to be mended or could not be read, in words.
    pub notices: Vec<String>,
}

/// What an import would do, as the review shows it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Planned {
    /// File, what it was taken for, and how many rows; or why it was not read.
    pub files: Vec<(String, String)>,
    /// Kind, new, changed, unchanged, rejected, flagged.
    pub kinds: Vec<(String, [u64; 5])>,
    pub samples: Vec<String>,
    /// Rejected rows in words, the first few.
    pub rejects: Vec<String>,
    /// Names that match no account, with how many rows and the nearest.
    pub unknown: Vec<(String, u64, Vec<String>)>,
    /// Sheets of an Excel file, when there are several to choose from.
    pub sheets: Vec<String>,
    pub empty: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    Key(Key),
    Paste(String),
    Resized {
        width: u16,
        height: u16,
    },
    /// The time `next_wake` asked for has come.
    Tick,
    /// What was being typed when the desk was last left, by its key. Comes before the first key, so
    /// that nobody types over it.
    Drafts(Vec<(String, serde_json::Value)>),
    /// The first rows of the last session, while the store opens.
    Preview {
        rows: Vec<Arc<Row>>,
        count: usize,
        bands: [usize; 4],
        asides: Vec<Aside>,
    },
    Opened(Box<Opened>),
    /// An operation is on disk; these rows are what became of its accounts.
    Stored {
        operation: Box<Operation>,
        rows: Vec<Arc<Row>>,
        gone: Vec<AccountId>,
    },
    /// An operation is not on disk.
    NotStored {
        id: RecordId,
        failure: Failure,
    },
    /// All rows, computed anew.
    Rescored {
        rows: Vec<Arc<Row>>,
    },
    Failed(Failure),
    Dossier(Box<Dossier>, DataFreshness),
    /// A draft outlives the program from here on: the next state of it may go.
    DraftWritten {
        key: String,
    },
    /// A draft outlives the machine from here on, or it does not.
    DraftSaved {
        key: String,
        /// It is not on disk: it is tried again.
        failed: bool,
    },
    /// A piece of the back-test is done.
    Backtesting {
        done: usize,
        total: usize,
    },
    /// The whole of it; the outer of `fitted` is whether a fit was asked for.
    Backtested {
        report: Box<Report>,
        fitted: Option<Option<Box<Fitted>>>,
    },
    Edited {
        text: Option<String>,
    },
    Planned(Box<Planned>),
    ImportProgress {
        rows: u64,
    },
    Imported {
        rejects_file: Option<String>,
    },
    Copied {
        bytes: usize,
        /// The file it also lies in: a terminal may not let anyone near its clipboard, and does not
        /// say so.
        path: String,
    },
    /// Notes that hold these words, a line of each, for the search that waits for them.
    Notes {
        words: String,
        lines: Vec<NoteLine>,
    },
    /// A note that was asked for.
    Note(Box<crate::domain::note::Note>),
    /// The lexicon of warning phrases was changed.
    Phrases(std::sync::Arc<crate::config::Lexicon>),
    /// Why an account's score is what it is.
    Why(AccountId, Box<Why>),
    /// How touches would be spread over the weeks.
    Spread(Box<Proposal>),
    /// A calendar was read.
    Calendar {
        name: String,
        busy: Box<Busy>,
    },
    /// Meetings were written as a calendar.
    GaveCalendar {
        meetings: usize,
        path: String,
    },
    /// A file was written for the user.
    Written {
        path: String,
    },
    /// The store found and mended something behind the desk.
    Notice(String),
}

/// One line of a past note.
#[derive(Debug, Clone, PartialEq)]
pub struct NoteLine {
    pub account: AccountId,
    pub note: RecordId,
    pub at: DateTime<Utc>,
    pub text: String,
}

/// A call's notes as they are typed: lines by section.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CallDraft {
    pub checkin: RecordId,
    pub account: AccountId,
    pub at: DateTime<Utc>,
    pub notes: Vec<Vec<Arc<Line>>>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    Commit(Box<Operation>),
    Undo,
    Redo,
    Load(AccountId),
    /// Notes of every account that hold all these words, the newest first.
    FindNotes {
        words: String,
    },
    /// One note, to be read.
    ReadNote {
        account: AccountId,
        id: RecordId,
    },
    /// A piece of the back-test: the first, or the next.
    Backtest {
        first: bool,
        fit: bool,
    },
    SaveDraft {
        key: String,
        body: serde_json::Value,
    },
    /// The same for a call: its lines are shared with the editor, and put into words only where they
    /// are written, because a workshop may have thousands.
    SaveCall {
        key: String,
        draft: Box<CallDraft>,
    },
    DiscardDraft {
        key: String,
    },
    /// Hands the text to `$VISUAL` or `$EDITOR`.
    EditOutside {
        text: String,
    },
    Copy(String),
    /// Writes a file into the user's folder of outputs, beside the store.
    WriteOut {
        name: String,
        bytes: Vec<u8>,
    },
    PlanImport {
        paths: Vec<PathBuf>,
        answers: Vec<(String, AccountId)>,
        sheet: Option<String>,
    },
    CommitImport,
    /// A new day began: standings must be computed again.
    Rescore,
    /// Asks how touches could be spread; a long computation.
    Spread(Box<Job>),
    /// Reads a calendar for its busy times.
    TakeCalendar {
        path: PathBuf,
    },
    /// Writes meetings as a calendar that knows what it said before.
    WriteCalendar {
        /// Of all accounts, not only one's own.
        all: bool,
    },
    /// Asks why the score of an account is what it is.
    Why(AccountId),
    Quit,
}

/// When something was last put on disk, for the footer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Saving {
    pub pending: usize,
    pub last: Option<DateTime<Utc>>,
}
