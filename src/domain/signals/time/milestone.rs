//! An agreed goal or milestone is overdue; it weighs more during onboarding.

use chrono::Duration;

use super::super::{Evidence, Found, View};
use crate::domain::account::{GoalStatus, Stage};

pub const NUMBERS: &[&str] = &["days"];

pub fn find(view: &View) -> Option<Found> {
    let missed = view
        .dossier
        .account
        .goals
        .iter()
        .filter(|g| g.status != GoalStatus::Reached);
    let mut late: Vec<_> = missed
        .filter_map(|g| {
            Some((
                g.due
                    .filter(|d| *d < view.day && view.within(*d, view.days("days")))?,
                g,
            ))
        })
        .collect();
    late.sort_by_key(|(d, _)| *d);
    let (due, _) = late.last()?;
    let mut found = Found::new(
        *due + Duration::days(1),
        90,
        Evidence::Goal {
            text: late.last()?.1.text.clone(),
            due: Some(*due),
        },
    )
    .strong(view.stage == Stage::Onboarding);
    found.evidence.extend(
        late.iter()
            .rev()
            .skip(1)
            .take(2)
            .map(|(d, g)| Evidence::Goal {
                text: g.text.clone(),
                due: Some(*d),
            }),
    );
    Some(found.row("account", view.dossier.account.id.as_str()))
}
