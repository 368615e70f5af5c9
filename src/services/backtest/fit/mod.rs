//! Weights from history: a regularised logistic regression over the data known before each ending,
//! judged on accounts it has not seen. The present and the fitted score are compared before a
//! person accepts new weights.

mod inputs;
mod model;
mod profile;

use std::collections::BTreeMap;

use fastrand::Rng;
use serde::Serialize;

use super::design::SEED;
use super::sample::Sample;
use crate::domain::closed::closed;
use crate::domain::health::{Dimension, truth};
use crate::domain::policy::Policy;
use crate::words::labels;
use inputs::Inputs;
use model::{learn, shares, weighted};

pub use inputs::LeftOut;
pub use profile::ProfileFit;

const FOLDS: usize = 5;
/// The share of the earliest endings to learn from, where endings are dated.
const EARLIER: f64 = 0.7;
/// The least number of either ending in the learning part.
const LEAST: usize = 20;

closed! {
    /// How the tested accounts were separated from the learning ones.
    Method { TimeSplit = "time split", Folds = "5-fold" }
}

/// The weight of one input in the fitted model.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Weight {
    pub input: String,
    /// The change of the log odds of churn per standard deviation.
    pub weight: f64,
}

/// Weights fitted to past outcomes, and how well they would have predicted them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fitted {
    pub method: Method,
    /// The number of accounts the models were tested on.
    pub held_back: usize,
    /// The AUC of the regression over all inputs, on accounts it has not seen.
    pub model_auc: Option<f64>,
    /// Its standard deviation over the folds.
    pub model_auc_sd: Option<f64>,
    pub folds: Vec<f64>,
    /// The AUC of the present score on the same accounts.
    pub old_auc: Option<f64>,
    /// The AUC of the score with fitted weights on the same accounts.
    pub new_auc: Option<f64>,
    /// The fitted shares of the six dimensions, adding up to 100; none where the dimensions predict
    /// nothing.
    pub weights: Option<BTreeMap<&'static str, f64>>,
    /// Whether the fitted weights do better on accounts they have not seen.
    pub better: bool,
    pub inputs: Vec<Weight>,
    pub left_out: Vec<LeftOut>,
    /// The columns of the accounts as a dimension; none where they have none.
    pub profile: Option<ProfileFit>,
}

/// Fits and judges; none where too few endings are known.
pub fn fit(samples: &[Sample], snapshot: bool, policy: &Policy) -> Option<Fitted> {
    let inputs = Inputs::of(samples);
    let rows = inputs.rows();
    let mut results = FoldResults::default();
    let splits = splits(samples, snapshot);
    for (learned, held) in &splits {
        let left = learned.iter().filter(|i| samples[**i].positive).count();
        if left < LEAST || learned.len() - left < LEAST {
            return None;
        }
        results.split(samples, &rows, learned, held);
    }
    let all: Vec<usize> = (0..samples.len()).collect();
    let weights = shares(samples, &all).map(|w| {
        Dimension::ALL[..w.len()]
            .iter()
            .map(|d| (d.key(), (w[d.index()] * 10.0).round() / 10.0))
            .collect()
    });
    let model_auc = mean_of(&results.model_aucs);
    Some(Fitted {
        method: if snapshot {
            Method::Folds
        } else {
            Method::TimeSplit
        },
        held_back: results.held_back,
        model_auc,
        model_auc_sd: model_auc.and_then(|mean| spread_of(&results.model_aucs, mean)),
        old_auc: mean_of(&results.old_aucs),
        new_auc: mean_of(&results.new_aucs),
        better: results.is_better(),
        folds: results.model_aucs,
        weights,
        profile: profile::fit(samples, &inputs, &splits, policy),
        inputs: input_weights(samples, &inputs.names, &rows),
        left_out: inputs.left_out,
    })
}

/// The results of the models on held-back accounts.
#[derive(Default)]
struct FoldResults {
    held_back: usize,
    model_aucs: Vec<f64>,
    old_aucs: Vec<f64>,
    new_aucs: Vec<f64>,
    /// Risk by the present score and by the fitted one, and the ending of each account.
    old: Vec<f64>,
    new: Vec<f64>,
    endings: Vec<bool>,
}

impl FoldResults {
    /// Learns from one part of the samples and judges on the other.
    fn split(&mut self, samples: &[Sample], rows: &[Vec<f64>], learned: &[usize], held: &[usize]) {
        self.held_back += held.len();
        let positive =
            |some: &[usize]| -> Vec<bool> { some.iter().map(|i| samples[*i].positive).collect() };
        let lines: Vec<&Vec<f64>> = learned.iter().map(|i| &rows[*i]).collect();
        if rows.first().is_some_and(|row| !row.is_empty())
            && let Some(model) = learn(&lines, &positive(learned))
        {
            let risk: Vec<f64> = held.iter().map(|i| model.risk(&rows[*i])).collect();
            self.model_aucs
                .extend(truth::auc(&risk, &positive(held)).map(|a| a.auc));
        }
        // Both scores are tested on the same accounts: those that have both.
        let scored: Vec<usize> = held
            .iter()
            .copied()
            .filter(|i| samples[*i].case.is_some())
            .collect();
        let before: Vec<f64> = scored
            .iter()
            .filter_map(|i| samples[*i].case.as_ref())
            .map(|c| -c.score)
            .collect();
        let endings = positive(&scored);
        self.old_aucs
            .extend(truth::auc(&before, &endings).map(|a| a.auc));
        self.old.extend(&before);
        if let Some(shares) = shares(samples, learned) {
            let after: Vec<f64> = scored
                .iter()
                .map(|i| -weighted(&samples[*i].parts, &shares).unwrap_or(50.0))
                .collect();
            self.new_aucs
                .extend(truth::auc(&after, &endings).map(|a| a.auc));
            self.new.extend(&after);
        }
        self.endings.extend(endings);
    }

    /// The fitted score is better by more than chance explains.
    fn is_better(&self) -> bool {
        self.old.len() == self.new.len()
            && truth::gain(&self.old, &self.new, &self.endings)
                .is_some_and(|(by, low, _)| by > 0.01 && low > 0.0)
    }
}

/// The weight of each input in a model of all samples, the largest first.
fn input_weights(samples: &[Sample], names: &[String], rows: &[Vec<f64>]) -> Vec<Weight> {
    let positive: Vec<bool> = samples.iter().map(|s| s.positive).collect();
    let model = learn(&rows.iter().collect::<Vec<_>>(), &positive);
    let coefficients = model.map(|m| m.coefficients).unwrap_or_default();
    let mut inputs: Vec<Weight> = names
        .iter()
        .zip(coefficients)
        .map(|(input, weight)| Weight {
            input: input.clone(),
            weight: (weight * 1_000.0).round() / 1_000.0,
        })
        .collect();
    inputs.sort_by(|a, b| {
        b.weight
            .abs()
            .total_cmp(&a.weight.abs())
            .then_with(|| a.input.cmp(&b.input))
    });
    inputs
}

/// The samples to learn from and those held back: split by time where endings are dated, else in
/// five parts, each held back once.
fn splits(samples: &[Sample], snapshot: bool) -> Vec<(Vec<usize>, Vec<usize>)> {
    if !snapshot {
        let mut order: Vec<usize> = (0..samples.len()).collect();
        order.sort_by_key(|i| (samples[*i].day, samples[*i].id.clone()));
        let cut = (order.len() as f64 * EARLIER) as usize;
        return vec![(order[..cut].to_vec(), order[cut..].to_vec())];
    }
    let mut rng = Rng::with_seed(SEED);
    let mut fold = vec![0; samples.len()];
    for want in [true, false] {
        let mut some: Vec<usize> = (0..samples.len())
            .filter(|i| samples[*i].positive == want)
            .collect();
        rng.shuffle(&mut some);
        some.iter()
            .enumerate()
            .for_each(|(k, i)| fold[*i] = k % FOLDS);
    }
    (0..FOLDS)
        .map(|f| {
            (
                (0..samples.len()).filter(|i| fold[*i] != f).collect(),
                (0..samples.len()).filter(|i| fold[*i] == f).collect(),
            )
        })
        .collect()
}

fn mean_of(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// The standard deviation of values around their mean; none for a single value.
fn spread_of(values: &[f64], mean: f64) -> Option<f64> {
    let n = values.len() as f64;
    (values.len() > 1)
        .then(|| (values.iter().map(|a| (a - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt())
}

labels! {
    words for Method {
        TimeSplit: "trained on earlier outcomes, tested on later ones", "早い時期の結果で推定し、遅い時期の結果で検証";
        Folds: "five-fold cross-validation", "5分割交差検証";
    }
}
