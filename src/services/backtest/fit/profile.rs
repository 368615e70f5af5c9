//! The columns of the accounts as a dimension of the score: a model from them alone, and whether the score
//! does better with it on accounts that the model has not seen.

use std::collections::BTreeMap;

use serde::Serialize;

use super::inputs::{Inputs, Is};
use super::model::{Model, learn};
use crate::domain::health::{beside, truth};
use crate::domain::policy::Policy;
use crate::domain::profile::{Column, Profile};
use crate::services::backtest::report::LEAST;
use crate::services::backtest::sample::Sample;

/// The share of the score that a profile gets.
const SHARE: f64 = 0.5;

/// A model from the columns, and what it is worth.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProfileFit {
    pub model: Profile,
    /// The AUC of the profile on accounts it has not seen.
    pub auc: f64,
    /// The AUC of the score without and with it, on the unseen accounts that have a score.
    pub old_auc: Option<f64>,
    pub new_auc: Option<f64>,
    /// Whether the score does better with it, or no score can be made without it.
    pub better: bool,
}

/// Risks and endings of accounts that the model had not seen.
#[derive(Default)]
struct Unseen {
    risk: Vec<f64>,
    endings: Vec<bool>,
    /// Of those with a score: the risk by the score without and with the profile.
    old: Vec<f64>,
    new: Vec<f64>,
    scored: Vec<bool>,
}

/// Fits and judges a profile; none where the accounts have no columns.
pub fn fit(
    samples: &[Sample],
    inputs: &Inputs,
    splits: &[(Vec<usize>, Vec<usize>)],
    policy: &Policy,
) -> Option<ProfileFit> {
    let of_columns: Vec<usize> = (0..inputs.are.len())
        .filter(|i| inputs.are[*i] != Is::Dimension)
        .collect();
    if of_columns.is_empty() {
        return None;
    }
    let rows: Vec<Vec<f64>> = inputs.rows();
    let rows: Vec<Vec<f64>> = rows
        .iter()
        .map(|row| of_columns.iter().map(|i| row[*i]).collect())
        .collect();
    let are: Vec<&Is> = of_columns.iter().map(|i| &inputs.are[*i]).collect();
    let learn_from = |some: &[usize]| {
        let lines: Vec<&Vec<f64>> = some.iter().map(|i| &rows[*i]).collect();
        let left: Vec<bool> = some.iter().map(|i| samples[*i].positive).collect();
        learn(&lines, &left).map(|model| profile(&model, &are))
    };
    let mut unseen = Unseen::default();
    for (learned, held) in splits {
        let model = learn_from(learned)?;
        let left = learned.iter().filter(|i| samples[**i].positive).count();
        let rate = left as f64 / learned.len() as f64;
        for sample in held.iter().map(|i| &samples[*i]) {
            unseen.take(sample, &model, rate, policy);
        }
    }
    let all: Vec<usize> = (0..samples.len()).collect();
    let auc = truth::auc(&unseen.risk, &unseen.endings)?;
    Some(ProfileFit {
        model: learn_from(&all)?,
        auc: auc.auc,
        old_auc: truth::auc(&unseen.old, &unseen.scored).map(|a| a.auc),
        new_auc: truth::auc(&unseen.new, &unseen.scored).map(|a| a.auc),
        better: unseen.is_better(auc.low),
    })
}

impl Unseen {
    /// `rate` is the share of accounts that left, 0–1: an account without any of the columns is as
    /// likely to leave as any other.
    fn take(&mut self, sample: &Sample, model: &Profile, rate: f64, policy: &Policy) {
        let points = model.points(&sample.attributes).map(|(points, _)| points);
        self.risk.push(-points.unwrap_or((1.0 - rate) * 100.0));
        self.endings.push(sample.positive);
        if let Some(case) = &sample.case {
            let with = points
                .zip(sample.score.as_deref())
                .and_then(|(points, score)| beside(score, points, SHARE, policy));
            self.old.push(-case.score);
            self.new.push(-with.unwrap_or(case.score));
            self.scored.push(sample.positive);
        }
    }

    /// `low` is the lower end of the interval around the profile's AUC.
    fn is_better(&self, low: f64) -> bool {
        let left = self.scored.iter().filter(|left| **left).count();
        if left < LEAST || self.scored.len() - left < LEAST {
            return self.scored.is_empty() && low > 0.5;
        }
        truth::gain(&self.old, &self.new, &self.scored)
            .is_some_and(|(by, low, _)| by > 0.01 && low > 0.0)
    }
}

/// A fitted regression as it is written and read by people: by column, in log odds.
fn profile(model: &Model, are: &[&Is]) -> Profile {
    let mut columns: BTreeMap<&str, Column> = BTreeMap::new();
    let mut base = model.intercept;
    let rounded = |n: f64| (n * 1e6).round() / 1e6;
    for (i, is) in are.iter().enumerate() {
        let (mean, per) = (model.means[i], model.coefficients[i] / model.spreads[i]);
        let (name, set): (&str, &dyn Fn(&mut Column)) = match is {
            Is::Dimension => continue,
            Is::Number(name) => (name, &|c: &mut Column| {
                (c.mean, c.per) = (rounded(mean), rounded(per));
            }),
            Is::Word(name, word) => (name, &|c: &mut Column| {
                c.words.insert(word.clone(), rounded(per));
            }),
            Is::Missing(name) => (name, &|c: &mut Column| c.missing = rounded(per)),
        };
        // A number counts from its mean; a word and a missing value count in full.
        if !matches!(is, Is::Number(_)) {
            base -= per * mean;
        }
        set(columns.entry(name).or_insert_with(|| Column {
            name: name.to_owned(),
            ..Column::default()
        }));
    }
    Profile {
        share: SHARE,
        base: rounded(base),
        columns: columns.into_values().collect(),
    }
}
