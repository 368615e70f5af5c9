//! State of the import of notes: the pasted text, and the review of the calls found in it.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::app::kit::editor::Editor;
use crate::app::kit::list::ListState;
use crate::domain::ids::AccountId;
use crate::services::import::prose::{Call, Choice, LeftOut, Proposal};

/// Where the notes come from.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    Files(Vec<PathBuf>),
    Text(Arc<str>),
}

/// A text being pasted or typed.
#[derive(Debug, Clone, PartialEq)]
pub struct Paste {
    pub editor: Editor,
    /// The text version saved as a draft.
    pub saved: u64,
}

/// The calls found in a text, with the user's answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    pub source: Source,
    /// `None` while the text is read.
    pub proposal: Option<Proposal>,
    pub choices: Vec<Choice>,
    pub list: ListState,
    /// The first line shown of the chosen call's text.
    pub scroll: usize,
    /// The user was told that unanswered calls are left out.
    pub warned: bool,
    pub writing: bool,
    /// Why the import stopped.
    pub error: Option<String>,
}

/// A row of the review: a call, or lines that are in none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Row<'a> {
    Call(&'a Call),
    Apart(&'a LeftOut),
}

impl Review {
    pub fn new(source: Source) -> Self {
        Self {
            source,
            proposal: None,
            choices: Vec::new(),
            list: ListState::default(),
            scroll: 0,
            warned: false,
            writing: false,
            error: None,
        }
    }

    /// The calls, then the lines that are in none.
    pub fn rows(&self) -> Vec<Row<'_>> {
        let Some(proposal) = &self.proposal else {
            return Vec::new();
        };
        let calls = proposal.calls.iter().map(Row::Call);
        calls
            .chain(proposal.left_out.iter().map(Row::Apart))
            .collect()
    }

    /// The call under the cursor.
    pub fn current(&self) -> Option<&Call> {
        match self.rows().get(self.list.cursor) {
            Some(Row::Call(call)) => Some(call),
            _ => None,
        }
    }

    /// Changes the user's answer about a call, and requests the calls again.
    pub fn choose(&mut self, call: &Asked, change: impl FnOnce(&mut Choice)) -> Effect {
        let at = self
            .choices
            .iter()
            .position(|c| (c.file, c.line) == (call.file, call.line));
        let mut choice = match at {
            Some(at) => self.choices.remove(at),
            None => Choice {
                file: call.file,
                line: call.line,
                said: call.said.clone(),
                account: None,
                day: None,
                out: false,
            },
        };
        change(&mut choice);
        self.choices.push(choice);
        self.warned = false;
        self.again()
    }

    /// Requests the calls with the current answers. The old ones stay on screen until then.
    pub fn again(&self) -> Effect {
        Effect::Plan {
            source: self.source.clone(),
            choices: self.choices.clone(),
        }
    }
}

/// The layers of this feature.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    Paste(Box<Paste>),
    Review(Box<Review>),
}

impl Stage {
    /// The length of the text that is being typed.
    pub fn bytes(&self) -> usize {
        match self {
            Self::Paste(paste) => paste.editor.bytes(),
            Self::Review(_) => 0,
        }
    }

    /// Adds a pasted text where one is being typed.
    pub fn paste(&mut self, text: &str, at: DateTime<Utc>) {
        match self {
            Self::Paste(paste) => paste.editor.paste(text, at),
            Self::Review(_) => {}
        }
    }

    /// Replaces the text by that of an external editor.
    /// Returns whether there is a text to replace.
    pub fn replace(&mut self, text: &str, at: DateTime<Utc>) -> bool {
        let Self::Paste(paste) = self else {
            return false;
        };
        paste.editor.replace(text, at);
        true
    }
}

/// A stage of the import as a layer over the screen.
pub type Layer = Stage;

/// The call that a question is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    pub file: usize,
    pub line: usize,
    pub said: String,
}

impl Asked {
    pub fn of(call: &Call) -> Self {
        Self {
            file: call.file,
            line: call.line,
            said: call.said.clone(),
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    Account(Asked, AccountId),
    Day(Asked),
}

/// Results from the runtime.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    Proposed(Box<Proposal>),
    /// Notes written, and calls left out.
    Done {
        count: usize,
        rest: usize,
    },
}

/// Work for the runtime.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Finds the calls of a text.
    Plan {
        source: Source,
        choices: Vec<Choice>,
    },
    /// Writes the calls that were shown. If the data or the text changed meanwhile, they are shown
    /// again and nothing is written.
    Write {
        source: Source,
        choices: Vec<Choice>,
        shown: Box<Proposal>,
    },
}
