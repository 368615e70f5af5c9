//! Recent conversations feel colder than earlier ones.

use chrono::NaiveDate;

use super::super::{Evidence, Found, View};

pub const NUMBERS: &[&str] = &["days", "points"];

/// The number of latest talks compared with the ones before.
const LATEST: usize = 2;
const BEFORE: usize = 4;

pub fn find(view: &View) -> Option<Found> {
    let mut talks: Vec<(NaiveDate, f64, &str)> = view
        .dossier
        .checkins
        .iter()
        .filter_map(|c| {
            let date = view.zone.day(c.ended()?);
            let felt = c
                .wrapup
                .sentiment
                .or_else(|| c.moods().last().map(|m| m.1))?;
            (date <= view.day).then_some((date, felt.points(), c.id.as_str()))
        })
        .collect();
    talks.sort_by(|a, b| (a.0, a.2).cmp(&(b.0, b.2)));
    let split = talks.len().checked_sub(LATEST).filter(|n| *n >= 1)?;
    let (old, new) = talks.split_at(split);
    let old = &old[old.len().saturating_sub(BEFORE)..];
    let mean = |t: &[(NaiveDate, f64, &str)]| t.iter().map(|t| t.1).sum::<f64>() / t.len() as f64;
    let (before, now) = (mean(old), mean(new));
    let last = new.last()?;
    if before - now < view.n("points") || !view.within(last.0, view.days("days")) {
        return None;
    }
    Some(
        Found::new(
            last.0,
            if old.len() >= 2 { 70 } else { 50 },
            Evidence::Mood { before, now },
        )
        .rows("checkin", new.iter().map(|t| t.2)),
    )
}
