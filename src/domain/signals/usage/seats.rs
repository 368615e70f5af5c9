//! Only a few of the paid seats are in use, for example 5 of 50.

use super::super::{Evidence, Found, View};
use crate::domain::dossier::effective::effective_seats;
use crate::domain::dossier::start::contract_start;
use crate::domain::facts::usage::{ACTIVE_USERS, date_of};

pub const NUMBERS: &[&str] = &["percent", "after"];

pub fn find(view: &View) -> Option<Found> {
    let series = view.dossier.usage.0.get(ACTIVE_USERS)?;
    // New customers fill their seats first.
    let start = contract_start(view.dossier)?;
    let few = |v: &View| {
        let licensed = effective_seats(v.dossier, v.day).filter(|s| *s > 1)?;
        let last = date_of(series.between(chrono::NaiveDate::MIN, v.day).last()?.0);
        // The busiest day of two weeks counts: everyone who comes has a seat.
        let used = series
            .between(last - chrono::Duration::days(13), last)
            .iter()
            .map(|p| p.1)
            .fold(0.0, f64::max);
        let late = (v.day - start).num_days() >= v.days("after") && (v.day - last).num_days() <= 35;
        (late && used * 100.0 < f64::from(licensed) * v.n("percent")).then_some((used, licensed))
    };
    let (used, licensed) = few(view)?;
    Some(
        Found::new(
            view.since(|v| few(v).is_some()),
            85,
            Evidence::Seats { used, licensed },
        )
        .row("usage", ACTIVE_USERS),
    )
}
