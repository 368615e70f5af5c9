//! The terms that are due in a period, and how many of them renewed: `[renewals]`. Money is summed by currency only.

pub mod quarter;

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::account::Tier;
use super::dossier::Dossier;
use super::dossier::going_on::contracts_on;
use super::dossier::steps;
use super::dossier::terms::{self, Status, Term, TermsOn};
use super::facts::outcome::Outcome;
use super::facts::step::Taken;
use super::facts::subscription::Subscription;
use super::health::Band;
use super::ids::{AccountId, RecordId};
use super::money::{Currency, Money, Totals};

/// A commitment of fewer months is rolling: it is in no rate.
const ROLLING: u32 = 3;
/// Terms of a contract that are looked at: a century of months.
const MOST_TERMS: u32 = 1_200;
/// The shortest three months, days.
const STEP: i64 = 89;

/// A term that is due in a period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Due {
    pub account: AccountId,
    pub name: String,
    pub contract: Option<RecordId>,
    pub plan: String,
    pub ends_on: NaiveDate,
    /// The yearly value at its end.
    pub due: Option<Money>,
    /// The yearly value from then on, of a renewed term.
    pub new: Option<Money>,
    pub status: Status,
    pub rolling: bool,
    /// The extension that decides what becomes of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bridge: Option<Bridge>,
    /// The product or id of the contract into which it was merged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub into: Option<String>,
    /// The last step of its renewal, and its day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<Taken>,
    /// What it was a week ago, where that is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<Status>,
    /// How the account stands today; none where it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stands: Option<Stands>,
}

/// The extension of a term: it stays in the quarter in which the term was due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bridge {
    pub contract: Option<RecordId>,
    /// Its last paid day.
    pub until: NaiveDate,
}

/// What names a term: its account, its contract and its last paid day.
pub type TermKey = (AccountId, Option<RecordId>, NaiveDate);

/// What is shown of an account beside its terms.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stands {
    pub owner: String,
    pub tier: Tier,
    pub band: Band,
    /// Green, and without a high warning. Unknown is not healthy.
    pub healthy: bool,
}

impl Due {
    /// Whether a term that still runs is at risk: its account is red.
    pub fn is_at_risk(&self) -> bool {
        let red = self.stands.as_ref().is_some_and(|s| s.band == Band::Red);
        self.status == Status::Open && red
    }

    /// Whether a term that still runs is of a healthy account.
    pub fn is_healthy(&self) -> bool {
        self.status == Status::Open && self.stands.as_ref().is_some_and(|s| s.healthy)
    }

    /// What names the term whose outcome is asked about: the extension, where it was extended.
    pub fn key(&self) -> TermKey {
        let own = (self.contract.clone(), self.ends_on);
        let (contract, ends_on) = match &self.bridge {
            Some(bridge) => (bridge.contract.clone(), bridge.until),
            None => own,
        };
        (self.account.clone(), contract, ends_on)
    }
}

/// Notes what each term was on an earlier day, where that is another status.
pub fn note_changes(rows: &mut [Due], earlier: &[Due]) {
    let was: HashMap<_, Status> = earlier.iter().map(|e| (e.key(), e.status)).collect();
    for row in rows {
        let was = was.get(&row.key()).copied();
        row.was = was.filter(|status| *status != row.status);
    }
}

/// The terms of an account whose last paid day is in the period, as of a day. Those that were moved forward since are
/// known by their outcomes.
pub fn due(
    d: &Dossier,
    (from, to): (NaiveDate, NaiveDate),
    day: NaiveDate,
    first_use: Option<NaiveDate>,
) -> Vec<Due> {
    let on = TermsOn::new(d, day, first_use);
    let present = on.terms();
    let is_present = |o: &Outcome| present.iter().any(|term| terms::is_of(o, term));
    let mut past: Vec<&Outcome> = d.outcomes.iter().filter(|o| !is_present(o)).collect();
    // What a person recorded stands over what an import moved.
    past.sort_by_key(|o| o.by_hand().is_none());
    let mut out: Vec<Due> = present.iter().map(|term| of_term(d, term, &on)).collect();
    for outcome in past {
        let known = |due: &Due| {
            outcome
                .settles
                .as_ref()
                .is_some_and(|s| (&due.contract, due.ends_on) == (&s.contract, s.ends_on))
        };
        if !out.iter().any(known) {
            out.extend(of_outcome(d, outcome));
        }
    }
    bridged(d, &on, &mut out);
    for s in d.subscriptions.iter().filter(|s| !s.trial) {
        let said = |due: &Due| {
            d.outcomes.iter().any(|o| {
                let of = o.settles.as_ref();
                of.is_some_and(|s| (&due.contract, due.ends_on) == (&s.contract, s.ends_on))
            })
        };
        out.extend(
            periods(d, s, (from, to), day)
                .into_iter()
                .filter(|due| !said(due)),
        );
    }
    out.retain(|due| (from..=to).contains(&due.ends_on));
    out
}

/// Puts what became of an extension to the term that it extends: that is due once, in its own quarter.
fn bridged(d: &Dossier, on: &TermsOn, out: &mut Vec<Due>) {
    for outcome in &d.outcomes {
        let Some(bridge) = on.terms().iter().find(|term| terms::extends(outcome, term)) else {
            continue;
        };
        let is_of_bridge =
            |due: &Due| (due.contract.as_ref(), due.ends_on) == (bridge.contract(), bridge.ends_on);
        let is_extended = |due: &Due| {
            let of = outcome.settles.as_ref();
            due.status == Status::Extended
                && of.is_some_and(|s| (&due.contract, due.ends_on) == (&s.contract, s.ends_on))
        };
        let Some(at) = out.iter().position(is_of_bridge) else {
            continue;
        };
        if !out.iter().any(is_extended) {
            continue;
        }
        let then = out.remove(at);
        for due in out.iter_mut().filter(|due| is_extended(due)) {
            if matches!(
                then.status,
                Status::Renewed | Status::Lost | Status::Overdue | Status::Unconfirmed
            ) {
                (due.status, due.new) = (then.status, then.new);
            }
            due.step = then.step;
            due.bridge = Some(Bridge {
                contract: then.contract.clone(),
                until: then.ends_on,
            });
        }
    }
}

/// Whether a contract whose term ended went on by itself.
fn goes_on(d: &Dossier, s: &Subscription, day: NaiveDate) -> bool {
    let stands = contracts_on(d, day);
    let now = stands.iter().find(|now| now.id == s.id);
    s.may_go_on(day) && now.is_some_and(|now| now.end != s.end)
}

/// The periods of a subscription that runs until it is cancelled or goes on by itself, whose last day is within these
/// days: nobody confirmed the past ones.
fn periods(
    d: &Dossier,
    s: &Subscription,
    (from, to): (NaiveDate, NaiveDate),
    day: NaiveDate,
) -> Vec<Due> {
    let Some(months) = s.start.and(s.months()) else {
        return Vec::new();
    };
    let open_ended = (0..MOST_TERMS).map_while(|n| s.end_of_term(n));
    let open_ended = open_ended.filter(|_| s.end.is_none());
    let by_itself = s.ends_by_itself().filter(|_| goes_on(d, s, day));
    let ends = open_ended.chain(by_itself);
    let ends = ends.take_while(|end| *end <= to);
    let due = |ends_on| Due {
        account: d.account.id.clone(),
        name: d.account.name.clone(),
        contract: Some(s.id.clone()),
        plan: s.plan.clone(),
        ends_on,
        due: s.arr,
        new: None,
        status: match ends_on >= day {
            true => Status::Open,
            false => Status::Unconfirmed,
        },
        rolling: months < ROLLING,
        bridge: None,
        into: None,
        step: None,
        was: None,
        stands: None,
    };
    ends.filter(|end| *end >= from).map(due).collect()
}

fn of_term(d: &Dossier, term: &Term, on: &TermsOn) -> Due {
    let status = on.status(term);
    let said = d.outcomes.iter().find(|o| terms::is_of(o, term));
    let said = said.and_then(|o| o.settles.as_ref());
    let agreed = match term.merged() {
        Some(merged) => merged.agreed,
        None => said.and_then(|s| s.agreed),
    };
    let ran_on = said.is_some_and(|s| s.open_ended) && term.months.is_none();
    Due {
        account: d.account.id.clone(),
        name: d.account.name.clone(),
        contract: term.contract().cloned(),
        plan: term.plan().unwrap_or_default().to_owned(),
        ends_on: agreed.unwrap_or(term.ends_on),
        due: term.due(),
        new: on.new_value(term).filter(|_| status == Status::Renewed),
        status,
        rolling: ran_on || term.months.is_some_and(|months| months < ROLLING),
        bridge: None,
        into: term.merged().map(|merged| name_of(d, &merged.into)),
        step: steps::last(d, term, on.day()),
        was: None,
        stands: None,
    }
}

/// The product of a contract, or its id.
fn name_of(d: &Dossier, id: &RecordId) -> String {
    let of = d.subscriptions.iter().find(|s| s.id == *id);
    match of.map(|s| s.plan.as_str()).filter(|plan| !plan.is_empty()) {
        Some(plan) => plan.to_owned(),
        None => id.to_string(),
    }
}

/// A term that is known by its outcome alone.
fn of_outcome(d: &Dossier, outcome: &Outcome) -> Option<Due> {
    let settles = outcome.settles.as_ref()?;
    let status = terms::status_of(outcome.kind);
    Some(Due {
        account: d.account.id.clone(),
        name: d.account.name.clone(),
        contract: settles.contract.clone(),
        plan: String::new(),
        ends_on: settles.ends_on,
        due: settles.due,
        new: settles.value.filter(|_| status == Status::Renewed),
        status,
        // Only the step of an import is known of its length.
        rolling: settles.by_import
            && settles
                .until
                .is_some_and(|until| (until - settles.ends_on).num_days() < STEP),
        bridge: None,
        into: None,
        step: None,
        was: None,
        stands: None,
    })
}

/// Renewed of settled or overdue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Rate {
    pub renewed: usize,
    pub lost: usize,
    pub overdue: usize,
}

/// A currency's values of the terms up to today that are settled or overdue, in minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Values {
    /// Σb: what was due.
    pub due: i64,
    /// Σmin(n, b): what was kept of it.
    pub kept: i64,
    /// Σn: with what was added at the renewal.
    pub net: i64,
}

/// The figures of a period.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Figures {
    /// The number of due terms by status, in the order of [`Status::ALL`].
    pub counts: [usize; Status::ALL.len()],
    pub rate: Rate,
    /// Terms up to today that went on by contract: in no rate.
    pub unconfirmed: usize,
    pub values: BTreeMap<Currency, Values>,
    /// Terms in the rate whose value is not known, before or after: in the counts, never in the values.
    pub without_amount: usize,
    /// Rolling terms, which are in no other figure.
    pub rolling: usize,
    pub running: Running,
}

/// The terms of a period that still run. "At risk" and "not at risk" part them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Running {
    pub count: usize,
    pub at_risk: usize,
    pub healthy: usize,
    /// Their values, and those of the ones at risk and of the healthy ones.
    pub value: Totals,
    pub value_at_risk: Totals,
    pub value_healthy: Totals,
}

impl Running {
    fn add(&mut self, row: &Due) {
        let parts = [
            (true, &mut self.count, &mut self.value),
            (row.is_at_risk(), &mut self.at_risk, &mut self.value_at_risk),
            (row.is_healthy(), &mut self.healthy, &mut self.value_healthy),
        ];
        for (_, count, value) in parts.into_iter().filter(|(is, ..)| *is) {
            *count += 1;
            row.due.into_iter().for_each(|due| value.add(due));
        }
    }
}

impl Figures {
    pub fn of(rows: &[Due], day: NaiveDate) -> Self {
        let mut out = Self::default();
        for row in rows {
            if row.rolling {
                out.rolling += 1;
                continue;
            }
            out.counts[row.status.index()] += 1;
            if row.status == Status::Open {
                out.running.add(row);
            }
            if row.ends_on <= day {
                out.add(row);
            }
        }
        out
    }

    fn add(&mut self, row: &Due) {
        let count = match row.status {
            Status::Renewed => &mut self.rate.renewed,
            Status::Lost => &mut self.rate.lost,
            Status::Overdue => &mut self.rate.overdue,
            Status::Unconfirmed => {
                self.unconfirmed += 1;
                return;
            }
            Status::Extended | Status::Merged | Status::Open | Status::BeforeUse => return,
        };
        *count += 1;
        let new = match (row.due, row.status) {
            (Some(due), Status::Renewed) => row.new.filter(|new| new.currency == due.currency),
            (Some(due), _) => Some(Money { minor: 0, ..due }),
            (None, _) => None,
        };
        let Some((due, new)) = row.due.zip(new) else {
            self.without_amount += 1;
            return;
        };
        let values = self.values.entry(due.currency).or_default();
        values.due = values.due.saturating_add(due.minor);
        values.kept = values.kept.saturating_add(new.minor.min(due.minor));
        values.net = values.net.saturating_add(new.minor);
    }

    pub fn count(&self, status: Status) -> usize {
        self.counts[status.index()]
    }
}

impl Rate {
    /// Settled or overdue.
    pub fn all(self) -> usize {
        self.settled() + self.overdue
    }

    pub fn settled(self) -> usize {
        self.renewed + self.lost
    }
}

/// A share in percent, rounded down: 100 only where nothing is missing. None of nothing.
pub fn percent(part: i64, whole: i64) -> Option<i64> {
    (whole > 0)
        .then(|| i64::try_from(i128::from(part) * 100 / i128::from(whole)).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests;
