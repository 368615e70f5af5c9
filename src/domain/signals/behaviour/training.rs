//! A training session was declined or no one attended.

use super::super::{Evidence, Found, View};
use crate::domain::facts::touch::{Attendance, TouchKind};

pub const NUMBERS: &[&str] = &["days"];

pub fn find(view: &View) -> Option<Found> {
    let touches = view.touches(view.days("days"));
    let trainings = || {
        touches
            .iter()
            .filter(|(_, t)| t.kind == TouchKind::Training)
    };
    let (date, touch) = trainings()
        .rev()
        .find(|(_, t)| matches!(t.attendance, Attendance::Declined | Attendance::NoShow))?;
    // A training held later makes up for it.
    if trainings().any(|(d, t)| d > date && t.attendance == Attendance::Held) {
        return None;
    }
    let evidence = Evidence::Meeting {
        date: *date,
        summary: touch.summary.lines().next().unwrap_or_default().to_owned(),
    };
    Some(Found::new(*date, 80, evidence).row("touch", touch.id.as_str()))
}
