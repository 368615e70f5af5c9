//! The back-test `[health.truth]`: every account with a known ending is scored as it stood before,
//! and the scores are held against what happened.

pub mod fit;
pub mod words;

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDate};
use fastrand::Rng;
use serde::Serialize;

use crate::domain::account::{Account, Tier};
use crate::domain::closed::closed;
use crate::domain::dossier::Dossier;
use crate::domain::dossier::effective::effective_tier;
use crate::domain::facts::feedback::{Outcome, OutcomeKind};
use crate::domain::failure::Failure;
use crate::domain::freshness::DataFreshness;
use crate::domain::health::truth::{self, Auc, Bin, Case, Decile};
use crate::domain::health::{self, Band, Dimension};
use crate::domain::ids::AccountId;
use crate::domain::policy::Policy;
use crate::domain::recorded::AsOf;
use crate::domain::when::Zone;

/// Fewer of either ending prove nothing.
pub const LEAST: usize = 10;
/// Shufflings behind the p-value.
const SHUFFLES: usize = 2_000;
/// The same data gives the same answer.
const SEED: u64 = 0x6b65_6e73_6869_6e00;

closed! {
    Verdict { Signal = "signal", NoSignal = "no signal", TooLittle = "too little data" }
}

/// How an account ended, as the outcomes tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    pub positive: bool,
    pub date: Option<NaiveDate>,
}

/// The first time it left or shrank; else the last time it stayed; none when nothing is told.
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
    let told: Vec<&Ending> = endings.iter().flatten().collect();
    let positives: Vec<NaiveDate> = told
        .iter()
        .filter(|e| e.positive)
        .filter_map(|e| e.date)
        .filter(|d| *d <= today)
        .collect();
    let bad = told.iter().filter(|e| e.positive).count();
    let snapshot = positives.len() * 2 < bad || positives.is_empty();
    let explicit = told.iter().any(|e| !e.positive);
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
            None if explicit || told.is_empty() => {
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

/// One account as it stood, with what a fit may learn from.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    pub case: Option<Case>,
    pub id: AccountId,
    pub positive: bool,
    pub day: NaiveDate,
    /// The six dimensions, 0–100.
    pub parts: [Option<f64>; 6],
    pub attributes: BTreeMap<String, String>,
}

/// Scores one account as of its day. An input from after it ends the run.
pub fn sample(
    d: &Dossier,
    feeds: DataFreshness,
    policy: &Policy,
    zone: Zone,
    snapshot: bool,
    positive: bool,
    day: NaiveDate,
) -> Result<Sample, Failure> {
    let mut then = d.as_of(&AsOf::new(day, zone, !snapshot));
    // What is to be foretold is no input.
    then.outcomes.clear();
    let attributes = attributes(&d.account, &then.account, snapshot, day)?;
    if let Some((input, date)) = then
        .newest(zone)
        .filter(|(_, date)| *date > day && !snapshot)
    {
        return Err(Failure::Leak {
            input: input.to_owned(),
            account: d.account.name.clone(),
            recorded: date,
            outcome: day,
        });
    }
    let age = then.newest(zone).map(|(_, date)| (day - date).num_days());
    let score = health::score(&then, feeds, policy, day, zone);
    let parts = Dimension::ALL
        .iter()
        .map(|dim| score.parts[dim.index()].score.map(f64::from))
        .collect::<Vec<_>>();
    let tier = d
        .account
        .tier
        .unwrap_or_else(|| effective_tier(&then, policy, day));
    let fine = fine_score(&score);
    let case = fine.map(|score_| Case {
        id: d.account.id.clone(),
        name: if positive {
            d.account.name.clone()
        } else {
            String::new()
        },
        tier,
        band: health::band_of(score.score.unwrap_or(0), policy),
        score: score_,
        age,
        positive,
    });
    Ok(Sample {
        case,
        id: d.account.id.clone(),
        positive,
        day,
        parts: std::array::from_fn(|i| parts[i]),
        attributes,
    })
}

/// The score before it is rounded, so that accounts are told apart.
fn fine_score(score: &health::Score) -> Option<f64> {
    score.score?;
    Some(Dimension::ALL.iter().filter_map(|d| score.points(*d)).sum())
}

/// What is known of an account beyond dated facts. Endings without dates are a snapshot: then all
/// counts as known. Otherwise only what is stated to be of a day before counts; what is stated to
/// be of a later day ends the run, for a fit on it would foretell the past.
fn attributes(
    now: &Account,
    then: &Account,
    snapshot: bool,
    day: NaiveDate,
) -> Result<BTreeMap<String, String>, Failure> {
    if let Some(recorded) = now.recorded.filter(|r| *r > day && !snapshot)
        && !now.attributes.is_empty()
    {
        let input = now
            .attributes
            .keys()
            .cloned()
            .collect::<Vec<_>>()
            .join(", ");
        return Err(Failure::Leak {
            input,
            account: now.name.clone(),
            recorded,
            outcome: day,
        });
    }
    if !snapshot && now.recorded.is_none() {
        return Ok(BTreeMap::new());
    }
    let mut out = BTreeMap::clone(&then.attributes);
    let mut put = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|v| !v.is_empty()) {
            out.insert(name.to_owned(), value);
        }
    };
    put("plan", Some(then.plan.to_string()));
    put("industry", Some(then.industry.to_string()));
    put("country", Some(then.country.to_string()));
    put("tier", then.tier.map(|t| t.key().to_owned()));
    put("seats", then.seats.map(|n| n.to_string()));
    put("term_months", then.term_months.map(|n| n.to_string()));
    put("arr", then.arr.map(|m| m.units().to_string()));
    put(
        "lifetime_value",
        then.lifetime_value.map(|m| m.units().to_string()),
    );
    Ok(out)
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group {
    pub n: usize,
    pub positives: usize,
    pub auc: Option<Auc>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Age {
    pub from_days: i64,
    pub to_days: Option<i64>,
    #[serde(flatten)]
    pub group: Group,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Missed {
    pub id: AccountId,
    pub name: String,
    pub score: u8,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    pub n: usize,
    pub positives: usize,
    pub auc: Option<f64>,
    pub ci95: Option<[f64; 2]>,
    pub p_value: Option<f64>,
    pub verdict: Verdict,
    pub by_tier: BTreeMap<&'static str, Group>,
    /// By days from the newest data to the day of the score.
    pub by_data_age: Vec<Age>,
    pub deciles: Vec<Decile>,
    pub calibration: Vec<Bin>,
    /// Accounts that left with a green score, the best scores first.
    pub missed: Vec<Missed>,
    /// Accounts with an ending of which too little was known for a score.
    pub unscored: usize,
    pub unlabelled: usize,
    /// Accounts that had not begun on the day they would be scored.
    pub before_start: usize,
    /// Of those looked at: stayed without anybody noting when, and were dated like those that left.
    pub matched: usize,
    pub snapshot: bool,
    pub lead_days: i64,
}

pub fn report(design: &Design, samples: Vec<Sample>) -> Report {
    let looked_at = samples.len();
    let matched = {
        let dated: std::collections::BTreeSet<&AccountId> = design
            .cases
            .iter()
            .filter(|c| c.matched)
            .map(|c| &c.id)
            .collect();
        samples
            .iter()
            .filter(|s| s.case.is_some() && dated.contains(&s.id))
            .count()
    };
    let cases: Vec<Case> = samples.into_iter().filter_map(|s| s.case).collect();
    let (auc, positives) = group_auc(cases.iter());
    let risk: Vec<f64> = cases.iter().map(|c| 100.0 - c.score).collect();
    let endings: Vec<bool> = cases.iter().map(|c| c.positive).collect();
    let mut rng = Rng::with_seed(SEED);
    let p_value = truth::permutation(&risk, &endings, SHUFFLES, |n| rng.usize(0..n));
    let verdict = match (auc, p_value) {
        _ if positives < LEAST || cases.len() - positives < LEAST => Verdict::TooLittle,
        (Some(auc), Some(p)) if p < 0.05 && auc.low > 0.5 => Verdict::Signal,
        _ => Verdict::NoSignal,
    };
    let group = |of: &dyn Fn(&&Case) -> bool| {
        let (auc, positives) = group_auc(cases.iter().filter(of));
        Group {
            n: cases.iter().filter(of).count(),
            positives,
            auc,
        }
    };
    let mut by_tier = BTreeMap::new();
    for tier in Tier::ALL {
        let some = group(&|c| c.tier == *tier);
        if some.n > 0 {
            by_tier.insert(tier.key(), some);
        }
    }
    const AGES: [(i64, Option<i64>); 4] = [(0, Some(7)), (8, Some(30)), (31, Some(90)), (91, None)];
    let of_age = |(from, to): (i64, Option<i64>)| Age {
        from_days: from,
        to_days: to,
        group: group(&|c| {
            c.age
                .is_some_and(|a| a >= from && to.is_none_or(|to| a <= to))
        }),
    };
    let by_data_age = AGES
        .into_iter()
        .map(of_age)
        .filter(|a| a.group.n > 0)
        .collect();
    let mut missed: Vec<Missed> = cases
        .iter()
        .filter(|c| c.positive && c.band == Band::Green)
        .map(|c| Missed {
            id: c.id.clone(),
            name: c.name.clone(),
            score: c.score.round() as u8,
        })
        .collect();
    missed.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.id.cmp(&b.id)));
    Report {
        n: cases.len(),
        positives,
        auc: auc.map(|a| a.auc),
        ci95: auc.map(|a| [a.low, a.high]),
        p_value,
        verdict,
        by_tier,
        by_data_age,
        deciles: truth::deciles(&cases),
        calibration: truth::calibration(&cases),
        missed,
        unscored: looked_at - cases.len(),
        unlabelled: design.unlabelled,
        before_start: design.cases.len() - looked_at,
        matched,
        snapshot: design.snapshot,
        lead_days: design.lead,
    }
}

fn group_auc<'a>(cases: impl Iterator<Item = &'a Case>) -> (Option<Auc>, usize) {
    let (risk, endings): (Vec<f64>, Vec<bool>) =
        cases.map(|c| (100.0 - c.score, c.positive)).unzip();
    (
        truth::auc(&risk, &endings),
        endings.iter().filter(|p| **p).count(),
    )
}
