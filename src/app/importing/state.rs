//! An import: the files, what they would bring, and the answers given.

use std::path::PathBuf;

use crate::app::kit::list::ListState;
use crate::domain::ids::AccountId;

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
pub struct Review {
    pub paths: Vec<PathBuf>,
    /// None while the files are read.
    pub planned: Option<Planned>,
    /// Rows that were read, or written.
    pub rows: u64,
    pub list: ListState,
    /// Unknown names, and the account each means.
    pub answers: Vec<(String, AccountId)>,
    /// The sheet chosen of an Excel file.
    pub sheet: Option<String>,
    pub writing: bool,
    /// Why it stopped.
    pub error: Option<String>,
}

impl Review {
    pub fn stop(&mut self, why: String) {
        self.writing = false;
        self.error = Some(why);
    }

    /// The files are to be read anew, with the answers and the sheet as they are now.
    pub fn again(&mut self) -> Effect {
        self.planned = None;
        Effect::Plan {
            paths: self.paths.clone(),
            answers: self.answers.clone(),
            sheet: self.sheet.clone(),
        }
    }
}

/// What the review lies over a screen as.
pub type Layer = Box<Review>;

#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    Paths,
    /// The account that an unknown name means.
    Means(String, AccountId),
}

/// Answers of the runtime about an import.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    Planned(Box<Planned>),
    Progress { rows: u64 },
    Done { rejects_file: Option<String> },
}

/// Work with import files, done by the runtime.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    Plan {
        paths: Vec<PathBuf>,
        answers: Vec<(String, AccountId)>,
        sheet: Option<String>,
    },
    /// Writes what was planned last.
    Write,
}
