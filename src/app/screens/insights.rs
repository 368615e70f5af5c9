//! Insights: does the score foretell what happens?

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
