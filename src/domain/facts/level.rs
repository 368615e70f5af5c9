//! The level of a series, fit for comparison: weekday by weekday, medians against holidays and odd
//! days, and no answer where too little is known.

use chrono::{Duration, NaiveDate};

pub use crate::domain::facts::rhythm::{Per, Rhythm, median, rhythm};
use crate::domain::facts::track::Track;
use crate::domain::facts::usage::{Day, Series, date_of, day_number, is_count};

/// Days of the window: four whole weeks hold each weekday equally often.
pub const WINDOW: i64 = 28;

/// A level per day, and the number of days behind it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Level {
    pub value: f64,
    pub days: usize,
}

/// The typical day of the window that ends on `to`: the mean of the weekdays' medians. None where
/// fewer than ten days are known.
pub fn level(metric: &str, series: &Series, to: NaiveDate) -> Option<Level> {
    const LEAST: usize = 10;
    let from = to - Duration::days(WINDOW - 1);
    let known = series.between(from, to);
    let (first, last) = (
        series.points().first()?.0,
        day_number(to).min(series.points().last()?.0),
    );
    let mut by_weekday: [Vec<f64>; 7] = Default::default();
    let mut days = 0;
    let mut put = |day: Day, value: f64| {
        by_weekday[day.rem_euclid(7) as usize].push(value);
        days += 1;
    };
    if is_count(metric) {
        // Between the first and the last row, a day without a row is a day without events.
        let mut next = known.iter().peekable();
        for day in day_number(from).max(first)..=last {
            match next.peek() {
                Some(p) if p.0 == day => {
                    put(day, p.1);
                    next.next();
                }
                _ => put(day, 0.0),
            }
        }
    } else {
        known.iter().for_each(|p| put(p.0, p.1));
    }
    if days < LEAST {
        return None;
    }
    let middles: Vec<f64> = by_weekday
        .iter_mut()
        .filter_map(|values| median(values))
        .collect();
    Some(Level {
        value: middles.iter().sum::<f64>() / middles.len() as f64,
        days,
    })
}

/// A change of level, and how certain it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shift {
    pub before: f64,
    pub now: f64,
    pub percent: f64,
    /// 0–100.
    pub confidence: u8,
    pub per: Per,
    /// The change exceeds twice the usual variation of this account's weeks.
    pub unusual: bool,
}

/// The last four weeks against the four before; for weekly numbers four against four, for monthly
/// numbers the last against the one before. None where too little is known or the level before was
/// zero.
pub fn shift(metric: &str, series: &Series, day: NaiveDate) -> Option<Shift> {
    let points = series.between(NaiveDate::MIN, day);
    let last = date_of(points.last()?.0);
    let (before, now, days) = match rhythm(series, day) {
        Rhythm::Spaced(gap) if gap >= 20 => {
            let [.., before, now] = points else {
                return None;
            };
            (before.1, now.1, points.len() * 4)
        }
        Rhythm::Spaced(_) => {
            // Weekly numbers: four against four.
            const WEEKS: usize = 4;
            if points.len() < WEEKS * 2 {
                return None;
            }
            let (old, new) = points[points.len() - WEEKS * 2..].split_at(WEEKS);
            let middle = |p: &[(Day, f64)]| median(&mut p.iter().map(|v| v.1).collect::<Vec<_>>());
            (middle(old)?, middle(new)?, points.len())
        }
        Rhythm::Irregular(_) => return None,
        Rhythm::Daily => {
            // Four windows tell a closure from the usual idle days.
            let track = Track::back(metric, series, day, 4 * WINDOW)?;
            let now = track.level(0, WINDOW)?;
            let before = track.level(WINDOW, WINDOW)?;
            (before, now, track.days(0, 2 * WINDOW))
        }
    };
    if before <= 0.0 {
        return None;
    }
    let percent = (now - before) / before * 100.0;
    // Up to 50 points for the number of known days, up to 45 for the size of the numbers: three
    // people instead of five may be a holiday.
    let size = (before / 10.0).min(1.0) * 45.0;
    let confidence = (50.0 * (days as f64 / (2.0 * WINDOW as f64)).min(1.0) + size) as u8 + 5;
    Some(Shift {
        before,
        now,
        percent,
        confidence,
        per: rhythm(series, day).per(),
        unusual: (now - before).abs() > 2.0 * spread(series, last).unwrap_or(0.0),
    })
}

/// The level of the last month and of the month before: thirty days each, or as many weekly or
/// monthly numbers as a month has. Each is none where it is unknown.
pub fn months(metric: &str, series: &Series, day: NaiveDate) -> (Option<f64>, Option<f64>) {
    let points = series.between(NaiveDate::MIN, day);
    let Some(last) = points.last() else {
        return (None, None);
    };
    if let Rhythm::Spaced(gap) = rhythm(series, day) {
        // The numbers a month has, at least one.
        let n = (30 / gap.max(1)).max(1) as usize;
        let mean = |some: &[(Day, f64)]| {
            (!some.is_empty()).then(|| some.iter().map(|p| p.1).sum::<f64>() / some.len() as f64)
        };
        let (rest, now) = points.split_at(points.len().saturating_sub(n));
        return (mean(now), mean(&rest[rest.len().saturating_sub(n)..]));
    }
    let last = date_of(last.0);
    if matches!(rhythm(series, day), Rhythm::Irregular(_)) && !enough(series, last, 30) {
        return (None, None);
    }
    (
        series.daily(metric, last, 30),
        series.daily(metric, last - Duration::days(30), 30),
    )
}

/// As [`months`]; for irregular events a quarter against the quarter before, where each holds at
/// least four events.
pub fn recent(metric: &str, series: &Series, day: NaiveDate) -> (Option<f64>, Option<f64>) {
    const QUARTER: i64 = 90;
    let Some(last) = series
        .between(NaiveDate::MIN, day)
        .last()
        .map(|p| date_of(p.0))
    else {
        return (None, None);
    };
    match rhythm(series, day) {
        Rhythm::Irregular(_) if enough(series, last, QUARTER) => (
            series.daily(metric, last, QUARTER),
            series.daily(metric, last - Duration::days(QUARTER), QUARTER),
        ),
        Rhythm::Irregular(_) => (None, None),
        Rhythm::Daily | Rhythm::Spaced(_) => months(metric, series, day),
    }
}

/// Whether both windows of `days` hold at least four events, so that one more or less does not
/// change the picture.
fn enough(series: &Series, last: NaiveDate, days: i64) -> bool {
    const LEAST: usize = 4;
    let many = |to: NaiveDate| series.between(to - Duration::days(days - 1), to).len() >= LEAST;
    many(last) && many(last - Duration::days(days))
}

/// The usual variation of this account's weeks: the median deviation from their median, over the
/// twelve weeks before the window. None where fewer than six weeks are known.
pub fn spread(series: &Series, last: NaiveDate) -> Option<f64> {
    const WEEKS: i64 = 12;
    const LEAST: usize = 6;
    let end = last - Duration::days(WINDOW);
    let mut weeks: Vec<f64> = (0..WEEKS)
        .filter_map(|w| series.mean(end - Duration::days(7 * w), 7))
        .collect();
    if weeks.len() < LEAST {
        return None;
    }
    let middle = median(&mut weeks)?;
    let mut apart: Vec<f64> = weeks.iter().map(|w| (w - middle).abs()).collect();
    median(&mut apart)
}
