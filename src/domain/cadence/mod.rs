//! Cadence: when and in what pattern an account is touched `[cadence.model]`. The plan is derived,
//! never stored: what is stored is what deviates from the rules, and what was agreed.

pub mod absence;
pub mod adapt;
pub mod adherence;
pub mod anchors;
pub mod calendar;
pub mod capacity;
pub mod diff;
mod every;
mod kind;
pub mod plan;
pub mod policy;
pub mod recurrence;
pub mod rhythm;
pub mod schedule;
pub mod smooth;
pub mod spread;
pub mod touchpoint;

pub use every::{Every, Unit};
pub use kind::Kind;
