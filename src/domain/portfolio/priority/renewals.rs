//! The prospect of each renewal in the next months, and the accounts with contradictions.

use std::sync::Arc;

use chrono::NaiveDate;

use super::pressure::{Scale, ours};
use crate::domain::cadence::schedule::Desk;
use crate::domain::checkin::wrapup::Judgement;
use crate::domain::health::Band;
use crate::domain::ids::AccountId;
use crate::domain::portfolio::book::Book;
use crate::domain::portfolio::conflicts::Conflict;
use crate::domain::portfolio::row::{Row, Standing};
use crate::domain::signals::{self, Call};

/// The windows of a renewal list, in days.
pub const WINDOWS: [i64; 4] = [30, 60, 90, 120];

/// The prospect of a renewal.
#[derive(Debug, Clone, PartialEq)]
pub struct Renewal {
    pub account: AccountId,
    /// The renewal, or the last day to say no to it.
    pub date: NaiveDate,
    /// Set where the date is the last day to say no.
    pub renews_on: Option<NaiveDate>,
    pub days: i64,
    /// The smallest of [`WINDOWS`] that holds it, in days; also where it is over.
    pub window: i64,
    /// The judgement by the numbers.
    pub call: Judgement,
    /// The judgement of the person who last talked with the customer, where there is one.
    pub said: Option<Judgement>,
}

impl Renewal {
    /// The numbers and the person disagree.
    pub fn disagrees(&self) -> bool {
        self.said
            .is_some_and(|s| (s == Judgement::Good) != (self.call == Judgement::Good))
    }
}

/// Good, watch or at risk: by band, warnings and escalations.
pub fn renewal_call(s: &Standing) -> Judgement {
    let call = signals::call(s.signals.iter());
    if s.health.band == Band::Red
        || s.escalated
        || s.escalated_tickets > 0
        || (call == Call::Act && s.health.band != Band::Green)
    {
        Judgement::AtRisk
    } else if s.health.band == Band::Green && call != Call::Act {
        Judgement::Good
    } else {
        Judgement::Watch
    }
}

/// The renewals of the next 120 days among the accounts `me` looks after, the nearest first; before them the terms that
/// ended without an outcome.
pub fn renewals(book: &Book, me: &str, desk: &Desk) -> Vec<Renewal> {
    let (today, ours) = (desk.now.today(), ours(book, me, desk));
    let mut out: Vec<Renewal> = book
        .rows()
        .iter()
        .filter(|r| r.standing.churned.is_none() && ours(r))
        .filter_map(|r| {
            let ended = r.standing.unsettled.overdue;
            // What is signed is decided.
            if ended.is_none() && r.standing.is_signed() {
                return None;
            }
            let date = ended.or(r.standing.counts_down_to(today))?;
            let days = (date - today).num_days();
            let window = WINDOWS.into_iter().find(|w| days <= *w)?;
            if days < 0 && ended.is_none() {
                return None;
            }
            Some(Renewal {
                account: r.account.id.clone(),
                date,
                renews_on: r
                    .standing
                    .renewal
                    .filter(|_| ended.is_none() && r.standing.may_say_no(today)),
                days,
                window,
                call: renewal_call(&r.standing),
                said: r.standing.judgement.map(|j| j.0),
            })
        })
        .collect();
    out.sort_by(|a, b| (a.date, &a.account).cmp(&(b.date, &b.account)));
    out
}

/// All contradictions of the accounts `me` looks after, the most valuable accounts first.
pub fn conflicts(book: &Book, me: &str, desk: &Desk) -> Vec<(AccountId, Conflict)> {
    let ours = ours(book, me, desk);
    let mut rows: Vec<&Arc<Row>> = book
        .rows()
        .iter()
        .filter(|r| !r.standing.conflicts.is_empty() && ours(r))
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let scale = Scale::of(book.rows());
    rows.sort_by(|a, b| {
        scale
            .weight(&b.standing)
            .total_cmp(&scale.weight(&a.standing))
            .then_with(|| a.account.id.cmp(&b.account.id))
    });
    rows.into_iter()
        .flat_map(|r| {
            r.standing
                .conflicts
                .iter()
                .map(|d| (r.account.id.clone(), d.clone()))
        })
        .collect()
}
