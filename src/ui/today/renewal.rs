//! One line of the renewals ahead: when, how it looks, whose it is, and whether people say otherwise.

use ratatui::layout::Rect;

use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::domain::checkin::wrapup::Judgement;
use crate::domain::priority::Renewal;
use crate::ui::kit::room::{Column, share};
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words::{self, Lang};

/// Draws a renewal into one line.
pub fn draw(model: &Model, pen: &mut Pen, area: Rect, renewal: &Renewal) {
    let lang = model.lang;
    let y = area.y;
    let [days, date, call, name, said, money] = share(
        area,
        [
            Column::always(6),
            Column::fixed(10, 4),
            Column::fixed(10, 1),
            Column::subject(16, u16::MAX),
            Column::fixed(said_width(lang), 3),
            Column::fixed(9, 2),
        ],
    );
    let near = if renewal.window <= 30 {
        Tone::Bad
    } else {
        Tone::Dim
    };
    let words = words::dates::in_days(lang, renewal.days);
    pen.right(days.right(), y, days.width, &words, near);
    pen.text(date.x, y, date.width, &renewal.date.to_string(), Tone::Dim);
    let tone = match renewal.call {
        Judgement::Good => Tone::Good,
        Judgement::Watch => Tone::Caution,
        Judgement::AtRisk => Tone::Bad,
    };
    pen.text(call.x, y, call.width, renewal.call.words(lang), tone);
    let account = model.book.name(&renewal.account);
    let end = pen.text(name.x, y, name.width, account, Tone::Text);
    // The date is the last day to say no: the line says so where it has room.
    if let Some(on) = renewal.renews_on {
        let words = words::priority::no_until(lang, on);
        let room = name.right().saturating_sub(end + 2);
        pen.text(end + 2, y, room, &words, Tone::Dim);
    }
    if let Some((words, tone)) = self::said(model, renewal) {
        pen.right(said.right(), y, said.width, &words, tone);
    }
    let arr = model
        .book
        .get(&renewal.account)
        .and_then(|row| row.standing.arr);
    if let Some(arr) = arr {
        pen.right(money.right(), y, money.width, &arr.short(), Tone::Text);
    }
}

/// The cells of the longest words about what people said.
fn said_width(lang: Lang) -> u16 {
    let all = [Judgement::Good, Judgement::Watch, Judgement::AtRisk];
    let words = all.map(|said| words::today::said_otherwise(lang, said.words(lang)));
    words.iter().map(|w| wrap::width(w)).max().unwrap_or(0) as u16
}

/// What people say of the renewal, if they do.
fn said(model: &Model, renewal: &Renewal) -> Option<(String, Tone)> {
    let said = renewal.said?.words(model.lang);
    Some(if renewal.disagrees() {
        (
            words::today::said_otherwise(model.lang, said),
            Tone::Caution,
        )
    } else {
        (words::today::said_too(model.lang, said), Tone::Dim)
    })
}
