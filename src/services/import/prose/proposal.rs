//! What is proposed: calls with their questions, and the lines that are in none. Plain data.

use chrono::NaiveDate;

use super::contradictions::Contradiction;
use super::people::Person;
use super::piece::Why;
use crate::domain::account::Account;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::note::Kind;

/// An account by id and name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub id: AccountId,
    pub name: String,
}

impl Named {
    pub fn of(account: &Account) -> Self {
        Self {
            id: account.id.clone(),
            name: account.name.clone(),
        }
    }
}

/// What the text does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    Account,
    Day,
}

/// What becomes of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Open,
    /// The note exists already, from an earlier import of the same text.
    Known,
    /// The same account, day and text stand at an earlier line.
    Again {
        line: usize,
    },
    /// The user left it out.
    Out,
}

/// A proposed note about one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The document's place in the request.
    pub file: usize,
    /// The first line, from 1.
    pub line: usize,
    pub lines: usize,
    /// The account, where the text names it exactly or the user chose it.
    pub account: Option<Named>,
    /// Accounts with similar names, the most similar first.
    pub near: Vec<Named>,
    /// The name as it is written; empty where none is.
    pub said: String,
    /// The day; with [`Question::Day`] only a proposal.
    pub day: Option<NaiveDate>,
    pub day_said: String,
    pub kind: Kind,
    pub people: Vec<Person>,
    pub contradictions: Vec<Contradiction>,
    pub questions: Vec<Question>,
    pub title: String,
    pub text: String,
    /// The id of the note: made from account, day and text, so that the same call is one note however
    /// often it is imported. `None` until both are known.
    pub id: Option<RecordId>,
    pub state: State,
}

impl Call {
    /// Whether nothing is left to ask.
    pub fn is_sure(&self) -> bool {
        self.questions.is_empty()
    }

    /// Whether it becomes a note when the proposal is accepted.
    pub fn is_taken(&self) -> bool {
        self.is_sure() && self.state == State::Open
    }

    /// Whether the note exists, or stands at an earlier line.
    pub fn is_known(&self) -> bool {
        matches!(self.state, State::Known | State::Again { .. })
    }

    /// Whether it waits for an answer.
    pub fn is_asked(&self) -> bool {
        !self.is_sure() && self.state == State::Open
    }
}

/// Lines that are in no call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    pub file: usize,
    /// The first line, from 1.
    pub line: usize,
    pub lines: usize,
    pub text: String,
    pub why: Why,
}

/// The calls of some texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proposal {
    /// The names of the documents.
    pub files: Vec<String>,
    pub calls: Vec<Call>,
    pub left_out: Vec<LeftOut>,
}

impl Proposal {
    pub fn taken(&self) -> usize {
        self.calls.iter().filter(|c| c.is_taken()).count()
    }

    pub fn asked(&self) -> usize {
        self.calls.iter().filter(|c| c.is_asked()).count()
    }

    pub fn known(&self) -> usize {
        self.calls.iter().filter(|c| c.is_known()).count()
    }
}

/// What the user said about one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub file: usize,
    pub line: usize,
    /// The name in the text: the account holds for every call with this name.
    pub said: String,
    pub account: Option<AccountId>,
    pub day: Option<NaiveDate>,
    pub out: bool,
}
