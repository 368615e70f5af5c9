//! The strip of an account's tabs.

use ratatui::layout::Rect;

use crate::app::account::state::{Pane, Tab};
use crate::app::model::Model;
use crate::ui::kit::layout;
use crate::ui::kit::tabs::strip;
use crate::ui::pen::Pen;

/// Draws the strip at row `y`.
pub fn draw(model: &Model, state: &Pane, pen: &mut Pen, area: Rect, y: u16) {
    pen.rule(area.x, y, area.width);
    let names: Vec<&str> = Tab::ALL.iter().map(|tab| tab.words(model.lang)).collect();
    let line = layout::inset(layout::line(area, y));
    strip(pen, line, &names, state.tab.index(), 0);
}
