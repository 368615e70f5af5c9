//! The history of an account's score: a bar a week, and where the rules changed.

use chrono::Duration;
use ratatui::layout::Rect;

use crate::app::model::Model;
use crate::domain::dossier::Dossier;
use crate::ui::pen::Pen;
use crate::ui::theme::{Theme, Tone};
use crate::words;

const WEEKS: i64 = 18;

/// Draws the bars into the first line of the area and the mark of a change of rules into the second.
pub fn draw(model: &Model, d: &Dossier, pen: &mut Pen, area: Rect) {
    let lang = model.lang;
    let today = model.now.today();
    let title = words::account::history(lang);
    let mut x = pen.text(area.x, area.y, area.width, title, Tone::Dim) + 2;
    for week in (0..WEEKS).rev() {
        let day = today - Duration::days(week * 7);
        let entry = d.history.at(day).filter(|e| (day - e.date).num_days() < 8);
        let (glyph, tone) = entry
            .and_then(|e| {
                let level = (e.score? / 13).min(7);
                Some((pen.theme.spark(level), Theme::band(e.band)))
            })
            .unwrap_or((" ", Tone::Dim));
        x = pen.text(x, area.y, 1, glyph, tone);
    }
    // Where the rules changed, a step in the bars may come from them and not from the customer.
    let changes = d.history.rule_changes();
    let changed = changes.last().copied();
    let Some(changed) = changed.filter(|day| (today - *day).num_days() <= WEEKS * 7) else {
        return;
    };
    let day = words::dates::day(lang, changed, today);
    let words = format!("  {}", words::account::rules_changed(lang, day));
    pen.text(x, area.y, area.right().saturating_sub(x), &words, Tone::Key);
    let week = ((today - changed).num_days() / 7).clamp(0, WEEKS - 1) as u16;
    let mark = if pen.theme.ascii { "^" } else { "△" };
    pen.text(x - 1 - week, area.y + 1, 1, mark, Tone::Key);
}
