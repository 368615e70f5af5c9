//! The parts that wait: the thread of the store, the terminal, the socket, and the event loop between them.

pub mod answering;
mod background;
pub mod backtest_run;
pub mod calendars;
pub mod context;
pub mod contracts;
mod desk;
mod drafting;
pub mod ending;
pub mod ending_terms;
mod filtering;
pub mod find_account;
pub mod headless;
pub mod importing;
pub mod listing;
mod painting;
pub mod plan_basis;
mod planning;
mod portfolio;
pub mod prose;
mod pulse;
pub mod question;
pub mod renewals;
pub mod said;
mod socket;
pub mod spool;
mod store_thread;
mod terminal;
pub mod worker;

pub use desk::{Opening, open};
