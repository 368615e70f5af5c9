//! The terms that count for an account: the stated ones, else those that follow from subscriptions
//! and dates. Reads one dossier and the tier thresholds; knows no scores and no plans.

use chrono::NaiveDate;

use super::Dossier;
use crate::domain::account::{Stage, Tier};
use crate::domain::facts::subscription::{self, Subscription, seats_on};
use crate::domain::money::{Money, Totals};
use crate::domain::policy::Policy;

/// The stated tier, else the tier of its yearly value or seats.
pub fn effective_tier(dossier: &Dossier, policy: &Policy, day: NaiveDate) -> Tier {
    dossier.account.tier.unwrap_or_else(|| {
        policy.tier_of(effective_arr(dossier, day), effective_seats(dossier, day))
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

/// The stated start of the contract, else the first start of a subscription.
pub fn contract_start(dossier: &Dossier) -> Option<NaiveDate> {
    dossier
        .account
        .contract_start
        .or_else(|| dossier.subscriptions.iter().filter_map(|s| s.start).min())
}

/// The stated yearly value, else the sum of today's subscriptions where all are in one currency.
pub fn effective_arr(dossier: &Dossier, day: NaiveDate) -> Option<Money> {
    dossier
        .account
        .arr
        .or_else(|| subscription::arr(&dossier.subscriptions, day).single())
}

/// The yearly value by currency: the stated one, else the sum of today's subscriptions.
pub fn effective_value(dossier: &Dossier, day: NaiveDate) -> Totals {
    match dossier.account.arr {
        Some(arr) => {
            let mut totals = Totals::default();
            totals.add(arr);
            totals
        }
        None => subscription::arr(&dossier.subscriptions, day),
    }
}

/// The stated renewal date, else the next renewal of the subscriptions with the longest period:
/// many monthly add-ons must not hide the yearly contract.
pub fn effective_renewal(dossier: &Dossier, day: NaiveDate) -> Option<NaiveDate> {
    dossier.account.renewal.or_else(|| {
        let longest = dossier
            .subscriptions
            .iter()
            .filter(|s| s.next_renewal(day).is_some())
            .map(Subscription::months)
            .max()?;
        dossier
            .subscriptions
            .iter()
            .filter(|s| s.months() == longest)
            .filter_map(|s| s.next_renewal(day))
            .min()
    })
}

pub fn effective_seats(dossier: &Dossier, day: NaiveDate) -> Option<u32> {
    dossier.account.seats.or_else(|| {
        seats_on(&dossier.subscriptions, day).map(|seats| u32::try_from(seats).unwrap_or(u32::MAX))
    })
}
