//! Terms that an import moves forward: the renewal is kept as an outcome of the old term, so that its end and its value
//! are not overwritten. Rule: `[term]`.

use chrono::{Duration, NaiveDate};

use crate::domain::account::Account;
use crate::domain::change::Change;
use crate::domain::facts::outcome::{Outcome, OutcomeKind, Settles};
use crate::domain::facts::subscription::Subscription;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::money::Money;

/// A smaller step forward corrects a date.
const STEP: i64 = 28;
/// An end further ahead is moved because it was wrong: nobody renews so early.
const EARLY: i64 = 120;

/// The renewals among the changes of an import on a day.
pub fn renewed(changes: &[Change], today: NaiveDate) -> Vec<Outcome> {
    let moved = |change: &Change| {
        let (before, after) = change.typed::<Account>();
        let account = before.zip(after).and_then(|(b, a)| of_account(b, a));
        let (before, after) = change.typed::<Subscription>();
        let subscription = || before.zip(after).and_then(|(b, a)| of_subscription(b, a));
        account.or_else(subscription)
    };
    let is_renewal = |(_, settles): &(AccountId, Settles)| {
        let step = settles
            .until
            .map_or(0, |until| (until - settles.ends_on).num_days());
        step >= STEP && (settles.ends_on - today).num_days() <= EARLY
    };
    let outcome = |(account, settles): (AccountId, Settles)| {
        let contract = settles.contract.as_ref().map_or("", RecordId::as_str);
        Outcome {
            id: format!("renewed-{account}-{contract}-{}", settles.ends_on)
                .as_str()
                .into(),
            account,
            kind: OutcomeKind::Renewed,
            date: Some(today),
            reason: String::new(),
            comment: String::new(),
            amount: None,
            settles: Some(settles),
            oddities: Vec::new(),
        }
    };
    changes
        .iter()
        .filter_map(moved)
        .filter(is_renewal)
        .map(outcome)
        .collect()
}

/// A renewal date is the first day after the term.
fn of_account(before: &Account, after: &Account) -> Option<(AccountId, Settles)> {
    let day_before = |day: NaiveDate| day - Duration::days(1);
    let (old, new) = (
        before.renewal.map(day_before)?,
        after.renewal.map(day_before)?,
    );
    Some((
        after.id.clone(),
        settles(None, (old, new), (before.arr, after.arr)),
    ))
}

fn of_subscription(before: &Subscription, after: &Subscription) -> Option<(AccountId, Settles)> {
    let ends = (before.end?, after.end?);
    let values = (before.arr, after.arr);
    let paid = !before.trial;
    paid.then(|| {
        (
            after.account.clone(),
            settles(Some(after.id.clone()), ends, values),
        )
    })
}

fn settles(
    contract: Option<RecordId>,
    (ends_on, until): (NaiveDate, NaiveDate),
    (due, value): (Option<Money>, Option<Money>),
) -> Settles {
    Settles {
        contract,
        ends_on,
        due,
        value,
        until: Some(until),
        cause: None,
        rival: String::new(),
        said_by: String::new(),
        by_import: true,
    }
}
