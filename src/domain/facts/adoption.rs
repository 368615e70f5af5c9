//! How deeply an account uses the product: the trend of sign-ins, uses per person, finished
//! workflows.

use chrono::{Duration, NaiveDate};

use super::usage::{ACTIVE_USERS, LOGINS, Series, Usage, date_of};
use crate::domain::closed::closed;
use crate::domain::facts::level::{Rhythm, WINDOW, rhythm, shift};

closed! {
    Direction { Up = "up", Flat = "flat", Down = "down" }
}

/// Sign-ins within this change, percent, count as flat.
const FLAT: f64 = 10.0;

/// The direction of sign-ins and their change in percent: four weeks against the four before, or
/// one month's number against the one before. Active users replace sign-ins that are not counted.
/// `None` if the history is too short or the numbers stopped two months ago.
pub fn sign_ins(usage: &Usage, day: NaiveDate) -> Option<(&str, Direction, f64)> {
    const STALE: i64 = 60;
    let (metric, series) = [LOGINS, ACTIVE_USERS]
        .iter()
        .find_map(|m| usage.0.get_key_value(*m))?;
    let last = date_of(series.between(NaiveDate::MIN, day).last()?.0);
    if (day - last).num_days() > STALE {
        return None;
    }
    let percent = shift(metric, series, day)?.percent;
    let direction = if percent >= FLAT {
        Direction::Up
    } else if percent <= -FLAT {
        Direction::Down
    } else {
        Direction::Flat
    };
    Some((metric, direction, percent))
}

/// The people on a busy day, and the licensed seats: the mean of the ten busiest days of the last four
/// weeks with data, of fewer days in proportion, because weekends and holidays leave no seat unused.
pub fn active_of_seats(usage: &Usage, seats: Option<u32>, day: NaiveDate) -> Option<(f64, u32)> {
    const DAYS: i64 = 28;
    const BUSIEST: usize = 10;
    let share = |days: usize| (days * BUSIEST).div_ceil(DAYS as usize);
    let seats = seats.filter(|s| *s > 0)?;
    let series = usage.0.get(ACTIVE_USERS)?;
    let last = date_of(series.between(NaiveDate::MIN, day).last()?.0);
    let some = series.between(last - Duration::days(DAYS - 1), last);
    let mut values: Vec<f64> = some.iter().map(|p| p.1).collect();
    values.sort_by(|a, b| b.total_cmp(a));
    values.truncate(share(values.len()));
    Some((values.iter().sum::<f64>() / values.len() as f64, seats))
}

/// A ratio in the last four weeks (or the last monthly number) and in the period before.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Share {
    pub now: Option<f64>,
    pub before: Option<f64>,
}

impl Share {
    fn of(part: [Option<f64>; 2], whole: [Option<f64>; 2]) -> Self {
        let over = |i: usize| Some(part[i]? / whole[i].filter(|w| *w > 0.0)?);
        Self {
            now: over(0),
            before: over(1),
        }
    }
}

/// The common frame of series that are divided by each other: first and last day of the account's
/// data, and their spacing.
struct Frame {
    from: NaiveDate,
    to: NaiveDate,
    rhythm: Rhythm,
}

impl Frame {
    /// None where the series differ in spacing: daily and monthly numbers cannot be divided.
    fn of<'a>(
        usage: &Usage,
        series: impl IntoIterator<Item = &'a Series>,
        day: NaiveDate,
    ) -> Option<Self> {
        let to = usage.last_day()?.min(day);
        let mut found: Option<Rhythm> = None;
        for series in series {
            let own = rhythm(series, to);
            if found
                .is_some_and(|f| matches!(f, Rhythm::Spaced(_)) != matches!(own, Rhythm::Spaced(_)))
            {
                return None;
            }
            found = Some(own);
        }
        let from = usage
            .0
            .values()
            .filter_map(|s| s.points().first())
            .map(|p| date_of(p.0))
            .min()?;
        Some(Self {
            from,
            to,
            rhythm: found?,
        })
    }

    /// The sums of the last window and the one before. A day without a row counts as zero, also
    /// after this series' last row; before the data begins the sum is unknown.
    fn sums(&self, series: &Series) -> [Option<f64>; 2] {
        match self.rhythm {
            Rhythm::Daily | Rhythm::Irregular(_) => [0, 1].map(|back| {
                let to = self.to - Duration::days(back * WINDOW);
                let from = to - Duration::days(WINDOW - 1);
                (self.from <= from)
                    .then(|| series.between(from, to).iter().map(|p| p.1).sum::<f64>() + 0.0)
            }),
            Rhythm::Spaced(gap) => {
                let points = series.between(NaiveDate::MIN, self.to);
                let late = |p: &(i32, f64)| (self.to - date_of(p.0)).num_days() > gap + gap / 2;
                match points {
                    [.., last] if late(last) => [None, None],
                    [.., before, last] => [Some(last.1), Some(before.1)],
                    [last] => [Some(last.1), None],
                    [] => [None, None],
                }
            }
        }
    }
}

/// Feature uses per active user and day; for monthly numbers, per active user.
pub fn depth(usage: &Usage, day: NaiveDate) -> Share {
    let Some(active) = usage.0.get(ACTIVE_USERS) else {
        return Share::default();
    };
    if usage.features_until(day).is_none() {
        return Share::default();
    }
    let features = || usage.features().map(|f| f.1);
    let Some(frame) = Frame::of(usage, features().chain([active]), day) else {
        return Share::default();
    };
    let uses = features()
        .map(|s| frame.sums(s))
        .reduce(|all, one| [0, 1].map(|i| Some(all[i]? + one[i]?)));
    Share::of(uses.unwrap_or_default(), frame.sums(active))
}

/// The finished share of each workflow that was started.
pub fn completion(usage: &Usage, day: NaiveDate) -> Vec<(&str, Share)> {
    let share = |begun: &Series, done: &Series| {
        let frame = Frame::of(usage, [begun, done], day)?;
        Some(Share::of(frame.sums(done), frame.sums(begun)))
    };
    usage
        .workflows()
        .map(|(name, begun, done)| (name, share(begun, done).unwrap_or_default()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::integrations::{Integration, integrations};
    use super::super::usage::day_number;
    use super::*;

    fn end() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
    }

    /// A series of daily values, by the number of days ago.
    fn daily(days: i64, value: impl Fn(i64) -> f64) -> Series {
        Series::from_points(
            (0..days)
                .map(|ago| (day_number(end() - Duration::days(ago)), value(ago)))
                .collect(),
        )
    }

    fn usage(metrics: Vec<(&str, Series)>) -> Usage {
        Usage(
            metrics
                .into_iter()
                .map(|(m, s)| (m.to_owned(), s))
                .collect(),
        )
    }

    #[test]
    fn the_last_month_is_compared_with_the_one_before() {
        let half = |ago: i64| if ago < WINDOW { 5.0 } else { 10.0 };
        let u = usage(vec![
            ("logins", daily(90, half)),
            ("active_users", daily(90, |_| 5.0)),
            ("feature:reports", daily(90, half)),
            ("feature:api", daily(90, |_| 5.0)),
            ("workflow:export_started", daily(90, |_| 10.0)),
            ("workflow:export_completed", daily(90, half)),
        ]);
        assert_eq!(
            sign_ins(&u, end()),
            Some(("logins", Direction::Down, -50.0))
        );
        assert_eq!(
            depth(&u, end()),
            Share {
                now: Some(2.0),
                before: Some(3.0)
            }
        );
        assert_eq!(
            completion(&u, end()),
            vec![(
                "export",
                Share {
                    now: Some(0.5),
                    before: Some(1.0)
                }
            )]
        );
        assert!(integrations(&u, end()).is_empty());
    }

    #[test]
    fn a_stopped_metric_counts_as_zero() {
        let stopped = |last: i64| daily(120, move |ago| if ago >= last { 10.0 } else { 0.0 });
        // An event log has no rows at all after the last event.
        let log = |last: i64| {
            Series::from_points(
                (last..120)
                    .map(|ago| (day_number(end() - Duration::days(ago)), 10.0))
                    .collect(),
            )
        };
        for done in [stopped(WINDOW), log(WINDOW)] {
            let u = usage(vec![
                ("workflow:export_started", daily(120, |_| 10.0)),
                ("workflow:export_completed", done),
            ]);
            assert_eq!(
                completion(&u, end()),
                vec![(
                    "export",
                    Share {
                        now: Some(0.0),
                        before: Some(1.0)
                    }
                )]
            );
        }
        // Weekday users: uses count per person and active day, not per calendar day.
        let week = |n: f64| {
            Series::from_points(
                (0..90)
                    .filter(|ago| ago % 7 < 5)
                    .map(|ago| (day_number(end() - Duration::days(ago)), n))
                    .collect(),
            )
        };
        let u = usage(vec![
            ("active_users", week(5.0)),
            ("feature:reports", week(10.0)),
            ("feature:old", log(60)),
        ]);
        assert_eq!(depth(&u, end()).now, Some(2.0));
        // Feature exports stopped while people still come: feature use is unknown.
        let stopped = usage(vec![
            ("active_users", week(5.0)),
            ("feature:reports", log(62)),
            ("feature:api", log(61)),
        ]);
        assert_eq!(
            (depth(&stopped, end()), stopped.features_until(end())),
            (Share::default(), None)
        );
        // Daily and monthly numbers cannot be divided.
        let monthly = Series::from_points(
            (0..6)
                .map(|m| (day_number(end() - Duration::days(m * 30)), 100.0))
                .collect(),
        );
        assert_eq!(
            depth(
                &usage(vec![
                    ("active_users", monthly),
                    ("feature:reports", week(10.0))
                ]),
                end()
            ),
            Share::default()
        );
        // One month of data is no comparison.
        let young = usage(vec![
            ("active_users", daily(31, |_| 5.0)),
            (
                "logins",
                daily(31, |ago| if ago == 30 { 1.0 } else { 20.0 }),
            ),
            ("feature:reports", daily(31, |_| 5.0)),
        ]);
        assert_eq!(
            (sign_ins(&young, end()), depth(&young, end())),
            (
                None,
                Share {
                    now: Some(1.0),
                    before: None
                }
            )
        );
    }

    #[test]
    fn monthly_values_are_used_as_written() {
        let monthly = |values: [f64; 3]| {
            let months = [(9, 1), (10, 1), (11, 1)]
                .map(|(m, d)| day_number(NaiveDate::from_ymd_opt(2026, m, d).unwrap()));
            Series::from_points(months.into_iter().zip(values).collect())
        };
        let u = usage(vec![
            ("active_users", monthly([40.0, 40.0, 42.0])),
            ("feature:reports", monthly([800.0, 800.0, 420.0])),
            ("integration:crm", monthly([9.0, 9.0, 9.0])),
        ]);
        assert_eq!(
            sign_ins(&u, end()),
            Some(("active_users", Direction::Flat, 5.0))
        );
        assert_eq!(
            depth(&u, end()),
            Share {
                now: Some(10.0),
                before: Some(20.0)
            }
        );
        assert_eq!(
            integrations(&u, end()),
            vec![Integration {
                name: "crm",
                silent: 0
            }]
        );
    }

    #[test]
    fn a_weekend_is_no_silence_and_unknown_figures_are_left_out() {
        let until = |last: i64| daily(90, move |ago| if ago >= last { 3.0 } else { 0.0 });
        // Every two weeks, like payroll.
        let wages = daily(90, |ago| if ago % 14 == 10 { 3.0 } else { 0.0 });
        let u = usage(vec![
            ("integration:crm", until(3)),
            ("integration:erp", until(20)),
            ("integration:never", until(90)),
            ("integration:wages", wages),
        ]);
        let names = integrations(&u, end())
            .into_iter()
            .map(|l| (l.name, l.silent))
            .collect::<Vec<_>>();
        assert_eq!(names, vec![("erp", 20), ("crm", 0), ("wages", 0)]);
        let old = end() + Duration::days(61);
        assert_eq!(
            sign_ins(&usage(vec![("logins", daily(90, |_| 5.0))]), old),
            None,
            "of what stopped nobody knows"
        );
        let (nothing, none) = (Usage::default(), Share::default());
        assert_eq!(
            (
                sign_ins(&nothing, end()),
                depth(&nothing, end()),
                completion(&nothing, end())
            ),
            (None, none, vec![])
        );
        // A workflow nobody started has no share.
        let idle = usage(vec![
            ("workflow:x_started", daily(90, |_| 0.0)),
            ("workflow:x_completed", daily(90, |_| 0.0)),
        ]);
        assert_eq!(completion(&idle, end()), vec![("x", none)]);
    }
}
