//! The portfolio: a row for each account, the rows of the whole desk in memory, and how they are
//! searched, filtered, ordered and put before the CSM. Nothing here is stored but the saved views.

pub mod book;
pub mod conflicts;
pub mod filter;
pub mod priority;
pub mod row;
pub mod search;
pub mod standing;
pub mod view;
