//! The quality meter: the parts of a complete note that are missing.

use super::{Checkin, Mark};
use crate::domain::action::{Action, Side};
use crate::domain::closed::closed;

closed! {
    Part {
        Attendees = "attendees", Topics = "topics", Insights = "insights", Quotes = "quotes",
        Actions = "actions", NextSteps = "next-steps", Judgement = "judgement", Expansion = "expansion",
    }
}

/// Characters below which a topic line carries no information.
const TELLING: usize = 8;
/// Phrases that fit every call and say nothing about this one.
const EMPTY: [&str; 10] = [
    "all fine",
    "all good",
    "everything is fine",
    "no issues",
    "nothing new",
    "問題なし",
    "問題ありません",
    "特になし",
    "特にありません",
    "順調です",
];

fn has_content(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['.', '。', '!', '！']);
    text.chars().count() >= TELLING && !EMPTY.iter().any(|e| e.eq_ignore_ascii_case(text))
}

/// The missing parts, in the order of the note. `actions` are those of this check-in.
pub fn missing(checkin: &Checkin, actions: &[Action]) -> Vec<Part> {
    let lines: Vec<_> = checkin
        .lines()
        .map(|(_, l)| l)
        .filter(|l| !l.is_private() && !l.words().is_empty())
        .collect();
    let has = |mark: Mark| !checkin.items(mark).is_empty();
    let mut out = Vec::new();
    if checkin.wrapup.attendees.is_empty() {
        out.push(Part::Attendees);
    }
    if !lines.iter().any(|l| has_content(l.words())) {
        out.push(Part::Topics);
    }
    if !(has(Mark::Risk) || has(Mark::Feedback) || has(Mark::Decision) || has(Mark::Question)) {
        out.push(Part::Insights);
    }
    if !(has(Mark::Quote)
        || lines
            .iter()
            .any(|l| !crate::domain::text::quotes(&l.text).is_empty()))
    {
        out.push(Part::Quotes);
    }
    let incomplete =
        |a: &Action| a.due.is_none() || (a.owner.is_empty() && a.side == Side::Internal);
    if actions.is_empty() || actions.iter().any(incomplete) {
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
