//! Whether a customer churned. Reads one dossier; knows no scores and no plans.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Dossier;
use crate::domain::facts::feedback::{Outcome, OutcomeKind};

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
    match dossier
        .outcomes
        .iter()
        .filter(|o| o.date.is_some_and(|d| d <= day))
        .max_by_key(|o| o.date)
    {
        Some(last) => last.date.filter(|_| gone(last)).map(Left::On),
        None => dossier
            .outcomes
            .iter()
            .any(|o| o.date.is_none() && gone(o))
            .then_some(Left::Sometime),
    }
}
