//! The rows of a list.

use ratatui::layout::Rect;

use crate::app::kit::list::ListState;
use crate::ui::kit::layout;
use crate::ui::pen::Pen;

/// Draws the items in sight, one a line with `row`; the chosen one lies on the tone of the selection.
pub fn draw<T>(
    pen: &mut Pen,
    area: Rect,
    list: &ListState,
    items: impl IntoIterator<Item = T>,
    mut row: impl FnMut(&mut Pen, Rect, T),
) {
    let items = items.into_iter().enumerate().skip(list.top);
    for (i, item) in items.take(usize::from(area.height)) {
        let line = layout::line(area, area.y + (i - list.top) as u16);
        pen.row(line, line.y, i == list.cursor);
        row(pen, line, item);
    }
    pen.chosen = false;
}
