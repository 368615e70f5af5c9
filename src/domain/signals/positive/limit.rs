//! Nearly all seats are in use: a good time to discuss expansion.

use chrono::{Duration, NaiveDate};

use super::super::{Evidence, Found, View};
use crate::domain::dossier::effective::effective_seats;
use crate::domain::facts::usage::{ACTIVE_USERS, date_of};

pub const NUMBERS: &[&str] = &["percent", "days"];

pub fn find(view: &View) -> Option<Found> {
    let series = view.dossier.usage.0.get(ACTIVE_USERS)?;
    let full = |v: &View| {
        let licensed = effective_seats(v.dossier, v.day).filter(|s| *s > 1)?;
        let last = date_of(series.between(NaiveDate::MIN, v.day).last()?.0);
        let recent = (v.day - last).num_days() <= 35;
        let points = series.between(last - Duration::days(27), last);
        let full: Vec<f64> = points
            .iter()
            .map(|p| p.1)
            .filter(|n| *n * 100.0 >= f64::from(licensed) * v.n("percent"))
            .collect();
        // One full day may be a workshop; a single monthly number counts for its month.
        let enough = full.len() as f64 >= v.n("days").min(points.len() as f64);
        (recent && enough && !full.is_empty())
            .then(|| (full.iter().fold(0.0_f64, |a, b| a.max(*b)), licensed))
    };
    let (used, licensed) = full(view)?;
    Some(
        Found::new(
            view.since(|v| full(v).is_some()),
            80,
            Evidence::Seats { used, licensed },
        )
        .row("usage", ACTIVE_USERS),
    )
}
