//! Tickets against what the account usually has open.

use super::*;
use crate::domain::facts::ticket::{Priority, Status, Ticket};
use chrono::{Duration, TimeZone, Utc};

/// A ticket that was opened so many days ago and solved so many days later.
fn ticket(n: usize, priority: Priority, ago: i64, lasted: Option<i64>) -> Ticket {
    let opened = Utc.with_ymd_and_hms(2026, 11, 22, 1, 0, 0).unwrap() - Duration::days(ago);
    let words = [
        "Alarm bell",
        "Missing invoice",
        "Slow export",
        "Broken printer",
        "Lost password",
        "Wrong colour",
    ];
    let status = if lasted.is_some() {
        Status::Solved
    } else {
        Status::Open
    };
    serde_json::from_value(serde_json::json!({
        "id": format!("t{n}-{ago}"), "account": "a", "subject": words[n % 6],
        "status": status, "priority": priority, "opened": opened,
        "solved": lasted.map(|days| opened + Duration::days(days)),
    }))
    .expect("a ticket")
}

/// A year in which `each` tickets of a month are open at its end, and `now` open ones.
fn year(each: usize, priority: Priority, now: usize) -> Dossier {
    let mut d = dossier();
    for month in 2..13_i64 {
        for n in 0..each {
            d.tickets
                .push(ticket(n, priority, month * 30 + 10, Some(20)));
        }
    }
    for n in 0..now {
        d.tickets.push(ticket(n, Priority::Normal, 8, None));
    }
    d
}

fn support(d: &Dossier) -> f64 {
    scored(d).parts[Dimension::Support.index()].exact
}

#[test]
fn what_an_account_usually_has_open_is_half_the_news() {
    let (busy, quiet) = (year(4, Priority::Normal, 4), year(0, Priority::Normal, 4));
    assert!(
        support(&busy) > support(&quiet) + 5.0,
        "{} {}",
        support(&busy),
        support(&quiet)
    );
    let facts = scored(&busy).facts(Dimension::Support);
    assert!(
        facts.contains(&Fact::UsuallyOpen { count: 4.0 }),
        "{facts:?}"
    );
    // Twice as many as usual are still worse.
    assert!(support(&year(4, Priority::Normal, 8)) < support(&busy) - 10.0);
}

#[test]
fn grave_tickets_are_nobodys_habit() {
    let grave = year(4, Priority::Urgent, 4);
    assert_eq!(support(&grave), support(&year(0, Priority::Normal, 4)));
    let facts = scored(&grave).facts(Dimension::Support);
    assert!(!facts.iter().any(|f| matches!(f, Fact::UsuallyOpen { .. })));
}

#[test]
fn a_load_of_two_months_is_no_habit() {
    let mut new = dossier();
    for n in 0..6 {
        new.tickets.push(ticket(n, Priority::Normal, 60, None));
    }
    // Known for long, so that the load could have been usual.
    new.tickets.push(ticket(0, Priority::Low, 400, Some(1)));
    let facts = scored(&new).facts(Dimension::Support);
    assert!(
        !facts.iter().any(|f| matches!(f, Fact::UsuallyOpen { .. })),
        "{facts:?}"
    );
}
