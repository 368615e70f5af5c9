//! The quality meter `[note.fields]`: which parts of a complete note are missing.

use super::{Checkin, Mark};
use crate::domain::action::Action;
use crate::domain::closed::closed;

closed! {
    Part {
        Attendees = "attendees", Topics = "topics", Insights = "insights", Quotes = "quotes",
        Actions = "actions", NextSteps = "next-steps", Judgement = "judgement", Expansion = "expansion",
    }
}

/// A topic line shorter than this says as little as "all fine".
const TELLING: usize = 8;

/// The parts that are missing, in the order of the note. `actions` are those of this check-in.
pub fn missing(checkin: &Checkin, actions: &[Action]) -> Vec<Part> {
    let lines: Vec<_> = checkin.lines().map(|(_, l)| l).filter(|l| !l.text.trim().is_empty()).collect();
    let has = |mark: Mark| lines.iter().any(|l| l.mark == Some(mark));
    let mut out = Vec::new();
    if checkin.wrapup.attendees.is_empty() {
        out.push(Part::Attendees);
    }
    if !lines.iter().any(|l| l.text.chars().count() >= TELLING) {
        out.push(Part::Topics);
    }
    if !(has(Mark::Risk) || has(Mark::Feedback) || has(Mark::Decision) || has(Mark::Question)) {
        out.push(Part::Insights);
    }
    if !(has(Mark::Quote) || lines.iter().any(|l| !crate::domain::text::quotes(&l.text).is_empty())) {
        out.push(Part::Quotes);
    }
    if actions.is_empty() || actions.iter().any(|a| a.due.is_none()) {
        out.push(Part::Actions);
    }
    if checkin.wrapup.next.is_none() {
        out.push(Part::NextSteps);
    }
    if checkin.wrapup.judgement.is_none() {
        out.push(Part::Judgement);
    }
    if !(checkin.wrapup.expansion || has(Mark::Opportunity)) {
        out.push(Part::Expansion);
    }
    out
}
