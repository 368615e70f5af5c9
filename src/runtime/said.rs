//! What a question is answered with: an answer that is whole, a list that is made as it is sent, or
//! work that is done piece by piece. It must not know which question was asked.

use std::ops::ControlFlow;

use serde_json::Value;

use super::context::Context;
use super::listing::List;
use crate::domain::change::Operation;
use crate::domain::failure::Failure;
use crate::store::Store;

/// What a question is answered with.
pub enum Said {
    Whole(Box<Whole>),
    List(List),
    Work(Box<dyn Work>),
}

/// An answer that is whole, in both forms; only the one that was asked for is printed.
#[derive(Default)]
pub struct Whole {
    pub json: Value,
    pub words: String,
    /// What was written, for the desk to follow.
    pub operation: Option<Box<Operation>>,
    /// How the command ends: see [`crate::ipc::Answer::exit`].
    pub exit: i32,
    /// Said on standard error beside the words.
    pub notice: String,
    /// Weights that a back-test proposes.
    pub fit: Value,
}

impl Whole {
    pub fn new(json: Value, words: String) -> Self {
        Self {
            json,
            words,
            ..Self::default()
        }
    }

    /// With what was written, where something was.
    #[must_use]
    pub fn with_operation(mut self, operation: Option<Operation>) -> Self {
        self.operation = operation.map(Box::new);
        self
    }

    /// With another end than success.
    #[must_use]
    pub fn with_exit(mut self, exit: i32) -> Self {
        self.exit = exit;
        self
    }
}

impl From<Whole> for Said {
    fn from(whole: Whole) -> Self {
        Said::Whole(Box::new(whole))
    }
}

/// Work whose answer takes long: whoever has the store does a piece of it between other things, so
/// that a note never waits for the whole.
pub trait Work: Send {
    /// Does the next piece; breaks with the answer after the last. `progress` hears how much is done,
    /// of how much.
    ///
    /// # Errors
    /// Where the work cannot go on; what it began is removed.
    fn step(
        &mut self,
        store: &mut Store,
        context: &Context,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<ControlFlow<Whole>, Failure>;
}
