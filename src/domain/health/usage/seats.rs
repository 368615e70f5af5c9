//! The share of paid seats in use: the ten busiest of four weeks against the licence, by the age of the
//! account.

use chrono::{Duration, NaiveDate};

use super::parts::Parts;
use crate::domain::curves::Curves;
use crate::domain::dossier::Dossier;
use crate::domain::dossier::effective::{contract_start, effective_seats};
use crate::domain::facts::usage::{ACTIVE_USERS, date_of};
use crate::domain::health::Fact;
use crate::domain::health::dimension_score::along;

/// Months of a roll-out: from then on the whole licence should be in use.
const ROLLED_OUT: f64 = 9.0;

pub fn judge(dossier: &Dossier, day: NaiveDate, season: f64, curves: &Curves, parts: &mut Parts) {
    const DAYS: i64 = 28;
    const BUSIEST: usize = 10;
    let Some(series) = dossier.usage.0.get(ACTIVE_USERS) else {
        return;
    };
    let Some(seats) = effective_seats(dossier, day).filter(|s| *s > 0) else {
        return;
    };
    let Some(last) = series.between(NaiveDate::MIN, day).last() else {
        return;
    };
    let last = date_of(last.0);
    let some = series.between(last - Duration::days(DAYS - 1), last);
    let mut values: Vec<f64> = some.iter().map(|p| p.1).collect();
    values.sort_by(|a, b| b.total_cmp(a));
    values.truncate(BUSIEST);
    let active = values.iter().sum::<f64>() / values.len().max(1) as f64;
    let fact = Fact::SeatUse { active, seats };
    // Without a start of the contract, the account is as old as its use at least.
    let used = series.points().first().map_or(last, |p| date_of(p.0));
    let start = contract_start(dossier).filter(|start| *start <= day);
    let start = start.unwrap_or(used);
    let months = (day - start).num_days() as f64 / 30.4;
    let expected = along(&[(0.0, 0.3), (ROLLED_OUT, 1.0)], months);
    let used = active / f64::from(seats) / season / expected;
    parts.put(along(&curves.seats, used), fact);
}
