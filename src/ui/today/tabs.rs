//! The strip of today's tabs with their counts; at its right the week's load or the windows of the
//! renewals.

use ratatui::layout::Rect;

use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::app::today::state::Tab;
use crate::domain::checkin::wrapup::Judgement;
use crate::domain::priority::{Renewal, WINDOWS};
use crate::ui::cadence;
use crate::ui::kit::tabs::tab;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// Draws the strip into the first line of the area.
pub fn draw(model: &Model, pen: &mut Pen, area: Rect) {
    let state = &model.today;
    let mut x = area.x + 1;
    for each in Tab::ALL {
        let name = format!("{} {}", each.words(model.lang), count(model, *each));
        x = tab(pen, (x, area.y), area.right(), &name, *each == state.tab) + 1;
    }
    let rest = |x: u16| Rect {
        x,
        width: area.right().saturating_sub(x + 1),
        ..area
    };
    match (state.tab, &state.week) {
        (Tab::Needs, Some(week)) => cadence::load(model, pen, rest(x + 1), week, ""),
        (Tab::Renewals, _) => windows(model, pen, rest(x)),
        _ => {}
    }
}

fn count(model: &Model, tab: Tab) -> String {
    let state = &model.today;
    let shown = state.needs().count();
    let all = state.items.len() + state.later.len() + state.rest;
    match tab {
        Tab::Needs if all > shown => format!("{shown}/{all}"),
        Tab::Needs => shown.to_string(),
        Tab::Renewals => state.renewals.len().to_string(),
        Tab::Disagreements => state.conflicts.len().to_string(),
    }
}

/// How many renewals each window holds, and how many of them are at risk.
fn windows(model: &Model, pen: &mut Pen, area: Rect) {
    let window = |days| {
        let inside = |r: &&Renewal| r.window <= days;
        let inside: Vec<&Renewal> = model.today.renewals.iter().filter(inside).collect();
        let at_risk = inside.iter().filter(|r| r.call == Judgement::AtRisk);
        words::today::renewal_window(model.lang, days, inside.len(), at_risk.count())
    };
    let words: Vec<String> = WINDOWS.into_iter().map(window).collect();
    let words = words.join("  ");
    let room = area.width.min(wrap::width(&words) as u16);
    pen.right(area.right(), area.y, room, &words, Tone::Dim);
}
