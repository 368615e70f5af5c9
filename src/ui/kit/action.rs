//! One action on one line, as all lists of actions show it.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::domain::action::{Action, Status};
use crate::ui::kit::columns::date_width;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words::{self, Lang};

/// Draws the action: its sign, due date and text; at the right the account's name where the list spans
/// accounts, the owner where it may be anyone, and the status. They leave as the room gets less.
pub fn draw(
    model: &Model,
    pen: &mut Pen,
    area: Rect,
    action: &Action,
    account: Option<&str>,
    owner: bool,
) {
    let y = area.y;
    let done = !action.is_open();
    let mut x = when(model, pen, area, action);
    let mut right = area.right() - 1;
    if area.width >= 60 {
        if action.status != Status::Open {
            let status = action.status.words(model.lang);
            pen.right(right, y, 8, status, Tone::Dim);
        }
        right -= 9;
    }
    if area.width >= 50 && owner {
        let who = if action.owner.is_empty() {
            action.side.words(model.lang)
        } else {
            &action.owner
        };
        pen.text(right - 14, y, 14, who, Tone::Dim);
        right -= 15;
    }
    if let Some(name) = account.filter(|_| area.width >= 70) {
        let room = (area.width / 5).clamp(22, 40);
        pen.text(right - room, y, room, name, Tone::Dim);
        right -= room + 1;
    }
    if action.promised {
        let mark = if pen.theme.ascii { "P " } else { "◆ " };
        x = pen.text(x, y, 2, mark, Tone::Key);
    }
    let tone = if done { Tone::Dim } else { Tone::Text };
    pen.text(x, y, right.saturating_sub(x), &action.what, tone);
}

/// Whether it is done, and when it is due; returns the column where its text begins.
fn when(model: &Model, pen: &mut Pen, area: Rect, action: &Action) -> u16 {
    let done = !action.is_open();
    let glyph = match (done, pen.theme.ascii) {
        (true, false) => "✓",
        (true, true) => "x",
        (false, false) => "□",
        (false, true) => "-",
    };
    let tone = if done { Tone::Good } else { Tone::Text };
    let x = pen.text(area.x + 1, area.y, 2, glyph, tone) + 1;
    let (date, tone) = due(model.lang, action, model.now.today());
    let tone = if done { Tone::Dim } else { tone };
    let width = due_width(model.lang, model.now.today());
    pen.text(x, area.y, width, &date, tone);
    x + width + 1
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
