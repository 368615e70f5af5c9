//! An agreed goal has been reached.

use super::super::{Evidence, Found, View};
use crate::domain::account::GoalStatus;

pub const NUMBERS: &[&str] = &["days"];

pub fn find(view: &View) -> Option<Found> {
    let reached = view
        .dossier
        .account
        .goals
        .iter()
        .filter(|g| g.status == GoalStatus::Reached);
    // The day it was reached is not recorded; its due date is used.
    let near = reached.filter_map(|g| {
        Some((
            g.due
                .filter(|d| (view.day - *d).num_days().abs() <= view.days("days"))?,
            g,
        ))
    });
    let (due, goal) = near.max_by_key(|(d, g)| (*d, g.text.clone()))?;
    let evidence = Evidence::Goal {
        text: goal.text.clone(),
        due: Some(due),
    };
    Some(
        Found::new(due.min(view.day), 60, evidence)
            .row("account", view.dossier.account.id.as_str()),
    )
}
