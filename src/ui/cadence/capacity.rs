//! The weeks ahead and what they hold.

use ratatui::layout::Rect;

use super::parts::{bar, day, hours};
use crate::app::model::Model;
use crate::domain::cadence::capacity::Week;
use crate::ui::kit::list;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// Draws a line a week and returns the rows used.
pub fn draw(model: &Model, pen: &mut Pen, area: Rect) -> u16 {
    let weeks = model.cadence.weeks.iter().enumerate();
    list::draw(
        pen,
        area,
        &model.cadence.list,
        weeks,
        |pen, line, (i, week)| {
            row(model, pen, line, week, i == 0);
        },
    );
    area.height
}

/// The week's Monday, its load against the budget, a bar, and the numbers of touches.
fn row(model: &Model, pen: &mut Pen, area: Rect, week: &Week, current: bool) {
    let lang = model.lang;
    let y = area.y;
    let tone = if current { Tone::Key } else { Tone::Text };
    pen.text(area.x + 1, y, 14, &day(model, week.monday), tone);
    let over = week.over() > 0;
    let (tone, bar_tone) = if over {
        (Tone::Bad, Tone::Bad)
    } else {
        (Tone::Text, Tone::Chart)
    };
    let load = format!("{} / {}", hours(week.load), hours(week.budget));
    pen.right(area.x + 28, y, 12, &load, tone);
    let room = area.width.saturating_sub(64).clamp(8, 40);
    let bar = bar(pen, week, room);
    let x = pen.text(area.x + 30, y, room, &bar, bar_tone) + 1;
    let talks = format!("{} ", words::cadence::talks(lang, week.talks));
    let written = format!("{} ", words::cadence::written(lang, week.written));
    let too_much = if over {
        words::cadence::over(lang, hours(week.over()))
    } else {
        String::new()
    };
    let pieces = [
        (talks.as_str(), Tone::Dim),
        (&written, Tone::Dim),
        (&too_much, Tone::Bad),
    ];
    pen.pieces(x, y, area.right().saturating_sub(x), &pieces);
}
