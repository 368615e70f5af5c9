//! Actions: one line each, what is late first.

use ratatui::layout::Rect;

use crate::app::actions::state::Tab;
use crate::app::model::Model;
use crate::ui::drawn::{Drawn, at};
use crate::ui::kit::columns::headings;
use crate::ui::kit::tabs::tab;
use crate::ui::kit::{action, layout, list};
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words::{self, Lang};

/// Draws the strip of tabs, the words over the columns, and a line an action.
pub fn draw(model: &Model, pen: &mut Pen, area: Rect) -> Drawn {
    let lang = model.lang;
    let today = model.now.today();
    let shown = model
        .actions
        .listing(&model.book, &model.author.name, today);
    strip(model, pen, area, shown.len(), shown.overdue);
    heads(lang, pen, layout::line(area, area.y + 1), shown.promised);
    let body = layout::below(area, 2);
    if shown.is_empty() {
        let words = if model.ready {
            words::actions::all_done(lang)
        } else {
            words::common::opening(lang)
        };
        let room = body.width.saturating_sub(4);
        pen.text(body.x + 2, body.y + 1, room, words, Tone::Dim);
    }
    let owner = model.actions.tab != Tab::Mine;
    let places = 0..shown.len();
    list::draw(
        pen,
        body,
        &model.actions.list,
        places,
        |pen, line, place| {
            if let Some(found) = model.actions.at(&model.book, &shown, place) {
                let account = Some(model.book.name(&found.account));
                action::draw(model, pen, line, found, account, owner);
            }
        },
    );
    at(body.height, area.width, None)
}

/// The tabs, and how many actions there are at their right.
fn strip(model: &Model, pen: &mut Pen, area: Rect, shown: usize, overdue: usize) {
    let lang = model.lang;
    let mut x = area.x + 1;
    for each in Tab::ALL {
        let open = *each == model.actions.tab;
        x = tab(pen, (x, area.y), area.right(), each.words(lang), open) + 1;
    }
    let counts = format!(
        "{} · {}",
        words::actions::actions_n(lang, shown),
        words::actions::overdue_n(lang, overdue)
    );
    let room = area.right().saturating_sub(x + 1);
    pen.right(area.right() - 1, area.y, room, &counts, Tone::Dim);
}

/// The words over the columns, and what the sign of a promise means where there is one.
fn heads(lang: Lang, pen: &mut Pen, area: Rect, promised: bool) {
    let words = [
        (2, words::portfolio::column_due(lang)),
        (12, words::portfolio::column_what(lang)),
    ];
    headings(pen, area, &words);
    if promised {
        let mark = format!(" {} ", words::actions::promise_mark(lang));
        pen.right(area.right() - 1, area.y, 20, &mark, Tone::Key);
    }
}
