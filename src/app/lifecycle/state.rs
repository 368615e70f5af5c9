//! State of the steps in an account's life.

use crate::domain::ids::AccountId;
use crate::domain::merging::{Ending, Weighed};
use crate::ops::Refusal;

#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// The form of a new account.
    New,
    /// The account that is merged into the first.
    Merge { kept: AccountId, other: AccountId },
}

/// Results from the runtime.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// What a step would do.
    Weighed(Box<Weighed>),
    /// A step was refused.
    Refused(Refusal),
}

/// Work for the runtime.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Reads what a step would do.
    Weigh(Ending),
    /// Does it.
    End(Ending),
}

/// The question whether to merge or delete, with what goes along.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    pub weighed: Box<Weighed>,
    /// Index of the first line shown.
    pub scroll: usize,
}
