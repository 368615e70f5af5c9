//! Signals from the answers of customers to surveys.

pub(super) mod comment;
pub(super) mod csat;
pub(super) mod detractor;
pub(super) mod fall;
pub(super) mod quiet;
