//! The portfolio: a row for each account, the rows of the whole desk in memory, and their search,
//! filter, order and priority. Only the saved views are stored.

pub mod attributes;
pub mod book;
pub mod conflicts;
pub mod feature_use;
pub mod filter;
pub mod held;
pub mod priority;
pub mod row;
pub mod search;
pub mod standing;
pub mod view;
