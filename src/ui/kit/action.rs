//! One action on one line, as all lists of actions show it.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::domain::action::{Action, Status};
use crate::ui::kit::columns::date_width;
use crate::ui::kit::room::{Column, share};
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words::{self, Lang};

/// Draws the action: its sign, due date and text; at the right the account's name where the list spans
/// accounts, the owner where it may be anyone, and the status. Status, owner and due date leave as the room
/// gets less.
pub fn draw(
    model: &Model,
    pen: &mut Pen,
    area: Rect,
    action: &Action,
    account: Option<&str>,
    owner: bool,
) {
    let y = area.y;
    let [sign, due, what, name, who, status] = columns(model, area, account.is_some(), owner);
    let (glyph, tone) = glyph(pen, action);
    pen.text(sign.x, y, sign.width, glyph, tone);
    when(model, pen, due, action);
    let mut x = what.x;
    if action.promised {
        let mark = if pen.theme.ascii { "P " } else { "◆ " };
        x = pen.text(x, y, 2, mark, Tone::Key);
    }
    let tone = if action.is_open() {
        Tone::Text
    } else {
        Tone::Dim
    };
    let room = what.right().saturating_sub(x);
    pen.text(x, y, room, &action.what, tone);
    let account = account.unwrap_or_default();
    pen.text(name.x, y, name.width, account, Tone::Dim);
    let by = if action.owner.is_empty() {
        action.side.words(model.lang)
    } else {
        &action.owner
    };
    pen.text(who.x, y, who.width, by, Tone::Dim);
    if action.status != Status::Open {
        let words = action.status.words(model.lang);
        pen.right(status.right(), y, status.width, words, Tone::Dim);
    }
}

/// The places of sign, due date, text, account, owner and status.
pub fn columns(model: &Model, area: Rect, account: bool, owner: bool) -> [Rect; 6] {
    let name = Column::subject(14, (area.width / 5).clamp(22, 40));
    let columns = [
        Column::always(1),
        Column::fixed(due_width(model.lang, model.now.today()), 1),
        Column::text(9, u16::MAX, 0),
        if account { name } else { Column::ABSENT },
        if owner {
            Column::fixed(14, 2)
        } else {
            Column::ABSENT
        },
        Column::fixed(8, 3),
    ];
    share(area, columns)
}

/// Whether it is done.
fn glyph(pen: &Pen, action: &Action) -> (&'static str, Tone) {
    match (action.is_open(), pen.theme.ascii) {
        (false, false) => ("✓", Tone::Good),
        (false, true) => ("x", Tone::Good),
        (true, false) => ("□", Tone::Text),
        (true, true) => ("-", Tone::Text),
    }
}

/// When it is due.
fn when(model: &Model, pen: &mut Pen, cell: Rect, action: &Action) {
    let (date, tone) = due(model.lang, action, model.now.today());
    let tone = if action.is_open() { tone } else { Tone::Dim };
    pen.text(cell.x, cell.y, cell.width, &date, tone);
}

/// The columns of a due date with the sign before it, or of the words where there is none.
fn due_width(lang: Lang, today: NaiveDate) -> u16 {
    let date = date_width(today, |date| words::dates::day(lang, date, today));
    let none = wrap::width(words::actions::no_due(lang)) as u16;
    1 + date.max(none)
}

/// A due date, and its tone: `!` is late, `=` is today.
fn due(lang: Lang, a: &Action, today: NaiveDate) -> (String, Tone) {
    match a.due {
        None => (format!(" {}", words::actions::no_due(lang)), Tone::Dim),
        Some(d) if a.overdue(today) => {
            (format!("!{}", words::dates::day(lang, d, today)), Tone::Bad)
        }
        Some(d) if d == today && a.is_open() => (
            format!("={}", words::dates::day(lang, d, today)),
            Tone::Caution,
        ),
        Some(d) => (
            format!(" {}", words::dates::day(lang, d, today)),
            Tone::Text,
        ),
    }
}
