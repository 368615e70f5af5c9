//! One account: its header, the strip of tabs, and a file for each tab.

mod actions;
mod cadence;
mod deals;
mod header;
mod history;
mod notes;
mod overview;
mod people;
mod signals;
mod tabs;
mod tickets;
mod timeline;
mod usage;

use ratatui::layout::Rect;

use crate::app::account::state::Tab;
use crate::app::model::Model;
use crate::ui::drawn::{Drawn, at};
use crate::ui::kit::layout;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// Draws the open account with the tab that is chosen.
pub fn draw(model: &Model, pen: &mut Pen, area: Rect) -> Drawn {
    let Some(state) = &model.account else {
        return Drawn::default();
    };
    header::draw(model, state, pen, area);
    tabs::draw(model, state, pen, area, area.y + 1);
    let body = layout::below(area, 2);
    let Some(dossier) = &state.dossier else {
        let words = words::account::loading(model.lang);
        pen.text(body.x + 2, body.y + 1, body.width, words, Tone::Dim);
        return at(body.height, area.width, None);
    };
    let rows = match state.tab {
        Tab::Overview => overview::draw(model, state, dossier, pen, body),
        Tab::Signals => signals::draw(model, state, pen, body),
        Tab::Usage => usage::draw(model, state, dossier, pen, body),
        Tab::Tickets => tickets::draw(model, state, dossier, pen, body),
        Tab::Timeline => timeline::draw(model, state, dossier, pen, body),
        Tab::Cadence => cadence::draw(model, state, dossier, pen, body),
        Tab::People => people::draw(model, state, dossier, pen, body),
        Tab::Actions => actions::draw(model, state, dossier, pen, body),
        Tab::Notes => notes::draw(model, state, dossier, pen, body),
    };
    pen.chosen = false;
    at(rows, area.width, None)
}
