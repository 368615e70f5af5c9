//! State of the insights screen.

use crate::app::kit::about::{About, Ground};
use crate::domain::ids::AccountId;
use crate::services::backtest::Report;
use crate::services::backtest::fit::Fitted;

/// Progress of a back-test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub done: usize,
    pub total: usize,
    pub fit: bool,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    /// Set while a test runs; clearing it cancels the test.
    pub running: Option<Progress>,
    pub report: Option<Box<Report>>,
    /// Outer `None`: no fit was requested. Inner `None`: too few data for a fit.
    pub fitted: Option<Option<Box<Fitted>>>,
    pub scroll: usize,
}

impl About for State {
    fn about(&self, _ground: &Ground) -> Option<AccountId> {
        None
    }
}

/// Results from the runtime about the back-test.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// A piece of the back-test is done.
    Progress { done: usize, total: usize },
    /// The back-test is complete. `fitted` is as in [`State`].
    Done {
        report: Box<Report>,
        fitted: Option<Option<Box<Fitted>>>,
    },
}

/// Work of the back-test, done by the runtime piece by piece.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Runs one piece of the back-test: the first, or the next.
    Backtest { first: bool, fit: bool },
}
