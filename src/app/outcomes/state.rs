//! State of outcomes: what is asked, and what the store answers.

use crate::domain::account::Account;
use crate::domain::dossier::terms::{Status, Term};
use crate::domain::facts::outcome::{Became, Outcome};
use crate::domain::facts::step::RenewalStep;
use crate::domain::ids::AccountId;
use crate::domain::renewals::TermKey;

/// An account whose terms may be settled, the one to be settled first at the top.
#[derive(Debug, Clone, PartialEq)]
pub struct Terms {
    pub account: Account,
    pub earlier: Vec<Outcome>,
    pub steps: Vec<RenewalStep>,
    pub terms: Vec<(Term, Status)>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// The term that was chosen, by its place.
    Term(Box<Terms>, usize),
    /// The form of that term.
    Form(Box<Terms>, usize),
    /// The same for several terms.
    All(Vec<Chosen>, All),
}

/// What is said of several terms at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum All {
    /// What became of them, on the terms of before.
    Became(Became),
    /// They ended before the first use, and nobody will look up what became of them.
    Ignored,
}

/// A term, by its place among those of its account.
pub type Chosen = (Terms, usize);

/// Results from the runtime.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    Read(Box<Terms>),
    /// Those of the terms asked for that may be settled.
    Chosen(Vec<Chosen>),
}

/// Work for the runtime.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Reads the terms of an account.
    Read(AccountId),
    /// Reads these terms.
    Find(Vec<TermKey>),
}
