//! The words over the columns of the portfolio, and the place of the cursor in the list.

use ratatui::layout::Rect;

use super::columns::{Figure, places};
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
    let heading = |figure| match figure {
        Figure::Actions => Some("□"),
        Figure::Touch => Some(words::portfolio::column_touch(lang)),
        Figure::Change => Some(words::portfolio::column_usage(lang)),
        Figure::Usage => None,
        Figure::Renewal => Some(words::portfolio::column_renewal(lang)),
        Figure::Arr => Some("ARR"),
    };
    let figures = places(area).figures.into_iter();
    let words: Vec<(u16, &str)> = figures
        .filter(|(_, cell)| cell.width > 0)
        .filter_map(|(figure, cell)| Some((cell.right(), heading(figure)?)))
        .collect();
    headings_right(pen, area.y, &words);
    let score = format!(" {} ", words::portfolio::column_score(lang));
    pen.text(area.x + 1, area.y, 12, &score, Tone::Dim);
    let place = format!(" {}/{} ", state.list.cursor + 1, state.shown.len());
    pen.text(area.x + 9, area.y, 16, &place, Tone::Dim);
}
