//! A feature this account relied on has not been used for a month.

use chrono::Duration;

use super::super::{Evidence, Found, View};
use crate::domain::facts::usage::{FEATURE, date_of, day_number};

pub const NUMBERS: &[&str] = &["days", "core"];

/// The days before its last use by which a feature counts as core.
const BEFORE: i64 = 60;

pub fn find(view: &View) -> Option<Found> {
    // Compared with the newest row of any feature: an export that stopped is no silence.
    let newest = view
        .dossier
        .usage
        .features_until(view.day)
        .filter(|newest| view.fresh(*newest))?;
    // A feature unused for longer was given up before; it is no early signal.
    const LATE: i64 = 120;
    let mut idle: Vec<(&str, i64, usize)> = view
        .dossier
        .usage
        .features()
        .filter_map(|(name, series)| {
            let used: Vec<i32> = series
                .between(chrono::NaiveDate::MIN, view.day)
                .iter()
                .filter(|p| p.1 > 0.0)
                .map(|p| p.0)
                .collect();
            let last = date_of(*used.last()?);
            let days = (newest - last).num_days();
            // Core: used on many days of the two months that ended with its last use.
            let often = used
                .iter()
                .filter(|d| **d > day_number(last - Duration::days(BEFORE)))
                .count();
            (days >= view.days("days")
                && days <= LATE + view.days("days")
                && often as f64 >= view.n("core"))
            .then_some((name, days, often))
        })
        .collect();
    idle.sort_by_key(|(name, days, often)| (std::cmp::Reverse(*often), *days, *name));
    let newly = idle.iter().map(|i| i.1).min()?;
    let mut found = Found::new(
        newest - Duration::days(newly - view.days("days")),
        75,
        Evidence::Idle {
            name: idle[0].0.to_owned(),
            days: idle[0].1,
        },
    );
    found.evidence.extend(
        idle.iter()
            .skip(1)
            .take(3)
            .map(|(name, days, _)| Evidence::Idle {
                name: (*name).to_owned(),
                days: *days,
            }),
    );
    for (name, _, _) in &idle {
        found = found.row("usage", format!("{FEATURE}{name}"));
    }
    Some(found)
}
