//! The request of an import: the files, and the user's choices.

use std::collections::BTreeMap;

use super::existing::ExistingData;
use super::mapping::{Mapping, Wish, shipped};
use super::table::Source;
use crate::domain::ids::AccountId;
use crate::domain::when::Now;

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
    pub now: Now,
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
    all
}
