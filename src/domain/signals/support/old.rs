//! A ticket has been open for more than two days.

use chrono::Duration;

use super::super::{Evidence, Found, View};
use crate::domain::facts::ticket::{Priority, Ticket};

pub const NUMBERS: &[&str] = &["hours", "strong"];

/// How many times as long a low ticket may stay open.
const WISH: i32 = 15;

pub fn find(view: &View) -> Option<Found> {
    // When tickets stopped coming in, it is unknown which were solved.
    view.freshness.tickets.filter(|f| view.fresh(*f))?;
    let limit = Duration::hours(view.days("hours"));
    let mut old: Vec<&Ticket> = view
        .dossier
        .tickets
        .iter()
        .filter(|t| {
            // A low ticket is a wish that may wait for weeks.
            let limit = limit * if t.priority == Priority::Low { WISH } else { 1 };
            t.open_at(view.moment) && t.opened.is_some_and(|o| o + limit <= view.moment)
        })
        .collect();
    old.sort_by_key(|t| (t.opened, t.id.clone()));
    let oldest = old.first()?;
    let hours = (view.moment - oldest.opened?).num_hours();
    let strong = hours >= view.days("strong") || old.iter().any(|t| t.priority == Priority::Urgent);
    let mut found = Found::new(
        view.zone.day(oldest.opened? + limit),
        90,
        oldest.evidence(view.moment),
    )
    .strong(strong);
    if old.len() > 1 {
        found.evidence.push(Evidence::Count {
            now: old.len(),
            usual: None,
            days: 0,
        });
    }
    Some(found.rows("ticket", old.iter().map(|t| t.id.as_str())))
}
