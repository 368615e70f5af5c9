//! What a user can do, each thing built once: typed input and what stands there become an operation.
//! Keys, the shell, the socket and imports call the same builder and make no changes of their own.
//!
//! The floor knows no clock, file, store or screen. Labels hold data: the words of a language are made
//! when a label is shown.

pub mod absences;
pub mod accounts;
pub mod actions;
pub mod cadence;
pub mod call;
pub mod contacts;
pub mod fields;
pub mod notes;
pub mod prefs;
pub mod records;
pub mod rhythm;
pub mod settings;
pub mod touches;
pub mod views;

use chrono::NaiveDate;

use crate::domain::account::Account;
use crate::domain::change::{Change, Group, Label, Operation, UsageChange};
use crate::domain::ids::{AccountId, Mint, RecordId};
use crate::domain::when::Now;
use crate::words::Lang;

/// Who writes, for every operation of a process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    pub name: String,
    /// The machine, so that a desk knows its own operations from those of other terminals.
    pub device: String,
}

/// By whom and when an operation is made, and where its ids come from.
pub struct By<'a> {
    pub author: &'a Author,
    pub now: Now,
    pub mint: &'a mut Mint,
}

impl By<'_> {
    /// An id that no other record has.
    pub fn id(&mut self) -> RecordId {
        self.mint.next(self.now.at)
    }

    pub fn today(&self) -> NaiveDate {
        self.now.today()
    }

    /// The author's name, as records keep it.
    pub fn name(&self) -> String {
        self.author.name.clone()
    }

    /// One undoable step.
    pub fn operation(&mut self, label: Label, changes: Vec<Change>) -> Operation {
        self.part(label, None, changes, Vec::new())
    }

    /// A part of a long operation: parts of one group are undone together.
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

/// The account that something is written about.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    pub id: &'a AccountId,
    pub name: &'a str,
}

impl<'a> From<&'a Account> for Subject<'a> {
    fn from(account: &'a Account) -> Self {
        Self {
            id: &account.id,
            name: &account.name,
        }
    }
}

/// Why an input is not taken: the field it concerns, and the reason in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The key of the form's field; empty where no field of its own is meant.
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

    pub fn words(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Ja => &self.ja,
        }
    }
}
