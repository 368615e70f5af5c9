//! The scores compared with the endings, in numbers. `words` phrases them.

use std::collections::{BTreeMap, BTreeSet};

use fastrand::Rng;
use serde::Serialize;

use super::design::{Design, SEED};
use super::sample::Sample;
use crate::domain::account::Tier;
use crate::domain::closed::closed;
use crate::domain::health::Band;
use crate::domain::health::truth::{self, Auc, Bin, Case, Decile};
use crate::domain::ids::AccountId;

/// The least number of either ending from which a verdict is given.
pub const LEAST: usize = 10;
/// Shuffles behind the p-value.
const SHUFFLES: usize = 2_000;

closed! {
    Verdict { Signal = "signal", NoSignal = "no signal", TooLittle = "too little data" }
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

/// The result of a back-test: how well the score predicted renewals and losses.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    pub n: usize,
    pub positives: usize,
    pub auc: Option<f64>,
    pub ci95: Option<[f64; 2]>,
    pub p_value: Option<f64>,
    pub verdict: Verdict,
    pub by_tier: BTreeMap<&'static str, Group>,
    /// By the days between the newest data and the day of the score.
    pub by_data_age: Vec<Age>,
    pub deciles: Vec<Decile>,
    pub calibration: Vec<Bin>,
    /// Accounts that churned with a green score, the best scores first.
    pub missed: Vec<Missed>,
    /// Accounts with an ending and too little data for a score.
    pub unscored: usize,
    pub unlabelled: usize,
    /// Accounts that did not exist on the day of the score.
    pub before_start: usize,
    /// Tested accounts that stayed without a dated outcome; their days are drawn like those of the
    /// churned accounts.
    pub matched: usize,
    pub snapshot: bool,
    pub lead_days: i64,
    /// The AUC of a model from the accounts' columns, on accounts it has not seen, where no account
    /// can be scored.
    pub columns: Option<f64>,
    /// The rules have a profile. It was learnt from such endings, so the test leaves it out.
    pub without_profile: bool,
}

impl Report {
    /// The shares of churned and of retained accounts whose newest data was more than a month old, where
    /// they differ so much that the end of a feed may be what the score saw.
    pub fn stale_shares(&self) -> Option<(f64, f64)> {
        const OLD: i64 = 31;
        const APART: f64 = 0.15;
        let (lost, kept) = (self.positives, self.n - self.positives);
        if lost < LEAST || kept < LEAST {
            return None;
        }
        let old = self.by_data_age.iter().filter(|a| a.from_days >= OLD);
        let (n, of_lost) = old.fold((0, 0), |(n, p), a| (n + a.group.n, p + a.group.positives));
        let (lost, kept) = (
            of_lost as f64 / lost as f64,
            (n - of_lost) as f64 / kept as f64,
        );
        ((lost - kept).abs() >= APART).then_some((lost, kept))
    }
}

/// Makes the report from the cases of a back-test.
pub fn report(design: &Design, samples: Vec<Sample>) -> Report {
    let looked_at = samples.len();
    let matched = matched(design, &samples);
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
        missed: missed(&cases),
        unscored: looked_at - cases.len(),
        unlabelled: design.unlabelled,
        before_start: design.cases.len() - looked_at,
        matched,
        snapshot: design.snapshot,
        lead_days: design.lead,
        columns: None,
        without_profile: false,
    }
}

/// The samples that stayed without a dated outcome.
fn matched(design: &Design, samples: &[Sample]) -> usize {
    let planned = design.cases.iter().filter(|c| c.matched);
    let dated: BTreeSet<&AccountId> = planned.map(|c| &c.id).collect();
    samples
        .iter()
        .filter(|s| s.case.is_some() && dated.contains(&s.id))
        .count()
}

/// Accounts that churned with a green score, the best scores first.
fn missed(cases: &[Case]) -> Vec<Missed> {
    let mut out: Vec<Missed> = cases
        .iter()
        .filter(|c| c.positive && c.band == Band::Green)
        .map(|c| Missed {
            id: c.id.clone(),
            name: c.name.clone(),
            score: c.score.round() as u8,
        })
        .collect();
    out.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.id.cmp(&b.id)));
    out
}

fn group_auc<'a>(cases: impl Iterator<Item = &'a Case>) -> (Option<Auc>, usize) {
    let (risk, endings): (Vec<f64>, Vec<bool>) =
        cases.map(|c| (100.0 - c.score, c.positive)).unzip();
    (
        truth::auc(&risk, &endings),
        endings.iter().filter(|p| **p).count(),
    )
}
