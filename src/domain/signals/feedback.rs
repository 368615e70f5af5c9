//! Signals from what customers answer when they are asked.

pub(super) mod comment;
pub(super) mod csat;
pub(super) mod detractor;
pub(super) mod fall;
pub(super) mod quiet;
