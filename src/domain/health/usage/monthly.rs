//! Monthly numbers: the last month against the best three in a row and the season, and the line of seven
//! months. Of users, sign-ins and events the middle one counts.

use chrono::NaiveDate;

use super::daily::{Slope, change};
use super::parts::{Normal, Parts};
use crate::domain::curves::Curves;
use crate::domain::facts::level::{Rhythm, median, rhythm};
use crate::domain::facts::usage::{ACTIVE_USERS, EVENTS, LOGINS, Series, Usage};
use crate::domain::health::dimension_score::along;
use crate::domain::health::{Fact, Per};

/// Months of a line.
const LINE: usize = 7;

/// The last month of a metric against its own normal.
struct Month {
    metric: String,
    now: f64,
    best: f64,
    season: f64,
    /// Its line, less the line of the year before in `sure`.
    slope: Option<Slope>,
}

impl Month {
    fn share(&self) -> f64 {
        self.now / (self.best * self.season)
    }
}

/// Judges the middle of users, sign-ins and events. Returns the normal, and the days of history.
pub fn judge(
    usage: &Usage,
    day: NaiveDate,
    curves: &Curves,
    parts: &mut Parts,
) -> (Option<Normal>, i64) {
    let main = [ACTIVE_USERS, LOGINS, EVENTS];
    let mut all: Vec<Month> = main
        .iter()
        .filter_map(|m| Some((*m, usage.0.get(*m)?)))
        .chain(usage.headline().filter(|(m, _)| !main.contains(m)))
        .filter_map(|(m, series)| month(m, series, day))
        .collect();
    let history = usage.headline().map_or(0, |(_, s)| {
        let known = s.between(NaiveDate::MIN, day);
        known
            .first()
            .zip(known.last())
            .map_or(0, |(a, b)| i64::from(b.0 - a.0))
    });
    if all.is_empty() {
        return (None, history);
    }
    let mut slopes: Vec<f64> = all.iter().filter_map(|m| Some(m.slope?.sure)).collect();
    all.sort_by(|a, b| a.share().total_cmp(&b.share()));
    let middle = &all[(all.len() - 1) / 2];
    // A month's number varies less than its root: most of the same people come again.
    let doubt = curves.usage_doubt * (middle.now.max(0.5) / 4.0).sqrt();
    let credited = (middle.now + doubt) / (middle.best * middle.season);
    let fact = Fact::Level {
        metric: middle.metric.clone(),
        now: middle.now,
        best: middle.best * middle.season,
        seasonal: middle.season < 1.0,
        per: Per::Month,
    };
    parts.put(along(&curves.level, credited), fact);
    if let Some(slope) = median(&mut slopes) {
        let span = (LINE - 1) as f64;
        let own = middle.slope.map_or(slope, |s| s.plain);
        let fact = Fact::Line {
            metric: middle.metric.clone(),
            percent: change(own, span),
            months: LINE as u32 - 1,
        };
        parts.put_quietly(along(&curves.line, change(slope.min(0.0), span)), fact);
    }
    let normal = Normal {
        share: middle.share().min(1.0),
        season: middle.season,
    };
    (Some(normal), history)
}

fn month(metric: &str, series: &Series, day: NaiveDate) -> Option<Month> {
    const YEAR: usize = 12;
    if !matches!(rhythm(series, day), Rhythm::Spaced(gap) if gap >= 20) {
        return None;
    }
    let points = series.between(NaiveDate::MIN, day);
    let values: Vec<f64> = points.iter().map(|p| p.1).collect();
    let now = *values.last()?;
    let best_of = |some: &[f64]| {
        // With less history, as many months as there are.
        let n = some.len().clamp(1, 3);
        let three = some.windows(n).map(|w| w.iter().sum::<f64>() / n as f64);
        three.max_by(f64::total_cmp)
    };
    // The months that one of a year ago is compared with.
    let past = |back: usize| {
        let end = values.len().checked_sub(back)?;
        Some(&values[end.saturating_sub(YEAR + 1)..end])
    };
    let best = best_of(past(0)?).filter(|b| *b > 0.0)?;
    let season = past(YEAR)
        .filter(|p| p.len() >= 9)
        .and_then(|p| Some((*p.last()?, best_of(p)?)))
        .filter(|(then, best)| *best > 0.0 && *then < 0.85 * best)
        .map_or(1.0, |(then, best)| (then / best).max(0.1));
    let line = |back: usize| {
        let end = values.len().checked_sub(back)?;
        let last = &values[end.checked_sub(LINE)?..end];
        Slope::of(&last.iter().map(|v| Some(*v)).collect::<Vec<_>>())
    };
    let slope = line(0).map(|s| Slope {
        sure: s.sure - line(YEAR).map_or(0.0, |then| then.sure).min(0.0),
        ..s
    });
    Some(Month {
        metric: metric.to_owned(),
        now,
        best,
        season,
        slope,
    })
}
