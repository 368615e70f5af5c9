//! A person gave an NPS of 9 or 10: ask for a reference within 48 hours.

use super::super::{Evidence, Found, View};

pub const NUMBERS: &[&str] = &["days", "from", "fresh"];

pub fn find(view: &View) -> Option<Found> {
    let answers = super::super::feedback::detractor::latest(view);
    let (date, survey) = answers
        .into_iter()
        .rfind(|(d, s)| view.within(*d, view.days("days")) && s.score >= view.n("from"))?;
    let fresh = (view.day - date).num_days() <= view.days("fresh");
    Some(
        Found::new(
            date,
            90,
            Evidence::Score {
                before: None,
                now: survey.score,
                who: survey.respondent.clone(),
            },
        )
        .strong(fresh)
        .row("survey", survey.id.as_str()),
    )
}
