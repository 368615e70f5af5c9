//! The NPS of one person fell: nine, then seven.

use chrono::NaiveDate;

use super::super::{Evidence, Found, View};
use crate::domain::facts::feedback::{Survey, SurveyKind};
use crate::domain::text::fold;

pub const NUMBERS: &[&str] = &["days", "points"];

pub fn find(view: &View) -> Option<Found> {
    let mut answers: Vec<(NaiveDate, &Survey)> =
        view.dossier.surveys.iter().filter(|s| s.kind == SurveyKind::Nps && s.in_range()).filter_map(|s| Some((s.date.filter(|d| *d <= view.day)?, s))).collect();
    answers.sort_by_key(|(d, s)| (*d, s.id.clone()));
    let falls = super::detractor::latest(view).into_iter().filter(|(d, _)| view.within(*d, view.days("days"))).filter_map(|(date, last)| {
        let person = fold(&last.respondent);
        let before = answers.iter().rev().find(|(d, s)| *d < date && fold(&s.respondent) == person)?.1;
        (before.score - last.score >= view.n("points")).then_some((date, before, last))
    });
    let (date, before, last) = falls.max_by_key(|(date, _, s)| (*date, s.id.clone()))?;
    let found = Found::new(date, 85, Evidence::Score { before: Some(before.score), now: last.score, who: last.respondent.clone() })
        .strong(before.score - last.score >= 2.0 * view.n("points"));
    Some(found.row("survey", last.id.as_str()).row("survey", before.id.as_str()))
}
