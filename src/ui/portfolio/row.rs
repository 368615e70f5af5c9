//! One account of the portfolio. Columns leave as the room gets less; the name always stays.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::columns::{Figure, Places, places};
use crate::app::model::Model;
use crate::domain::facts::outcome::OutcomeKind;
use crate::domain::signals::troubles;
use crate::domain::standing::Row;
use crate::ui::kit::bars::spark;
use crate::ui::kit::columns::{percent, renewal};
use crate::ui::pen::Pen;
use crate::ui::theme::{Theme, Tone};
use crate::words;

/// Draws an account into one line.
pub fn draw(model: &Model, pen: &mut Pen, area: Rect, row: &Row) {
    let places = places(area);
    health(model, pen, area, places.health, row);
    for (figure, cell) in places.figures {
        let (text, tone) = content(model, pen.theme, row, figure);
        pen.right(cell.right(), cell.y, cell.width, &text, tone);
    }
    // The name has the cells of a sign that is not there.
    let mut right = signs(pen, row, &places);
    let archived = row.account.archived.is_some();
    if archived {
        let words = words::lifecycle::archived(model.lang);
        let width = crate::app::kit::wrap::width(words) as u16;
        pen.right(right, area.y, width, words, Tone::Dim);
        right = right.saturating_sub(width + 1);
    }
    let gone = row.standing.churned.is_some() || archived;
    let tone = if gone { Tone::Dim } else { Tone::Text };
    let room = right.saturating_sub(places.name.x);
    pen.text(places.name.x, area.y, room, &row.account.name, tone);
}

/// Whether the account is selected, its band, score and trend.
fn health(model: &Model, pen: &mut Pen, area: Rect, cell: Rect, row: &Row) {
    let health = &row.standing.health;
    let gone = row.standing.churned.is_some() || row.account.archived.is_some();
    let selected = model.portfolio.selected.contains(&row.account.id);
    let (tone, glyph, arrow) = if gone {
        (Tone::Dim, "·", " ")
    } else {
        (
            Theme::band(health.band),
            pen.theme.glyph(health.band),
            pen.theme.arrow(row.standing.trend.d30),
        )
    };
    let score = match health.score {
        Some(n) if !gone => format!("{n:>3}"),
        _ => " --".to_owned(),
    };
    if selected {
        pen.text(area.x, area.y, 1, "*", Tone::Accent);
    }
    let words = format!("{glyph} {score} {arrow}");
    pen.text(cell.x, cell.y, cell.width, &words, tone);
}

/// What a figure says of an account.
fn content(model: &Model, theme: &Theme, row: &Row, figure: Figure) -> (String, Tone) {
    let lang = model.lang;
    let today = model.now.today();
    let s = &row.standing;
    match figure {
        Figure::Actions if s.overdue_actions > 0 => {
            (format!("□{}!", s.open_actions), Tone::Caution)
        }
        Figure::Actions if s.open_actions > 0 => (format!("□{}", s.open_actions), Tone::Dim),
        Figure::Actions => (String::new(), Tone::Dim),
        Figure::Touch => {
            let never = || words::portfolio::never_touched(lang).to_owned();
            let ago = |d: NaiveDate| words::portfolio::touched_ago(lang, (today - d).num_days());
            (s.last_touch.map_or_else(never, ago), Tone::Dim)
        }
        Figure::Change => percent(s.usage_change),
        Figure::Usage => (spark(theme, &s.spark), Tone::Chart),
        Figure::Renewal => match (s.churned, s.renewal) {
            (Some(_), _) => (OutcomeKind::Churned.words(lang).to_owned(), Tone::Dim),
            (None, Some(d)) => (
                words::dates::in_days(lang, (d - today).num_days()),
                renewal(lang, d, today).1,
            ),
            (None, None) => (String::new(), Tone::Dim),
        },
        Figure::Arr => {
            let money = s.arr.map(|m| m.short()).unwrap_or_default();
            (money, Tone::Text)
        }
    }
}

/// The number of bad signals and the sign of an escalation; returns where the name has to end. One signal is
/// noted, two or more ask for action.
fn signs(pen: &mut Pen, row: &Row, places: &Places) -> u16 {
    let s = &row.standing;
    let troubles: Vec<_> = troubles(&s.signals).collect();
    if let (Some(worst), None) = (troubles.first(), s.churned) {
        let tone = if troubles.len() > 1 {
            Tone::Bad
        } else {
            Tone::Caution
        };
        let words = format!("{}{}", pen.theme.signal(worst), troubles.len());
        let cell = places.signals;
        pen.right(cell.right(), cell.y, cell.width, &words, tone);
    }
    let cell = places.escalated;
    if s.escalated_tickets == 0 && !row.account.escalated {
        return cell.right();
    }
    let sign = if pen.theme.ascii { "E" } else { "⚡" };
    pen.right(cell.right(), cell.y, cell.width, sign, Tone::Bad);
    places.name.right()
}
