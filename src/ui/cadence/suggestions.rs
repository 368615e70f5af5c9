//! The suggestions to change the cadence of accounts.

use ratatui::layout::Rect;

use crate::app::model::Model;
use crate::domain::cadence::adapt::Suggestion;
use crate::ui::kit::list;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// Draws a line a suggestion and returns the rows used.
pub fn draw(model: &Model, pen: &mut Pen, area: Rect) -> u16 {
    let state = &model.cadence;
    if state.suggestions.is_empty() {
        let words = words::cadence::no_suggestions(model.lang);
        let room = area.width.saturating_sub(4);
        pen.text(area.x + 2, area.y + 1, room, words, Tone::Dim);
    }
    let suggestions = &state.suggestions;
    list::draw(
        pen,
        area,
        &state.list,
        suggestions,
        |pen, line, (row, place)| {
            if let Some(row) = model.book.rows().get(*row)
                && let Some(suggestion) = row.standing.suggestions.get(*place)
            {
                draw_one(model, pen, line, &row.account.name, suggestion);
            }
        },
    );
    area.height
}

fn draw_one(model: &Model, pen: &mut Pen, area: Rect, account: &str, suggestion: &Suggestion) {
    let lang = model.lang;
    let name = (area.width / 4).clamp(14, 28);
    pen.text(area.x + 1, area.y, name, account, Tone::Text);
    let advice = 20.min(area.width / 4);
    let words = suggestion.advice.words(lang);
    pen.text(area.x + 2 + name, area.y, advice, words, Tone::Accent);
    let x = area.x + 3 + name + advice;
    let room = area.right().saturating_sub(x + 1);
    let words = words::cadence::suggestion(lang, suggestion);
    pen.text(x, area.y, room, &words, Tone::Dim);
}
