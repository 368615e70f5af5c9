//! Low satisfaction (1–2 of 5) with an answer or in a survey.

use chrono::NaiveDate;

use super::super::{Evidence, Found, View};
use crate::domain::facts::feedback::SurveyKind;

pub const NUMBERS: &[&str] = &["days", "most", "strong"];

pub fn find(view: &View) -> Option<Found> {
    let surveys = view
        .dossier
        .surveys
        .iter()
        .filter(|s| s.kind == SurveyKind::Csat && s.in_range())
        .filter_map(|s| Some((s.date?, s.score, "survey", s.id.as_str())));
    let tickets = view.dossier.tickets.iter().filter_map(|t| {
        Some((
            view.zone.day(t.solved.or(t.opened)?),
            t.csat.filter(|c| (1.0..=5.0).contains(c))?,
            "ticket",
            t.id.as_str(),
        ))
    });
    let mut low: Vec<(NaiveDate, f64, &str, &str)> = surveys
        .chain(tickets)
        .filter(|s| view.within(s.0, view.days("days")) && s.1 <= view.n("most"))
        .collect();
    low.sort_by(|a, b| (a.0, a.3).cmp(&(b.0, b.3)));
    let dates: Vec<NaiveDate> = low.iter().map(|s| s.0).collect();
    let mut found = Found::new(
        view.first_of(&dates)?,
        80,
        Evidence::Score {
            before: None,
            now: low.last()?.1,
            who: String::new(),
        },
    )
    .strong(low.len() as f64 >= view.n("strong"));
    for (_, _, kind, id) in &low {
        found = found.row(kind, *id);
    }
    Some(found)
}
