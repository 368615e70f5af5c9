//! The strip of today's tabs with their counts; at its right the week's load or the windows of the
//! renewals.

use ratatui::layout::Rect;

use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::app::today::state::Tab;
use crate::domain::checkin::wrapup::Judgement;
use crate::domain::priority::{Renewal, WINDOWS};
use crate::ui::cadence;
use crate::ui::kit::layout;
use crate::ui::kit::tabs::strip;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words::{self, Lang};

/// Draws the strip into the first line of the area.
pub fn draw(model: &Model, pen: &mut Pen, area: Rect) {
    let state = &model.today;
    let name = |tab: &Tab| format!("{} {}", tab.words(model.lang), count(model, *tab));
    let names: Vec<String> = Tab::ALL.iter().map(name).collect();
    let open = Tab::ALL.iter().position(|tab| *tab == state.tab);
    let line = layout::inset(layout::line(area, area.y));
    let x = strip(pen, line, &names, open.unwrap_or(0), 1) + 1;
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

/// How many renewals each window holds, and how many of them are at risk. Where not all words have room, the
/// farthest window leaves, which holds all that the tab counts; then they are told in brief.
fn windows(model: &Model, pen: &mut Pen, area: Rect) {
    let windows = |words: fn(Lang, i64, usize, usize) -> String| {
        let window = |days| {
            let inside = |r: &&Renewal| r.window <= days;
            let inside: Vec<&Renewal> = model.today.renewals.iter().filter(inside).collect();
            let at_risk = inside.iter().filter(|r| r.call == Judgement::AtRisk);
            words(model.lang, days, inside.len(), at_risk.count())
        };
        WINDOWS.into_iter().map(window).collect::<Vec<_>>()
    };
    let fits = |words: &[String]| wrap::width(&words.join("  ")) <= usize::from(area.width);
    let mut words = windows(words::today::renewal_window);
    if !fits(&words) {
        words.pop();
    }
    if !fits(&words) {
        words = windows(words::today::renewal_window_brief);
    }
    while !fits(&words) {
        words.pop();
    }
    pen.right(
        area.right(),
        area.y,
        area.width,
        &words.join("  "),
        Tone::Dim,
    );
}
