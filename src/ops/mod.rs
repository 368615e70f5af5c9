//! All user operations, each built in one place: typed input and current records become an
//! operation. Keys, the command line, the socket and imports all call these builders.
//!
//! Must not depend on a clock, files, the store or screens. Labels hold data; they are worded when
//! they are shown.

pub mod absences;
pub mod accounts;
pub mod actions;
pub mod cadence;
pub mod call;
pub mod cases;
pub mod contacts;
pub mod contracts;
pub mod fields;
pub mod lifecycle;
pub mod merging;
pub mod notes;
pub mod outcomes;
pub mod prefs;
pub mod records;
pub mod rhythm;
pub mod risk;
pub mod settings;
pub mod touches;
mod typed;
pub mod views;

use chrono::NaiveDate;

use crate::domain::account::Account;
use crate::domain::change::{Change, Group, Label, Operation, UsageChange};
use crate::domain::colleague::People;
use crate::domain::ids::{AccountId, Mint, RecordId};
use crate::domain::limits;
use crate::domain::ours::Ours;
use crate::domain::when::Now;
use crate::words::{self, Lang};

/// The author of every operation of a process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    pub name: String,
    /// The machine, so that a client can tell its own operations from those of other terminals.
    pub device: String,
    /// Our people beside the author.
    pub ours: People,
}

/// The author, time and id source of an operation.
pub struct By<'a> {
    pub author: &'a Author,
    pub now: Now,
    pub mint: &'a mut Mint,
}

impl By<'_> {
    /// A new unique id.
    pub fn id(&mut self) -> RecordId {
        self.mint.next(self.now.at)
    }

    pub fn today(&self) -> NaiveDate {
        self.now.today()
    }

    /// The author and our people where an account is talked about.
    pub fn ours<'a>(&'a self, of: Subject<'a>) -> Ours<'a> {
        Ours::new(&self.author.name, &self.author.ours).at_account(of.account)
    }

    /// The author's name, as stored in records.
    pub fn name(&self) -> String {
        self.author.name.clone()
    }

    /// Creates one undoable step.
    pub fn operation(&mut self, label: Label, changes: Vec<Change>) -> Operation {
        self.part(label, None, changes, Vec::new())
    }

    /// Creates a part of a long operation. Parts of one group are undone together.
    pub fn part(
        &mut self,
        label: Label,
        group: Option<Group>,
        changes: Vec<Change>,
        usage: Vec<UsageChange>,
    ) -> Operation {
        Operation {
            id: self.id(),
            at: self.now.at,
            actor: self.name(),
            device: self.author.device.clone(),
            label,
            group,
            changes,
            usage,
        }
    }
}

/// The account that an operation is about.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    pub id: &'a AccountId,
    pub name: &'a str,
    /// The whole account, where it is at hand: `@` names its owner and its people.
    pub account: Option<&'a Account>,
}

impl<'a> From<&'a Account> for Subject<'a> {
    fn from(account: &'a Account) -> Self {
        Self {
            id: &account.id,
            name: &account.name,
            account: Some(account),
        }
    }
}

/// Why an input is refused: the field, and the reason in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The key of the form's field; empty if no single field is meant.
    pub field: &'static str,
    en: String,
    ja: String,
}

impl Refusal {
    /// A refusal of `field`, worded by an entry of [`crate::words`].
    pub fn new<T: Into<String>>(field: &'static str, words: impl Fn(Lang) -> T) -> Self {
        Self {
            field,
            en: words(Lang::En).into(),
            ja: words(Lang::Ja).into(),
        }
    }

    /// A refusal of a text that is longer than [`TEXT`](limits::TEXT).
    ///
    /// # Errors
    /// If it is.
    pub fn of_long_text(field: &'static str, text: &str) -> Result<(), Self> {
        if text.len() <= limits::TEXT {
            return Ok(());
        }
        Err(Self::new(field, |lang| {
            words::problems::too_long(lang, limits::TEXT_MIB)
        }))
    }

    /// A refusal of a line that is longer than [`LINE`](limits::LINE).
    ///
    /// # Errors
    /// If it is.
    pub fn of_long_line(field: &'static str, text: &str) -> Result<(), Self> {
        if !limits::is_long_line(text) {
            return Ok(());
        }
        Err(Self::new(field, |lang| {
            words::problems::line_too_long(lang, limits::LINE)
        }))
    }

    pub fn words(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Ja => &self.ja,
        }
    }
}
