//! The terms that count for an account: the stated ones, else those that follow from subscriptions
//! and dates. Reads one dossier and the tier thresholds; knows no scores and no plans.

use chrono::NaiveDate;

use super::Dossier;
use super::churn::churned;
use super::going_on::contracts_on;
use super::start::contract_start;
use crate::domain::account::{Stage, Tier};
use crate::domain::facts::subscription::{self, Subscription, seats_on};
use crate::domain::money::{Money, Totals};
use crate::domain::policy::Policy;

/// The stated tier, else the tier of its yearly value or seats.
pub fn effective_tier(dossier: &Dossier, policy: &Policy, day: NaiveDate) -> Tier {
    dossier.account.tier.unwrap_or_else(|| {
        policy.tier_of(
            stated_value(dossier, day).single(),
            effective_seats(dossier, day),
        )
    })
}

/// The stated stage, else by the contract dates: onboarding for 45 days, renewal in the last 120
/// days, adoption through the first year, growth after it.
pub fn effective_stage(dossier: &Dossier, day: NaiveDate) -> Stage {
    if let Some(stage) = dossier.account.stage {
        return stage;
    }
    let start = contract_start(dossier).filter(|s| *s <= day);
    let age = start.map_or(i64::MAX, |s| (day - s).num_days());
    if (0..=45).contains(&age) {
        Stage::Onboarding
    } else if effective_renewal(dossier, day)
        .is_some_and(|r| (0..=120).contains(&(r - day).num_days()))
        && age > 120
    {
        Stage::Renewal
    } else if age < 365 {
        Stage::Adoption
    } else {
        Stage::Growth
    }
}

/// The yearly value, where all of it is in one currency; see [`effective_value`].
pub fn effective_arr(dossier: &Dossier, day: NaiveDate) -> Option<Money> {
    effective_value(dossier, day).single()
}

/// The yearly value by currency: what the running contracts state, else the account's own field. A customer who left
/// pays nothing.
pub fn effective_value(dossier: &Dossier, day: NaiveDate) -> Totals {
    match churned(dossier, day) {
        Some(_) => Totals::default(),
        None => stated_value(dossier, day),
    }
}

/// What the running contracts state, else the account's own field, also of a customer who left: it stays in its tier.
fn stated_value(dossier: &Dossier, day: NaiveDate) -> Totals {
    let contracts = subscription::arr(&contracts_on(dossier, day), day);
    if !contracts.is_empty() {
        return contracts;
    }
    let mut stated = Totals::default();
    if let Some(arr) = dossier.account.arr {
        stated.add(arr);
    }
    stated
}

/// The next end of the running contracts, else the account's own renewal date. Where both mean the same day, the
/// stated one: it is the day after the last paid day.
pub fn effective_renewal(dossier: &Dossier, day: NaiveDate) -> Option<NaiveDate> {
    let stated = dossier.account.renewal;
    let Some(end) = next_contract(dossier, day).and_then(|s| s.next_end(day)) else {
        return stated;
    };
    stated
        .filter(|day| is_renewal_after(*day, end))
        .or(Some(end))
}

/// Whether a renewal date is of a term with this last paid day.
pub fn is_renewal_after(renewal: NaiveDate, end: NaiveDate) -> bool {
    renewal == end || end.succ_opt() == Some(renewal)
}

/// The contract that ends next of those with the longest term: many monthly add-ons must not hide the yearly one.
pub fn next_contract(dossier: &Dossier, day: NaiveDate) -> Option<Subscription> {
    let all = contracts_on(dossier, day);
    let ending = || all.iter().filter(|s| s.next_end(day).is_some());
    let longest = ending().map(Subscription::months).max()?;
    let next = ending()
        .filter(|s| s.months() == longest)
        .min_by_key(|s| s.next_end(day));
    next.cloned()
}

/// The last day on which the customer can say no to the next renewal, where the contract's notice is known and it
/// renews by itself or may.
pub fn deciding_day(dossier: &Dossier, day: NaiveDate) -> Option<NaiveDate> {
    let contract = next_contract(dossier, day)?;
    let notice = contract
        .notice
        .filter(|_| contract.auto_renew != Some(false))?;
    Some(notice.last_day(contract.next_end(day)?))
}

pub fn effective_seats(dossier: &Dossier, day: NaiveDate) -> Option<u32> {
    dossier.account.seats.or_else(|| {
        seats_on(&contracts_on(dossier, day), day)
            .map(|seats| u32::try_from(seats).unwrap_or(u32::MAX))
    })
}
