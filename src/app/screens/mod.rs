//! Screens: each owns its state and what its verbs do.

pub mod account;
pub mod actions;
pub mod brief;
pub mod cadence;
pub mod checkins;
pub mod insights;
pub mod live;
pub mod portfolio;
pub mod today;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    Today,
    Portfolio,
    Checkins,
    Actions,
    Account,
    Brief,
    Live,
    Insights,
    Cadence,
}
