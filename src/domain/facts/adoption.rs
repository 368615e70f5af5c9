//! How deep the product sits with an account: how sign-ins go, uses per person, workflows that are
//! finished, integrations that carry something.

use chrono::NaiveDate;

use super::usage::{ACTIVE_USERS, LOGINS, Series, Usage, change, date_of};
use crate::domain::closed::closed;
use crate::domain::signals::level::{Rhythm, months, rhythm};

closed! {
    Way { Up = "up", Flat = "flat", Down = "down" }
}

/// Percent within which sign-ins are as they were.
const FLAT: f64 = 10.0;

/// Which way sign-ins go, with the change in percent: the last month against the one before. Where
/// nobody counts them, active users stand for them. None where the numbers stopped two months ago.
pub fn sign_ins(usage: &Usage, day: NaiveDate) -> Option<(&str, Way, f64)> {
    const STALE: i64 = 60;
    let (metric, series) = [LOGINS, ACTIVE_USERS].iter().find_map(|m| usage.0.get_key_value(*m))?;
    let last = date_of(series.between(NaiveDate::MIN, day).last()?.0);
    if (day - last).num_days() > STALE {
        return None;
    }
    let (now, before) = months(metric, series, day);
    let percent = change(now, before)?;
    let way = if percent >= FLAT {
        Way::Up
    } else if percent <= -FLAT {
        Way::Down
    } else {
        Way::Flat
    };
    Some((metric, way, percent))
}

/// People there on a usual day of the last week that is known, and the seats that are paid for.
pub fn active_of_seats(usage: &Usage, seats: Option<u32>, day: NaiveDate) -> Option<(f64, u32)> {
    let seats = seats.filter(|s| *s > 0)?;
    let series = usage.0.get(ACTIVE_USERS)?;
    let last = date_of(series.between(NaiveDate::MIN, day).last()?.0);
    Some((series.mean(last, 7)?, seats))
}

/// A part of a whole in the last month and in the one before.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Share {
    pub now: Option<f64>,
    pub before: Option<f64>,
}

impl Share {
    fn of(part: (Option<f64>, Option<f64>), whole: (Option<f64>, Option<f64>)) -> Self {
        let over = |part: Option<f64>, whole: Option<f64>| Some(part? / whole.filter(|w| *w > 0.0)?);
        Self { now: over(part.0, whole.0), before: over(part.1, whole.1) }
    }
}

/// Uses of features an active user makes, by the series' own time: a day, or the month it is written
/// for.
pub fn depth(usage: &Usage, day: NaiveDate) -> Share {
    let Some(active) = usage.0.get(ACTIVE_USERS) else { return Share::default() };
    let mut uses = (None, None);
    let add = |sum: &mut Option<f64>, n: Option<f64>| *sum = n.map(|n| n + sum.unwrap_or(0.0)).or(*sum);
    for (metric, series) in usage.0.iter().filter(|(m, _)| m.starts_with(super::usage::FEATURE)) {
        let (now, before) = months(metric, series, day);
        add(&mut uses.0, now);
        add(&mut uses.1, before);
    }
    Share::of(uses, months(ACTIVE_USERS, active, day))
}

/// Of each workflow that was begun, how much was finished.
pub fn completion(usage: &Usage, day: NaiveDate) -> Vec<(&str, Share)> {
    let share = |begun: &Series, done: &Series| Share::of(months(super::usage::WORKFLOW, done, day), months(super::usage::WORKFLOW, begun, day));
    usage.workflows().map(|(name, begun, done)| (name, share(begun, done))).collect()
}

/// An integration, and for how many days it has carried nothing; 0 while it is alive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link<'a> {
    pub name: &'a str,
    pub silent: i64,
}

/// Integrations that ever carried something, those that are silent first. A week without is no
/// silence: many rest on weekends and holidays.
pub fn links(usage: &Usage, day: NaiveDate) -> Vec<Link<'_>> {
    const RESTS: i64 = 7;
    let Some(newest) = usage.last_day().map(|d| d.min(day)) else { return Vec::new() };
    let mut out: Vec<Link> = usage
        .integrations()
        .filter_map(|(name, series)| {
            let last = series.between(NaiveDate::MIN, day).iter().rfind(|p| p.1 > 0.0)?.0;
            let rests = match rhythm(series, day) {
                Rhythm::Spaced(gap) => gap + RESTS,
                Rhythm::Daily => RESTS,
            };
            let quiet = (newest - date_of(last)).num_days();
            Some(Link { name, silent: if quiet > rests { quiet } else { 0 } })
        })
        .collect();
    out.sort_by_key(|l| std::cmp::Reverse(l.silent));
    out
}

#[cfg(test)]
mod tests {
    use super::super::usage::day_number;
    use super::*;
    use chrono::Duration;

    fn end() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
    }

    /// A number for each of the last `days`, by how many days ago it was.
    fn daily(days: i64, value: impl Fn(i64) -> f64) -> Series {
        Series::from_points((0..days).map(|ago| (day_number(end() - Duration::days(ago)), value(ago))).collect())
    }

    fn usage(metrics: Vec<(&str, Series)>) -> Usage {
        Usage(metrics.into_iter().map(|(m, s)| (m.to_owned(), s)).collect())
    }

    #[test]
    fn the_last_month_is_put_beside_the_one_before() {
        let half = |ago: i64| if ago < 30 { 5.0 } else { 10.0 };
        let u = usage(vec![
            ("logins", daily(90, half)),
            ("active_users", daily(90, |_| 5.0)),
            ("feature:reports", daily(90, half)),
            ("feature:api", daily(90, |_| 5.0)),
            ("workflow:export_started", daily(90, |_| 10.0)),
            ("workflow:export_completed", daily(90, half)),
        ]);
        assert_eq!(sign_ins(&u, end()), Some(("logins", Way::Down, -50.0)));
        assert_eq!(depth(&u, end()), Share { now: Some(2.0), before: Some(3.0) });
        assert_eq!(completion(&u, end()), vec![("export", Share { now: Some(0.5), before: Some(1.0) })]);
        assert!(links(&u, end()).is_empty());
    }

    #[test]
    fn monthly_numbers_are_taken_as_they_are_written() {
        let monthly = |values: [f64; 3]| {
            let months = [(9, 1), (10, 1), (11, 1)].map(|(m, d)| day_number(NaiveDate::from_ymd_opt(2026, m, d).unwrap()));
            Series::from_points(months.into_iter().zip(values).collect())
        };
        let u = usage(vec![("active_users", monthly([40.0, 40.0, 42.0])), ("feature:reports", monthly([800.0, 800.0, 420.0])), ("integration:crm", monthly([9.0, 9.0, 9.0]))]);
        assert_eq!(sign_ins(&u, end()), Some(("active_users", Way::Flat, 5.0)));
        assert_eq!(depth(&u, end()), Share { now: Some(10.0), before: Some(20.0) });
        assert_eq!(links(&u, end()), vec![Link { name: "crm", silent: 0 }]);
    }

    #[test]
    fn a_weekend_is_no_silence_and_what_is_not_known_is_not_said() {
        let until = |last: i64| daily(90, move |ago| if ago >= last { 3.0 } else { 0.0 });
        let u = usage(vec![("integration:crm", until(3)), ("integration:erp", until(20)), ("integration:never", until(90))]);
        assert_eq!(links(&u, end()), vec![Link { name: "erp", silent: 20 }, Link { name: "crm", silent: 0 }]);
        let old = end() + Duration::days(61);
        assert_eq!(sign_ins(&usage(vec![("logins", daily(90, |_| 5.0))]), old), None, "of what stopped nobody knows");
        let (nothing, none) = (Usage::default(), Share::default());
        assert_eq!((sign_ins(&nothing, end()), depth(&nothing, end()), completion(&nothing, end())), (None, none, vec![]));
        // Begun by nobody is no share.
        let idle = usage(vec![("workflow:x_started", daily(90, |_| 0.0)), ("workflow:x_completed", daily(90, |_| 0.0))]);
        assert_eq!(completion(&idle, end()), vec![("x", none)]);
    }
}
