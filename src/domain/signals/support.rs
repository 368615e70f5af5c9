//! Signals from support tickets.

pub(super) mod escalated;
pub(super) mod negative;
pub(super) mod old;
pub(super) mod repeat;
pub(super) mod slower;
pub(super) mod spike;
