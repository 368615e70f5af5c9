//! The only rooms that wait: the store's thread, the terminal, the socket, and the loop between.

pub mod answer;
mod cadence;
pub mod calendars;
mod desk;
mod drafting;
pub mod headless;
pub mod importing;
pub mod insight;
pub mod keeper;
mod lists;
mod socket;
mod terminal;

pub use desk::{Opening, open};
