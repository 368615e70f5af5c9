//! Which accounts the back-test looks at, and as of which day.

use chrono::{Duration, NaiveDate};
use fastrand::Rng;

use crate::domain::facts::feedback::{Outcome, OutcomeKind};
use crate::domain::ids::AccountId;

/// The same data gives the same answer.
pub const SEED: u64 = 0x6b65_6e73_6869_6e00;

/// How an account ended, as the outcomes tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    pub positive: bool,
    pub date: Option<NaiveDate>,
}

/// The first time it left or shrank; else the last time it stayed; none when nothing is known.
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

/// Which accounts are looked at, and as of which day.
#[derive(Debug, Clone, PartialEq)]
pub struct Design {
    /// Endings have no dates: accounts are taken as they are now.
    pub snapshot: bool,
    /// Days before the ending.
    pub lead: i64,
    pub cases: Vec<Planned>,
    /// Accounts without an ending, where others say that they stayed: nothing is known of them.
    pub unlabelled: usize,
}

/// An account to look at, how it ended, and as of which day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    pub id: AccountId,
    pub positive: bool,
    pub day: NaiveDate,
    /// It stayed, nobody noted when: it is dated like those that left.
    pub matched: bool,
}

/// An account that may be looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    pub id: AccountId,
    pub outcomes: Vec<Outcome>,
    /// The day it is known from.
    pub start: Option<NaiveDate>,
}

/// Lays out the test.
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
            // Of one that left nobody knows when, one cannot say what was known before.
            None if positive => None,
            None => {
                // A day from among those on which others left, on which this account was there.
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
