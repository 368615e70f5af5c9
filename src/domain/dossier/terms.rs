//! The terms of an account's contracts, and what became of each: `[term]`, `[outcome]`. Reads one dossier; knows no
//! scores and no plans.

mod followed;
mod settling;

pub use settling::{Unsettled, to_settle};

use std::collections::HashMap;

use chrono::{Duration, NaiveDate};

use super::Dossier;
use super::churn::{AFTER, BEFORE, Left, churned};
use super::start::contract_start;
use crate::domain::closed::closed;
use crate::domain::facts::amendment::Merged;
use crate::domain::facts::outcome::{Outcome, OutcomeKind};
use crate::domain::facts::step::{RenewalStep, StepKind};
use crate::domain::facts::subscription::Subscription;
use crate::domain::ids::RecordId;
use crate::domain::money::Money;
use crate::domain::when::add_months;

/// Days of a term whose start is not known.
const YEAR: i64 = 365;

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
        /// Its value went over to another contract of the account within the term.
        Merged = "merged",
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

impl Status {
    /// Whether it is known what became of the term.
    pub fn is_settled(self) -> bool {
        matches!(
            self,
            Status::Renewed | Status::Lost | Status::Extended | Status::Merged
        )
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

    /// Whether it renews by itself, and had not ended already when it became known.
    fn goes_on_by_itself(&self) -> bool {
        let had_ended = match &self.source {
            Source::Subscription(s) => s.had_ended,
            Source::Account => false,
        };
        self.renews_itself == Some(true) && !had_ended
    }

    /// The contract into which it was merged.
    pub fn merged(&self) -> Option<&Merged> {
        match &self.source {
            Source::Subscription(s) => s.merged.as_ref(),
            Source::Account => None,
        }
    }

    /// The yearly value that is due at its end: with what was taken off shortly before.
    pub fn due(&self) -> Option<Money> {
        match &self.source {
            Source::Subscription(s) => s.due_at(self.ends_on),
            Source::Account => self.value,
        }
    }

    /// Whether the contract runs until somebody ends it: the term is the period that runs.
    pub fn is_open_ended(&self) -> bool {
        matches!(&self.source, Source::Subscription(s) if s.end.is_none())
    }

    /// The last paid day of the next term of the same length, or of the one for which it renews; a year where neither
    /// is known.
    pub fn next_end(&self) -> NaiveDate {
        const YEAR: u32 = 12;
        let renews_for = match &self.source {
            Source::Subscription(s) => s.renews_for.filter(|m| *m > 0),
            Source::Account => None,
        };
        let same_length = renews_for.is_none();
        let months = renews_for
            .or(self.months.filter(|m| *m > 0))
            .unwrap_or(YEAR);
        let months = i32::try_from(months).unwrap_or(YEAR as i32);
        let next = self.ends_on + Duration::days(1);
        // Counted from the start where that is known, so that a 31st does not become a 28th for good.
        let start = self
            .starts_on
            .filter(|start| same_length && add_months(*start, months) == next);
        let behind = start.map_or_else(
            || add_months(next, months),
            |start| add_months(start, months.saturating_mul(2)),
        );
        behind - Duration::days(1)
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
    for term in &mut out {
        term.months = bridged(d, term).or(term.months);
    }
    out.sort_by(|a, b| (a.ends_on, a.contract()).cmp(&(b.ends_on, b.contract())));
    out
}

/// The months of the contract that a term extends, where it is an extension.
fn bridged(d: &Dossier, term: &Term) -> Option<u32> {
    let mut extended = d.outcomes.iter().filter(|o| extends(o, term));
    let contract = extended.next_back()?.settles.as_ref()?.contract.as_ref()?;
    let original = d.subscriptions.iter().find(|s| s.id == *contract)?;
    whole_months(original.start?, original.end?)
}

/// Whether a term is the extension that an outcome made.
pub fn extends(o: &Outcome, term: &Term) -> bool {
    let settles = o
        .settles
        .as_ref()
        .filter(|_| o.kind == OutcomeKind::Extended);
    settles.is_some_and(|s| {
        let follows = s.until == Some(term.ends_on);
        let same_kind = s.contract.is_some() == term.contract().is_some();
        let starts = term.starts_on.is_none_or(|start| {
            term.contract().is_none() || start == s.ends_on + Duration::days(1)
        });
        follows && same_kind && starts
    })
}

fn of_subscription(s: &Subscription) -> Option<Term> {
    let end = s.end?;
    let months = s.start.and_then(|start| whole_months(start, end));
    Some(until(s, end, months.or(s.term_months)))
}

fn until(s: &Subscription, ends_on: NaiveDate, months: Option<u32>) -> Term {
    Term {
        source: Source::Subscription(Box::new(s.clone())),
        starts_on: s.start,
        ends_on,
        value: s.arr_on(ends_on),
        months,
        renews_itself: s.auto_renew,
    }
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

/// Whether a step is of this term. One without the end of a term is of the contract's present one.
pub fn is_step_of(step: &RenewalStep, term: &Term) -> bool {
    step.contract.as_ref() == term.contract() && step.ends_on.is_none_or(|end| end == term.ends_on)
}

/// The terms of an account by the end of a day.
pub struct TermsOn<'a> {
    d: &'a Dossier,
    day: NaiveDate,
    /// The day of the program's first use, where it is known.
    first_use: Option<NaiveDate>,
    /// The subscription that took over from each one that ended.
    successors: HashMap<&'a RecordId, &'a Subscription>,
    terms: Vec<Term>,
}

impl<'a> TermsOn<'a> {
    pub fn new(d: &'a Dossier, day: NaiveDate, first_use: Option<NaiveDate>) -> Self {
        Self {
            d,
            day,
            first_use,
            successors: followed::successors(&d.subscriptions, day),
            terms: terms(d),
        }
    }

    /// The day as of which they are read.
    pub fn day(&self) -> NaiveDate {
        self.day
    }

    /// The terms with a known end, the earliest first.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// What became of a term.
    pub fn status(&self, term: &Term) -> Status {
        if term.merged().is_some() {
            return Status::Merged;
        }
        if let Some(outcome) = self.settled(term) {
            return status_of(outcome.kind);
        }
        if self.successor(term).is_some() {
            return Status::Renewed;
        }
        let noticed = self
            .d
            .steps
            .iter()
            .any(|s| s.kind == StepKind::Notice && s.on <= self.day && is_step_of(s, term));
        // A loss without its day closes no term.
        let start = term
            .starts_on
            .unwrap_or(term.ends_on - Duration::days(YEAR));
        match churned(self.d, self.day) {
            Some(Left::On(left)) if left >= start && self.is_imported(left) => Status::Lost,
            _ if term.ends_on >= self.day => Status::Open,
            _ if term.is_open_ended() && !noticed => Status::Unconfirmed,
            _ if self.first_use.is_some_and(|first| term.ends_on < first) => Status::BeforeUse,
            _ if term.goes_on_by_itself() && !noticed => Status::Unconfirmed,
            _ => Status::Overdue,
        }
    }

    /// Whether a contract whose term ended went on by itself: it renews so, and nobody said otherwise.
    pub fn goes_on(&self, s: &Subscription) -> bool {
        let mut of = self.terms.iter();
        let term = of.find(|term| term.contract() == Some(&s.id));
        let unconfirmed = |term: &Term| self.status(term) == Status::Unconfirmed;
        s.may_go_on(self.day) && term.is_some_and(unconfirmed)
    }

    /// The last paid day of a contract that went on by itself, where a notice ends it.
    pub fn stops_on(&self, s: &Subscription) -> Option<NaiveDate> {
        let known = |step: &&RenewalStep| step.kind == StepKind::Notice && step.on <= self.day;
        let of_this = |step: &&RenewalStep| step.contract.as_ref() == Some(&s.id);
        let notices = self.d.steps.iter().filter(known).filter(of_this);
        let stated = notices.filter_map(|step| step.ends_on).min()?;
        s.ends_by_itself()
            .take_while(|end| *end <= stated)
            .find(|end| *end == stated)
    }

    /// The last paid day of the term that runs of a contract that went on by itself, or at which it stopped.
    pub fn runs_until(&self, s: &Subscription) -> Option<NaiveDate> {
        let stops = self.stops_on(s);
        s.ends_by_itself()
            .find(|end| *end >= self.day || stops == Some(*end))
    }

    /// The yearly value after a renewed term; none where it is not known.
    pub fn new_value(&self, term: &Term) -> Option<Money> {
        let said = self.settled(term).and_then(|o| o.settles.as_ref());
        match said {
            Some(settles) => settles.value,
            None => {
                let next = self.successor(term)?;
                next.arr_on(next.start?)
            }
        }
    }

    /// Whether an import says that the customer left on a day. What a person recorded is of one term only.
    fn is_imported(&self, left: NaiveDate) -> bool {
        let imported = |o: &&Outcome| o.settles.is_none() && o.date == Some(left);
        self.d.outcomes.iter().any(|o| imported(&o))
    }

    /// Whether an imported outcome is of this term: the nearest one. A change of value may come at any time, and is of
    /// a term only near its end.
    fn binds(&self, o: &Outcome, term: &Term) -> Option<i64> {
        const NEAR: i64 = 31;
        let date = o.date.filter(|_| o.settles.is_none())?;
        let away = |end: NaiveDate| (date - end).num_days().abs();
        let from_end = (date - term.ends_on).num_days();
        let mut ends = self.terms.iter().map(|other| other.ends_on);
        let nearest = ends.all(|end| away(end) >= away(term.ends_on));
        let change = matches!(o.kind, OutcomeKind::Expanded | OutcomeKind::Downgraded);
        let fits = (-BEFORE..=AFTER).contains(&from_end) && (!change || from_end.abs() <= NEAR);
        (fits && nearest).then_some(from_end.abs())
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
            let near = outcomes().filter_map(|o| Some((self.binds(o, term)?, o)));
            near.min_by_key(|(days, _)| *days).map(|(_, o)| o)
        };
        // By hand before an import; the last one that was said.
        said.max_by_key(|o| o.by_hand().is_some()).or_else(imported)
    }
}

#[cfg(test)]
mod tests;
