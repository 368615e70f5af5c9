//! A critical survey comment, or a risk noted in a business review.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::super::{Evidence, Found, View};
use crate::domain::checkin::{Kind, Mark};
use crate::domain::facts::feedback::SurveyKind;

pub const NUMBERS: &[&str] = &["days"];

pub fn find(view: &View) -> Option<Found> {
    let days = view.days("days");
    let mut critical: Vec<(NaiveDate, String, &str, &str)> = Vec::new();
    let complaints: HashSet<&str> = view
        .phrase_hits
        .iter()
        .filter(|h| h.source.kind == "survey")
        .map(|h| h.source.id.as_str())
        .collect();
    for s in view
        .dossier
        .surveys
        .iter()
        .filter(|s| !s.comment.trim().is_empty() && s.in_range())
    {
        let Some(date) = s.date.filter(|d| view.within(*d, days)) else {
            continue;
        };
        let low = match s.kind {
            SurveyKind::Nps => s.score <= 6.0,
            SurveyKind::Csat => s.score <= 2.0,
            SurveyKind::Ces => s.score <= 3.0,
        };
        let complains = complaints.contains(s.id.as_str());
        // A good score with a complaint in its comment counts by the complaint.
        if low || complains {
            critical.push((date, s.comment.trim().to_owned(), "survey", s.id.as_str()));
        }
    }
    for c in view
        .dossier
        .checkins
        .iter()
        .filter(|c| c.kind == Kind::Review)
    {
        let Some(date) = c
            .ended()
            .map(|at| view.zone.day(at))
            .filter(|d| view.within(*d, days))
        else {
            continue;
        };
        critical.extend(
            c.marked(Mark::Risk)
                .map(|words| (date, words.to_owned(), "checkin", c.id.as_str())),
        );
    }
    critical.sort_by(|a, b| (a.0, a.3).cmp(&(b.0, b.3)));
    let dates: Vec<NaiveDate> = critical.iter().map(|s| s.0).collect();
    let (_, words, place, _) = critical.last()?.clone();
    let mut found = Found::new(
        view.first_of(&dates)?,
        75,
        Evidence::Words {
            words,
            place: place.to_owned(),
        },
    )
    .strong(critical.len() > 2);
    for (_, _, kind, id) in &critical {
        found = found.row(kind, *id);
    }
    Some(found)
}
