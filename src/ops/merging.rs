//! Merges a contract into another one of the account within its term (co-term): from a day on the other pays both. Rule:
//! `[amendment]`.

use chrono::NaiveDate;

use super::{By, Refusal, typed};
use crate::domain::account::Account;
use crate::domain::change::{Change, Label, Operation};
use crate::domain::facts::amendment::{Earlier, Merged};
use crate::domain::facts::subscription::Subscription;
use crate::domain::money::Money;
use crate::domain::text::{fold, visible};
use crate::words;

/// A merger as typed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Typed<'a> {
    /// The id or the product of the other contract.
    pub into: &'a str,
    /// The first day on which the other pays both; empty: today.
    pub from: &'a str,
    pub why: &'a str,
}

/// The fields of [`Typed`] that are no field of a contract.
pub mod field {
    pub const INTO: &str = "into";
}

/// Both contracts as they are afterwards: the one that ends, and the one that pays both.
pub struct Both {
    pub ended: Subscription,
    pub into: Subscription,
}

/// What a merger makes of two contracts.
///
/// # Errors
/// If the other contract is not known, does not run on that day or is in another currency, or the day is outside the
/// term or before a change of the other one.
pub fn merged(
    contracts: &[Subscription],
    held: &Subscription,
    given: Typed,
    by: &By,
) -> Result<Both, Refusal> {
    use super::contracts::field::{FROM, WHY};
    Refusal::of_long_text(WHY, given.why)?;
    let from = typed::day(FROM, given.from, by)?.unwrap_or(by.today());
    let other = other(contracts, held, given.into, from)?;
    let refuse = |words: fn(words::Lang) -> &'static str| Err(Refusal::new(FROM, words));
    if held.start.is_some_and(|start| from <= start) {
        return refuse(words::contracts::change_before_start);
    }
    if !held.active(from) || held.merged.is_some() {
        return refuse(words::contracts::change_after_end);
    }
    if !other.active(from) {
        return Err(Refusal::new(
            field::INTO,
            words::contracts::other_not_running,
        ));
    }
    let changes = [held, other]
        .into_iter()
        .filter_map(Subscription::last_changed_on);
    if let Some(last) = changes.max().filter(|last| from < *last) {
        return Err(Refusal::new(FROM, |lang| {
            words::contracts::changed_later(lang, last)
        }));
    }
    let Some(until) = from.pred_opt() else {
        return refuse(words::contracts::change_before_start);
    };
    let mut into = other.to_be_edited();
    (into.arr, into.seats) = (sum(held, other, from)?, seats(held, other, from));
    if other.last_changed_on() != Some(from) && other.start.is_none_or(|start| start < from) {
        into.earlier.push(Earlier {
            until,
            arr: other.arr,
            seats: other.seats,
            decided: Some(by.today()).filter(|today| *today != from),
            why: visible(given.why),
        });
    }
    let ended = Subscription {
        end: Some(until),
        merged: Some(Merged {
            into: other.id.clone(),
            agreed: held.end,
        }),
        ..held.to_be_edited()
    };
    Ok(Both { ended, into })
}

/// The step that keeps a merger.
pub fn keep(account: &Account, contracts: &[Subscription], both: Both, by: &mut By) -> Operation {
    let before = |after: &Subscription| contracts.iter().find(|s| s.id == after.id).cloned();
    let changes = [both.ended, both.into].into_iter().filter_map(|after| {
        let before = before(&after)?;
        Some(Change::update(before, after))
    });
    let changes = changes.collect();
    let account = account.name.clone();
    by.operation(Label::Contract { account }, changes)
}

/// What follows from a merger, in words.
pub fn follows(both: &Both, lang: words::Lang) -> String {
    let name = |s: &Subscription| match s.plan.is_empty() {
        true => s.id.to_string(),
        false => s.plan.clone(),
    };
    let Some(until) = both.ended.end else {
        return String::new();
    };
    let value = both.into.arr.map(|m| m.short()).unwrap_or_default();
    let from = until.succ_opt().unwrap_or(until);
    words::contracts::merges(lang, until, name(&both.into), value, from)
}

/// The other contract that is meant.
fn other<'a>(
    contracts: &'a [Subscription],
    held: &Subscription,
    text: &str,
    from: NaiveDate,
) -> Result<&'a Subscription, Refusal> {
    let text = text.trim();
    let others = || contracts.iter().filter(|s| s.id != held.id && !s.trial);
    // A product that was renewed has earlier contracts too.
    let named = others().filter(|s| fold(&s.plan) == fold(text));
    let mut by_plan: Vec<&Subscription> = named.collect();
    if by_plan.len() > 1 {
        by_plan.retain(|s| s.active(from));
    }
    let meant = others().find(|s| s.id.as_str() == text);
    match (meant, &by_plan[..]) {
        (Some(meant), _) => Ok(meant),
        (None, [meant]) => Ok(*meant),
        (None, []) => Err(Refusal::new(field::INTO, |lang| {
            words::contracts::no_such(lang, text)
        })),
        (None, several) => {
            let ids: Vec<&str> = several.iter().map(|s| s.id.as_str()).collect();
            Err(Refusal::new(field::INTO, |lang| {
                words::contracts::several_such(lang, ids.join(", "))
            }))
        }
    }
}

/// What both pay; unknown where one of them is.
fn sum(
    one: &Subscription,
    other: &Subscription,
    from: NaiveDate,
) -> Result<Option<Money>, Refusal> {
    let Some((one, other)) = one.arr_on(from).zip(other.arr_on(from)) else {
        return Ok(None);
    };
    if one.currency != other.currency {
        return Err(Refusal::new(field::INTO, words::contracts::other_currency));
    }
    let minor = one.minor.saturating_add(other.minor);
    Ok(Some(Money { minor, ..other }))
}

fn seats(one: &Subscription, other: &Subscription, from: NaiveDate) -> Option<u32> {
    let (one, other) = one.seats_on(from).zip(other.seats_on(from))?;
    one.checked_add(other)
}
