//! The days of spread touches: the week is chosen already. A touch stays on its day where the day
//! holds it; else it goes to a day of the week that has room.

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDate};

use super::candidate::{Candidate, Job};
use crate::domain::cadence::smooth::Item;

/// The day of each candidate, given its week.
pub fn days(job: &Job, items: &[Item], weeks: &[u8]) -> Vec<NaiveDate> {
    let mut load = job.held.clone();
    let mut out: Vec<NaiveDate> = job.candidates.iter().map(|c| c.date).collect();
    let moved = |i: usize| items[i].home != weeks[i];
    for (i, c) in job
        .candidates
        .iter()
        .enumerate()
        .filter(|(i, _)| !moved(*i))
    {
        *load.entry(out[i]).or_default() += c.minutes;
    }
    let week = |i: usize| job.fixed[usize::from(weeks[i])].monday;
    // A touch from another week goes to the day with the least load.
    for (i, c) in job.candidates.iter().enumerate().filter(|(i, _)| moved(*i)) {
        let least = open(c, week(i)).min_by_key(|d| {
            let on = load.get(d).copied().unwrap_or(0);
            (on, (*d - c.ideal).num_days().abs())
        });
        out[i] = least.unwrap_or(c.date);
        *load.entry(out[i]).or_default() += c.minutes;
    }
    // Then a day that is too full gives to those of its week with room, until nothing gives way: a
    // second run finds nothing to move.
    let room = |d: &NaiveDate| job.rooms.get(d).copied();
    let mut moving = true;
    while std::mem::take(&mut moving) {
        for (i, c) in job.candidates.iter().enumerate().rev() {
            let from = out[i];
            let on =
                |d: &NaiveDate, load: &BTreeMap<NaiveDate, u32>| load.get(d).copied().unwrap_or(0);
            if room(&from).is_none_or(|room| on(&from, &load) <= room) {
                continue;
            }
            let fits = |d: &NaiveDate| room(d).is_some_and(|r| on(d, &load) + c.minutes <= r);
            let to = open(c, week(i))
                .filter(|d| *d != from && fits(d))
                .min_by_key(|d| (on(d, &load), (*d - c.ideal).num_days().abs()));
            if let Some(to) = to {
                *load.entry(from).or_default() -= c.minutes;
                *load.entry(to).or_default() += c.minutes;
                out[i] = to;
                moving = true;
            }
        }
    }
    out
}

/// The days of a week on which a touch may be.
fn open(c: &Candidate, monday: NaiveDate) -> impl Iterator<Item = NaiveDate> + '_ {
    (0..7)
        .map(move |n| monday + Duration::days(n))
        .filter(|d| c.holds(*d))
}
