//! Computes the score of an account: each dimension, their weights, and the band.

use chrono::{Duration, NaiveDate};

use super::dimension_score::DimensionScore;
use super::whole::whole;
use super::{Band, Dimension, Held, Holder, Score};
use super::{financial, outcomes, profile, relationship, satisfaction, support, usage};
use crate::domain::account::{HealthOverride, Verdict};
use crate::domain::checkin::wrapup::Sentiment;
use crate::domain::dossier::Dossier;
use crate::domain::dossier::effective::{effective_stage, effective_tier};
use crate::domain::dossier::start::contract_start;
use crate::domain::dossier::talks::last_mood;
use crate::domain::freshness::DataFreshness;
use crate::domain::policy::Policy;
use crate::domain::when::Zone;

/// Scores an account as of `day`. Later data is ignored.
pub fn score(
    dossier: &Dossier,
    freshness: DataFreshness,
    policy: &Policy,
    day: NaiveDate,
    zone: Zone,
) -> Score {
    let tier = effective_tier(dossier, policy, day);
    let stage = effective_stage(dossier, day);
    let weights = policy.weights(tier, stage);
    let total: f64 = weights.iter().sum();
    let scored: [DimensionScore; Dimension::COUNT] = [
        usage::score(dossier, freshness, policy, day),
        relationship::score(dossier, policy, tier, day, zone),
        support::score(dossier, policy, day, zone),
        satisfaction::score(dossier, policy, day, zone),
        outcomes::score(dossier, day),
        financial::score(dossier, day),
        profile::score(&dossier.account, policy.profile.as_ref()),
    ];
    let weights = weights.map(|w| if total > 0.0 { w / total * 100.0 } else { 0.0 });
    let whole = whole(&scored, weights, policy);
    let facts = scored
        .into_iter()
        .zip(Dimension::ALL)
        .flat_map(|(of, d)| of.facts.into_iter().map(move |fact| (*d, fact)))
        .collect();
    let coverage = whole.coverage.round().clamp(0.0, 100.0) as u8;
    let score = whole.exact.map(|s| s.round().clamp(0.0, 100.0) as u8);
    let young = contract_start(dossier)
        .is_some_and(|s| s <= day && day < s + Duration::days(policy.new_days));
    let needed = if young {
        policy.new_coverage
    } else {
        policy.min_coverage
    };
    let band = match score {
        Some(s) if coverage >= needed => band_of(s, policy),
        _ => Band::Unknown,
    };
    // In an account's first days a score from little data means nothing.
    let score = score.filter(|_| !young || coverage >= needed);
    let (band, held) = shown_band(dossier, policy, band, day, zone);
    Score {
        score,
        exact: whole.exact.filter(|_| score.is_some()),
        capped: whole.capped.filter(|_| score.is_some()),
        band,
        coverage,
        parts: whole.parts,
        facts,
        held: held.map(Box::new),
    }
}

/// The band to show: a person's override first, then the mood of the last talk, then the numbers.
fn shown_band(
    dossier: &Dossier,
    policy: &Policy,
    by_numbers: Band,
    day: NaiveDate,
    zone: Zone,
) -> (Band, Option<Held>) {
    let held = |band: Band, by: Holder| (band, Some(Held { by_numbers, by }));
    if let Some(health_override) = dossier
        .account
        .health_override
        .as_ref()
        .filter(|r| r.is_in_force(day))
    {
        let band = match health_override.verdict {
            Verdict::Red => Band::Red,
            Verdict::Yellow => Band::Yellow,
            Verdict::Green => Band::Green,
            Verdict::Lost => Band::Unknown,
        };
        return held(band, Holder::Person(HealthOverride::clone(health_override)));
    }
    match last_mood(dossier, day, zone).map(|(d, s)| ((day - d).num_days(), s)) {
        Some((days, sentiment))
            if by_numbers == Band::Green
                && policy.mood_caps
                && days <= policy.sentiment_unknown
                && sentiment <= Sentiment::Disappointed =>
        {
            held(Band::Yellow, Holder::Mood { sentiment, days })
        }
        _ => (by_numbers, None),
    }
}

/// The band of a score, by the limits of the policy.
pub fn band_of(score: u8, policy: &Policy) -> Band {
    if score <= policy.red_max {
        Band::Red
    } else if score <= policy.yellow_max {
        Band::Yellow
    } else {
        Band::Green
    }
}
