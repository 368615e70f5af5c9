//! The cadence of accounts: accepting and dismissing suggestions, and moving touches to other days.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{By, rhythm};
use crate::domain::account::Account;
use crate::domain::cadence::adapt::Suggestion;
use crate::domain::cadence::rhythm::Deviation;
use crate::domain::cadence::spread::{self, Proposal};
use crate::domain::cadence::{Kind, plan::Planned};
use crate::domain::change::{Change, Label, Operation};
use crate::domain::ids::AccountId;

/// Accepts a suggestion: the account gets its own interval, stored with `reason`.
pub fn accept(
    before: &Account,
    suggestion: &Suggestion,
    reason: &str,
    by: &mut By,
) -> Option<Operation> {
    let mut own = before.cadence.as_deref().cloned().unwrap_or_default();
    let deviation = Deviation {
        every: suggestion.to,
        reason: reason.to_owned(),
        set: by.today(),
        by: by.name(),
    };
    own.every.insert(Kind::Checkin, deviation);
    rhythm::change(before, own, by)
}

/// Dismisses a suggestion. No other is made for some time.
pub fn turn_down(before: &Account, by: &mut By) -> Option<Operation> {
    let mut own = before.cadence.as_deref().cloned().unwrap_or_default();
    own.dismissed = Some(by.today());
    rhythm::change(before, own, by)
}

/// Moves a planned touch to another day.
pub fn place(before: &Account, touch: &Planned, day: NaiveDate, by: &mut By) -> Operation {
    let after = spread::place(before, touch.kind, touch.ideal, day, by.today());
    by.operation(
        Label::Smooth { touches: 1 },
        vec![Change::update(before.clone(), after)],
    )
}

/// Moves touches as a proposal says; `None` if it moves nothing.
pub fn spread<'a>(
    proposal: &Proposal,
    account: impl Fn(&AccountId) -> Option<&'a Account>,
    by: &mut By,
) -> Option<Operation> {
    let mut after: BTreeMap<&AccountId, (&Account, Account)> = BTreeMap::new();
    for m in &proposal.moves {
        let Some(before) = account(&m.account) else {
            continue;
        };
        let (_, next) = after
            .entry(&m.account)
            .or_insert_with(|| (before, before.clone()));
        *next = spread::place(next, m.kind, m.ideal, m.to, by.today());
    }
    let changes: Vec<Change> = after
        .into_values()
        .map(|(before, after)| Change::update(before.clone(), after))
        .collect();
    let label = Label::Smooth {
        touches: proposal.moves.len(),
    };
    (!changes.is_empty()).then(|| by.operation(label, changes))
}
