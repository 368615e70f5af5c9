//! The terms of an account that nobody settled, and those that may be settled now.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Status, Term, TermsOn, is_of, until};
use crate::domain::dossier::Dossier;
use crate::domain::facts::outcome::Outcome;
use crate::domain::facts::subscription::Subscription;

/// The periods of contracts that run until somebody ends them: today's, and the one before where nobody confirmed that
/// it went on. Where no length is known, the period ends today.
fn running(d: &Dossier, on: &TermsOn) -> Vec<Term> {
    let day = on.day();
    let open = d.subscriptions.iter();
    let open = open.filter(|s| s.end.is_none() && !s.trial && s.active(day));
    let periods = open.flat_map(|s| {
        let now = until(s, s.next_end(day).unwrap_or(day), s.months());
        let before = s.last_end(day).map(|end| until(s, end, s.months()));
        let said = |term: &Term| d.outcomes.iter().any(|o| is_of(o, term));
        before.filter(|term| !said(term)).into_iter().chain([now])
    });
    periods.chain(gone_on(d, on)).collect()
}

/// The terms that run because their contracts went on by themselves, and those at which such a contract stopped.
fn gone_on(d: &Dossier, on: &TermsOn) -> Vec<Term> {
    let contracts = d.subscriptions.iter().filter(|s| on.goes_on(s));
    let term = |s: &Subscription| {
        let end = on.runs_until(s)?;
        Some(until(s, end, s.next_months()))
    };
    contracts.filter_map(term).collect()
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
    /// The last paid day of a term that still runs and is lost: it does not renew.
    pub leaving: Option<NaiveDate>,
}

impl Unsettled {
    pub fn of(d: &Dossier, day: NaiveDate, first_use: Option<NaiveDate>) -> Self {
        let mut out = Self::default();
        let on = TermsOn::new(d, day, first_use);
        let stopped = gone_on(d, &on)
            .into_iter()
            .filter(|term| term.ends_on < day);
        for term in on.terms().iter().chain(&stopped.collect::<Vec<_>>()) {
            match on.status(term) {
                Status::Overdue => {
                    out.overdue = out.overdue.or(Some(term.ends_on));
                    out.overdue_terms = out.overdue_terms.saturating_add(1);
                }
                Status::Unconfirmed => out.unconfirmed += 1,
                Status::BeforeUse => out.before_use += 1,
                Status::Lost if term.ends_on >= day => out.leaving = Some(term.ends_on),
                Status::Renewed
                | Status::Lost
                | Status::Extended
                | Status::Merged
                | Status::Open => {}
            }
        }
        out
    }

    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// The terms that may be settled, the one to be settled first at the top: overdue and unconfirmed ones, then those that
/// run, then those from before the first use; last those whose outcome may be corrected, because no term follows it.
pub fn to_settle(d: &Dossier, day: NaiveDate, first_use: Option<NaiveDate>) -> Vec<(Term, Status)> {
    let on = TermsOn::new(d, day, first_use);
    let follows = |term: &Term| {
        let said = d.outcomes.iter().filter_map(Outcome::by_hand);
        let mut said = said.filter(|s| s.ends_on == term.ends_on);
        said.any(|s| s.contract.as_ref() == term.contract() && s.until.is_some())
    };
    let with_place = |term: Term| {
        let status = on.status(&term);
        let place = match status {
            Status::Overdue => 0,
            Status::Unconfirmed => 1,
            Status::Open => 2,
            Status::BeforeUse => 3,
            Status::Renewed | Status::Lost | Status::Extended if !follows(&term) => 4,
            Status::Renewed | Status::Lost | Status::Extended | Status::Merged => return None,
        };
        Some((place, (term, status)))
    };
    let all = on.terms.iter().cloned().chain(running(d, &on));
    let mut out: Vec<_> = all.filter_map(with_place).collect();
    out.sort_by_key(|(place, _)| *place);
    out.into_iter().map(|(_, term)| term).collect()
}
