//! The request of an import: the files, and the user's choices.

use std::collections::{BTreeMap, BTreeSet};

use super::existing::ExistingData;
use super::mapping::{Mapping, Wish, inherit, shipped};
use super::table::Source;
use crate::domain::ids::AccountId;
use crate::domain::when::Now;

/// Edits by hand that are given up: all, or single fields by the record's id and the field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Theirs {
    pub all: bool,
    pub fields: BTreeSet<(String, String)>,
}

/// The user's choices.
#[derive(Debug, Clone)]
pub struct Options {
    pub wish: Wish,
    /// All rows belong to this account, whatever account they name.
    pub account: Option<AccountId>,
    /// Create an account for an unknown name.
    pub create_accounts: bool,
    /// The user's answers: text in the file → account.
    pub answers: BTreeMap<String, AccountId>,
    /// The edits by hand that the user gives up for the files' values.
    pub theirs: Theirs,
    pub now: Now,
}

impl Options {
    /// What the user said of a name that looks like a word for a total: the name itself where it is
    /// a company's, and a blank where it is a total.
    pub fn said_of_total(&self, file: &str, name: &str) -> Option<&str> {
        let mut said = self.wish.of(file).values.iter();
        said.find(|(field, word, _)| field == "name" && word == name)
            .map(|(_, _, value)| value.as_str())
    }
}

/// The sources, and everything needed to plan them.
pub struct Request<'a> {
    pub sources: &'a [Source],
    pub mappings: &'a [Mapping],
    pub options: &'a Options,
    pub existing: &'a dyn ExistingData,
    /// Called from time to time with the number of rows read.
    pub progress: &'a dyn Fn(u64),
}

/// The mappings to try: the user's own first.
pub fn mappings(own: Vec<Mapping>) -> Vec<Mapping> {
    let mut all = own;
    all.extend(shipped());
    inherit(&mut all);
    all
}
