//! The answer to a question: a complete answer, a list that is made while it is sent, or work in
//! pieces. This file must not know the question.

use std::ops::ControlFlow;

use serde_json::Value;

use super::context::Context;
use super::listing::List;
use crate::domain::change::Operation;
use crate::domain::failure::Failure;
use crate::store::Store;

/// The answer to a question.
pub enum Said {
    Whole(Box<Whole>),
    List(List),
    Work(Box<dyn Work>),
}

/// A complete answer in both forms. Only the requested form is printed.
#[derive(Default)]
pub struct Whole {
    pub json: Value,
    pub words: String,
    /// The operation that was written, so that the desk can update.
    pub operation: Option<Box<Operation>>,
    /// The exit code of the command: see [`crate::ipc::Answer::exit`].
    pub exit: i32,
    /// Text for standard error.
    pub notice: String,
    /// The weights that a back-test proposes.
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

    /// Adds the operation that was written, if any.
    #[must_use]
    pub fn with_operation(mut self, operation: Option<Operation>) -> Self {
        self.operation = operation.map(Box::new);
        self
    }

    /// Sets an exit code other than success.
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

/// Long work. The owner of the store does a piece of it between other jobs, so that saving a note
/// never waits for all of it.
pub trait Work: Send {
    /// Does the next piece. Breaks with the answer after the last piece. Calls `progress` with the
    /// amount done and the total.
    ///
    /// # Errors
    /// If the work cannot continue. Its incomplete result is removed.
    fn step(
        &mut self,
        store: &mut Store,
        context: &Context,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<ControlFlow<Whole>, Failure>;
}
