//! All dated events of an account, newest first.

use chrono::{DateTime, NaiveDate, Utc};

use super::closed::closed;
use super::dossier::Dossier;
use super::when::Zone;

closed! {
    Kind { Note = "note", Checkin = "checkin", Touch = "touch", Ticket = "ticket", Survey = "survey", Outcome = "outcome", Action = "action", Subscription = "subscription", Deal = "deal" }
}

/// One entry; `index` is its place in the dossier's list of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    pub at: DateTime<Utc>,
    pub day: NaiveDate,
    pub kind: Kind,
    pub index: usize,
}

/// All dated entries, newest first. Undated records are left out.
pub fn entries(dossier: &Dossier, zone: Zone) -> Vec<Entry> {
    let noon = |day: NaiveDate| zone.instant(day.and_hms_opt(12, 0, 0).unwrap_or_default());
    let mut out = Vec::new();
    let mut add = |at: DateTime<Utc>, kind, index| {
        out.push(Entry {
            at,
            day: zone.day(at),
            kind,
            index,
        })
    };
    for (i, n) in dossier.notes.iter().enumerate() {
        add(n.at, Kind::Note, i);
    }
    for (i, c) in dossier.checkins.iter().enumerate() {
        add(c.started().unwrap_or(c.created), Kind::Checkin, i);
    }
    for (i, t) in dossier.touches.iter().enumerate() {
        add(t.at, Kind::Touch, i);
    }
    for (i, t) in dossier.tickets.iter().enumerate() {
        if let Some(at) = t.opened.or(t.solved) {
            add(at, Kind::Ticket, i);
        }
    }
    for (i, s) in dossier.surveys.iter().enumerate() {
        if let Some(day) = s.date {
            add(noon(day), Kind::Survey, i);
        }
    }
    for (i, o) in dossier.outcomes.iter().enumerate() {
        if let Some(day) = o.date {
            add(noon(day), Kind::Outcome, i);
        }
    }
    for (i, a) in dossier.actions.iter().enumerate() {
        add(a.created, Kind::Action, i);
    }
    for (i, s) in dossier.subscriptions.iter().enumerate() {
        if let Some(day) = s.start {
            add(noon(day), Kind::Subscription, i);
        }
    }
    for (i, deal) in dossier.deals.iter().enumerate() {
        if let Some(day) = deal.decided().or(deal.created) {
            add(noon(day), Kind::Deal, i);
        }
    }
    out.sort_by(|a, b| {
        b.at.cmp(&a.at)
            .then_with(|| a.kind.cmp(&b.kind))
            .then_with(|| a.index.cmp(&b.index))
    });
    out
}
