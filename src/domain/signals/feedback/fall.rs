//! The NPS of one person fell, for example from 9 to 7.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::super::{Evidence, Found, View};
use crate::domain::facts::feedback::{Survey, SurveyKind};
use crate::domain::text::fold;

pub const NUMBERS: &[&str] = &["days", "points"];

pub fn find(view: &View) -> Option<Found> {
    // The last two answers of each person. Answers without a name cannot be paired.
    let mut by_person: BTreeMap<String, Vec<(NaiveDate, &Survey)>> = BTreeMap::new();
    for s in view
        .dossier
        .surveys
        .iter()
        .filter(|s| s.kind == SurveyKind::Nps && s.in_range() && !s.respondent.is_empty())
    {
        if let Some(date) = s.date.filter(|d| *d <= view.day) {
            by_person
                .entry(fold(&s.respondent))
                .or_default()
                .push((date, s));
        }
    }
    let falls = by_person.into_values().filter_map(|mut answers| {
        answers.sort_by_key(|(d, s)| (*d, s.id.clone()));
        let (date, last) = answers.pop()?;
        let before = answers.iter().rev().find(|(d, _)| *d < date)?.1;
        (view.within(date, view.days("days")) && before.score - last.score >= view.n("points"))
            .then_some((date, before, last))
    });
    let (date, before, last) = falls.max_by_key(|(date, _, s)| (*date, s.id.clone()))?;
    let found = Found::new(
        date,
        85,
        Evidence::Score {
            before: Some(before.score),
            now: last.score,
            who: last.respondent.clone(),
        },
    )
    .strong(before.score - last.score >= 2.0 * view.n("points"));
    Some(
        found
            .row("survey", last.id.as_str())
            .row("survey", before.id.as_str()),
    )
}
