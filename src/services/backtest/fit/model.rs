//! A regularised logistic regression over standardised inputs.

use smartcore::linalg::basic::arrays::Array;
use smartcore::linalg::basic::matrix::DenseMatrix;
use smartcore::linear::logistic_regression::{LogisticRegression, LogisticRegressionParameters};

use crate::domain::health::Dimension;
use crate::services::backtest::sample::Sample;

/// The dimensions that have weights of their own: the profile is fitted apart.
const SIX: usize = Dimension::Profile.index();

/// The shares of the six dimensions, percent.
pub type Shares = [f64; SIX];

/// The strength of the regularisation, for standardised inputs.
const ALPHA: f64 = 1.0;

/// A fitted regression with the standardisation of its inputs.
pub struct Model {
    pub means: Vec<f64>,
    pub spreads: Vec<f64>,
    pub coefficients: Vec<f64>,
    pub intercept: f64,
}

impl Model {
    /// The log odds of leaving, without the intercept.
    pub fn risk(&self, row: &[f64]) -> f64 {
        row.iter()
            .enumerate()
            .map(|(i, v)| (v - self.means[i]) / self.spreads[i] * self.coefficients[i])
            .sum()
    }
}

pub fn learn(rows: &[&Vec<f64>], positive: &[bool]) -> Option<Model> {
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
        intercept: *fitted.intercept().get((0, 0)),
        coefficients,
    })
}

/// The shares of the dimensions by how much each reduced churn in the learning part.
pub fn shares(samples: &[Sample], learn_from: &[usize]) -> Option<Shares> {
    let seen: Vec<usize> = (0..SIX)
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
    let mut out = [0.0; SIX];
    for (k, d) in seen.iter().enumerate() {
        // A coefficient is per standard deviation, points are not; a dimension that predicts churn
        // gets no share.
        out[*d] = (-model.coefficients[k] / model.spreads[k]).max(0.0);
    }
    let sum: f64 = out.iter().sum();
    (sum > 0.0).then(|| out.map(|w| w / sum * 100.0))
}

pub fn weighted(parts: &[Option<f64>], shares: &Shares) -> Option<f64> {
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
