//! The only rooms that wait: the store's thread, the terminal, the socket, and the loop between.

pub mod answering;
pub mod backtest_run;
pub mod calendars;
pub mod context;
mod desk;
mod drafting;
pub mod find_account;
pub mod headless;
pub mod importing;
mod jobs;
pub mod keeper;
pub mod listing;
pub mod plan_basis;
mod portfolio;
mod pulse;
pub mod question;
pub mod said;
mod socket;
mod terminal;

pub use desk::{Opening, open};
