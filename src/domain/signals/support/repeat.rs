//! The same issue was reported in at least three tickets, in different words.

use chrono::NaiveDate;

use super::super::{Evidence, Found, View};
use crate::domain::facts::ticket::{Ticket, same_issue};

pub const NUMBERS: &[&str] = &["days", "times"];

pub fn find(view: &View) -> Option<Found> {
    let times = (view.n("times") as usize).max(2);
    let mut tickets: Vec<(NaiveDate, &Ticket)> = view
        .dossier
        .tickets
        .iter()
        .filter_map(|t| Some((view.zone.day(t.opened?), t)))
        .filter(|(d, _)| view.within(*d, view.days("days")))
        .collect();
    tickets.sort_by_key(|(d, t)| (*d, t.opened));
    if tickets.len() < times {
        return None;
    }
    let all: Vec<&Ticket> = tickets.iter().map(|t| t.1).collect();
    let groups = same_issue(&all);
    let group = groups
        .into_iter()
        .filter(|g| g.len() >= times)
        .max_by_key(|g| (g.len(), g.last().copied()))?;
    let last = tickets[*group.last()?].1;
    let subject = if last.subject.is_empty() {
        last.category.clone()
    } else {
        last.subject.clone()
    };
    // It holds since the ticket that completed the number.
    let found = Found::new(
        tickets[group[times - 1]].0,
        85,
        Evidence::Issue {
            subject,
            count: group.len(),
        },
    );
    Some(
        found
            .strong(group.len() >= times * 2)
            .rows("ticket", group.iter().map(|i| tickets[*i].1.id.as_str())),
    )
}
