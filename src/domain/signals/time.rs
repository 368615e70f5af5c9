//! Signals that the calendar gives.

pub(super) mod milestone;
pub(super) mod renewal;
pub(super) mod silence;
