//! Angry or let-down words in tickets, by the lexicon.

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
