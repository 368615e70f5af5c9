//! Who needs me now: what a day asks for, in order; and how each renewal of the next months looks.

mod pressure;
mod renewals;
mod today;

pub use pressure::{Reason, Scale, points, reasons};
pub use renewals::{Renewal, WINDOWS, conflicts, renewals};
pub use today::{Item, Kind, asks, today};
