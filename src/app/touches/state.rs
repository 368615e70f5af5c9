//! What is asked about a touch.

use crate::domain::action::Side;
use crate::domain::cadence::plan::Planned;
use crate::domain::ids::AccountId;
use crate::ops::touches::End;

/// What may become of a touch: it ended, or it moves by somebody's wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Ended(End),
    Moved(Side),
}

/// Each names the account and the touch it is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// When it was agreed for.
    Agree(AccountId, Box<Planned>),
    /// Another day or time, by somebody's wish.
    Move(AccountId, Box<Planned>, Side),
    /// What became of it.
    Outcome(AccountId, Box<Planned>, Outcome),
}
