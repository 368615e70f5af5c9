//! The customer voices doubts: about deciding, time, use, benefit, or the product's place in daily work.

use super::super::{Found, View};

pub const NUMBERS: &[&str] = &["days", "strong"];

pub fn find(view: &View) -> Option<Found> {
    view.phrase_found(
        &[
            "undecided",
            "if-time",
            "need",
            "confused",
            "resistance",
            "silence",
            "spreadsheet",
        ],
        None,
        view.days("days"),
        1,
        view.n("strong") as usize,
    )
}
