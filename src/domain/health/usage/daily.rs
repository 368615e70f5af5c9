//! Daily and weekly numbers: level, last fortnight, line.

use chrono::NaiveDate;

use super::parts::{Normal, Parts};
use crate::domain::curves::Curves;
use crate::domain::facts::level::{Rhythm, rhythm};
use crate::domain::facts::track::{LEVEL, Track, YEAR, YOUNG};
use crate::domain::facts::usage::Series;
use crate::domain::health::dimension_score::along;
use crate::domain::health::{Fact, Per};

/// Numbers of the last fortnight, and of the twelve weeks before it.
const RECENT: usize = 10;
const BEFORE: i64 = 84;
/// Days of the level of weekly numbers: they vary less than those of days, so a slide shows earlier.
const WEEKLY: i64 = 28;
/// Fortnights of a line: half a year.
pub const FORTNIGHTS: i64 = 13;

/// Judges the headline. Returns its normal, and the days of history.
pub fn judge(
    metric: &str,
    series: &Series,
    day: NaiveDate,
    curves: &Curves,
    parts: &mut Parts,
) -> (Option<Normal>, i64) {
    let Some(track) = Track::of(metric, series, day) else {
        return (None, 0);
    };
    let weekly = rhythm(series, day) != Rhythm::Daily;
    let per = if weekly { Per::Week } else { Per::Day };
    let normal = level(metric, &track, per, curves, parts);
    recent(metric, &track, weekly, per, curves, parts);
    line(metric, &track, curves, parts);
    (normal, track.history())
}

/// The level against the best that was kept up in a year; of a young account, the last fortnight against
/// the best one.
fn level(
    metric: &str,
    track: &Track,
    per: Per,
    curves: &Curves,
    parts: &mut Parts,
) -> Option<Normal> {
    let young = track.history() < YOUNG;
    let days = match per {
        Per::Week => WEEKLY,
        _ => LEVEL,
    };
    let (now, best, n) = if young {
        (track.level(0, 14)?, track.best_fortnight()?, RECENT)
    } else {
        (track.level(0, days)?, track.best(0)?, 30)
    };
    if best <= 0.0 {
        return None;
    }
    let credited = now + curves.usage_doubt * track.error(now, n);
    // An account at its best needs no season to explain it.
    let full = curves.level.last().map_or(1.0, |p| p.0);
    let season = if young || credited >= full * best {
        1.0
    } else {
        track.season()
    };
    let (share, credited) = (now / (best * season), credited / (best * season));
    let fact = Fact::Level {
        metric: metric.to_owned(),
        now,
        best: best * season,
        seasonal: season < 1.0,
        per,
    };
    parts.put(along(&curves.level, credited), fact);
    Some(Normal {
        share: share.min(1.0),
        season,
    })
}

/// The last fortnight against the twelve weeks before it, by the same ratio a year ago.
fn recent(metric: &str, track: &Track, weekly: bool, per: Per, curves: &Curves, parts: &mut Parts) {
    let n = if weekly { 2 } else { RECENT };
    let ratio = |ago: i64| {
        let now = track.latest(ago, n)?;
        let before = track.level(ago + 14, BEFORE).filter(|b| *b > 0.0)?;
        let doubt = curves.usage_doubt * track.error(now, n);
        Some((now, before, (now + doubt) / before))
    };
    if let Some((now, before, share)) = ratio(0) {
        // A year ago it fell as well, at the same time of the year.
        let then = Some(YEAR).filter(|_| share < 1.0).and_then(&ratio);
        let then = then.map_or(1.0, |r| r.2.clamp(0.3, 1.0));
        let fact = Fact::Recent {
            metric: metric.to_owned(),
            now,
            before,
            per,
        };
        parts.put_quietly(along(&curves.recent, share / then), fact);
    }
}

/// The line of half a year, as far as it exceeds its own error and last year's line.
fn line(metric: &str, track: &Track, curves: &Curves, parts: &mut Parts) {
    let of = |ago: i64| Slope::of(&track.fortnights(ago, FORTNIGHTS));
    if let Some(slope) = of(0) {
        let then = Some(YEAR).filter(|_| slope.sure < 0.0).and_then(&of);
        let then = then.map_or(0.0, |s| s.sure).min(0.0);
        let fall = (slope.sure - then).min(0.0);
        let span = (FORTNIGHTS - 1) as f64;
        let fact = Fact::Line {
            metric: metric.to_owned(),
            percent: change(slope.plain, span),
            months: 6,
        };
        parts.put_quietly(along(&curves.line, change(fall, span)), fact);
    }
}

/// The change in percent along a slope of logarithms over so many steps.
pub fn change(slope: f64, steps: f64) -> f64 {
    ((slope * steps).exp() - 1.0) * 100.0
}

/// The slope of a line through logarithms.
#[derive(Clone, Copy)]
pub struct Slope {
    /// As anybody draws it.
    pub plain: f64,
    /// Towards none by 1.5 of its errors: what it is at least.
    pub sure: f64,
}

impl Slope {
    /// None where too few values are known.
    pub fn of(values: &[Option<f64>]) -> Option<Self> {
        const ERRORS: f64 = 1.5;
        let known: Vec<(f64, f64)> = values
            .iter()
            .enumerate()
            // Half a person keeps the logarithm of a nought finite.
            .filter_map(|(i, v)| Some((i as f64, (v.as_ref()? + 0.5).ln())))
            .collect();
        let n = known.len() as f64;
        if known.len() < 5 || n < values.len() as f64 * 0.7 {
            return None;
        }
        let (mx, my) = (
            known.iter().map(|p| p.0).sum::<f64>() / n,
            known.iter().map(|p| p.1).sum::<f64>() / n,
        );
        let sxx: f64 = known.iter().map(|p| (p.0 - mx).powi(2)).sum();
        let slope = known.iter().map(|p| (p.0 - mx) * (p.1 - my)).sum::<f64>() / sxx;
        let left: f64 = known
            .iter()
            .map(|p| (p.1 - my - slope * (p.0 - mx)).powi(2))
            .sum();
        let error = (left / (n - 2.0) / sxx).sqrt();
        let sure = if slope < 0.0 {
            (slope + ERRORS * error).min(0.0)
        } else {
            (slope - ERRORS * error).max(0.0)
        };
        Some(Self { plain: slope, sure })
    }
}
