//! The whole from its parts: a mean that bad news never raises, held down by the weakest part.

use super::dimension_score::{DimensionScore, along};
use super::guarded::mean;
use super::{Capped, Dimension, Part, Score};
use crate::domain::policy::Policy;

/// The whole of the dimensions.
pub struct Whole {
    /// 0–100, before rounding; none where nothing is known.
    pub exact: Option<f64>,
    pub capped: Option<Capped>,
    pub parts: [Part; Dimension::COUNT],
    /// The share of the weight that is known, percent.
    pub coverage: f64,
}

/// Puts the dimensions together, with their weights in percent.
pub fn whole(
    scored: &[DimensionScore; Dimension::COUNT],
    weights: [f64; Dimension::COUNT],
    policy: &Policy,
) -> Whole {
    let known = || {
        let all = scored.iter().zip(weights);
        all.filter_map(|(d, w)| Some((d, d.score?, w)))
    };
    let coverage = known().map(|(d, _, w)| w * d.covers).sum();
    let mean = mean(
        &known()
            .map(|(d, s, w)| (s, w * d.lowers, w * d.raises))
            .collect::<Vec<_>>(),
    );
    let parts: [Part; Dimension::COUNT] = std::array::from_fn(|i| {
        let (of, weight) = (&scored[i], weights[i]);
        let side = match (of.score, mean) {
            // At the mean it pulls neither way.
            (Some(score), Some(mean)) if score == mean => of.lowers.max(of.raises),
            (Some(score), Some(mean)) if score < mean => of.lowers,
            (Some(_), Some(_)) => of.raises,
            _ => 1.0,
        };
        Part {
            score: of.score.map(|s| s.round() as u8),
            exact: of.score.unwrap_or(0.0),
            holds: of.firm * of.lowers * (weight / FULL).min(1.0),
            weight: weight * side,
        }
    });
    // The part that holds the whole down most.
    let holds = parts.iter().zip(Dimension::ALL);
    let holds = holds.filter(|(part, _)| part.score.is_some());
    let least = holds
        .map(|(part, d)| (hold(part.exact, part.holds, policy), *d))
        .min_by(|a, b| a.0.total_cmp(&b.0));
    let capped = match (mean, least) {
        (Some(mean), Some((most, by))) if most < mean => Some((
            most,
            Capped {
                mean: mean.round() as u8,
                by,
            },
        )),
        _ => None,
    };
    Whole {
        exact: capped.map(|c| c.0).or(mean),
        // Less than a shown point is not worth a word.
        capped: capped
            .filter(|(most, c)| most.round() < f64::from(c.mean))
            .map(|c| c.1),
        parts,
        coverage,
    }
}

/// Percent of the weight from which a part holds fully.
const FULL: f64 = 10.0;

/// The most that the whole has beside a part with this score. A part that is stale, thin or of little
/// weight holds less.
fn hold(score: f64, holds: f64, policy: &Policy) -> f64 {
    100.0 - (100.0 - along(&policy.curves.hold, score)) * holds
}

/// The least score of a part that lets the whole reach a goal.
pub fn hold_needed(holds: f64, goal: f64, policy: &Policy) -> f64 {
    let reached = |score: &u8| hold(f64::from(*score), holds, policy) >= goal;
    f64::from((0..=100_u8).find(reached).unwrap_or(100))
}

/// The score with a profile of these points beside it that has this share (0–1) of the whole; none where
/// nothing else is known.
pub fn beside(score: &Score, points: f64, share: f64, policy: &Policy) -> Option<f64> {
    let known = || score.parts.iter().filter(|p| p.score.is_some());
    let weight: f64 = known().map(|p| p.weight).sum();
    let all: f64 = score.parts.iter().map(|p| p.weight).sum();
    let own = all * share / (1.0 - share);
    if weight <= 0.0 {
        return None;
    }
    let sum: f64 = known().map(|p| p.exact * p.weight).sum();
    let mean = (sum + points * own) / (weight + own);
    let most = known().map(|p| hold(p.exact, p.holds, policy));
    Some(most.fold(mean, f64::min))
}
