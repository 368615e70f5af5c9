//! Insights: does the score foretell what happens?

use crate::app::kit::about::{About, Ground};
use crate::domain::ids::AccountId;
use crate::services::backtest::Report;
use crate::services::backtest::fit::Fitted;

/// How far a back-test is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub done: usize,
    pub total: usize,
    pub fit: bool,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    /// While it runs; taking it away cancels it.
    pub running: Option<Progress>,
    pub report: Option<Box<Report>>,
    /// The outer is whether a fit was asked for; the inner none where too little is known for one.
    pub fitted: Option<Option<Box<Fitted>>>,
    pub scroll: usize,
}

impl About for State {
    fn about(&self, _ground: &Ground) -> Option<AccountId> {
        None
    }
}

/// Answers of the runtime about the back-test.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// A piece of the back-test is done.
    Progress { done: usize, total: usize },
    /// The whole of it; the outer of `fitted` is whether a fit was asked for.
    Done {
        report: Box<Report>,
        fitted: Option<Option<Box<Fitted>>>,
    },
}

/// Work of the back-test, done by the runtime piece by piece.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// A piece of the back-test: the first, or the next.
    Backtest { first: bool, fit: bool },
}
