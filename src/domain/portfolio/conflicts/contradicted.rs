//! What contradicts an account's contracts: its own fields, and an outcome.

use chrono::NaiveDate;

use super::statement::{Kind, Statement};
use crate::domain::dossier::Dossier;
use crate::domain::dossier::churn::{Left, churned};
use crate::domain::dossier::effective::{is_renewal_after, next_contract};
use crate::domain::dossier::going_on::contracts_on;
use crate::domain::facts::outcome::Outcome;
use crate::domain::facts::subscription::{self, Subscription};
use crate::domain::ids::RecordId;
use crate::domain::money::Money;

/// Whether two values may be the same one, rounded.
fn is_near(a: Money, b: Money) -> bool {
    /// Values that differ by less are rounded: one part of so many.
    const ROUNDED: i64 = 100;
    let apart = a.minor.saturating_sub(b.minor).saturating_abs();
    a.currency == b.currency && apart <= a.minor.max(b.minor) / ROUNDED
}

/// A renewal that a person recorded at one value, while another system states another for the same term.
fn renewed(d: &Dossier, day: NaiveDate) -> Option<(Kind, Statement, Statement)> {
    let mut stated = d
        .subscriptions
        .iter()
        .filter(|s| s.by_hand && s.active(day));
    let same_plan = |id: &RecordId, s: &Subscription| {
        let of = d.subscriptions.iter().find(|of| of.id == *id);
        of.is_none_or(|of| of.plan == s.plan)
    };
    stated.find_map(|s| {
        let start = s.start?;
        let is_of = |o: &&Outcome| {
            o.by_hand().is_some_and(|t| {
                let plan = t.contract.as_ref().is_some_and(|id| same_plan(id, s));
                plan && t.ends_on.succ_opt() == Some(start) && t.until.is_some()
            })
        };
        let outcome = d.outcomes.iter().find(is_of)?;
        let (said, paid) = (outcome.settles.as_ref()?.value?, s.arr_on(start)?);
        let date = outcome.date?;
        let sides = || {
            let one = Statement::RenewedAt { arr: said, date };
            (Kind::RenewedValue, one, Statement::Contracts { arr: paid })
        };
        (!is_near(said, paid)).then(sides)
    })
}

/// What contradicts the contracts: the account's own fields, and an outcome.
pub fn contracts(d: &Dossier, day: NaiveDate) -> Vec<(Kind, Statement, Statement)> {
    let mut out = Vec::new();
    if let Some(Left::On(date)) = churned(d, day) {
        let open =
            |s: &&Subscription| s.active(day) && !s.trial && s.start.is_some_and(|on| on < date);
        let open = d.subscriptions.iter().filter(open).max_by_key(|s| s.start);
        if let Some((s, since)) = open.and_then(|s| Some((s, s.start?))) {
            let plan = s.plan.clone();
            out.push((
                Kind::LeftRunning,
                Statement::Left { date },
                Statement::Running { plan, since },
            ));
        }
        return out;
    }
    out.extend(renewed(d, day));
    let paid = subscription::arr(&contracts_on(d, day), day).single();
    if let Some((stated, paid)) = d.account.arr.zip(paid)
        && !is_near(stated, paid)
    {
        let (one, other) = (
            Statement::Value { arr: stated },
            Statement::Contracts { arr: paid },
        );
        out.push((Kind::StatedValue, one, other));
    }
    let end = next_contract(d, day).and_then(|s| s.next_end(day));
    if let Some((renewal, end)) = d.account.renewal.zip(end)
        && !is_renewal_after(renewal, end)
        && renewal >= day
    {
        let (one, other) = (
            Statement::Record { renewal },
            Statement::ContractEnd { date: end },
        );
        out.push((Kind::StatedRenewal, one, other));
    }
    out
}
