//! Contracts that went on by themselves: the term of one that renews by itself ended, and nobody said what became of it.
//! By contract it is paid for the next term; lists show it as unconfirmed. Rule: `[outcome]`.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::Dossier;
use super::terms::TermsOn;
use crate::domain::facts::subscription::Subscription;

/// The contracts as they stand on a day: those that went on by themselves end with the term that runs.
pub fn contracts_on(d: &Dossier, day: NaiveDate) -> Cow<'_, [Subscription]> {
    if !d.subscriptions.iter().any(|s| s.may_go_on(day)) {
        return Cow::Borrowed(&d.subscriptions);
    }
    let on = TermsOn::new(d, day, None);
    let as_it_stands = |s: &Subscription| match on.goes_on(s) {
        true => Subscription {
            end: on.runs_until(s).or(s.end),
            // It renews for this long, however long it has run.
            term_months: s.next_months(),
            ..s.clone()
        },
        false => s.clone(),
    };
    Cow::Owned(d.subscriptions.iter().map(as_it_stands).collect())
}
