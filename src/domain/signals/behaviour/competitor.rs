//! The customer mentions or compares other products.

use super::super::{Found, View};

pub const NUMBERS: &[&str] = &["days", "strong"];

pub fn find(view: &View) -> Option<Found> {
    view.phrase_found(
        &["competitor"],
        None,
        view.days("days"),
        1,
        view.n("strong") as usize,
    )
}
