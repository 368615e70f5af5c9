//! Whether a customer churned. Reads one dossier; knows no scores and no plans.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Dossier;
use crate::domain::facts::outcome::{Outcome, OutcomeKind};

/// An imported outcome belongs to a term that ends at most this many days after it, or ...
pub const BEFORE: i64 = 120;
/// ... at most this many days before it.
pub const AFTER: i64 = 60;

/// A churn, with its day where that is known. Many exports state only that the customer left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Left {
    On(NaiveDate),
    Sometime,
}

impl Left {
    /// The day, where it is known.
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            Left::On(day) => Some(day),
            Left::Sometime => None,
        }
    }
}

/// Whether the customer churned. An active subscription says no; else the latest dated outcome
/// decides. An undated churn counts only where no dated outcome is known, since it is unknown
/// which came first.
pub fn churned(dossier: &Dossier, day: NaiveDate) -> Option<Left> {
    if dossier.subscriptions.iter().any(|s| s.active(day)) {
        return None;
    }
    let gone = |o: &Outcome| o.kind == OutcomeKind::Churned;
    let by_hand = || dossier.outcomes.iter().filter_map(Outcome::by_hand);
    // A hand-made outcome stands over an imported one of the same term.
    let overruled = |o: &&Outcome| {
        let near = |end: NaiveDate| {
            o.date
                .is_some_and(|date| (-BEFORE..=AFTER).contains(&(date - end).num_days()))
        };
        o.settles.is_none() && by_hand().any(|term| near(term.ends_on))
    };
    // The last paid day of a lost term is still paid.
    let over = |o: &&Outcome| match &o.settles {
        Some(term) if gone(o) => term.ends_on < day,
        Some(_) => o.date.is_none_or(|date| date <= day),
        None => o.date.is_some_and(|date| date <= day),
    };
    let dated = dossier.outcomes.iter().filter(over);
    match dated
        .filter(|o| !overruled(o))
        .max_by_key(|o| o.effective())
    {
        Some(last) => last.effective().filter(|_| gone(last)).map(Left::On),
        None => dossier
            .outcomes
            .iter()
            .any(|o| o.date.is_none() && gone(o))
            .then_some(Left::Sometime),
    }
}
