//! The share of paid seats in use: the ten busiest of four weeks against the licence, by the age of the
//! account.

use chrono::NaiveDate;

use super::parts::Parts;
use crate::domain::curves::Curves;
use crate::domain::dossier::Dossier;
use crate::domain::dossier::effective::effective_seats;
use crate::domain::dossier::start::contract_start;
use crate::domain::facts::adoption::active_of_seats;
use crate::domain::facts::usage::{ACTIVE_USERS, date_of};
use crate::domain::health::Fact;
use crate::domain::health::dimension_score::along;

/// Months of a roll-out: from then on the whole licence should be in use.
const ROLLED_OUT: f64 = 9.0;

pub fn judge(dossier: &Dossier, day: NaiveDate, season: f64, curves: &Curves, parts: &mut Parts) {
    let licensed = effective_seats(dossier, day);
    let Some((active, seats)) = active_of_seats(&dossier.usage, licensed, day) else {
        return;
    };
    let fact = Fact::SeatUse { active, seats };
    // Without a start of the contract, the account is as old as its use at least.
    let series = dossier.usage.0.get(ACTIVE_USERS);
    let used = series.and_then(|s| s.points().first());
    let used = used.map_or(day, |p| date_of(p.0));
    let start = contract_start(dossier).filter(|start| *start <= day);
    let start = start.unwrap_or(used);
    let months = (day - start).num_days() as f64 / 30.4;
    let expected = along(&[(0.0, 0.3), (ROLLED_OUT, 1.0)], months);
    let used = active / f64::from(seats) / season / expected;
    parts.put(along(&curves.seats, used), fact);
}
