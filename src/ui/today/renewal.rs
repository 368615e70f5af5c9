//! One line of the renewals ahead: when, how it looks, whose it is, and whether people say otherwise.

use ratatui::layout::Rect;

use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::domain::checkin::wrapup::Judgement;
use crate::domain::priority::Renewal;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// Draws a renewal into one line.
pub fn draw(model: &Model, pen: &mut Pen, area: Rect, renewal: &Renewal) {
    let lang = model.lang;
    let y = area.y;
    let near = if renewal.window <= 30 {
        Tone::Bad
    } else {
        Tone::Dim
    };
    let days = words::dates::in_days(lang, renewal.days);
    pen.right(area.x + 8, y, 7, &days, near);
    pen.text(area.x + 9, y, 11, &renewal.date.to_string(), Tone::Dim);
    let tone = match renewal.call {
        Judgement::Good => Tone::Good,
        Judgement::Watch => Tone::Caution,
        Judgement::AtRisk => Tone::Bad,
    };
    pen.text(area.x + 21, y, 10, renewal.call.words(lang), tone);
    let mut right = area.right() - 1;
    if let Some(row) = model.book.get(&renewal.account) {
        let money = row.standing.arr.map(|m| m.short()).unwrap_or_default();
        pen.right(right, y, 9, &money, Tone::Text);
        right -= 10;
    }
    if let Some((words, tone)) = said(model, renewal) {
        let width = wrap::width(&words) as u16;
        // Agreement is told only where there is much room.
        if area.width > 52 + width && (renewal.disagrees() || area.width >= 96) {
            pen.right(right, y, width, &words, tone);
            right -= width + 1;
        }
    }
    let room = right.saturating_sub(area.x + 32);
    let name = model.book.name(&renewal.account);
    pen.text(area.x + 32, y, room, name, Tone::Text);
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
