//! The usage dimension: the trend of use, the share of used seats, and whether anyone uses it at
//! all.

use chrono::NaiveDate;

use super::dimension_score::{DimensionScore, age_weight, ageing, along};
use super::{Fact, Input};
use crate::domain::dossier::Dossier;
use crate::domain::dossier::effective::{contract_start, effective_seats};
use crate::domain::facts::level;
use crate::domain::facts::usage::{ACTIVE_USERS, change};
use crate::domain::freshness::DataFreshness;
use crate::domain::policy::Policy;

/// Points by change month on month, percent. A fall of 30 % also raises a signal.
const BY_CHANGE: [(f64, f64); 5] = [
    (-60.0, 0.0),
    (-30.0, 30.0),
    (-10.0, 65.0),
    (0.0, 80.0),
    (10.0, 100.0),
];
/// Days without use that count as a warning, even if the month is good.
const NO_USE_DAYS: i64 = 14;

pub fn score(
    dossier: &Dossier,
    freshness: DataFreshness,
    policy: &Policy,
    day: NaiveDate,
) -> DimensionScore {
    let Some((metric, series)) = dossier.usage.headline() else {
        return DimensionScore::new(None, Vec::new());
    };
    let known = series.between(NaiveDate::MIN, day);
    let Some(last) = known
        .last()
        .map(|p| crate::domain::facts::usage::date_of(p.0))
    else {
        return DimensionScore::new(None, Vec::new());
    };
    let age = (day - last).num_days();
    if age > policy.usage_unknown {
        return DimensionScore::new(None, vec![Fact::UsageStale { days: age }]);
    }
    let mut facts = Vec::new();
    let mut parts: Vec<(f64, f64)> = Vec::new();

    // The windows end where the data ends, so that a late feed does not look like a fall.
    let (now, before) = level::recent(metric, series, day);
    if let (Some(now), Some(before)) = (now, before)
        && let Some(percent) = change(Some(now), Some(before))
    {
        facts.push(Fact::UsageChange {
            metric: metric.to_owned(),
            before,
            now,
        });
        parts.push((along(&BY_CHANGE, percent), 0.5));
    }
    let seats = effective_seats(dossier, day).filter(|s| *s > 0);
    if metric == ACTIVE_USERS
        && let (Some(seats), Some(active)) = (seats, series.mean(last, 7))
    {
        facts.push(Fact::SeatUse { active, seats });
        // The expected share of used seats depends on the age of the account; without a start date
        // it is not scored.
        if let Some(months) = contract_start(dossier)
            .filter(|start| *start <= day)
            .map(|start| (day - start).num_days() / 30)
        {
            parts.push((licence_use(active / f64::from(seats) * 100.0, months), 0.3));
        }
    }
    // Silence is counted up to the newest usage of any account: a feed that is late for all says
    // nothing about one.
    let end = freshness.usage.unwrap_or(last).min(day).max(last);
    let first = known
        .first()
        .map_or(last, |p| crate::domain::facts::usage::date_of(p.0));
    let last_use = known
        .iter()
        .rev()
        .find(|p| p.1 > 0.0)
        .map(|p| crate::domain::facts::usage::date_of(p.0));
    let quiet = last_use.map_or((end - first).num_days() + 1, |d| (end - d).num_days());
    // Days between two weekly or monthly numbers are not days without use.
    let rhythm = level::rhythm(series, day);
    let slack = match rhythm {
        level::Rhythm::Spaced(gap) => gap,
        level::Rhythm::Irregular(gap) => gap,
        // A single number may be the first of monthly ones.
        level::Rhythm::Daily if known.len() < 3 => 31,
        level::Rhythm::Daily => 0,
    };
    // Irregular use has no pause that is too long.
    if quiet >= NO_USE_DAYS + slack && !matches!(rhythm, level::Rhythm::Irregular(_)) {
        facts.push(Fact::NoUseFor { days: quiet });
        parts.push((10.0, 0.5));
    }
    if parts.is_empty() {
        return DimensionScore::new(None, facts);
    }
    let weight: f64 = parts.iter().map(|p| p.1).sum();
    let late = (age - slack).max(0);
    let fresh = age_weight(late, policy.usage_unknown, policy);
    facts.extend(ageing(Input::Usage, late, fresh));
    DimensionScore::new(
        Some(parts.iter().map(|p| p.0 * p.1).sum::<f64>() / weight),
        facts,
    )
    .fresh(fresh)
}

/// Points by the share of used seats, percent, and the age of the account in months. Expectations
/// rise as a roll-out should be complete.
fn licence_use(percent: f64, months: i64) -> f64 {
    match percent {
        p if p < 10.0 => 10.0,
        p if p <= 50.0 => {
            if months < 2 {
                75.0
            } else if months <= 6 {
                60.0
            } else {
                30.0
            }
        }
        p if p <= 75.0 => {
            if months < 6 {
                90.0
            } else if months < 9 {
                65.0
            } else {
                50.0
            }
        }
        _ => 100.0,
    }
}
