//! An integration that was alive carries nothing any more: disconnected, or about to be.

use chrono::Duration;

use super::super::{Evidence, Found, View};
use crate::domain::facts::usage::{INTEGRATION, date_of, day_number};

pub const NUMBERS: &[&str] = &["days", "alive"];

pub fn find(view: &View) -> Option<Found> {
    let newest = view.dossier.usage.last_day()?.min(view.day);
    if !view.fresh(newest) {
        return None;
    }
    let mut lost: Vec<(&str, chrono::NaiveDate, i64)> = view
        .dossier
        .usage
        .integrations()
        .filter_map(|(name, series)| {
            let used: Vec<i32> = series.between(chrono::NaiveDate::MIN, view.day).iter().filter(|p| p.1 > 0.0).map(|p| p.0).collect();
            let last = date_of(*used.last()?);
            let month: Vec<i32> = used.iter().copied().filter(|d| *d > day_number(last - Duration::days(30))).collect();
            // A weekend is no silence to an integration that rests on weekends; a holiday makes it longer.
            let rests = month.windows(2).map(|w| i64::from(w[1] - w[0])).max().unwrap_or(1);
            let (quiet, limit) = ((newest - last).num_days(), view.days("days").max(rests + 1 + i64::from(rests > 1)));
            const LATE: i64 = 120;
            (quiet >= limit && quiet <= LATE && month.len() as f64 >= view.n("alive")).then_some((name, last, limit))
        })
        .collect();
    lost.sort_by_key(|(name, last, _)| (std::cmp::Reverse(*last), *name));
    let (name, last, limit) = *lost.first()?;
    let evidence = Evidence::Idle { name: name.to_owned(), days: (newest - last).num_days() };
    Some(Found::new(last + Duration::days(limit), 80, evidence).row("usage", format!("{INTEGRATION}{name}")))
}
