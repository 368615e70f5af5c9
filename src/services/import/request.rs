//! What an import is asked for: the files, and what the user said of them.

use std::collections::BTreeMap;

use super::existing::ExistingData;
use super::mapping::{Mapping, Wish, shipped};
use super::table::Source;
use crate::domain::ids::AccountId;
use crate::domain::when::Now;

/// How to import.
#[derive(Debug, Clone)]
pub struct Options {
    pub wish: Wish,
    pub sheet: Option<String>,
    /// All rows belong to this account, whatever they say.
    pub account: Option<AccountId>,
    /// Make an account for a name that is not known, because the user said so.
    pub create_accounts: bool,
    /// Answers the user gave: text in the file → account.
    pub answers: BTreeMap<String, AccountId>,
    pub now: Now,
}

/// Sources and everything needed to plan them.
pub struct Request<'a> {
    pub sources: &'a [Source],
    pub mappings: &'a [Mapping],
    pub options: &'a Options,
    pub existing: &'a dyn ExistingData,
    /// Told now and then how many rows have been read.
    pub progress: &'a dyn Fn(u64),
}

/// The mappings to try: the user's own first.
pub fn mappings(own: Vec<Mapping>) -> Vec<Mapping> {
    let mut all = own;
    all.extend(shipped());
    all
}
