//! Terms that an import moves forward: the renewal is kept as an outcome of the old term, so that its end and its value
//! are not overwritten. Rule: `[term]`.

use chrono::{Duration, NaiveDate};

use crate::domain::account::Account;
use crate::domain::change::Change;
use crate::domain::facts::outcome::{Outcome, OutcomeKind, Settles};
use crate::domain::facts::subscription::Subscription;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::money::Money;
use crate::domain::records::{Listed, Record};
use crate::services::import::records::EARLY;

/// A smaller step forward corrects a date.
const STEP: i64 = 28;

/// An end that an import moves.
pub enum Step {
    /// Forward: a renewal.
    On(Settles),
    /// Back to a day: an earlier step forward was wrong.
    Back {
        contract: Option<RecordId>,
        ends_on: NaiveDate,
    },
}

/// The ends that the changes of an import move.
pub fn steps(changes: &[Change], today: NaiveDate) -> Vec<(AccountId, Step)> {
    let moved = |change: &Change| {
        let (before, after) = change.typed::<Account>();
        let account = before.zip(after).and_then(|(b, a)| of_account(b, a));
        let (before, after) = change.typed::<Subscription>();
        let subscription = || before.zip(after).and_then(|(b, a)| of_subscription(b, a));
        account.or_else(subscription)
    };
    let step = |(account, settles): (AccountId, Settles)| {
        let days = settles
            .until
            .map_or(0, |until| (until - settles.ends_on).num_days());
        match days {
            // An end further ahead is moved because it was wrong: nobody renews so early.
            STEP.. if (settles.ends_on - today).num_days() <= EARLY => {
                Some((account, Step::On(settles)))
            }
            ..0 => {
                let (contract, ends_on) = (settles.contract, settles.until?);
                Some((account, Step::Back { contract, ends_on }))
            }
            _ => None,
        }
    };
    changes.iter().filter_map(moved).filter_map(step).collect()
}

impl Step {
    /// What it does to the outcomes of an account with these records. Where a person recorded one for the term, that
    /// stands; the fields of an account with contracts of its own state none.
    pub fn change(self, held: &[Record], account: &AccountId, today: NaiveDate) -> Option<Change> {
        let mut outcomes = held.iter().filter_map(Outcome::of);
        match self {
            Step::On(settles) => {
                let same = |o: &Outcome| {
                    let of = o.settles.as_ref();
                    of.is_some_and(|s| {
                        (&s.contract, s.ends_on) == (&settles.contract, settles.ends_on)
                    })
                };
                let paid = |s: &Subscription| !s.trial;
                let contracts = held.iter().filter_map(Subscription::of).any(paid);
                let known = outcomes.any(same) || (settles.contract.is_none() && contracts);
                (!known).then(|| Change::create(outcome(account, settles, today)))
            }
            Step::Back { contract, ends_on } => {
                let made = outcomes.find(|o| {
                    let of = o.settles.as_ref().filter(|s| s.by_import);
                    of.is_some_and(|s| s.contract == contract && s.ends_on == ends_on)
                });
                made.cloned().map(Change::remove)
            }
        }
    }
}

fn outcome(account: &AccountId, settles: Settles, today: NaiveDate) -> Outcome {
    let contract = settles.contract.as_ref().map_or("", RecordId::as_str);
    Outcome {
        id: format!("renewed-{account}-{contract}-{}", settles.ends_on)
            .as_str()
            .into(),
        account: account.clone(),
        kind: OutcomeKind::Renewed,
        date: Some(today),
        reason: String::new(),
        comment: String::new(),
        amount: None,
        settles: Some(settles),
        oddities: Vec::new(),
    }
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
    // With what was taken off shortly before: that was a downgrade at the renewal.
    let values = (before.due_at(ends.0), after.arr);
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
        agreed: None,
        open_ended: false,
        due,
        value,
        until: Some(until),
        cause: None,
        rival: String::new(),
        said_by: String::new(),
        by_import: true,
    }
}
