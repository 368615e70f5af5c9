//! The customer asks about contract terms, notice or data export, or talks of cancelling.

use super::super::{Found, View};

pub const NUMBERS: &[&str] = &["days", "strong"];

pub fn find(view: &View) -> Option<Found> {
    view.phrase_found(
        &["contract", "leaving"],
        None,
        view.days("days"),
        1,
        view.n("strong") as usize,
    )
}
