//! The first line of the portfolio: totals by band and by currency, or the filter while it is typed.

use ratatui::layout::Rect;

use crate::app::kit::editor::Editor;
use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::domain::filter::Query;
use crate::domain::health::Band;
use crate::domain::view::Order;
use crate::ui::kit::editor;
use crate::ui::pen::Pen;
use crate::ui::theme::{Theme, Tone};
use crate::words;

/// Draws the line; returns where the caret stands in the filter.
pub fn draw(model: &Model, pen: &mut Pen, area: Rect, wide: bool) -> Option<(u16, u16)> {
    if let Some(typing) = &model.portfolio.typing {
        return filter(model, typing, pen, area);
    }
    let x = totals(model, pen, area, wide);
    let x = bands(model, pen, area, x);
    let notes = notes(model).join(" · ");
    if !notes.is_empty() {
        let room = area.right().saturating_sub(x + 1);
        pen.right(area.right() - 1, area.y, room, &notes, Tone::Accent);
    }
    None
}

/// The filter that is typed, and what it leaves or does not understand.
fn filter(model: &Model, typing: &Editor, pen: &mut Pen, area: Rect) -> Option<(u16, u16)> {
    let lang = model.lang;
    let state = &model.portfolio;
    let x = pen.text(area.x + 1, area.y, area.width, "/ ", Tone::Key);
    let width = (area.width / 2).max(16).min(area.right().saturating_sub(x));
    let caret = editor::field(typing, pen, x, area.y, width);
    let left = words::portfolio::accounts_n(lang, state.shown.len());
    let (words, tone) = match Query::parse(&state.query).unknown.first() {
        Some(word) => (words::filter::no_such(lang, word), Tone::Caution),
        None if let Some(percent) = state.searched() => {
            (words::filter::searching(lang, percent), Tone::Dim)
        }
        None if state.sums.arr.is_empty() => (left, Tone::Text),
        None => (
            format!("{left} · ARR {}", state.sums.arr.short()),
            Tone::Text,
        ),
    };
    let room = area.right().saturating_sub(x + width + 3);
    pen.right(area.right() - 1, area.y, room, &words, tone);
    caret
}

/// How many accounts and how much money; returns the column after them. While the store opens, only
/// the counts of the last session are known.
fn totals(model: &Model, pen: &mut Pen, area: Rect, wide: bool) -> u16 {
    let lang = model.lang;
    let sums = &model.portfolio.sums;
    let count = model.preview.map_or(sums.count, |(count, _)| count);
    let mut money = String::new();
    let mut without = String::new();
    if !sums.arr.is_empty() && model.preview.is_none() {
        money = format!(" · ARR {}", sums.arr.short());
        if sums.without_arr > 0 && wide {
            let n = words::portfolio::without_arr(lang, sums.without_arr);
            without = format!(" ({n})");
        }
    }
    let x = area.x + 1;
    let pieces = [
        (words::portfolio::accounts_n(lang, count), Tone::Title),
        (money, Tone::Text),
        (without, Tone::Dim),
        (" · ".to_owned(), Tone::Dim),
    ];
    let pieces = pieces.each_ref().map(|(text, tone)| (text.as_str(), *tone));
    pen.pieces(x, area.y, area.right() - x, &pieces)
}

/// How many accounts each band has, from column `x`; returns the column after them. The names of the
/// bands are written where all of them have room; a glyph and a number say it too.
fn bands(model: &Model, pen: &mut Pen, area: Rect, mut x: u16) -> u16 {
    let lang = model.lang;
    let sums = &model.portfolio.sums;
    let counts = model.preview.map_or(sums.bands, |(_, bands)| bands);
    let known = model.preview.is_none();
    let churned =
        (known && sums.churned > 0).then(|| words::portfolio::churned_n(lang, sums.churned));
    let archived =
        (known && sums.archived > 0).then(|| words::lifecycle::archived_n(lang, sums.archived));
    let apart: Vec<String> = churned.into_iter().chain(archived).collect();
    let churned = apart.join(" · ");
    let width =
        |band: &Band| wrap::width(band.words(lang)) + counts[band.index()].to_string().len() + 4;
    let long: usize = Band::ALL.iter().map(width).sum::<usize>() + wrap::width(&churned);
    let named = usize::from(x) + long <= usize::from(area.right());
    for band in Band::ALL {
        let n = counts[band.index()];
        let glyph = pen.theme.glyph(*band);
        let text = if named {
            format!("{glyph}{} {n}  ", band.words(lang))
        } else {
            format!("{glyph}{n} ")
        };
        let room = area.right().saturating_sub(x);
        x = pen.text(x, area.y, room, &text, Theme::band(*band));
    }
    let room = area.right().saturating_sub(x);
    pen.text(x, area.y, room, &churned, Tone::Dim)
}

/// What the user chose: selected accounts, another order, a filter.
fn notes(model: &Model) -> Vec<String> {
    let lang = model.lang;
    let state = &model.portfolio;
    let mut notes = Vec::new();
    if !state.selected.is_empty() {
        notes.push(words::portfolio::selected_n(lang, state.selected.len()));
    }
    if state.order != Order::Risk || state.reversed {
        let order = words::portfolio::order_by(lang, state.order.words(lang));
        let reversed = if state.reversed { " ↑" } else { "" };
        notes.push(format!("{order}{reversed}"));
    }
    if !state.query.is_empty() {
        notes.push(format!("/{}", state.query));
    }
    notes
}
