//! The customer's own business is in motion: layoffs, reorganisation, a merger, trouble.

use super::{Found, View};

pub const NUMBERS: &[&str] = &["days", "strong"];

pub fn find(view: &View) -> Option<Found> {
    view.said(&["layoffs", "reorganisation", "trouble"], None, view.days("days"), 1, view.n("strong") as usize)
}
