//! What customers talk about: money, others' products, how to get out.

use super::super::{Found, View};

pub const NUMBERS: &[&str] = &["days", "strong"];

pub fn budget(view: &View) -> Option<Found> {
    of(view, "budget")
}

pub fn competitor(view: &View) -> Option<Found> {
    of(view, "competitor")
}

pub fn contract(view: &View) -> Option<Found> {
    view.said(&["contract", "leaving"], None, view.days("days"), 1, view.n("strong") as usize)
}

fn of(view: &View, category: &str) -> Option<Found> {
    view.said(&[category], None, view.days("days"), 1, view.n("strong") as usize)
}
