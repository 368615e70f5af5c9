//! State of an import: files, planned changes and the user's answers.

use std::path::PathBuf;

use crate::app::kit::list::ListState;
use crate::domain::ids::AccountId;

/// The planned changes of an import, for the review.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Planned {
    /// File, and the recognized kind with the number of rows, or why the file was not read.
    pub files: Vec<(String, String)>,
    /// Kind, with the counts of new, changed, unchanged, rejected and flagged rows.
    pub kinds: Vec<(String, [u64; 5])>,
    pub samples: Vec<String>,
    /// Descriptions of the first rejected rows.
    pub rejects: Vec<String>,
    /// Names that match no account, with the number of rows and the nearest names.
    pub unknown: Vec<(String, u64, Vec<String>)>,
    /// The sheets of a workbook that were read.
    pub sheets: Vec<String>,
    pub empty: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    pub paths: Vec<PathBuf>,
    /// `None` while the files are read.
    pub planned: Option<Planned>,
    /// Rows read or written so far.
    pub rows: u64,
    pub list: ListState,
    /// Unknown names, and the account each means.
    pub answers: Vec<(String, AccountId)>,
    /// The sheets of a workbook, if there are several.
    pub sheets: Vec<String>,
    /// The chosen sheet; otherwise all are read.
    pub sheet: Option<String>,
    pub writing: bool,
    /// Why the import stopped.
    pub error: Option<String>,
}

impl Review {
    pub fn stop(&mut self, why: String) {
        self.writing = false;
        self.error = Some(why);
    }

    /// Shows a plan.
    pub fn show(&mut self, mut planned: Planned) {
        if self.sheet.is_none() {
            self.sheets = std::mem::take(&mut planned.sheets);
        }
        self.planned = Some(planned);
    }

    /// Requests the plan again, with the current answers and sheet.
    pub fn again(&mut self) -> Effect {
        self.planned = None;
        Effect::Plan {
            paths: self.paths.clone(),
            answers: self.answers.clone(),
            sheet: self.sheet.clone(),
        }
    }
}

/// The review as a layer over the screen.
pub type Layer = Box<Review>;

#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    Paths,
    /// The account that an unknown name means.
    Means(String, AccountId),
}

/// Results from the runtime about an import.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    Planned(Box<Planned>),
    Progress {
        rows: u64,
    },
    /// The files hold notes and no table.
    Notes {
        paths: Vec<PathBuf>,
    },
    Done {
        rejects_file: Option<String>,
    },
}

/// Work with import files, done by the runtime.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    Plan {
        paths: Vec<PathBuf>,
        answers: Vec<(String, AccountId)>,
        sheet: Option<String>,
    },
    /// Writes the last plan.
    Write,
}
