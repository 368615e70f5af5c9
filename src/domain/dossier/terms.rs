//! The terms of an account's contracts, and what became of each: `[term]`, `[outcome]`. Reads one dossier; knows no
//! scores and no plans.

use std::collections::{HashMap, HashSet};

use chrono::{Duration, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Dossier;
use super::churn::{AFTER, BEFORE, Left, churned};
use super::effective::contract_start;
use crate::domain::closed::closed;
use crate::domain::facts::outcome::{Outcome, OutcomeKind};
use crate::domain::facts::subscription::Subscription;
use crate::domain::ids::RecordId;
use crate::domain::money::Money;
use crate::domain::when::add_months;

/// A gap of more days is no renewal: the customer left and came back.
const GAP: i64 = 30;

/// What states a term.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    Subscription(Box<Subscription>),
    /// The account's own fields, where it has no subscription.
    Account,
}

/// A paid term of a contract.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    pub source: Source,
    pub starts_on: Option<NaiveDate>,
    /// The last paid day.
    pub ends_on: NaiveDate,
    /// The yearly value.
    pub value: Option<Money>,
    /// The months for which it renews.
    pub months: Option<u32>,
    /// Whether it renews by itself; none where that is unknown.
    pub renews_itself: Option<bool>,
}

closed! {
    /// What became of a term. The first that fits.
    Status {
        Renewed = "renewed",
        Lost = "lost",
        Extended = "extended",
        /// It still runs.
        Open = "open",
        /// It ended before the first use of the program, and nobody said what became of it.
        BeforeUse = "before-use",
        /// It ended and renews by itself; nobody said otherwise.
        Unconfirmed = "unconfirmed",
        /// It ended, and nobody said what became of it.
        Overdue = "overdue",
    }
}

impl Term {
    /// The subscription's id; none for the account's own fields.
    pub fn contract(&self) -> Option<&RecordId> {
        match &self.source {
            Source::Subscription(s) => Some(&s.id),
            Source::Account => None,
        }
    }

    /// The product, where it is named.
    pub fn plan(&self) -> Option<&str> {
        match &self.source {
            Source::Subscription(s) => Some(s.plan.as_str()).filter(|plan| !plan.is_empty()),
            Source::Account => None,
        }
    }

    /// The last paid day of the next term of the same length; a year where the length is unknown.
    pub fn next_end(&self) -> NaiveDate {
        const YEAR: u32 = 12;
        let months = self.months.filter(|m| *m > 0).unwrap_or(YEAR);
        let start = self.ends_on + Duration::days(1);
        add_months(start, i32::try_from(months).unwrap_or(YEAR as i32)) - Duration::days(1)
    }
}

/// The terms with a known end, the earliest first. Trials are none, and neither are subscriptions that run until they
/// are cancelled.
pub fn terms(d: &Dossier) -> Vec<Term> {
    let stated = d.subscriptions.iter().filter(|s| !s.trial);
    let mut out: Vec<Term> = stated.filter_map(of_subscription).collect();
    if d.subscriptions.iter().all(|s| s.trial) {
        out.extend(of_account(d));
    }
    out.sort_by(|a, b| (a.ends_on, a.contract()).cmp(&(b.ends_on, b.contract())));
    out
}

fn of_subscription(s: &Subscription) -> Option<Term> {
    Some(Term {
        source: Source::Subscription(Box::new(s.clone())),
        starts_on: s.start,
        ends_on: s.end?,
        value: s.arr,
        months: s.start.and_then(|start| whole_months(start, s.end?)),
        renews_itself: s.auto_renew,
    })
}

/// Months from the first to the last paid day, where they are whole.
fn whole_months(start: NaiveDate, end: NaiveDate) -> Option<u32> {
    const MOST: u32 = 120;
    let behind = end + Duration::days(1);
    (1..=MOST).find(|months| add_months(start, *months as i32) == behind)
}

/// The contract that the account's fields state. Its renewal date is the first day after it.
fn of_account(d: &Dossier) -> Option<Term> {
    let renewal = d.account.renewal?;
    Some(Term {
        source: Source::Account,
        starts_on: contract_start(d).filter(|start| *start < renewal),
        ends_on: renewal - Duration::days(1),
        value: d.account.arr,
        months: d.account.term_months,
        renews_itself: None,
    })
}

/// The status of a term with such an outcome.
pub fn status_of(kind: OutcomeKind) -> Status {
    match kind {
        OutcomeKind::Churned => Status::Lost,
        OutcomeKind::Extended => Status::Extended,
        OutcomeKind::Renewed | OutcomeKind::Expanded | OutcomeKind::Downgraded => Status::Renewed,
    }
}

/// Whether an outcome is of this term.
pub fn is_of(o: &Outcome, term: &Term) -> bool {
    let settles = o.settles.as_ref();
    settles.is_some_and(|s| s.ends_on == term.ends_on && s.contract.as_ref() == term.contract())
}

/// The terms of an account by the end of a day.
pub struct TermsOn<'a> {
    d: &'a Dossier,
    day: NaiveDate,
    /// The day of the program's first use, where it is known.
    first_use: Option<NaiveDate>,
    /// The subscription that took over from each one that ended.
    successors: HashMap<&'a RecordId, &'a Subscription>,
}

impl<'a> TermsOn<'a> {
    pub fn new(d: &'a Dossier, day: NaiveDate, first_use: Option<NaiveDate>) -> Self {
        Self {
            d,
            day,
            first_use,
            successors: successors(&d.subscriptions, day),
        }
    }

    /// What became of a term.
    pub fn status(&self, term: &Term) -> Status {
        if let Some(outcome) = self.settled(term) {
            return status_of(outcome.kind);
        }
        if self.successor(term).is_some() {
            return Status::Renewed;
        }
        if term.ends_on >= self.day {
            return Status::Open;
        }
        match churned(self.d, self.day) {
            // The day may be the very end, or that of an earlier notice.
            Some(Left::On(left)) if left >= term.ends_on - Duration::days(BEFORE) => Status::Lost,
            Some(Left::Sometime) => Status::Lost,
            _ if self.first_use.is_some_and(|first| term.ends_on < first) => Status::BeforeUse,
            _ if term.renews_itself == Some(true) => Status::Unconfirmed,
            _ => Status::Overdue,
        }
    }

    /// The yearly value after a renewed term; none where it is not known.
    pub fn new_value(&self, term: &Term) -> Option<Money> {
        let said = self.settled(term).and_then(|o| o.settles.as_ref());
        match said {
            Some(settles) => settles.value,
            None => self.successor(term)?.arr,
        }
    }

    fn successor(&self, term: &Term) -> Option<&'a Subscription> {
        self.successors.get(term.contract()?).copied()
    }

    /// The outcome of a term: by hand, else the imported one that is nearest to its end.
    fn settled(&self, term: &Term) -> Option<&'a Outcome> {
        let known = |o: &&Outcome| o.date.is_none_or(|date| date <= self.day);
        let outcomes = || self.d.outcomes.iter().filter(known);
        let said = outcomes().filter(|o| is_of(o, term));
        let imported = || {
            let near = outcomes().filter_map(|o| {
                let from_end = (o.date? - term.ends_on).num_days();
                let binds = o.settles.is_none() && (-BEFORE..=AFTER).contains(&from_end);
                binds.then_some((from_end.abs(), o))
            });
            near.min_by_key(|(days, _)| *days).map(|(_, o)| o)
        };
        // By hand before an import; the last one that was said.
        said.max_by_key(|o| o.by_hand().is_some()).or_else(imported)
    }
}

/// Who took over from each subscription that ended: one that starts at its end or within it and runs on, by a day. One of
/// the same plan goes before another, and each takes over from one only, the earliest first: a value counts once.
fn successors(all: &[Subscription], day: NaiveDate) -> HashMap<&RecordId, &Subscription> {
    let paid = || all.iter().filter(|s| !s.trial);
    let mut ended: Vec<(NaiveDate, &Subscription)> =
        paid().filter_map(|s| Some((s.end?, s))).collect();
    ended.sort_by(|a, b| (a.0, &a.1.id).cmp(&(b.0, &b.1.id)));
    let (mut out, mut taken) = (HashMap::new(), HashSet::new());
    for same_plan in [true, false] {
        for (end, this) in &ended {
            if out.contains_key(&this.id) {
                continue;
            }
            let latest = *end + Duration::days(GAP);
            let fits = |s: &&Subscription| {
                let starts = s.start.is_some_and(|start| {
                    let within = this.start.is_none_or(|first| start > first);
                    // Another product within the term stands beside it; at its end it takes its place.
                    let behind = start >= *end;
                    start <= latest && start <= day && (behind || (same_plan && within))
                });
                let plan = !same_plan || s.plan == this.plan;
                let on = s.end.is_none_or(|e| e > *end);
                s.id != this.id && plan && starts && on && !taken.contains(&s.id)
            };
            if let Some(next) = paid().filter(fits).min_by_key(|s| (s.start, &s.id)) {
                taken.insert(&next.id);
                out.insert(&this.id, next);
            }
        }
    }
    out
}

/// The terms of an account that ended without an outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Unsettled {
    /// The last paid day of the earliest overdue term.
    pub overdue: Option<NaiveDate>,
    pub overdue_terms: u16,
    /// They renew by themselves.
    pub unconfirmed: u16,
    /// They ended before the first use of the program.
    pub before_use: u16,
}

impl Unsettled {
    pub fn of(d: &Dossier, day: NaiveDate, first_use: Option<NaiveDate>) -> Self {
        let mut out = Self::default();
        let on = TermsOn::new(d, day, first_use);
        for term in terms(d) {
            match on.status(&term) {
                Status::Overdue => {
                    out.overdue = out.overdue.or(Some(term.ends_on));
                    out.overdue_terms += 1;
                }
                Status::Unconfirmed => out.unconfirmed += 1,
                Status::BeforeUse => out.before_use += 1,
                Status::Renewed | Status::Lost | Status::Extended | Status::Open => {}
            }
        }
        out
    }

    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// The terms that may be settled, the one to be settled first at the top: overdue and unconfirmed ones, then those that
/// run, then those from before the first use.
pub fn to_settle(d: &Dossier, day: NaiveDate, first_use: Option<NaiveDate>) -> Vec<(Term, Status)> {
    let on = TermsOn::new(d, day, first_use);
    let with_status = |term: Term| {
        let status = on.status(&term);
        (term, status)
    };
    let mut out: Vec<(Term, Status)> = terms(d).into_iter().map(with_status).collect();
    let place = |status: Status| match status {
        Status::Overdue => Some(0),
        Status::Unconfirmed => Some(1),
        Status::Open => Some(2),
        Status::BeforeUse => Some(3),
        Status::Renewed | Status::Lost | Status::Extended => None,
    };
    out.retain(|(_, status)| place(*status).is_some());
    out.sort_by_key(|(_, status)| place(*status));
    out
}

#[cfg(test)]
mod tests;
