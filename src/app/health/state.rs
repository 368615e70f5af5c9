//! Why a score is what it is, and health as a person sees it.

use crate::domain::health::why::Why;
use crate::domain::ids::AccountId;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    /// The account whose score is to be explained, until the store answers.
    pub asked: Option<AccountId>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// The account whose health is set by hand.
    Override(AccountId),
}

/// Answers of the runtime.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    Why(AccountId, Box<Why>),
}

/// Work for the runtime.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Asks why the score of an account is what it is.
    Why(AccountId),
}
