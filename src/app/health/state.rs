//! State of score explanations and health overrides.

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

/// Results from the runtime.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    Why(AccountId, Box<Why>),
}

/// Work for the runtime.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Explains the score of an account.
    Why(AccountId),
}
