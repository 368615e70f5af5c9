//! What contradicts an account's contracts: its own fields, and an outcome.

use chrono::NaiveDate;

use super::statement::{Kind, Statement};
use crate::domain::dossier::Dossier;
use crate::domain::dossier::churn::{Left, churned};
use crate::domain::dossier::effective::{is_renewal_after, next_contract};
use crate::domain::facts::subscription::{self, Subscription};

/// What contradicts the contracts: the account's own fields, and an outcome.
pub fn contracts(d: &Dossier, day: NaiveDate) -> Vec<(Kind, Statement, Statement)> {
    /// Values that differ by less are rounded: one part of so many.
    const ROUNDED: i64 = 100;
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
    let paid = subscription::arr(&d.subscriptions, day).single();
    if let Some((stated, paid)) = d.account.arr.zip(paid) {
        let near = (stated.minor - paid.minor).abs() <= stated.minor.max(paid.minor) / ROUNDED;
        if stated.currency != paid.currency || !near {
            let (one, other) = (
                Statement::Value { arr: stated },
                Statement::Contracts { arr: paid },
            );
            out.push((Kind::StatedValue, one, other));
        }
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
