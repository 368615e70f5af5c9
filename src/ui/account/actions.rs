//! The actions of an account.

use ratatui::layout::Rect;

use crate::app::account::state::Pane;
use crate::app::model::Model;
use crate::domain::dossier::Dossier;
use crate::ui::kit::{action, list};
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// Draws the tab and returns how many actions are in sight.
pub fn draw(model: &Model, state: &Pane, d: &Dossier, pen: &mut Pen, area: Rect) -> u16 {
    if d.actions.is_empty() {
        let words = words::account::no_actions(model.lang);
        pen.text(area.x + 2, area.y + 1, area.width, words, Tone::Dim);
    }
    list::draw(pen, area, state.list(), &d.actions, |pen, line, found| {
        action::draw(model, pen, line, found, None, true);
    });
    area.height
}
