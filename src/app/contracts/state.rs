//! State of contracts: what is asked, and what the store answers.

use crate::domain::account::Account;
use crate::domain::facts::subscription::Subscription;
use crate::domain::ids::AccountId;

/// An account with its contracts, the newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    pub account: Account,
    pub contracts: Vec<Subscription>,
    /// The same as they stand today: those that went on by themselves end with the term that runs.
    pub stands: Vec<Subscription>,
}

/// A merger as it was typed.
#[derive(Debug, Clone, PartialEq)]
pub struct Merger {
    pub into: String,
    pub from: String,
    pub why: String,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// The contract that was chosen, by its place; none for a new one.
    Contract(Box<Held>, Option<usize>),
    /// The form of it.
    Form(Box<Held>, Option<usize>),
    /// What was typed is kept.
    Save(Box<Held>, Option<usize>, Box<Subscription>),
    /// The contract is merged into another one.
    Merge(Box<Held>, usize, Box<Merger>),
    /// It is typed again.
    Back(Box<Held>, Option<usize>, Box<Subscription>),
}

/// Results from the runtime.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    Read(Box<Held>),
}

/// Work for the runtime.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Reads the contracts of an account.
    Read(AccountId),
}
