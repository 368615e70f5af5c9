//! The words over the columns of the portfolio, and the place of the cursor in the list.

use ratatui::layout::Rect;

use super::columns::{Column, fitting};
use crate::app::model::Model;
use crate::ui::kit::columns::headings_right;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// Draws one line over the list.
pub fn draw(model: &Model, pen: &mut Pen, area: Rect) {
    let lang = model.lang;
    let state = &model.portfolio;
    if state.shown.is_empty() {
        return;
    }
    let heading = |column| match column {
        Column::Actions => Some("□"),
        Column::Touch => Some(words::portfolio::column_touch(lang)),
        Column::Change => Some(words::portfolio::column_usage(lang)),
        Column::Usage => None,
        Column::Renewal => Some(words::portfolio::column_renewal(lang)),
        Column::Arr => Some("ARR"),
    };
    let words: Vec<(u16, &str)> = fitting(area)
        .filter_map(|(column, cell)| Some((cell.right(), heading(column)?)))
        .collect();
    headings_right(pen, area.y, &words);
    let score = format!(" {} ", words::portfolio::column_score(lang));
    pen.text(area.x + 1, area.y, 12, &score, Tone::Dim);
    let place = format!(" {}/{} ", state.list.cursor + 1, state.shown.len());
    pen.text(area.x + 9, area.y, 16, &place, Tone::Dim);
}
