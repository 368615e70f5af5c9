//! Whether the score predicts outcomes: statistics over accounts with a known outcome, each scored
//! as it was before. The methods are the common ones: AUC with DeLong's interval, a permutation
//! test, Wilson's interval.

use serde::Serialize;

use super::Band;
use crate::domain::account::Tier;
use crate::domain::ids::AccountId;

/// One account with a known outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    pub id: AccountId,
    /// Set for accounts that churned or shrank only.
    pub name: String,
    pub tier: Tier,
    pub band: Band,
    /// Health before the outcome, 0–100.
    pub score: f64,
    /// Days from the newest data to the day of the score.
    pub age: Option<i64>,
    /// Whether it churned or shrank.
    pub positive: bool,
}

/// The probability that a churned account had a worse score than a retained one; 0.5 is chance.
/// With the 95 % interval by DeLong's method.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Auc {
    pub auc: f64,
    pub low: f64,
    pub high: f64,
}

/// Ranks from 1; equal values share the mean of their ranks.
pub fn midranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut at = 0;
    while at < order.len() {
        let same = order[at..]
            .iter()
            .take_while(|i| values[**i] == values[order[at]])
            .count();
        let rank = at as f64 + (same as f64 + 1.0) / 2.0;
        order[at..at + same].iter().for_each(|i| ranks[*i] = rank);
        at += same;
    }
    ranks
}

/// For each churned and each retained account, the share of the other group it is ranked correctly
/// against. The mean of either list is the AUC.
struct Placings {
    left: Vec<f64>,
    stayed: Vec<f64>,
}

fn placings(risk: &[f64], positive: &[bool]) -> Option<Placings> {
    let pick = |want: bool| -> Vec<f64> {
        risk.iter()
            .zip(positive)
            .filter(|(_, p)| **p == want)
            .map(|(r, _)| *r)
            .collect()
    };
    let (left, stayed) = (pick(true), pick(false));
    let (m, n) = (left.len() as f64, stayed.len() as f64);
    if left.is_empty() || stayed.is_empty() {
        return None;
    }
    let all = midranks(risk);
    let (within_left, within_stayed) = (midranks(&left), midranks(&stayed));
    let (mut i, mut j) = (0, 0);
    let (mut beats, mut beaten) = (
        Vec::with_capacity(left.len()),
        Vec::with_capacity(stayed.len()),
    );
    for (rank, positive) in all.iter().zip(positive) {
        if *positive {
            beats.push((rank - within_left[i]) / n);
            i += 1;
        } else {
            beaten.push(1.0 - (rank - within_stayed[j]) / m);
            j += 1;
        }
    }
    Some(Placings {
        left: beats,
        stayed: beaten,
    })
}

fn mean(v: &[f64]) -> f64 {
    v.iter().sum::<f64>() / v.len() as f64
}

/// Half of the 95 % interval around the mean of the placings.
fn half_width(p: &Placings) -> f64 {
    let spread = |v: &[f64]| {
        let mean = mean(v);
        if v.len() < 2 {
            0.0
        } else {
            v.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (v.len() as f64 - 1.0)
        }
    };
    1.96 * (spread(&p.left) / p.left.len() as f64 + spread(&p.stayed) / p.stayed.len() as f64)
        .sqrt()
}

/// None unless both outcomes occur. `risk` is higher for accounts expected to churn.
pub fn auc(risk: &[f64], positive: &[bool]) -> Option<Auc> {
    let placings = placings(risk, positive)?;
    // One account has no variance: the interval covers everything.
    let few = placings.left.len().min(placings.stayed.len()) < 2;
    let (auc, half) = (
        mean(&placings.left),
        if few { 1.0 } else { half_width(&placings) },
    );
    let (mut low, mut high) = ((auc - half).max(0.0), (auc + half).min(1.0));
    // At a perfect separation DeLong's interval has no width. Then the bound is the rate of errors
    // that would have shown up in 19 of 20 samples of this size.
    let hidden = 1.0 - 0.05_f64.powf(1.0 / placings.left.len().min(placings.stayed.len()) as f64);
    if auc >= 1.0 {
        low = low.min(1.0 - hidden);
    } else if auc <= 0.0 {
        high = high.max(hidden);
    }
    Some(Auc { auc, low, high })
}

/// The gain in AUC of `new` over `old` on the same accounts, with the 95 % interval of the
/// difference. An interval above zero is a gain that chance does not explain.
pub fn gain(old: &[f64], new: &[f64], positive: &[bool]) -> Option<(f64, f64, f64)> {
    let (a, b) = (placings(old, positive)?, placings(new, positive)?);
    let minus = |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(x, y)| x - y).collect::<Vec<f64>>();
    let apart = Placings {
        left: minus(&b.left, &a.left),
        stayed: minus(&b.stayed, &a.stayed),
    };
    let (by, half) = (mean(&apart.left), half_width(&apart));
    Some((by, by - half, by + half))
}

/// The p-value of the AUC: how often shuffled outcomes put it as far from 0.5. Shuffles `times`
/// times; `below` draws a number below its argument.
pub fn permutation(
    risk: &[f64],
    positive: &[bool],
    times: usize,
    mut below: impl FnMut(usize) -> usize,
) -> Option<f64> {
    let m = positive.iter().filter(|p| **p).count();
    let n = positive.len() - m;
    if m == 0 || n == 0 {
        return None;
    }
    let mut ranks = midranks(risk);
    let (m_, n_) = (m as f64, n as f64);
    let far = |sum: f64| ((sum - m_ * (m_ + 1.0) / 2.0) / (m_ * n_) - 0.5).abs();
    let seen = far(ranks
        .iter()
        .zip(positive)
        .filter(|(_, p)| **p)
        .map(|(r, _)| r)
        .sum());
    // Drawing the smaller group takes less time.
    let draw = m.min(n);
    let total: f64 = ranks.iter().sum();
    let mut as_far = 0_usize;
    for _ in 0..times {
        let mut sum = 0.0;
        for i in 0..draw {
            let other = i + below(ranks.len() - i);
            ranks.swap(i, other);
            sum += ranks[i];
        }
        let sum = if draw == m { sum } else { total - sum };
        as_far += usize::from(far(sum) >= seen - 1e-12);
    }
    Some((as_far as f64 + 1.0) / (times as f64 + 1.0))
}

/// A tenth of the accounts, the worst scores first.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Decile {
    pub decile: usize,
    pub n: usize,
    pub positives: usize,
    pub rate: f64,
    /// The rate relative to that of all accounts.
    pub lift: f64,
    pub mean_score: f64,
}

/// Accounts by score in up to ten groups of equal size, the lowest scores first.
pub fn deciles(cases: &[Case]) -> Vec<Decile> {
    let mut order: Vec<&Case> = cases.iter().collect();
    order.sort_by(|a, b| a.score.total_cmp(&b.score).then_with(|| a.id.cmp(&b.id)));
    let overall = cases.iter().filter(|c| c.positive).count() as f64 / cases.len().max(1) as f64;
    let parts = cases.len().min(10);
    (0..parts)
        .map(|i| {
            let part = &order[cases.len() * i / parts..cases.len() * (i + 1) / parts];
            let positives = part.iter().filter(|c| c.positive).count();
            let rate = positives as f64 / part.len() as f64;
            Decile {
                decile: i + 1,
                n: part.len(),
                positives,
                rate,
                lift: if overall > 0.0 { rate / overall } else { 0.0 },
                mean_score: part.iter().map(|c| c.score).sum::<f64>() / part.len() as f64,
            }
        })
        .collect()
}

/// The outcomes of accounts whose score was in this range.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bin {
    pub from: u8,
    pub to: u8,
    pub n: usize,
    pub positives: usize,
    pub rate: f64,
    /// The 95 % interval of the rate, by Wilson's method.
    pub low: f64,
    pub high: f64,
}

/// The share of accounts lost in each range of ten points, with its confidence interval.
pub fn calibration(cases: &[Case]) -> Vec<Bin> {
    (0..10_u8)
        .filter_map(|i| {
            let (from, to) = (i * 10, if i == 9 { 100 } else { i * 10 + 9 });
            let inside: Vec<&Case> = cases
                .iter()
                .filter(|c| {
                    (c.score.floor() as u8).clamp(0, 100) >= from && c.score.floor() as u8 <= to
                })
                .collect();
            let positives = inside.iter().filter(|c| c.positive).count();
            let (low, high) = wilson(positives, inside.len())?;
            Some(Bin {
                from,
                to,
                n: inside.len(),
                positives,
                rate: positives as f64 / inside.len() as f64,
                low,
                high,
            })
        })
        .collect()
}

/// Wilson's 95 % interval of a share; none without observations.
pub fn wilson(hits: usize, n: usize) -> Option<(f64, f64)> {
    const Z: f64 = 1.96;
    if n == 0 {
        return None;
    }
    let (n, p) = (n as f64, hits as f64 / n as f64);
    let middle = (p + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
    let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt() / (1.0 + Z * Z / n);
    Some(((middle - half).max(0.0), (middle + half).min(1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_auc_counts_pairs() {
        // Pairs: 3 > 1, 3 > 2, 2 > 1, 2 = 2: three and a half of four.
        let found = auc(&[3.0, 2.0, 1.0, 2.0], &[true, true, false, false]).expect("both");
        assert!((found.auc - 0.875).abs() < 1e-12, "{found:?}");
        assert_eq!(auc(&[1.0, 2.0], &[true, true]), None);
        assert_eq!(auc(&[], &[]), None);
        let same = auc(&[5.0; 6], &[true, false, true, false, false, false]).expect("both");
        assert_eq!((same.auc, same.low, same.high), (0.5, 0.5, 0.5));
    }

    #[test]
    fn the_interval_is_the_one_of_delong() {
        // By hand: V10 = [1, 0.5], V01 = [1, 0.5]; variance (0.125 + 0.125) / 2.
        let found = auc(&[4.0, 2.0, 1.0, 3.0], &[true, true, false, false]).expect("both");
        assert!((found.auc - 0.75).abs() < 1e-12);
        let half = 1.96 * (0.125_f64 / 2.0 + 0.125 / 2.0).sqrt();
        assert!(
            (found.low - (0.75 - half)).abs() < 1e-12 && found.high == 1.0,
            "{found:?}"
        );
    }

    #[test]
    fn a_gain_must_be_more_than_chance() {
        let positive: Vec<bool> = (0..100).map(|i| i % 3 == 0).collect();
        let good: Vec<f64> = positive
            .iter()
            .enumerate()
            .map(|(i, p)| f64::from(u8::from(*p)) * 3.0 + (i % 7) as f64)
            .collect();
        let none: Vec<f64> = (0..100).map(|i| (i * 37 % 100) as f64).collect();
        let (by, low, _) = gain(&none, &good, &positive).expect("both");
        assert!(by > 0.1 && low > 0.0, "{by} {low}");
        assert_eq!(gain(&good, &good, &positive), Some((0.0, 0.0, 0.0)));
    }

    #[test]
    fn shuffling_separates_noise_from_signal() {
        let mut state = 7_u64;
        let mut below = |n: usize| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % n
        };
        let risk: Vec<f64> = (0..200).map(f64::from).collect();
        let news: Vec<bool> = (0..200).map(|i| i > 150).collect();
        let noise: Vec<bool> = (0..200).map(|i| i % 4 == 0).collect();
        assert!(permutation(&risk, &news, 500, &mut below).expect("both") < 0.01);
        assert!(permutation(&risk, &noise, 500, &mut below).expect("both") > 0.5);
        assert_eq!(permutation(&risk, &[true; 200], 10, &mut below), None);
    }

    #[test]
    fn the_interval_of_a_share_stays_within_0_to_1() {
        assert_eq!(wilson(0, 0), None);
        let (low, high) = wilson(0, 10).expect("some");
        assert!(low == 0.0 && (high - 0.2775).abs() < 0.001, "{high}");
        let (low, high) = wilson(10, 10).expect("some");
        assert!(high == 1.0 && low > 0.7);
    }
}
