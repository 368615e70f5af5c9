//! The portfolio: the sums, the accounts that show, and the chosen one beside them.

mod columns;
mod headings;
mod row;
mod summary;

use ratatui::layout::Rect;

use crate::app::model::Model;
use crate::domain::filter::complete;
use crate::ui::drawn::{Drawn, at};
use crate::ui::kit::{layout, list, preview};
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// Draws the portfolio; the caret stands in the filter while it is typed.
pub fn draw(model: &Model, pen: &mut Pen, area: Rect) -> Drawn {
    let side = layout::beside(area.width);
    let caret = summary::draw(model, pen, layout::line(area, area.y), side > 0);
    pen.rule(area.x, area.y + 1, area.width);
    let body = layout::below(area, 2);
    let (main, side) = layout::split(body, side);
    if model.portfolio.typing.is_some() {
        help(model, pen, layout::line(area, area.y + 1));
    } else {
        headings::draw(model, pen, layout::line(main, area.y + 1));
    }
    rows(model, pen, main);
    if let Some(side) = side {
        layout::wall(pen, side);
        if let Some(row) = model.portfolio.current(&model.book) {
            preview::draw(model, row, pen, side);
        }
    }
    at(body.height, area.width, caret)
}

/// How the filter may go on while it is typed; at the beginning of a word, some of those there are.
fn help(model: &Model, pen: &mut Pen, area: Rect) {
    /// More are not read while typing.
    const SHOWN: usize = 8;
    let lang = model.lang;
    let ways = complete(&model.portfolio.query);
    let Some((first, others)) = ways.split_first() else {
        let keys = format!(" {} ", words::problems::filter_keys(lang));
        pen.text(area.x + 1, area.y, area.width - 2, &keys, Tone::Dim);
        return;
    };
    let meaning = match first.is_value {
        true => String::new(),
        false => format!(" {}", words::filter::meaning(lang, first.word)),
    };
    let others = others.iter().take(SHOWN).map(|way| way.shown.as_str());
    let others: Vec<&str> = others.collect();
    let others = match others.is_empty() {
        true => " ".to_owned(),
        false => format!(" · {} ", others.join(" ")),
    };
    let pieces = [
        (" Tab ", Tone::Key),
        (first.shown.as_str(), Tone::Text),
        (meaning.as_str(), Tone::Dim),
        (others.as_str(), Tone::Dim),
    ];
    pen.pieces(area.x + 1, area.y, area.width - 2, &pieces);
}

fn rows(model: &Model, pen: &mut Pen, area: Rect) {
    let state = &model.portfolio;
    if state.shown.is_empty() {
        return nothing(model, pen, area);
    }
    list::draw(pen, area, &state.list, &state.shown, |pen, line, place| {
        row::draw(model, pen, line, &model.book.with_archived()[*place]);
    });
}

/// Why no account shows.
fn nothing(model: &Model, pen: &mut Pen, area: Rect) {
    let lang = model.lang;
    let empty = model.book.rows().is_empty();
    let words = match (empty, model.ready) {
        (true, false) => words::common::opening(lang),
        (true, true) => words::portfolio::no_accounts(lang),
        (false, _) => words::portfolio::nothing_matches(lang),
    };
    let (x, width) = (area.x + 2, area.width.saturating_sub(4));
    pen.text(x, area.y + 1, width, words, Tone::Title);
    if empty && model.ready {
        let room = Rect {
            x,
            width,
            ..layout::below(area, 3)
        };
        let hint = words::portfolio::no_accounts_hint(lang);
        pen.wrapped(room, hint, Tone::Dim);
    }
}
