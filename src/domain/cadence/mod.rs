//! Cadence: the days on which an account is touched. The plan is derived and never stored; only
//! deviations from the rules and agreed meetings are.

pub mod absence;
pub mod adapt;
pub mod adherence;
pub mod anchors;
pub mod avoided;
pub mod calendar;
pub mod capacity;
pub mod closure;
pub mod diff;
mod every;
mod kind;
pub mod place;
pub mod places;
pub mod plan;
pub mod policy;
pub mod recurrence;
pub mod rhythm;
pub mod schedule;
pub mod smooth;
pub mod spread;
pub mod start;
pub mod theirs;
pub mod touchpoint;

pub use every::{Every, Unit};
pub use kind::Kind;
