//! Cadence: month, week, agenda; what the weeks hold; suggestions; what was kept of what was planned.

mod adherence;
mod agenda;
mod capacity;
mod layers;
pub mod lines;
mod month;
mod parts;
mod suggestions;
mod week;

pub use layers::draw_layer;
pub use parts::{hours, load};

use ratatui::layout::Rect;

use crate::app::cadence::state::Tab;
use crate::app::model::Model;
use crate::ui::drawn::{Drawn, at};
use crate::ui::kit::tabs::strip as strip_of;
use crate::ui::kit::{layout, preview};
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// Draws the strip of tabs and the open tab.
pub fn draw(model: &Model, pen: &mut Pen, area: Rect) -> Drawn {
    let state = &model.cadence;
    strip(model, pen, area);
    pen.rule(area.x, area.y + 1, area.width);
    let body = layout::below(area, 2);
    if !model.ready && state.entries.is_empty() {
        let words = words::common::opening(model.lang);
        pen.text(body.x + 2, body.y + 1, body.width, words, Tone::Dim);
        return at(body.height, area.width, None);
    }
    let table = matches!(state.tab, Tab::Capacity | Tab::Suggestions | Tab::Adherence);
    let side = if table { 0 } else { layout::beside(area.width) };
    let (main, side) = layout::split(body, side);
    let rows = match state.tab {
        Tab::Month => month::draw(model, pen, main),
        Tab::Week => week::draw(model, pen, main),
        Tab::Agenda => agenda::draw(model, pen, main),
        Tab::Capacity => capacity::draw(model, pen, main),
        Tab::Suggestions => suggestions::draw(model, pen, main),
        Tab::Adherence => adherence::draw(model, pen, main),
    };
    pen.chosen = false;
    if let Some(side) = side {
        layout::wall(pen, side);
        match (state.tab, state.day) {
            (Tab::Month | Tab::Week, Some(day)) => agenda::beside(model, pen, side, day),
            _ => {
                if let Some(row) = model.subject().and_then(|id| model.book.get(&id)) {
                    preview::draw(model, row, pen, side);
                }
            }
        }
    }
    at(rows, area.width, None)
}

/// The tabs, and at their right the load of the current week.
fn strip(model: &Model, pen: &mut Pen, area: Rect) {
    let lang = model.lang;
    let state = &model.cadence;
    let name = |tab: &Tab| match tab {
        Tab::Suggestions if !state.suggestions.is_empty() => {
            format!("{} {}", tab.words(lang), state.suggestions.len())
        }
        _ => tab.words(lang).to_owned(),
    };
    let names: Vec<String> = Tab::ALL.iter().map(name).collect();
    let open = Tab::ALL.iter().position(|tab| *tab == state.tab);
    let line = layout::inset(layout::line(area, area.y));
    let x = strip_of(pen, line, &names, open.unwrap_or(0), 0);
    if let Some(week) = state.weeks.first() {
        let whose = if state.all {
            format!("{} · ", words::cadence::everybody(lang))
        } else {
            String::new()
        };
        let rest = Rect {
            x: x + 1,
            width: area.right().saturating_sub(x + 2),
            ..area
        };
        load(model, pen, rest, week, &whose);
    }
}
