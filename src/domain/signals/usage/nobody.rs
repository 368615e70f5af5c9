//! No one has signed in for two weeks, although usage data is up to date.

use chrono::Duration;

use super::super::{Evidence, Found, View};
use crate::domain::facts::level;
use crate::domain::facts::track::{known_until, silence};
use crate::domain::facts::usage::date_of;

pub const NUMBERS: &[&str] = &["days", "strong"];

pub fn find(view: &View) -> Option<Found> {
    let (metric, series) = view.dossier.usage.headline()?;
    let known = series.between(chrono::NaiveDate::MIN, view.day);
    // With fewer numbers their spacing is unknown.
    const LEAST: usize = 8;
    if known.len() < LEAST || level::rhythm(series, view.day) != level::Rhythm::Daily {
        return None;
    }
    let used = known.iter().rev().find(|p| p.1 > 0.0)?;
    let last = date_of(used.0);
    let end = known_until(metric, series, view.freshness.usage, view.day)?;
    if !view.fresh(end) {
        return None;
    }
    let days = silence(metric, series, view.freshness.usage, view.day);
    // After a quarter it is no longer an early signal.
    const LATE: i64 = 90;
    if days < view.days("days") || days > LATE + view.days("days") {
        return None;
    }
    Some(
        Found::new(
            last + Duration::days(view.days("days")),
            90,
            Evidence::NoUse { days },
        )
        .strong(days >= view.days("strong"))
        .row("usage", metric),
    )
}
