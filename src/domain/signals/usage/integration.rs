//! An active integration no longer sends data: it is disconnected or about to be.

use chrono::Duration;

use super::super::{Evidence, Found, View};
use crate::domain::facts::integrations::Traffic;
use crate::domain::facts::usage::INTEGRATION;

pub const NUMBERS: &[&str] = &["days", "alive"];

pub fn find(view: &View) -> Option<Found> {
    let newest = view.dossier.usage.last_day()?.min(view.day);
    if !view.fresh(newest) {
        return None;
    }
    let mut lost: Vec<(&str, chrono::NaiveDate, i64)> =
        view.dossier
            .usage
            .integrations()
            .filter_map(|(name, series)| {
                let traffic = Traffic::of(series, view.day)?;
                let (quiet, limit) = (
                    (newest - traffic.last).num_days(),
                    traffic.limit(view.days("days")),
                );
                const LATE: i64 = 120;
                (quiet >= limit && quiet <= LATE && traffic.days as f64 >= view.n("alive"))
                    .then_some((name, traffic.last, limit))
            })
            .collect();
    lost.sort_by_key(|(name, last, _)| (std::cmp::Reverse(*last), *name));
    let (name, last, limit) = *lost.first()?;
    let evidence = Evidence::Idle {
        name: name.to_owned(),
        days: (newest - last).num_days(),
    };
    Some(
        Found::new(last + Duration::days(limit), 80, evidence)
            .row("usage", format!("{INTEGRATION}{name}")),
    )
}
