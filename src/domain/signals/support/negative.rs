//! Tickets contain angry or disappointed phrases from the lexicon.

use super::super::{Found, View};

pub const NUMBERS: &[&str] = &["days", "times", "strong"];

pub fn find(view: &View) -> Option<Found> {
    view.phrase_found(
        &["negative"],
        Some("ticket"),
        view.days("days"),
        view.n("times") as usize,
        view.n("strong") as usize,
    )
}
