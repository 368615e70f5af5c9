//! Priorities: the items of a day, in order, and the prospect of each renewal in the next months.

mod pressure;
mod renewals;
mod today;

pub use pressure::{Reason, Scale, points, reasons};
pub use renewals::{Renewal, WINDOWS, conflicts, renewals};
pub use today::{Item, Kind, asks, today};
