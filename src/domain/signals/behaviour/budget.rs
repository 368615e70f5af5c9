//! The customer questions cost, budget or price.

use super::super::{Found, View};

pub const NUMBERS: &[&str] = &["days", "strong"];

pub fn find(view: &View) -> Option<Found> {
    view.phrase_found(
        &["budget"],
        None,
        view.days("days"),
        1,
        view.n("strong") as usize,
    )
}
