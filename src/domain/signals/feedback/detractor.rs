//! A person gave an NPS of 0–6 and no better score since.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::super::{Evidence, Found, View};
use crate::domain::facts::feedback::{Survey, SurveyKind};
use crate::domain::text::fold;

pub const NUMBERS: &[&str] = &["days", "most", "strong"];

pub fn find(view: &View) -> Option<Found> {
    let low: Vec<(NaiveDate, &Survey)> = latest(view)
        .into_iter()
        .filter(|(d, s)| view.within(*d, view.days("days")) && s.score <= view.n("most"))
        .collect();
    let (_, last) = low.last()?;
    let dates: Vec<NaiveDate> = low.iter().map(|l| l.0).collect();
    let found = Found::new(
        view.first_of(&dates)?,
        90,
        Evidence::Score {
            before: None,
            now: last.score,
            who: last.respondent.clone(),
        },
    )
    .strong(low.iter().any(|(_, s)| s.score <= view.n("strong")));
    Some(found.rows("survey", low.iter().map(|(_, s)| s.id.as_str())))
}

/// The last NPS answer of each person, oldest first.
pub fn latest<'a>(view: &View<'a>) -> Vec<(NaiveDate, &'a Survey)> {
    let mut by_person: BTreeMap<String, (NaiveDate, &Survey)> = BTreeMap::new();
    for s in view
        .dossier
        .surveys
        .iter()
        .filter(|s| s.kind == SurveyKind::Nps && s.in_range())
    {
        let Some(date) = s.date.filter(|d| *d <= view.day) else {
            continue;
        };
        // An answer without a name counts as a person of its own.
        let who = if s.respondent.is_empty() {
            format!("\0{}", s.id)
        } else {
            fold(&s.respondent)
        };
        let entry = by_person.entry(who).or_insert((date, s));
        if date >= entry.0 {
            *entry = (date, s);
        }
    }
    let mut out: Vec<_> = by_person.into_values().collect();
    out.sort_by_key(|(d, s)| (*d, s.id.clone()));
    out
}
