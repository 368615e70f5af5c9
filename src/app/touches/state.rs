//! Questions asked about a touch.

use crate::domain::action::Side;
use crate::domain::cadence::plan::Planned;
use crate::domain::ids::AccountId;
use crate::ops::touches::End;

/// The outcome of a touch: it ended, or it moved at someone's request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Ended(End),
    Moved(Side),
}

/// Each names the account and the touch.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// The agreed time.
    Agree(AccountId, Box<Planned>),
    /// Another day or time, at someone's request.
    Move(AccountId, Box<Planned>, Side),
    /// The outcome.
    Outcome(AccountId, Box<Planned>, Outcome),
}
