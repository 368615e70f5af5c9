//! Open work: tickets, promises and actions, and the state of support.

use chrono::{Duration, NaiveDate};

use super::block::Block;
use crate::domain::action::urgency;
use crate::domain::dossier::Dossier;
use crate::domain::facts::ticket::repeats;
use crate::domain::facts::workload::workload;
use crate::domain::freshness::DataFreshness;
use crate::domain::signals::phrases::{PhraseMatcher, strong_tickets};
use crate::domain::when::Now;
use crate::services::figures;
use crate::words::{self, Lang};

pub fn tickets(d: &Dossier, t: Lang, now: Now) -> Block {
    let mut open: Vec<_> = d
        .tickets
        .iter()
        .filter(|x| {
            x.is_open()
                && (x.escalated || x.opened.is_some_and(|o| now.at - o > Duration::hours(48)))
        })
        .collect();
    open.sort_by_key(|x| (!x.escalated, x.priority, x.opened));
    let escalated = open.iter().any(|x| x.escalated);
    let items = open
        .iter()
        .take(6)
        .map(|x| {
            let age = x.opened.map_or_else(
                || words::common::unknown(t).to_owned(),
                |o| words::account::age_days(t, (now.today() - now.zone.day(o)).num_days()),
            );
            let mark = if x.escalated { "▲ " } else { "" };
            format!(
                "{mark}{} · {} · {age} · {}",
                if x.subject.is_empty() {
                    x.id.as_str()
                } else {
                    &x.subject
                },
                x.priority.words(t),
                x.id
            )
        })
        .collect();
    Block {
        block: "tickets_first",
        title: words::brief::tickets(t),
        items,
        weight: if escalated { 100 } else { 62 },
    }
}

/// Promises first, the team's and the customer's, with overdue ones and those finished but not
/// reported; then the other open actions.
pub fn promises(d: &Dossier, t: Lang, today: NaiveDate) -> Block {
    let mut open: Vec<_> = d.actions.iter().filter(|a| a.needs_attention()).collect();
    open.sort_by_key(|a| (!a.is_promise(), urgency(a)));
    let promised = open.iter().any(|a| a.is_promise());
    let items = open
        .iter()
        .take(8)
        .map(|a| {
            let due = a
                .due
                .map_or_else(|| words::actions::no_due(t).to_owned(), |d| d.to_string());
            let mark = if a.overdue(today) || a.owes_reply() {
                "▲ "
            } else {
                ""
            };
            let who = if a.owner.is_empty() {
                a.side.words(t).to_owned()
            } else {
                a.owner.to_string()
            };
            let mut words = format!("{mark}{}", words::brief::mine(t, &a.what, &who, &due));
            if a.slips() > 0 {
                words.push_str(&format!(" · {}", words::actions::slipped_n(t, a.slips())));
            }
            if a.owes_reply() {
                words.push_str(&format!(" · {}", words::actions::tell_them(t)));
            }
            words
        })
        .collect();
    // Promises come before everything but an escalated ticket: the customer remembers them first.
    Block {
        block: "promises",
        title: words::brief::promises(t),
        items,
        weight: if promised { 99 } else { 65 },
    }
}

pub fn support(
    d: &Dossier,
    freshness: DataFreshness,
    matcher: &dyn PhraseMatcher,
    t: Lang,
    now: Now,
) -> Block {
    let mut items = Vec::new();
    if let Some(load) = workload(&d.tickets, freshness.tickets, now.at, now.zone) {
        let strong = strong_tickets(&d.tickets, matcher, now.today(), now.zone).len();
        items.push(figures::support(t, &load, now.today(), strong).join(" · "));
    }
    items.extend(repeats(&d.tickets).into_iter().take(3).map(|r| {
        format!(
            "{}: {} ×{}",
            words::account::repeats(t),
            r.subject,
            r.tickets.len()
        )
    }));
    Block {
        block: "support",
        title: words::brief::support(t),
        items,
        weight: 50,
    }
}
