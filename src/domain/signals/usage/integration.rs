//! An integration that was alive carries nothing any more: disconnected, or about to be.

use chrono::Duration;

use super::super::{Evidence, Found, View};
use crate::domain::facts::usage::{INTEGRATION, date_of, day_number};

pub const NUMBERS: &[&str] = &["days", "alive"];

pub fn find(view: &View) -> Option<Found> {
    let newest = view.dossier.usage.last_day()?.min(view.day);
    let mut lost: Vec<(&str, chrono::NaiveDate)> = view
        .dossier
        .usage
        .integrations()
        .filter_map(|(name, series)| {
            let used: Vec<i32> = series.between(chrono::NaiveDate::MIN, view.day).iter().filter(|p| p.1 > 0.0).map(|p| p.0).collect();
            let last = date_of(*used.last()?);
            let often = used.iter().filter(|d| **d > day_number(last - Duration::days(30))).count();
            ((newest - last).num_days() >= view.days("days") && often as f64 >= view.n("alive")).then_some((name, last))
        })
        .collect();
    lost.sort_by_key(|(name, last)| (std::cmp::Reverse(*last), *name));
    let (name, last) = *lost.first()?;
    let evidence = Evidence::Idle { name: name.to_owned(), days: (newest - last).num_days() };
    Some(Found::new(last + Duration::days(view.days("days")), 80, evidence).row("usage", format!("{INTEGRATION}{name}")))
}
