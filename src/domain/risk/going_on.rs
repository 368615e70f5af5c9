//! The case of an account that goes on, with the talk that was its call.

use chrono::{DateTime, Utc};

use super::case::{Case, Done, Step};
use crate::domain::dossier::Dossier;
use crate::domain::facts::touch::{Attendance, TouchKind};

/// The open case of an account. A talk that was logged since it opened is its call.
pub fn open_case(d: &Dossier) -> Option<Case> {
    let mut case = d.cases.iter().rfind(|case| case.is_open())?.clone();
    if case.done(Step::Called).is_none()
        && let Some((at, by)) = first_talk(d, case.opened)
    {
        case.done.push(Done {
            step: Step::Called,
            at,
            by,
            logged: true,
        });
    }
    Some(case)
}

/// The first talk with the customer after a moment, and who held it.
fn first_talk(d: &Dossier, after: DateTime<Utc>) -> Option<(DateTime<Utc>, String)> {
    let held = |kind| matches!(kind, TouchKind::Call | TouchKind::Meeting);
    let touches = d.touches.iter().filter(|t| held(t.kind));
    let touches = touches.filter(|t| t.attendance == Attendance::Held);
    let touches = touches.map(|t| (t.at, t.by.clone()));
    let calls = d.checkins.iter();
    let calls = calls.filter_map(|c| Some((c.ended()?, c.author.clone())));
    let all = touches.chain(calls).filter(|(at, _)| *at >= after);
    all.min_by_key(|(at, _)| *at)
}
