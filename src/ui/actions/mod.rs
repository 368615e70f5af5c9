//! Actions: one line each, what is late first.

use ratatui::layout::Rect;

use crate::app::actions::state::Tab;
use crate::app::model::Model;
use crate::domain::action::{Action, Status};
use crate::ui::drawn::{Drawn, at};
use crate::ui::kit::columns::{due, headings};
use crate::ui::kit::tabs::tab;
use crate::ui::kit::{layout, list};
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
        |pen, area, place| {
            if let Some(action) = model.actions.at(&model.book, &shown, place) {
                let account = Some(model.book.name(&action.account));
                line(model, pen, area, action, account, owner);
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

/// One action; the account's name where the list spans accounts, the owner where it may be anyone.
pub fn line(
    model: &Model,
    pen: &mut Pen,
    area: Rect,
    a: &Action,
    account: Option<&str>,
    owner: bool,
) {
    let lang = model.lang;
    let (date, tone) = due(lang, a, model.now.today());
    let done = !a.is_open();
    let glyph = match (done, pen.theme.ascii) {
        (true, false) => "✓",
        (true, true) => "x",
        (false, false) => "□",
        (false, true) => "-",
    };
    let mut x = pen.text(
        area.x + 1,
        area.y,
        2,
        glyph,
        if done { Tone::Good } else { Tone::Text },
    ) + 1;
    x = pen.text(x, area.y, 10, &date, if done { Tone::Dim } else { tone });
    x = (x + 1).max(area.x + 12);
    let who = if a.owner.is_empty() {
        a.side.words(lang).to_owned()
    } else {
        a.owner.to_string()
    };
    let mut right = area.right() - 1;
    if area.width >= 60 {
        let status = if a.status == Status::Open {
            String::new()
        } else {
            a.status.words(lang).to_owned()
        };
        pen.right(right, area.y, 8, &status, Tone::Dim);
        right -= 9;
    }
    if area.width >= 50 && owner {
        pen.text(right - 14, area.y, 14, &who, Tone::Dim);
        right -= 15;
    }
    if let Some(name) = account.filter(|_| area.width >= 70) {
        let room = (area.width / 5).clamp(22, 40);
        pen.text(right - room, area.y, room, name, Tone::Dim);
        right -= room + 1;
    }
    if a.promised {
        let mark = if pen.theme.ascii { "P " } else { "◆ " };
        x = pen.text(x, area.y, 2, mark, Tone::Key);
    }
    pen.text(
        x,
        area.y,
        right.saturating_sub(x),
        &a.what,
        if done { Tone::Dim } else { Tone::Text },
    );
}
