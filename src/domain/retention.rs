//! What accounts pay a year at the close of a day, and how it moved over a period: gross and net retention, new and
//! lost value. Rules: `[renewals]`. Money is summed by currency only.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::closed::closed;
use super::dossier::Dossier;
use super::dossier::churn::churned;
use super::dossier::going_on::contracts_on;
use super::facts::outcome::Outcome;
use super::facts::subscription;
use super::ids::AccountId;
use super::money::{Currency, Money, Totals};

closed! {
    /// What happened to the yearly value of an account over a period. One for each account and currency.
    Movement {
        New = "new",
        /// It paid nothing before the period, but had paid before.
        Back = "reactivated",
        Expanded = "expanded",
        Same = "same",
        Contracted = "contracted",
        Lost = "lost",
        /// It pays in another currency than before: no sum compares them.
        Currency = "currency-changed",
    }
}

/// The yearly value of an account at the close of a day, by currency. Its contracts state it; where it has none, its
/// own fields and the outcomes of their terms.
pub fn value_on(d: &Dossier, day: NaiveDate) -> Totals {
    if churned(d, day).is_some() {
        return Totals::default();
    }
    if d.subscriptions.iter().any(|s| !s.trial && s.arr.is_some()) {
        return subscription::arr(&contracts_on(d, day), day);
    }
    let mut out = Totals::default();
    if let Some(value) = by_fields(d, day) {
        out.add(value);
    }
    out
}

/// What the account's own fields say of a day. Earlier values are known by the outcomes of the terms they were of.
fn by_fields(d: &Dossier, day: NaiveDate) -> Option<Money> {
    if d.account.contract_start.is_some_and(|start| day < start) {
        return None;
    }
    let settled = d.outcomes.iter().filter_map(Outcome::settled_fields);
    let next = settled
        .filter(|s| s.ends_on >= day)
        .min_by_key(|s| s.ends_on);
    // A contract that ended without an outcome pays nothing, as one of its own record does.
    let runs = d.account.renewal.is_none_or(|renewal| day < renewal);
    match next {
        Some(settled) => settled.due,
        None => d.account.arr.filter(|_| runs),
    }
}

/// An account's yearly value before a period and at its end, in one currency, in minor units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    pub account: AccountId,
    pub name: String,
    pub currency: Currency,
    pub before: i64,
    pub after: i64,
    pub movement: Movement,
    /// It pays nothing because a term ended and nobody said what became of it: that is no loss yet.
    pub unsaid: Option<Unsaid>,
}

/// A term of an account that ended without an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unsaid {
    Overdue,
    /// Before the first use of the program.
    BeforeUse,
}

/// How the value of an account moved from the close of the day before a period to the close of its last day, and
/// whether one of its terms ended without an outcome.
pub fn moved(
    d: &Dossier,
    (from, to): (NaiveDate, NaiveDate),
    unsaid: Option<Unsaid>,
) -> Vec<Moved> {
    let Some(day_before) = from.pred_opt() else {
        return Vec::new();
    };
    let (before, after) = (value_on(d, day_before), value_on(d, to));
    let of = |totals: &Totals, currency: Currency| {
        let mut all = totals.iter().filter(|m| m.currency == currency);
        all.next().map_or(0, |m| m.minor)
    };
    let currencies: std::collections::BTreeSet<Currency> = before
        .iter()
        .chain(after.iter())
        .map(|m| m.currency)
        .collect();
    // Paid before and after, and in nothing that can be compared.
    let pays = |totals: &Totals| totals.iter().any(|m| m.minor > 0);
    let changed = pays(&before) && pays(&after) && {
        let kept = |m: &Money| m.minor > 0 && of(&after, m.currency) > 0;
        !before.iter().any(|m| kept(&m))
    };
    let totals = (before, after);
    let row = |currency| {
        let (before, after) = (of(&totals.0, currency), of(&totals.1, currency));
        let movement = match (before, after) {
            _ if changed => Movement::Currency,
            (..=0, ..=0) => return None,
            // Who pays in another currency is no new customer, and none that left.
            (..=0, _) if pays(&totals.0) => Movement::Expanded,
            (..=0, _) if paid_before(d, day_before, currency) => Movement::Back,
            (..=0, _) => Movement::New,
            (_, ..=0) if pays(&totals.1) => Movement::Contracted,
            (_, ..=0) => Movement::Lost,
            (b, a) if a > b => Movement::Expanded,
            (b, a) if a < b => Movement::Contracted,
            _ => Movement::Same,
        };
        Some(Moved {
            account: d.account.id.clone(),
            name: d.account.name.clone(),
            currency,
            before,
            after,
            movement,
            unsaid: unsaid.filter(|_| movement == Movement::Lost),
        })
    };
    currencies.into_iter().filter_map(row).collect()
}

/// Whether the customer paid in a currency at the close of any day up to this one.
fn paid_before(d: &Dossier, day: NaiveDate, currency: Currency) -> bool {
    let paid = |s: &subscription::Subscription| {
        let start = s.start.filter(|start| *start <= day);
        let value = start.and_then(|start| s.arr_on(start));
        !s.trial && value.is_some_and(|m| m.currency == currency && m.minor > 0)
    };
    d.subscriptions.iter().any(paid)
        || d.outcomes
            .iter()
            .filter_map(Outcome::settled_fields)
            .any(|s| {
                s.ends_on <= day && s.due.is_some_and(|m| m.currency == currency && m.minor > 0)
            })
}

/// The movements of a period in one currency, in minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Retained {
    /// ΣA(s−1) over the accounts that paid before the period.
    pub before: i64,
    /// ΣA(e) over all accounts.
    pub after: i64,
    /// Σmin(A(s−1), A(e)) over the accounts that paid before.
    pub kept: i64,
    /// ΣA(e) over the accounts that paid before.
    pub of_those: i64,
    pub new: i64,
    pub reactivated: i64,
    pub expanded: i64,
    /// As positive numbers.
    pub contracted: i64,
    pub lost: i64,
    /// The accounts that paid before, and those of them that pay nothing now.
    pub accounts: usize,
    pub lost_accounts: usize,
    /// The part of what is lost that is not known to be: terms that ended without an outcome.
    pub overdue: i64,
    pub overdue_accounts: usize,
    /// The same of terms that ended before the first use.
    pub before_use: i64,
    pub before_use_accounts: usize,
}

impl Retained {
    /// Gross retention, percent, rounded down.
    pub fn gross(&self) -> Option<i64> {
        super::renewals::percent(self.kept, self.before)
    }

    /// Net retention, percent, rounded down.
    pub fn net(&self) -> Option<i64> {
        super::renewals::percent(self.of_those, self.before)
    }
}

/// The figures of a period by currency, and the accounts that no figure compares.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Retention {
    pub by_currency: BTreeMap<Currency, Retained>,
    /// The names of accounts whose currency changed.
    pub left_out: Vec<String>,
}

impl Retention {
    pub fn of(rows: &[Moved]) -> Self {
        let mut out = Self::default();
        for row in rows {
            if row.movement == Movement::Currency {
                if out.left_out.last() != Some(&row.name) {
                    out.left_out.push(row.name.clone());
                }
                continue;
            }
            out.by_currency.entry(row.currency).or_default().add(row);
        }
        out
    }
}

impl Retained {
    fn add(&mut self, row: &Moved) {
        self.after += row.after;
        if row.before > 0 {
            self.accounts += 1;
            self.before += row.before;
            self.kept += row.after.min(row.before);
            self.of_those += row.after;
        }
        let step = (row.after - row.before).abs();
        match row.movement {
            Movement::New => self.new += step,
            Movement::Back => self.reactivated += step,
            Movement::Expanded => self.expanded += step,
            Movement::Contracted => self.contracted += step,
            Movement::Lost => {
                self.lost += step;
                self.lost_accounts += 1;
                match row.unsaid {
                    Some(Unsaid::Overdue) => {
                        self.overdue += step;
                        self.overdue_accounts += 1;
                    }
                    Some(Unsaid::BeforeUse) => {
                        self.before_use += step;
                        self.before_use_accounts += 1;
                    }
                    None => {}
                }
            }
            Movement::Same | Movement::Currency => {}
        }
    }
}

#[cfg(test)]
mod tests;
