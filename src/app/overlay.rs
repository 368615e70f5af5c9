//! What lies over the screen: help, palette, pickers, prompts, the note composer, forms. One
//! stack; the top has the keyboard.

use super::command::Command;
use super::form::Form;
use super::list::ListState;
use super::msg::Planned;
use super::text::Editor;
use crate::domain::account::Account;
use crate::domain::account_field::AccountField;
use crate::domain::cadence::plan::Planned as Touch;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::signals::Source;
use crate::services::capture::Talk;

#[derive(Debug, Clone, PartialEq)]
pub enum Overlay {
    Help {
        scroll: usize,
    },
    Pick(Pick),
    Prompt(Prompt),
    Compose(Compose),
    Form(Form),
    Review(Review),
    /// The time left, planned anew, before it is applied.
    Replan(crate::domain::checkin::pacing::Plan),
    /// The account, without leaving the call.
    AtHand {
        blocks: Vec<crate::services::brief::Block>,
        scroll: usize,
    },
    /// Asks whether a record is to go.
    Delete {
        record: Box<crate::domain::records::Record>,
        what: String,
    },
    Notice {
        title: String,
        lines: Vec<String>,
        scroll: usize,
    },
    /// What an edit did to a plan: read, and gone with the next key.
    Diff {
        title: String,
        lines: Vec<String>,
    },
    /// How touches would be spread, before they are.
    Spread {
        proposal: Box<crate::domain::cadence::spread::Proposal>,
        scroll: usize,
    },
    /// A check-in was interrupted: go on with it?
    Resume {
        checkin: RecordId,
    },
}

/// What a choice is for.
#[derive(Debug, Clone, PartialEq)]
pub enum PickFor {
    Command,
    /// An account, then this verb on it.
    Account(Command),
    Template(AccountId),
    Order,
    View,
    Mood,
    /// A past note of the account, to read.
    Note,
    /// A past note of any account: the store finds them.
    Notes,
    /// A section to leave out or take in again.
    Cut,
    /// What is to come of a finished check-in.
    Output,
    /// An agenda template, to look at.
    Look,
    /// A record behind a signal.
    Record,
    /// What became of a touch.
    Outcome(AccountId, Box<Touch>),
    /// An absence or a calendar, or a new one.
    Absence,
    /// Which account an unknown name of an import means.
    Unknown(String),
}

/// What stands behind an item of a picker.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Command(Command),
    Account(AccountId),
    Text(String),
    Index(usize),
    Record(Source),
    Note(AccountId, RecordId),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    pub label: String,
    pub detail: String,
    pub value: Value,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Pick {
    pub purpose: PickFor,
    pub title: String,
    /// What is to be read before one chooses.
    pub about: Vec<String>,
    pub field: Editor,
    pub all: Vec<Item>,
    /// Places in `all`, best first.
    pub shown: Vec<usize>,
    pub list: ListState,
}

impl Pick {
    pub fn new(purpose: PickFor, title: impl Into<String>, all: Vec<Item>) -> Self {
        let mut pick = Self {
            purpose,
            title: title.into(),
            about: Vec::new(),
            field: Editor::single(""),
            shown: Vec::new(),
            all,
            list: ListState::default(),
        };
        pick.refresh();
        pick
    }

    /// Ranks the items by what is typed, with the one rank of `domain::search`.
    pub fn refresh(&mut self) {
        let words: Vec<String> = self
            .field
            .text()
            .split_whitespace()
            .map(crate::domain::text::fold)
            .collect();
        let search = crate::domain::search::Search::new(&words);
        let mut hits: Vec<(usize, i64)> = self
            .all
            .iter()
            .enumerate()
            .filter_map(|(i, item)| {
                let hay = crate::domain::search::Haystack::of(&Account {
                    reading: item.detail.clone(),
                    domain: item.detail.clone(),
                    ..Account::new("".into(), item.label.clone())
                });
                search.rank(&hay).map(|r| (i, r))
            })
            .collect();
        if !words.is_empty() {
            hits.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        }
        self.shown = hits.into_iter().map(|(i, _)| i).collect();
        self.list = ListState::default();
    }

    pub fn chosen(&self) -> Option<&Item> {
        self.shown.get(self.list.cursor).map(|i| &self.all[*i])
    }
}

/// What a line of text is for.
#[derive(Debug, Clone, PartialEq)]
pub enum PromptFor {
    Action(AccountId),
    /// A field of the account, by its place in the overview.
    Field(AccountId, AccountField),
    /// One change to every selected account.
    Selected(Vec<AccountId>),
    NewAccount,
    ViewName,
    ImportPath,
    Due(RecordId),
    LeaveBy,
    StartAt,
    Section,
    TimelineFilter,
    /// When a touch was agreed for.
    Agree(AccountId, Box<Touch>),
    /// Another day or time, and by whose wish.
    MoveTouch(AccountId, Box<Touch>, crate::domain::action::Side),
    /// The path of a calendar.
    Calendar,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Prompt {
    pub purpose: PromptFor,
    pub title: String,
    pub hint: String,
    pub field: Editor,
    /// As it stood at the start: leaving a changed line asks once.
    pub start: String,
    pub leaving: bool,
    pub error: Option<String>,
}

/// The note being written.
#[derive(Debug, Clone, PartialEq)]
pub struct Compose {
    pub account: AccountId,
    pub name: String,
    pub editor: Editor,
    /// A talk that was not planned; none for a note alone.
    pub talk: Option<Talk>,
    /// The note that is being changed; none for a new one.
    pub note: Option<crate::domain::note::Note>,
    /// The note's version that is on disk as a draft.
    pub saved: u64,
}

/// What an import would do.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    pub paths: Vec<std::path::PathBuf>,
    pub planned: Option<Planned>,
    pub rows: u64,
    pub list: ListState,
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
}
