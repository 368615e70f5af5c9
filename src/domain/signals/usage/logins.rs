//! People sign in on fewer days of the week than they did: five, then one.

use chrono::Duration;

use super::super::{Evidence, Found, View};
use crate::domain::facts::usage::{ACTIVE_USERS, LOGINS, date_of};

pub const NUMBERS: &[&str] = &["from", "to"];

/// Weeks that are compared.
const WEEKS: i64 = 4;

pub fn find(view: &View) -> Option<Found> {
    let (metric, series) = [LOGINS, ACTIVE_USERS].iter().find_map(|m| view.dossier.usage.0.get_key_value(*m))?;
    if super::super::level::rhythm(series, view.day) != super::super::level::Rhythm::Daily {
        return None;
    }
    // Days a week on which anybody was there.
    let days = |v: &View| {
        let last = date_of(series.between(chrono::NaiveDate::MIN, v.day).last()?.0);
        let week = |to: chrono::NaiveDate| {
            let points = series.between(to - Duration::days(7 * WEEKS - 1), to);
            (points.len() >= 8).then(|| points.iter().filter(|p| p.1 > 0.0).count() as f64 / WEEKS as f64)
        };
        let (before, now) = (week(last - Duration::days(7 * WEEKS))?, week(last)?);
        (before >= v.n("from") && now <= v.n("to")).then_some((before, now))
    };
    let (before, now) = days(view)?;
    Some(Found::new(view.since(|v| days(v).is_some()), 80, Evidence::PerWeek { before, now }).row("usage", metric.as_str()))
}
