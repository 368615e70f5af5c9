//! One account of the portfolio. Columns leave as the room gets less; the name always stays.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::columns::{Column, fitting};
use crate::app::model::Model;
use crate::domain::facts::feedback::OutcomeKind;
use crate::domain::signals::troubles;
use crate::domain::standing::Row;
use crate::ui::kit::bars::spark;
use crate::ui::kit::columns::{percent, renewal};
use crate::ui::pen::Pen;
use crate::ui::theme::{Theme, Tone};
use crate::words;

/// From this width the signals are counted.
const SIGNALS: u16 = 56;

/// Draws an account into one line.
pub fn draw(model: &Model, pen: &mut Pen, area: Rect, row: &Row) {
    let left = health(model, pen, area, row);
    let mut right = area.right() - 1;
    for (column, cell) in fitting(area) {
        let (text, tone) = content(model, pen.theme, row, column);
        pen.right(cell.right(), cell.y, cell.width, &text, tone);
        right = cell.x - 1;
    }
    right = signs(pen, area, row, right);
    let archived = row.account.archived.is_some();
    if archived {
        let words = words::lifecycle::archived(model.lang);
        let width = crate::app::kit::wrap::width(words) as u16;
        right = right.saturating_sub(1);
        pen.right(right, area.y, width, words, Tone::Dim);
        right = right.saturating_sub(width + 1);
    }
    let gone = row.standing.churned.is_some() || archived;
    let tone = if gone { Tone::Dim } else { Tone::Text };
    let room = right.saturating_sub(left);
    pen.text(left, area.y, room, &row.account.name, tone);
}

/// Whether the account is selected, its band, score and trend; returns where the name begins.
fn health(model: &Model, pen: &mut Pen, area: Rect, row: &Row) -> u16 {
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
    let mark = if selected { "*" } else { " " };
    let mut x = pen.text(area.x, area.y, 1, mark, Tone::Accent);
    pen.text(x, area.y, 2, glyph, tone);
    x = pen.text(x + 2, area.y, 3, &score, tone);
    pen.text(x, area.y, 2, &format!(" {arrow}"), tone) + 1
}

/// What a column says of an account.
fn content(model: &Model, theme: &Theme, row: &Row, column: Column) -> (String, Tone) {
    let lang = model.lang;
    let today = model.now.today();
    let s = &row.standing;
    match column {
        Column::Actions if s.overdue_actions > 0 => {
            (format!("□{}!", s.open_actions), Tone::Caution)
        }
        Column::Actions if s.open_actions > 0 => (format!("□{}", s.open_actions), Tone::Dim),
        Column::Actions => (String::new(), Tone::Dim),
        Column::Touch => {
            let never = || words::portfolio::never_touched(lang).to_owned();
            let ago = |d: NaiveDate| words::portfolio::touched_ago(lang, (today - d).num_days());
            (s.last_touch.map_or_else(never, ago), Tone::Dim)
        }
        Column::Change => percent(s.usage_change),
        Column::Usage => (spark(theme, &s.spark), Tone::Chart),
        Column::Renewal => match (s.churned, s.renewal) {
            (Some(_), _) => (OutcomeKind::Churned.words(lang).to_owned(), Tone::Dim),
            (None, Some(d)) => (
                words::dates::in_days(lang, (d - today).num_days()),
                renewal(lang, d, today).1,
            ),
            (None, None) => (String::new(), Tone::Dim),
        },
        Column::Arr => {
            let money = s.arr.map(|m| m.short()).unwrap_or_default();
            (money, Tone::Text)
        }
    }
}

/// The number of bad signals and the sign of an escalation, from `right` to the left; returns where
/// they begin. One signal is noted, two or more ask for action.
fn signs(pen: &mut Pen, area: Rect, row: &Row, mut right: u16) -> u16 {
    let s = &row.standing;
    if area.width >= SIGNALS {
        let troubles: Vec<_> = troubles(&s.signals).collect();
        if let (Some(worst), None) = (troubles.first(), s.churned) {
            let tone = if troubles.len() > 1 {
                Tone::Bad
            } else {
                Tone::Caution
            };
            let words = format!("{}{}", pen.theme.signal(worst), troubles.len());
            pen.right(right, area.y, 3, &words, tone);
        }
        right -= 4;
    }
    if s.escalated_tickets > 0 || row.account.escalated {
        let sign = if pen.theme.ascii { "E" } else { "⚡" };
        pen.right(right, area.y, 2, sign, Tone::Bad);
        right -= 2;
    }
    right
}
