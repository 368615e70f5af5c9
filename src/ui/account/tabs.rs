//! The strip of an account's tabs.

use ratatui::layout::Rect;

use crate::app::account::state::{Pane, Tab};
use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::ui::kit::tabs::tab;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;

/// Draws the strip at row `y`. Where not all tabs have room, the first ones are left out, so that the
/// open one always shows.
pub fn draw(model: &Model, state: &Pane, pen: &mut Pen, area: Rect, y: u16) {
    pen.rule(area.x, y, area.width);
    let width = |tab: &Tab| wrap::width(tab.words(model.lang)) + 2;
    let room = usize::from(area.width.saturating_sub(3));
    let open = state.tab.index();
    let first = (0..=open)
        .find(|from| Tab::ALL[*from..=open].iter().map(width).sum::<usize>() <= room)
        .unwrap_or(open);
    let mut x = area.x + 1;
    if first > 0 {
        x = pen.text(x, y, 1, "…", Tone::Dim);
    }
    for each in &Tab::ALL[first..] {
        let name = each.words(model.lang);
        x = tab(pen, (x, y), area.right(), name, *each == state.tab);
    }
}
