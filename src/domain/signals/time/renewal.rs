//! The renewal is approaching: signalled 120, 90, 60, 30, 14 and 7 days before, until it is signed.

use chrono::Duration;

use super::super::{Evidence, Found, View};
use crate::domain::dossier::effective::{deciding_day, effective_renewal};
use crate::domain::dossier::steps;
use crate::domain::facts::step::StepKind;

pub const NUMBERS: &[&str] = &["days", "strong"];

/// Days before the renewal at which the signal is raised again, nearest first: the usual steps of a
/// renewal.
pub const STEPS: [i64; 6] = [7, 14, 30, 60, 90, 120];

pub fn find(view: &View) -> Option<Found> {
    let taken = steps::of_next(view.dossier, view.day);
    if taken.is_some_and(|taken| taken.step == StepKind::Signed) {
        return None;
    }
    let decided = deciding_day(view.dossier, view.day);
    let date = decided.or_else(|| effective_renewal(view.dossier, view.day))?;
    let days = (date - view.day).num_days();
    let step = STEPS
        .into_iter()
        .find(|s| days <= *s)
        .filter(|s| days >= 0 && *s <= view.days("days"))?;
    Some(
        Found::new(
            date - Duration::days(step),
            100,
            Evidence::Renewal {
                date,
                days,
                notice: decided.is_some(),
            },
        )
        .strong(days <= view.days("strong")),
    )
}
