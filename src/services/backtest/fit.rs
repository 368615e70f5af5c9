//! Weights from history: a regularised logistic regression over what was known before each ending,
//! judged on accounts it has not seen. The old score and the new stand side by side before anybody
//! accepts them.

use crate::words::labels;
use std::collections::{BTreeMap, BTreeSet};

use fastrand::Rng;
use serde::Serialize;
use smartcore::linalg::basic::arrays::Array;
use smartcore::linalg::basic::matrix::DenseMatrix;
use smartcore::linear::logistic_regression::{LogisticRegression, LogisticRegressionParameters};

use super::{SEED, Sample};
use crate::domain::closed::closed;
use crate::domain::health::Dimension;
use crate::domain::health::truth;

/// Strength of the regularisation, over standardised inputs.
const ALPHA: f64 = 1.0;
const FOLDS: usize = 5;
/// The share of the earliest endings that is learned from, where endings are dated.
const EARLIER: f64 = 0.7;
/// More different words than this are names, and tell accounts apart one by one.
const WORDS: usize = 30;
/// An input that tells the endings apart all by itself was written after them.
const TOO_GOOD: f64 = 0.98;
/// Fewer of either ending in the part that is learned from fit nothing.
const LEAST: usize = 20;

closed! {
    /// How the accounts that judge were kept apart from those that are learned from.
    Method { TimeSplit = "time split", Folds = "5-fold" }
}

closed! {
    /// Why an input is not learned from.
    Why { SaysOutcome = "says the outcome", TellsAlone = "tells it alone", ManyWords = "too many words", AlwaysSame = "always the same" }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LeftOut {
    pub input: String,
    pub why: Why,
}

/// How much one input weighs in the fitted model.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Weight {
    pub input: String,
    /// Change of the log odds of leaving for one standard deviation more.
    pub weight: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fitted {
    pub method: Method,
    /// Accounts the models were judged on.
    pub held_back: usize,
    /// AUC of the regression over all inputs, on accounts it has not seen.
    pub model_auc: Option<f64>,
    /// Its spread over the folds.
    pub model_auc_sd: Option<f64>,
    pub folds: Vec<f64>,
    /// AUC of today's score on the same accounts.
    pub old_auc: Option<f64>,
    /// AUC of the score with the fitted weights on the same accounts.
    pub new_auc: Option<f64>,
    /// Shares of the six dimensions that history suggests, adding up to 100; none where the
    /// dimensions say nothing.
    pub weights: Option<BTreeMap<&'static str, f64>>,
    /// Whether the new weights do better on accounts they have not seen.
    pub better: bool,
    pub inputs: Vec<Weight>,
    pub left_out: Vec<LeftOut>,
}

/// Columns of numbers, standardised by what the learning part looks like.
struct Table {
    names: Vec<String>,
    /// A row for each sample; nothing where it is not known.
    rows: Vec<Vec<f64>>,
}

fn says_outcome(name: &str) -> bool {
    let name = crate::domain::text::fold(name);
    [
        "churn",
        "outcome",
        "cancel",
        "renewed",
        "terminat",
        "解約",
        "離脱",
        "継続可否",
        "更新結果",
    ]
    .iter()
    .any(|w| name.contains(w))
}

/// Samples as numbers: dimensions and numeric attributes as they are (with a column for "not known"
/// where some are not), words as a column each.
fn table(samples: &[Sample], left_out: &mut Vec<LeftOut>) -> Table {
    let positive: Vec<bool> = samples.iter().map(|s| s.positive).collect();
    let mut names: Vec<String> = Vec::new();
    let mut columns: Vec<Vec<f64>> = Vec::new();
    let mut number = |name: String, values: Vec<Option<f64>>, left_out: &mut Vec<LeftOut>| {
        let known: Vec<f64> = values.iter().flatten().copied().collect();
        let Some(first) = known.first() else { return };
        let some_missing = known.len() < values.len();
        if known.iter().all(|v| v == first) && !some_missing {
            left_out.push(LeftOut {
                input: name,
                why: Why::AlwaysSame,
            });
            return;
        }
        let mean = known.iter().sum::<f64>() / known.len() as f64;
        let filled: Vec<f64> = values.iter().map(|v| v.unwrap_or(mean)).collect();
        if truth::auc(&filled, &positive).is_some_and(|a| a.auc.max(1.0 - a.auc) > TOO_GOOD) {
            left_out.push(LeftOut {
                input: name,
                why: Why::TellsAlone,
            });
            return;
        }
        if some_missing {
            names.push(format!("{name}?"));
            columns.push(
                values
                    .iter()
                    .map(|v| f64::from(u8::from(v.is_none())))
                    .collect(),
            );
        }
        names.push(name);
        columns.push(filled);
    };
    for d in Dimension::ALL {
        let values: Vec<Option<f64>> = samples.iter().map(|s| s.parts[d.index()]).collect();
        number(d.key().to_owned(), values, left_out);
    }
    let attributes: BTreeSet<&String> = samples.iter().flat_map(|s| s.attributes.keys()).collect();
    let mut words: Vec<(String, Vec<f64>)> = Vec::new();
    for name in attributes {
        if says_outcome(name) {
            left_out.push(LeftOut {
                input: name.clone(),
                why: Why::SaysOutcome,
            });
            continue;
        }
        let values: Vec<Option<&str>> = samples
            .iter()
            .map(|s| s.attributes.get(name).map(String::as_str))
            .collect();
        let numbers: Vec<Option<f64>> = values
            .iter()
            .map(|v| v.and_then(crate::services::import::values::amount))
            .collect();
        let told = values.iter().flatten().count();
        // Filled in for those who left, and for nobody else: that it is there says it all.
        let there: Vec<f64> = values
            .iter()
            .map(|v| f64::from(u8::from(v.is_some())))
            .collect();
        if told < values.len()
            && truth::auc(&there, &positive).is_some_and(|a| a.auc.max(1.0 - a.auc) > TOO_GOOD)
        {
            left_out.push(LeftOut {
                input: name.clone(),
                why: Why::TellsAlone,
            });
            continue;
        }
        let different: BTreeSet<&str> = values.iter().flatten().copied().collect();
        if numbers.iter().flatten().count() * 20 >= told * 19 {
            number(name.clone(), numbers, left_out);
        } else if different.len() > WORDS {
            left_out.push(LeftOut {
                input: name.clone(),
                why: Why::ManyWords,
            });
        } else {
            words.extend(different.iter().map(|word| {
                (
                    format!("{name}={word}"),
                    values
                        .iter()
                        .map(|v| f64::from(u8::from(v == &Some(*word))))
                        .collect(),
                )
            }));
        }
    }
    for (name, column) in words {
        number(name, column.into_iter().map(Some).collect(), left_out);
    }
    let rows = (0..samples.len())
        .map(|i| columns.iter().map(|c| c[i]).collect())
        .collect();
    Table { names, rows }
}

/// A fitted regression and how its inputs are standardised.
struct Model {
    means: Vec<f64>,
    spreads: Vec<f64>,
    coefficients: Vec<f64>,
}

impl Model {
    fn risk(&self, row: &[f64]) -> f64 {
        row.iter()
            .enumerate()
            .map(|(i, v)| (v - self.means[i]) / self.spreads[i] * self.coefficients[i])
            .sum()
    }
}

fn learn(rows: &[&Vec<f64>], positive: &[bool]) -> Option<Model> {
    let width = rows.first()?.len();
    let n = rows.len() as f64;
    let means: Vec<f64> = (0..width)
        .map(|c| rows.iter().map(|r| r[c]).sum::<f64>() / n)
        .collect();
    let spreads: Vec<f64> = (0..width)
        .map(|c| (rows.iter().map(|r| (r[c] - means[c]).powi(2)).sum::<f64>() / n).sqrt())
        .map(|s| if s > 1e-9 { s } else { 1.0 })
        .collect();
    let standard: Vec<f64> = rows
        .iter()
        .flat_map(|r| (0..width).map(|c| (r[c] - means[c]) / spreads[c]))
        .collect();
    let x = DenseMatrix::new(rows.len(), width, standard, false).ok()?;
    let y: Vec<i32> = positive.iter().map(|p| i32::from(*p)).collect();
    let fitted = LogisticRegression::fit(
        &x,
        &y,
        LogisticRegressionParameters::default().with_alpha(ALPHA),
    )
    .ok()?;
    let found = fitted.coefficients();
    let coefficients: Vec<f64> = (0..width).map(|c| *found.get((0, c))).collect();
    coefficients.iter().all(|c| c.is_finite()).then_some(Model {
        means,
        spreads,
        coefficients,
    })
}

/// Which samples are learned from, and which are held back: by time where there is time, else in
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

/// Shares of the dimensions by how much each of them held customers in the learning part.
fn shares(samples: &[Sample], learn_from: &[usize]) -> Option<[f64; 6]> {
    let seen: Vec<usize> = (0..6)
        .filter(|d| {
            learn_from
                .iter()
                .filter(|i| samples[**i].parts[*d].is_some())
                .count()
                * 5
                >= learn_from.len()
        })
        .collect();
    let mean = |d: usize| {
        let known: Vec<f64> = learn_from
            .iter()
            .filter_map(|i| samples[*i].parts[d])
            .collect();
        known.iter().sum::<f64>() / known.len().max(1) as f64
    };
    let means: Vec<f64> = seen.iter().map(|d| mean(*d)).collect();
    let rows: Vec<Vec<f64>> = learn_from
        .iter()
        .map(|i| {
            seen.iter()
                .zip(&means)
                .map(|(d, m)| samples[*i].parts[*d].unwrap_or(*m))
                .collect()
        })
        .collect();
    let positive: Vec<bool> = learn_from.iter().map(|i| samples[*i].positive).collect();
    let model = learn(&rows.iter().collect::<Vec<_>>(), &positive)?;
    let mut out = [0.0; 6];
    for (k, d) in seen.iter().enumerate() {
        // Points of a dimension count by their own spread; one that speaks for leaving counts nothing.
        out[*d] = (-model.coefficients[k] / model.spreads[k]).max(0.0);
    }
    let sum: f64 = out.iter().sum();
    (sum > 0.0).then(|| out.map(|w| w / sum * 100.0))
}

fn weighted(parts: &[Option<f64>; 6], shares: &[f64; 6]) -> Option<f64> {
    let known: f64 = parts
        .iter()
        .zip(shares)
        .filter(|(p, _)| p.is_some())
        .map(|(_, w)| w)
        .sum();
    (known > 0.0).then(|| {
        parts
            .iter()
            .zip(shares)
            .filter_map(|(p, w)| p.map(|p| p * w))
            .sum::<f64>()
            / known
    })
}

fn mean_of(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// Fits and judges; none where too few endings are known.
pub fn fit(samples: &[Sample], snapshot: bool) -> Option<Fitted> {
    let mut left_out = Vec::new();
    let table = table(samples, &mut left_out);
    let (mut model_aucs, mut old, mut new) = (Vec::new(), Vec::new(), Vec::new());
    // Risk by the score as it is and by the fitted one, and how each account ended.
    let mut judged: (Vec<f64>, Vec<f64>, Vec<bool>) = Default::default();
    let splits = splits(samples, snapshot);
    let mut held_back = 0;
    for (learned, held) in &splits {
        let left = learned.iter().filter(|i| samples[**i].positive).count();
        if left < LEAST || learned.len() - left < LEAST {
            return None;
        }
        held_back += held.len();
        let positive =
            |some: &[usize]| -> Vec<bool> { some.iter().map(|i| samples[*i].positive).collect() };
        if !table.names.is_empty()
            && let Some(model) = learn(
                &learned.iter().map(|i| &table.rows[*i]).collect::<Vec<_>>(),
                &positive(learned),
            )
        {
            let risk: Vec<f64> = held.iter().map(|i| model.risk(&table.rows[*i])).collect();
            model_aucs.extend(truth::auc(&risk, &positive(held)).map(|a| a.auc));
        }
        // Both scores are judged on the same accounts: those that have them.
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
        old.extend(truth::auc(&before, &positive(&scored)).map(|a| a.auc));
        judged.2.extend(positive(&scored));
        judged.0.extend(&before);
        if let Some(shares) = shares(samples, learned) {
            let after: Vec<f64> = scored
                .iter()
                .map(|i| -weighted(&samples[*i].parts, &shares).unwrap_or(50.0))
                .collect();
            new.extend(truth::auc(&after, &positive(&scored)).map(|a| a.auc));
            judged.1.extend(&after);
        }
    }
    let all: Vec<usize> = (0..samples.len()).collect();
    let positive: Vec<bool> = samples.iter().map(|s| s.positive).collect();
    let weights = shares(samples, &all).map(|w| {
        Dimension::ALL
            .iter()
            .map(|d| (d.key(), (w[d.index()] * 10.0).round() / 10.0))
            .collect()
    });
    let mut inputs: Vec<Weight> = learn(&table.rows.iter().collect::<Vec<_>>(), &positive)
        .map(|m| {
            table
                .names
                .iter()
                .zip(m.coefficients)
                .map(|(input, weight)| Weight {
                    input: input.clone(),
                    weight: (weight * 1_000.0).round() / 1_000.0,
                })
                .collect()
        })
        .unwrap_or_default();
    inputs.sort_by(|a, b| {
        b.weight
            .abs()
            .total_cmp(&a.weight.abs())
            .then_with(|| a.input.cmp(&b.input))
    });
    let (old_auc, new_auc, model_auc) = (mean_of(&old), mean_of(&new), mean_of(&model_aucs));
    let model_auc_sd = model_auc.filter(|_| model_aucs.len() > 1).map(|m| {
        (model_aucs.iter().map(|a| (a - m).powi(2)).sum::<f64>() / (model_aucs.len() as f64 - 1.0))
            .sqrt()
    });
    Some(Fitted {
        method: if snapshot {
            Method::Folds
        } else {
            Method::TimeSplit
        },
        held_back,
        model_auc,
        model_auc_sd,
        folds: model_aucs,
        old_auc,
        new_auc,
        better: judged.0.len() == judged.1.len()
            && truth::gain(&judged.0, &judged.1, &judged.2)
                .is_some_and(|(by, low, _)| by > 0.01 && low > 0.0),
        weights,
        inputs,
        left_out,
    })
}

labels! {
    words for Method {
        TimeSplit: "trained on earlier outcomes, tested on later ones", "早い時期の結果で推定し、遅い時期の結果で検証";
        Folds: "five-fold cross-validation", "5分割交差検証";
    }
}

labels! {
    words for Why {
        SaysOutcome: "is the outcome itself", "結果そのもの";
        TellsAlone: "predicts the outcome alone", "単独で結果を予測できてしまう";
        ManyWords: "too many different values", "値の種類が多すぎる";
        AlwaysSame: "always the same", "常に同じ値";
    }
}
