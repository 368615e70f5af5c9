//! Where a usage series changed its level, which of its days were odd, and how often people come.
//! The measure is the series' own weeks, never a global norm.

use chrono::{Datelike, Duration, NaiveDate};

use super::usage::{Series, date_of, is_count};
use crate::domain::closed::closed;
use crate::domain::facts::level::{Rhythm, median, rhythm};

/// A change of level: the first day of the new level, and both levels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChangePoint {
    pub date: NaiveDate,
    pub before: f64,
    pub after: f64,
}

impl ChangePoint {
    /// The change in percent. A rise from zero counts as 100.
    pub fn percent(&self) -> f64 {
        if self.before > 0.0 {
            (self.after - self.before) / self.before * 100.0
        } else {
            100.0
        }
    }
}

/// A change below this share of the level is no change point.
const LEAST: f64 = 0.25;
/// A change must exceed this many times the usual deviation from the median.
const FAR: f64 = 3.0;

fn middle(values: &[f64]) -> f64 {
    median(&mut values.to_vec()).unwrap_or(0.0)
}

fn distance(values: &[f64]) -> f64 {
    let m = middle(values);
    middle(&values.iter().map(|v| (v - m).abs()).collect::<Vec<_>>())
}

/// The end of a series that has this spacing: daily numbers before it are another form.
fn monthly(points: &[(i32, f64)], gap: i64) -> &[(i32, f64)] {
    let daily = points
        .windows(2)
        .rposition(|w| i64::from(w[1].0 - w[0].0) * 2 < gap);
    &points[daily.map_or(0, |i| i + 1)..]
}

/// The change points of the last year, oldest first. Daily numbers are compared by week; weekly and
/// monthly numbers as they are.
pub fn change_points(metric: &str, series: &Series, to: NaiveDate) -> Vec<ChangePoint> {
    const WEEKS: i64 = 56;
    let points = series.between(NaiveDate::MIN, to);
    let (Some(first), Some(last)) = (
        points.first().map(|p| date_of(p.0)),
        points.last().map(|p| date_of(p.0)),
    ) else {
        return Vec::new();
    };
    let (steps, window): (Vec<(NaiveDate, f64)>, usize) = match rhythm(series, to) {
        Rhythm::Irregular(_) => return Vec::new(),
        Rhythm::Spaced(gap) => (
            monthly(points, gap)
                .iter()
                .map(|p| (date_of(p.0), p.1))
                .collect(),
            3,
        ),
        Rhythm::Daily => {
            let weeks = (0..WEEKS)
                .rev()
                .map(|w| last - Duration::days(7 * w))
                .filter(|end| *end - Duration::days(6) >= first);
            (
                weeks
                    .filter_map(|end| {
                        Some((end - Duration::days(6), series.daily(metric, end, 7)?))
                    })
                    .collect(),
                4,
            )
        }
    };
    let mut found: Vec<(usize, ChangePoint)> = Vec::new();
    for at in window..(steps.len() + 1).saturating_sub(window) {
        let before: Vec<f64> = steps[at - window..at].iter().map(|s| s.1).collect();
        let after: Vec<f64> = steps[at..at + window].iter().map(|s| s.1).collect();
        let point = ChangePoint {
            date: steps[at].0,
            before: middle(&before),
            after: middle(&after),
        };
        let by = (point.after - point.before).abs();
        let usual = distance(&before)
            .max(distance(&after))
            .max(point.before.max(point.after) * 0.05);
        if by >= point.before.max(point.after) * LEAST && by > FAR * usual {
            // Of neighbouring candidates the steepest step counts.
            let steep = |i: usize| (steps[i].1 - steps[i - 1].1).abs();
            match found.last_mut() {
                Some((held, known)) if at - *held < window => {
                    if steep(at) > steep(*held) {
                        (*held, *known) = (at, point);
                    }
                }
                _ => found.push((at, point)),
            }
        }
    }
    found.into_iter().map(|f| f.1).collect()
}

/// A day that differs from the same weekdays before it: its value and the expected one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OddDay {
    pub date: NaiveDate,
    pub value: f64,
    pub expected: f64,
}

/// The oddest days of the last `days`, at most eight, oldest first.
pub fn odd_days(metric: &str, series: &Series, to: NaiveDate, days: i64) -> Vec<OddDay> {
    const WEEKS: i64 = 8;
    const KNOWN: usize = 4;
    const MOST: usize = 8;
    /// A smaller difference, in people or events, is no news.
    const SMALL: f64 = 3.0;
    if rhythm(series, to) != Rhythm::Daily {
        return Vec::new();
    }
    let from = to - Duration::days(days - 1);
    let value = |day: NaiveDate| {
        series
            .get(super::usage::day_number(day))
            .or_else(|| is_count(metric).then_some(0.0))
    };
    let first = series.points().first().map(|p| date_of(p.0));
    let mut out: Vec<(f64, OddDay)> = series
        .between(from, to)
        .iter()
        .filter_map(|p| {
            let date = date_of(p.0);
            let alike: Vec<f64> = (1..=WEEKS)
                .map(|w| date - Duration::days(7 * w))
                .filter(|d| first.is_some_and(|f| *d >= f))
                .filter_map(value)
                .collect();
            if alike.len() < KNOWN {
                return None;
            }
            let expected = middle(&alike);
            let limit = (4.0 * distance(&alike)).max(expected * 0.5).max(SMALL);
            let by = (p.1 - expected).abs();
            (by > limit).then_some((
                by / limit,
                OddDay {
                    date,
                    value: p.1,
                    expected,
                },
            ))
        })
        .collect();
    out.sort_by(|a, b| b.0.total_cmp(&a.0));
    out.truncate(MOST);
    let mut out: Vec<OddDay> = out.into_iter().map(|o| o.1).collect();
    out.sort_by_key(|o| o.date);
    out
}

closed! {
    /// How often anybody uses the product.
    VisitFrequency { Daily = "daily", Weekly = "weekly", Monthly = "monthly", Rarely = "rarely" }
}

/// By the number of active days in the last four weeks; none where there are no daily numbers.
pub fn visit_frequency(series: &Series, to: NaiveDate) -> Option<VisitFrequency> {
    const DAYS: i64 = 28;
    if rhythm(series, to) != Rhythm::Daily {
        return None;
    }
    let last = date_of(series.between(NaiveDate::MIN, to).last()?.0);
    let days = series
        .between(last - Duration::days(DAYS - 1), last)
        .iter()
        .filter(|p| p.1 > 0.0)
        .count();
    Some(match days {
        16.. => VisitFrequency::Daily,
        4.. => VisitFrequency::Weekly,
        1.. => VisitFrequency::Monthly,
        0 => VisitFrequency::Rarely,
    })
}

/// A calendar of the last weeks, one column a week, Monday first. None where a day is unknown, else
/// 0–4 relative to the highest day shown.
pub fn calendar(
    metric: &str,
    series: &Series,
    to: NaiveDate,
    weeks: usize,
) -> Vec<[Option<u8>; 7]> {
    let monday = to - Duration::days(i64::from(to.weekday().num_days_from_monday()));
    let points = series.points();
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return Vec::new();
    };
    let start = monday - Duration::days(7 * (weeks as i64 - 1));
    let top = series
        .between(start, to)
        .iter()
        .map(|p| p.1)
        .fold(0.0_f64, f64::max);
    (0..weeks as i64)
        .map(|w| {
            std::array::from_fn(|d| {
                let number = super::usage::day_number(start + Duration::days(7 * w + d as i64));
                let quiet = is_count(metric) && number >= first.0 && number <= last.0;
                let value = series.get(number).or(quiet.then_some(0.0))?;
                Some(if value <= 0.0 || top <= 0.0 {
                    0
                } else {
                    ((value / top * 4.0).ceil() as u8).clamp(1, 4)
                })
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::usage::{ACTIVE_USERS, EVENTS, day_number};
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 6, 17).expect("day")
    }

    fn series(days: i64, value: impl Fn(i64, NaiveDate) -> Option<f64>) -> Series {
        let day = |n: i64| today() - Duration::days(n);
        Series::from_points(
            (0..days)
                .filter_map(|n| Some((day_number(day(n)), value(n, day(n))?)))
                .collect(),
        )
    }

    fn office(day: NaiveDate) -> f64 {
        if day.weekday().num_days_from_monday() >= 5 {
            0.1
        } else {
            1.0
        }
    }

    #[test]
    fn a_step_is_found_once_and_at_its_day() {
        let fell = series(200, |n, d| {
            Some(office(d) * if n < 63 { 10.0 } else { 20.0 })
        });
        let found = change_points(ACTIVE_USERS, &fell, today());
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            ((today() - found[0].date).num_days() - 63).abs() <= 7,
            "{found:?}"
        );
        assert!((found[0].percent() + 50.0).abs() < 1.0);
        assert_eq!(
            change_points(
                ACTIVE_USERS,
                &series(200, |_, d| Some(office(d) * 20.0)),
                today()
            ),
            vec![]
        );
        assert_eq!(
            change_points(
                ACTIVE_USERS,
                &series(20, |n, _| Some(if n < 9 { 1.0 } else { 9.0 })),
                today()
            ),
            vec![],
            "too little"
        );
        assert_eq!(
            change_points(ACTIVE_USERS, &Series::default(), today()),
            vec![]
        );
        let monthly = series(400, |n, _| {
            (n % 30 == 2).then_some(if n < 100 { 5.0 } else { 12.0 })
        });
        assert_eq!(change_points(ACTIVE_USERS, &monthly, today()).len(), 1);
        // A week of holidays is no change point.
        assert_eq!(
            change_points(
                ACTIVE_USERS,
                &series(200, |n, d| Some(if (60..67).contains(&n) {
                    0.0
                } else {
                    office(d) * 20.0
                })),
                today()
            ),
            vec![]
        );
    }

    #[test]
    fn odd_days_differ_from_their_weekday() {
        let spike = series(120, |n, d| {
            Some(if n == 10 { 90.0 } else { office(d) * 20.0 })
        });
        let found = odd_days(ACTIVE_USERS, &spike, today(), 90);
        assert_eq!(
            found
                .iter()
                .map(|o| (today() - o.date).num_days())
                .collect::<Vec<_>>(),
            [10]
        );
        assert!((found[0].expected - 20.0).abs() < 1e-9 || (found[0].expected - 2.0).abs() < 1e-9);
        assert_eq!(
            odd_days(
                ACTIVE_USERS,
                &series(120, |_, d| Some(office(d) * 20.0)),
                today(),
                90
            ),
            vec![],
            "weekends are not odd"
        );
        assert_eq!(
            odd_days(
                ACTIVE_USERS,
                &series(20, |n, _| Some(if n == 3 { 90.0 } else { 1.0 })),
                today(),
                90
            ),
            vec![]
        );
    }

    #[test]
    fn visit_frequency_and_the_calendar() {
        assert_eq!(
            visit_frequency(&series(60, |_, d| Some(office(d).round())), today()),
            Some(VisitFrequency::Daily)
        );
        assert_eq!(
            visit_frequency(
                &series(60, |n, _| Some(f64::from(u8::from(n % 7 == 0)))),
                today()
            ),
            Some(VisitFrequency::Weekly)
        );
        assert_eq!(
            visit_frequency(&series(60, |_, _| Some(0.0)), today()),
            Some(VisitFrequency::Rarely)
        );
        assert_eq!(
            visit_frequency(&series(400, |n, _| (n % 30 == 0).then_some(3.0)), today()),
            None
        );
        let grid = calendar(
            EVENTS,
            &series(30, |n, _| (n % 2 == 0).then_some(8.0)),
            today(),
            4,
        );
        assert_eq!(grid.len(), 4);
        assert_eq!(grid[3][2], Some(4), "today is a Wednesday");
        assert_eq!(
            (grid[3][1], grid[3][3]),
            (Some(0), None),
            "a day without a row is one without events; tomorrow is unknown"
        );
    }
}
