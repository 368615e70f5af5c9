//! People sign in on fewer days a week than before, for example 1 instead of 5.

use chrono::Duration;

use super::super::{Evidence, Found, View};
use crate::domain::facts::track::known_until;
use crate::domain::facts::usage::{ACTIVE_USERS, LOGINS};

pub const NUMBERS: &[&str] = &["from", "to"];

/// The weeks compared.
const WEEKS: i64 = 4;

pub fn find(view: &View) -> Option<Found> {
    let (metric, series) = [LOGINS, ACTIVE_USERS]
        .iter()
        .find_map(|m| view.dossier.usage.0.get_key_value(*m))?;
    if super::super::level::rhythm(series, view.day) != super::super::level::Rhythm::Daily {
        return None;
    }
    // Days a week with any use.
    let days = |v: &View| {
        let end = known_until(metric, series, v.freshness.usage, v.day)?;
        if !v.fresh(end) {
            return None;
        }
        let window = |to: chrono::NaiveDate| series.between(to - Duration::days(7 * WEEKS - 1), to);
        let a_week = |points: &[(i32, f64)]| {
            points.iter().filter(|p| p.1 > 0.0).count() as f64 / WEEKS as f64
        };
        let earlier = window(end - Duration::days(7 * WEEKS));
        let (before, now) = (a_week(earlier), a_week(window(end)));
        // No use at all is another signal.
        (earlier.len() >= 8 && before >= v.n("from") && now > 0.0 && now <= v.n("to"))
            .then_some((before, now))
    };
    let (before, now) = days(view)?;
    Some(
        Found::new(
            view.since(|v| days(v).is_some()),
            80,
            Evidence::PerWeek { before, now },
        )
        .row("usage", metric.as_str()),
    )
}
