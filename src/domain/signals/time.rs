//! Signals from the calendar.

pub(super) mod milestone;
pub(super) mod renewal;
pub(super) mod silence;
