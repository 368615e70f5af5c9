//! The champion has left or changed role.

use super::super::{Evidence, Found, View};
use crate::domain::contact::{Contact, Role, Status};

pub const NUMBERS: &[&str] = &["days"];

pub fn find(view: &View) -> Option<Found> {
    let champion = |c: &&Contact| c.role == Some(Role::Champion);
    let gone = |c: &&Contact| {
        c.status != Status::Active && c.since.is_none_or(|s| view.within(s, view.days("days")))
    };
    let left = view
        .dossier
        .contacts
        .iter()
        .filter(champion)
        .filter(gone)
        .max_by_key(|c| (c.since, c.id.clone()))?;
    let successor = view
        .dossier
        .contacts
        .iter()
        .filter(champion)
        .any(|c| c.status == Status::Active);
    // A departure without a date counts from the view's day, when it became known.
    let (date, confidence) = left.since.map_or((view.day, 60), |s| (s, 95));
    let role = Role::Champion.key().to_owned();
    Some(
        Found::new(
            date,
            confidence,
            Evidence::Person {
                name: left.name.clone(),
                role,
            },
        )
        .strong(!successor)
        .row("contact", left.id.as_str()),
    )
}
