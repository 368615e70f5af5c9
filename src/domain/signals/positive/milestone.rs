//! An agreed goal has been reached.

use chrono::NaiveDate;

use super::super::{Evidence, Found, View};
use crate::domain::account::{Goal, GoalStatus};

pub const NUMBERS: &[&str] = &["days"];

pub fn find(view: &View) -> Option<Found> {
    let reached = view
        .dossier
        .account
        .goals
        .iter()
        .filter(|g| g.status == GoalStatus::Reached);
    let near = reached.filter_map(|g| {
        Some((
            reached_on(g, view.day)
                .filter(|d| *d <= view.day && (view.day - *d).num_days() <= view.days("days"))?,
            g,
        ))
    });
    let (reached, goal) = near.max_by_key(|(d, g)| (*d, g.text.clone()))?;
    let evidence = Evidence::Goal {
        text: goal.text.clone(),
        due: goal.due,
    };
    Some(Found::new(reached, 60, evidence).row("account", view.dossier.account.id.as_str()))
}

/// The day a goal was reached. Where it is not recorded, the goal was reached by its due day at the
/// latest; before that day nobody knows.
fn reached_on(goal: &Goal, day: NaiveDate) -> Option<NaiveDate> {
    goal.reached.or(goal.due.filter(|due| *due <= day))
}
