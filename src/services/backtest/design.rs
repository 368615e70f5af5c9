//! The design of the back-test: which accounts are tested, and as of which day. It scores nothing.

use chrono::{Duration, NaiveDate};
use fastrand::Rng;

use crate::domain::facts::outcome::{Outcome, OutcomeKind};
use crate::domain::ids::AccountId;

/// Fixed, so that the same data gives the same result.
pub const SEED: u64 = 0x6b65_6e73_6869_6e00;

/// The ending of an account, according to its outcomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    pub positive: bool,
    pub date: Option<NaiveDate>,
}

/// The first churn or downgrade; else the last renewal or expansion; none when no outcome is known.
pub fn ending(outcomes: &[Outcome], today: NaiveDate) -> Option<Ending> {
    let outcomes = || {
        outcomes
            .iter()
            .filter(|o| o.date.is_none_or(|d| d <= today))
    };
    let bad = |o: &&Outcome| matches!(o.kind, OutcomeKind::Churned | OutcomeKind::Downgraded);
    let first_bad = outcomes()
        .filter(bad)
        .min_by_key(|o| o.date.unwrap_or(NaiveDate::MAX));
    match first_bad {
        Some(o) => Some(Ending {
            positive: true,
            date: o.date,
        }),
        None => outcomes().max_by_key(|o| o.date).map(|o| Ending {
            positive: false,
            date: o.date,
        }),
    }
}

/// The tested accounts, each with its day.
#[derive(Debug, Clone, PartialEq)]
pub struct Design {
    /// Endings have no dates: accounts are scored as they are now.
    pub snapshot: bool,
    /// Days before the ending.
    pub lead: i64,
    pub cases: Vec<Planned>,
    /// Accounts without an ending, although others are recorded as staying: their ending is
    /// unknown.
    pub unlabelled: usize,
}

/// An account to test, its ending and its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    pub id: AccountId,
    pub positive: bool,
    pub day: NaiveDate,
    /// It stayed without a dated outcome: its day is drawn like those of the churned accounts.
    pub matched: bool,
}

/// An account that may be tested.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    pub id: AccountId,
    pub outcomes: Vec<Outcome>,
    /// The first day it is known.
    pub start: Option<NaiveDate>,
}

/// Designs the test.
pub fn design(accounts: &[Candidate], lead: i64, today: NaiveDate) -> Design {
    let endings: Vec<Option<Ending>> = accounts
        .iter()
        .map(|a| ending(&a.outcomes, today))
        .collect();
    let known: Vec<&Ending> = endings.iter().flatten().collect();
    let positives: Vec<NaiveDate> = known
        .iter()
        .filter(|e| e.positive)
        .filter_map(|e| e.date)
        .filter(|d| *d <= today)
        .collect();
    let bad = known.iter().filter(|e| e.positive).count();
    let snapshot = positives.len() * 2 < bad || positives.is_empty();
    let explicit = known.iter().any(|e| !e.positive);
    let mut rng = Rng::with_seed(SEED);
    let mut out = Design {
        snapshot,
        lead,
        cases: Vec::new(),
        unlabelled: 0,
    };
    for (account, ending) in accounts.iter().zip(&endings) {
        let (positive, date) = match ending {
            Some(e) => (e.positive, e.date.filter(|d| *d <= today)),
            None if explicit || known.is_empty() => {
                out.unlabelled += 1;
                continue;
            }
            None => (false, None),
        };
        if snapshot {
            out.cases.push(Planned {
                id: account.id.clone(),
                positive,
                day: today,
                matched: false,
            });
            continue;
        }
        let matched = date.is_none() && !positive;
        let date = match date {
            Some(date) => Some(date),
            // Without the day of the churn, nothing shows what was known before it.
            None if positive => None,
            None => {
                // One of the days of the churned accounts on which this account existed.
                let there = |d: &NaiveDate| account.start.is_none_or(|s| s < *d);
                (0..20)
                    .map(|_| positives[rng.usize(0..positives.len())])
                    .find(there)
            }
        };
        match date {
            Some(date) => out.cases.push(Planned {
                id: account.id.clone(),
                positive,
                day: date - Duration::days(lead),
                matched,
            }),
            None => out.unlabelled += 1,
        }
    }
    out
}
