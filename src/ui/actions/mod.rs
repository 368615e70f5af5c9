//! Actions: one line each, what is late first.

use ratatui::layout::Rect;

use crate::app::actions::state::Tab;
use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::ui::drawn::{Drawn, at};
use crate::ui::kit::columns::headings;
use crate::ui::kit::{action, layout, list, tabs};
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// From this width the sign of a promise is explained.
const MARK: u16 = 60;

/// Draws the strip of tabs, the words over the columns, and a line an action.
pub fn draw(model: &Model, pen: &mut Pen, area: Rect) -> Drawn {
    let lang = model.lang;
    let today = model.now.today();
    let shown = model
        .actions
        .listing(&model.book, &model.author.name, today);
    strip(model, pen, area, shown.len(), shown.overdue);
    let owner = model.actions.tab != Tab::Mine;
    heads(
        model,
        pen,
        layout::line(area, area.y + 1),
        owner,
        shown.promised,
    );
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
    let names: Vec<&str> = Tab::ALL.iter().map(|tab| tab.words(lang)).collect();
    let open = Tab::ALL.iter().position(|tab| *tab == model.actions.tab);
    let line = layout::inset(layout::line(area, area.y));
    let x = tabs::strip(pen, line, &names, open.unwrap_or(0), 1) + 1;
    let counts = format!(
        "{} · {}",
        words::actions::actions_n(lang, shown),
        words::actions::overdue_n(lang, overdue)
    );
    let room = area.right().saturating_sub(x + 1);
    pen.right(area.right() - 1, area.y, room, &counts, Tone::Dim);
}

/// The words over the columns, and what the sign of a promise means where there is one.
fn heads(model: &Model, pen: &mut Pen, area: Rect, owner: bool, promised: bool) {
    let lang = model.lang;
    let [_, due, what, account, ..] = action::columns(model, area, true, owner);
    let heads = [
        (due, words::portfolio::column_due(lang)),
        (what, words::portfolio::column_what(lang)),
        (account, words::portfolio::column_account(lang)),
    ];
    let mark = format!(" {} ", words::actions::promise_mark(lang));
    let width = wrap::width(&mark) as u16;
    let mark = Some(mark).filter(|_| promised && area.width >= MARK);
    // A word that the mark would cut is left out.
    let end = area.right() - 1 - mark.as_ref().map_or(0, |_| width);
    let has_room =
        |(cell, word): &(Rect, &str)| cell.width > 0 && cell.x + (wrap::width(word) as u16) < end;
    let heads = heads.into_iter().filter(has_room);
    let heads: Vec<(u16, &str)> = heads.map(|(cell, word)| (cell.x - 1, word)).collect();
    headings(pen, area, &heads);
    if let Some(mark) = mark {
        pen.right(area.right() - 1, area.y, width, &mark, Tone::Key);
    }
}
