//! One line of what needs me: its sign, when or what it is, the account, and why it is here.

use ratatui::layout::Rect;

use super::reasons;
use crate::app::model::Model;
use crate::domain::priority::{Item, Kind};
use crate::domain::standing::Row;
use crate::ui::cadence::lines;
use crate::ui::kit::columns::date_width;
use crate::ui::pen::Pen;
use crate::ui::theme::{Theme, Tone};
use crate::words;

/// Draws an item into one line.
pub fn draw(model: &Model, pen: &mut Pen, area: Rect, item: &Item) {
    let row = model.book.get(&item.account);
    let (glyph, tone) = glyph(model, pen, item, row);
    pen.text(area.x + 1, area.y, 2, glyph, tone);
    let width = what_width(model);
    pen.text(area.x + 4, area.y, width, &what(model, item, row), tone);
    let room = (area.width / 3).clamp(14, 30);
    let name = model.book.name(&item.account);
    let x = area.x + 5 + width;
    pen.text(x, area.y, room, name, Tone::Text);
    let (words, tone) = reasons::of(model, item);
    let x = x + room + 1;
    pen.text(x, area.y, area.right().saturating_sub(x + 1), &words, tone);
}

fn glyph(model: &Model, pen: &Pen, item: &Item, row: Option<&Row>) -> (&'static str, Tone) {
    let today = model.now.today();
    let (glyph, tone) = match (item.kind, row) {
        (Kind::Account, Some(row)) => {
            let band = row.standing.health.band;
            (pen.theme.glyph(band), Theme::band(band))
        }
        (Kind::WrapUp, _) => ("✎", Tone::Bad),
        (Kind::Meeting | Kind::Touch, _) => item
            .touch
            .as_ref()
            .map_or(("○", Tone::Text), |p| lines::glyph(pen, p, today)),
        _ if item.latest < today => ("□", Tone::Bad),
        _ => ("□", Tone::Text),
    };
    let plain = matches!(
        item.kind,
        Kind::WrapUp | Kind::Action | Kind::Promise | Kind::Tell | Kind::Renewal | Kind::Case
    );
    (if pen.theme.ascii && plain { "-" } else { glyph }, tone)
}

/// The columns of a date, or of the words that may stand in its place.
fn what_width(model: &Model) -> u16 {
    const WORDS: u16 = 9;
    let today = model.now.today();
    date_width(today, |date| words::dates::day(model.lang, date, today)).max(WORDS)
}

/// The score of an account, the time of a meeting, else the kind of the item.
fn what(model: &Model, item: &Item, row: Option<&Row>) -> String {
    let lang = model.lang;
    let today = model.now.today();
    let kind = || item.kind.words(lang).to_owned();
    match (item.kind, &item.touch) {
        (Kind::Account, _) => row
            .and_then(|r| r.standing.health.score)
            .map_or_else(|| "--".into(), |n| n.to_string()),
        (Kind::Meeting, Some(p)) if p.date < today => words::dates::day(lang, p.date, today),
        (Kind::Meeting, Some(p)) => {
            let time = p.own.time;
            time.map_or_else(kind, |at| at.format("%H:%M").to_string())
        }
        _ => kind(),
    }
}
