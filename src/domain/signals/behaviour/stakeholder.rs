//! A sponsor or decision maker left, changed role or is new.

use super::super::{Evidence, Found, View};
use crate::domain::contact::{Contact, Role, Status};
use crate::domain::dossier::start::contract_start;

pub const NUMBERS: &[&str] = &["days"];

pub fn find(view: &View) -> Option<Found> {
    // At the start of a contract every contact is new.
    let started = contract_start(view.dossier)
        .and_then(|s| s.checked_add_signed(chrono::Duration::days(view.days("days"))));
    let changed = |c: &&Contact| {
        let decides = matches!(c.role, Some(Role::Sponsor | Role::Decision));
        let new = c.status == Status::Active;
        decides
            && c.since.is_some_and(|s| {
                view.within(s, view.days("days")) && (!new || started.is_none_or(|from| s >= from))
            })
    };
    let person = view
        .dossier
        .contacts
        .iter()
        .filter(changed)
        .max_by_key(|c| (c.since, c.id.clone()))?;
    let role = person.role.map(|r| r.key().to_owned()).unwrap_or_default();
    Some(
        Found::new(
            person.since?,
            80,
            Evidence::Person {
                name: person.name.clone(),
                role,
            },
        )
        .row("contact", person.id.as_str()),
    )
}
