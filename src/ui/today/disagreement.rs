//! One line of where the data of an account disagrees.

use ratatui::layout::Rect;

use crate::app::model::Model;
use crate::domain::conflicts::Conflict;
use crate::domain::ids::AccountId;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// Draws the account, what the disagreement is about, and both sides.
pub fn draw(model: &Model, pen: &mut Pen, area: Rect, (account, conflict): &(AccountId, Conflict)) {
    let lang = model.lang;
    let name = (area.width / 4).clamp(14, 26);
    let account = model.book.name(account);
    pen.text(area.x + 1, area.y, name, account, Tone::Text);
    let kind = (area.width / 4).clamp(16, 28);
    let words = conflict.kind.words(lang);
    pen.text(area.x + 2 + name, area.y, kind, words, Tone::Caution);
    let x = area.x + 3 + name + kind;
    let room = area.right().saturating_sub(x + 1);
    let sides = words::signals::sides(lang, conflict);
    pen.text(x, area.y, room, &sides, Tone::Dim);
}
