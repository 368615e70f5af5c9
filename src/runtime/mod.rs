//! The only rooms that wait: the store's thread, the terminal, the socket, and the loop between.

pub mod answer;
mod cadence;
pub mod calendars;
mod day;
mod desk;
mod drafting;
pub mod headless;
pub mod importing;
pub mod insight;
mod jobs;
pub mod keeper;
pub mod listing;
mod lists;
mod portfolio;
mod socket;
mod terminal;

pub use desk::{Opening, open};
