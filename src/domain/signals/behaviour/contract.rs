//! How to get out is asked: terms, notice, export of data; or leaving is spoken of.

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
