//! The usage dimension: the level against the account's own normal, the last fortnight, the line of half a
//! year, the share of features that fell out of use, the share of used seats, and silence. The worst part
//! weighs most: a reader of the chart sees it first.

mod breadth;
mod daily;
mod monthly;
mod parts;
mod seats;

use chrono::{Duration, NaiveDate};

use super::dimension_score::{DimensionScore, age_weight, ageing, along};
use super::{Fact, Input};
use crate::domain::dossier::Dossier;
use crate::domain::facts::level::{self, Rhythm};
use crate::domain::facts::track::silence;
use crate::domain::facts::usage::{change, date_of};
use crate::domain::freshness::DataFreshness;
use crate::domain::policy::Policy;
use parts::Parts;

/// Points by the change of irregular events, a quarter against the quarter before, percent.
const BY_CHANGE: [(f64, f64); 5] = [
    (-60.0, 0.0),
    (-30.0, 30.0),
    (-10.0, 65.0),
    (0.0, 80.0),
    (10.0, 100.0),
];

pub fn score(
    dossier: &Dossier,
    freshness: DataFreshness,
    policy: &Policy,
    day: NaiveDate,
) -> DimensionScore {
    let Some((metric, series)) = dossier.usage.headline() else {
        return DimensionScore::unknown(Vec::new());
    };
    let Some(last) = series.between(NaiveDate::MIN, day).last() else {
        return DimensionScore::unknown(Vec::new());
    };
    let last = date_of(last.0);
    let age = (day - last).num_days();
    if age > policy.usage_unknown {
        return DimensionScore::unknown(vec![Fact::UsageStale { days: age }]);
    }
    let curves = &policy.curves;
    let mut parts = Parts::default();
    let rhythm = level::rhythm(series, day);
    let (normal, history) = match rhythm {
        Rhythm::Spaced(gap) if gap >= 20 => monthly::judge(&dossier.usage, day, curves, &mut parts),
        Rhythm::Irregular(_) => {
            irregular(metric, series, day, curves, &mut parts);
            (None, 0)
        }
        Rhythm::Daily | Rhythm::Spaced(_) => daily::judge(metric, series, day, curves, &mut parts),
    };
    if let Some(normal) = &normal {
        breadth::judge(&dossier.usage, metric, day, normal, curves, &mut parts);
    }
    let season = normal.as_ref().map_or(1.0, |n| n.season);
    seats::judge(dossier, day, season, curves, &mut parts);
    if rhythm == Rhythm::Daily {
        let days = silence(metric, series, freshness.usage, day);
        if days >= curves.silence.first().map_or(14.0, |p| p.0) as i64 {
            parts.put(along(&curves.silence, days as f64), Fact::NoUseFor { days });
        }
    }
    let slack = match rhythm {
        Rhythm::Spaced(gap) | Rhythm::Irregular(gap) => gap,
        Rhythm::Daily => 0,
    };
    let late = (age - slack).max(0);
    let fresh = age_weight(late, policy.usage_unknown, policy);
    parts.facts.extend(ageing(Input::Usage, late, fresh));
    match parts.together(curves.usage_worst) {
        Some(points) => {
            // A few weeks of numbers prove little.
            let firm = along(&[(14.0, 0.5), (90.0, 1.0)], history as f64);
            DimensionScore::new(points, parts.facts)
                .fresh(fresh)
                .firm(firm)
        }
        None => DimensionScore::unknown(parts.facts),
    }
}

/// Irregular events: a quarter against the quarter before, credited as few events come by chance. It is the
/// number of events that varies, whatever each of them counts.
fn irregular(
    metric: &str,
    series: &crate::domain::facts::usage::Series,
    day: NaiveDate,
    curves: &crate::domain::curves::Curves,
    parts: &mut Parts,
) {
    const QUARTER: i64 = 90;
    let (now, before) = level::recent(metric, series, day);
    let last = series.between(NaiveDate::MIN, day).last();
    if let (Some(now), Some(before), Some(last)) = (now, before, last) {
        let events = |to: NaiveDate| {
            let within = series.between(to - Duration::days(QUARTER - 1), to);
            within.iter().filter(|p| p.1 > 0.0).count().max(1) as f64
        };
        let to = date_of(last.0);
        let (few, many) = (events(to), events(to - Duration::days(QUARTER)));
        let error = (1.0 / few + 1.0 / many).sqrt();
        let credited = now * (curves.usage_doubt * error).exp();
        let Some(percent) = change(Some(credited), Some(before)) else {
            return;
        };
        let fact = Fact::UsageChange {
            metric: metric.to_owned(),
            before,
            now,
        };
        parts.put(along(&BY_CHANGE, percent), fact);
    }
}
