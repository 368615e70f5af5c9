//! State of an import: files, planned changes and the user's answers.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::asked::{Answers, Ask, Choices, Given};
use super::items::{Item, Planned, Section, merged};
use crate::app::kit::list::ListState;

/// An import under review: the plan as one list, and the answers given so far.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Review {
    pub paths: Vec<PathBuf>,
    /// The last plan; `None` until the files are read for the first time.
    pub planned: Option<Planned>,
    /// Whether the files are being read.
    pub reading: bool,
    /// Rows read or written so far.
    pub rows: u64,
    /// The questions, those with an answer included.
    pub asks: Vec<Ask>,
    pub answers: Answers,
    /// The answers before each of the last changes.
    pub past: Vec<Answers>,
    /// The lines of the list.
    pub items: Vec<Item>,
    pub list: ListState,
    /// The groups whose rows are shown.
    pub open: BTreeSet<(String, String)>,
    /// The sheets of a workbook, if there are several.
    pub sheets: Vec<String>,
    /// The chosen sheet; otherwise all are read.
    pub sheet: Option<String>,
    /// Whether the user was told that questions are open.
    pub warned: bool,
    pub writing: bool,
    /// Why the import stopped.
    pub error: Option<String>,
}

impl Review {
    pub fn new(paths: Vec<PathBuf>) -> Self {
        Self {
            paths,
            ..Self::default()
        }
    }

    pub fn stop(&mut self, why: String) {
        (self.writing, self.reading) = (false, false);
        self.error = Some(why);
    }

    /// Shows a plan. The cursor stays at what it was at; at the first plan it goes to the first
    /// question. `height` is that of the list.
    pub fn show(&mut self, mut planned: Planned, height: usize) {
        if self.sheet.is_none() {
            self.sheets = std::mem::take(&mut planned.sheets);
        }
        let mark = self.mark();
        let first = self.planned.is_none();
        let asks = std::mem::take(&mut planned.asks);
        self.asks = merged(&self.asks, asks, &self.answers);
        (self.planned, self.reading) = (Some(planned), false);
        self.lay_out(mark, height);
        if first && !self.next_question(height) {
            self.list = ListState::default();
        }
    }

    /// What the cursor is at.
    fn mark(&self) -> Option<String> {
        let item = *self.items.get(self.list.cursor)?;
        Some(self.planned.as_ref()?.mark(item, &self.asks))
    }

    fn lay_out(&mut self, mark: Option<String>, height: usize) {
        let Some(planned) = &self.planned else {
            return;
        };
        self.items = planned.items(&self.asks, &self.open);
        let of = |item: &Item| Some(planned.mark(*item, &self.asks)) == mark;
        if let Some(at) = self.items.iter().position(of) {
            self.list.cursor = at;
        }
        self.list.hold(self.items.len(), height);
    }

    /// Shows or hides the rows of a group.
    pub fn toggle(&mut self, group: usize, height: usize) {
        let found = self.planned.as_ref().and_then(|p| p.groups.get(group));
        let Some(key) = found.map(super::items::Group::key) else {
            return;
        };
        if !self.open.remove(&key) {
            self.open.insert(key);
        }
        let mark = self.mark();
        self.lay_out(mark, height);
    }

    /// The questions that cost rows or cells where they stay open.
    pub fn unanswered(&self) -> usize {
        let open = |ask: &&Ask| ask.is_open_loss() && self.answers.to(ask).is_none();
        self.asks.iter().filter(open).count()
    }

    /// Goes to the next question without an answer, from the first after the cursor on. Returns
    /// whether there is one.
    pub fn next_question(&mut self, height: usize) -> bool {
        let open = |item: &Item| match item {
            Item::Ask(at) => self
                .asks
                .get(*at)
                .is_some_and(|ask| ask.is_open_loss() && self.answers.to(ask).is_none()),
            _ => false,
        };
        let after = self.list.cursor + 1;
        let next = self.items.iter().skip(after).position(open);
        let Some(at) = next
            .map(|at| at + after)
            .or_else(|| self.items.iter().position(open))
        else {
            return false;
        };
        self.go_to(at, height);
        true
    }

    fn go_to(&mut self, at: usize, height: usize) {
        self.list.cursor = at;
        self.list.hold(self.items.len(), height);
    }

    /// The section that the cursor is in.
    pub fn section(&self) -> Section {
        let before = self.items.iter().take(self.list.cursor + 1).rev();
        let mut found = before.filter_map(|item| match item {
            Item::Section(section) => Some(*section),
            _ => None,
        });
        found.next().unwrap_or(Section::Tables)
    }

    /// Goes to a section, whose first line then is the first in sight, as far as the list reaches.
    pub fn show_section(&mut self, section: Section, height: usize) {
        let head = |item: &Item| *item == Item::Section(section);
        if let Some(at) = self.items.iter().position(head) {
            self.list.top = at;
            self.go_to(at + 1, height);
        }
    }

    /// Answers a question, or opens it again, and requests the plan anew.
    pub fn give(&mut self, ask: Ask, given: Option<Given>) -> Effect {
        self.past.push(self.answers.clone());
        self.answers.give(ask, given);
        self.again()
    }

    /// Requests the plan again, with the current answers and sheet.
    pub fn again(&mut self) -> Effect {
        (self.reading, self.rows) = (true, 0);
        self.warned = false;
        Effect::Plan {
            paths: self.paths.clone(),
            choices: Box::new(self.answers.choices()),
            sheet: self.sheet.clone(),
        }
    }
}

/// The review as a layer over the screen.
pub type Layer = Box<Review>;

#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    Paths,
    /// The answer to a question of the review.
    Given(Box<(Ask, Given)>),
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
        /// The file that remembers the answers, or why there is none.
        remembered: Option<Result<String, String>>,
    },
}

/// Work with import files, done by the runtime.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    Plan {
        paths: Vec<PathBuf>,
        choices: Box<Choices>,
        sheet: Option<String>,
    },
    /// Writes the last plan.
    Write,
}
