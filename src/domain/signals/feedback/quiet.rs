//! A customer who used to write, ask and answer has gone silent.

use chrono::{Duration, NaiveDate};

use super::super::{Evidence, Found, View};
use crate::domain::facts::touch::Attendance;

pub const NUMBERS: &[&str] = &["days", "before", "least"];

pub fn find(view: &View) -> Option<Found> {
    let (days, before) = (view.days("days"), view.days("before"));
    let tickets = view
        .dossier
        .tickets
        .iter()
        .filter_map(|t| Some(view.zone.day(t.opened?)));
    let surveys = view.dossier.surveys.iter().filter_map(|s| s.date);
    let touches = view
        .dossier
        .touches
        .iter()
        .filter(|t| t.attendance == Attendance::Held)
        .map(|t| view.zone.day(t.at));
    let talks = view
        .dossier
        .checkins
        .iter()
        .filter_map(|c| Some(view.zone.day(c.ended()?)));
    let mut voices: Vec<NaiveDate> = tickets
        .chain(surveys)
        .chain(touches)
        .chain(talks)
        .filter(|d| *d <= view.day)
        .collect();
    voices.sort_unstable();
    let last = *voices.last()?;
    let silent = (view.day - last).num_days();
    // Silence counts only while other data still comes in.
    let fed = [view.freshness.tickets, view.freshness.usage]
        .into_iter()
        .flatten()
        .map(|f| f.min(view.day))
        .max()
        .is_some_and(|f| (view.day - f).num_days() < days);
    let vocal = voices
        .iter()
        .filter(|d| **d > last - Duration::days(before))
        .count();
    // A customer silent for four times that long has gone before.
    if silent < days || silent > days * 4 || !fed || (vocal as f64) < view.n("least") {
        return None;
    }
    Some(Found::new(
        last + Duration::days(days),
        65,
        Evidence::Count {
            now: 0,
            usual: Some(vocal as f64),
            days: silent,
        },
    ))
}
