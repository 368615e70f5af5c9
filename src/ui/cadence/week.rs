//! The week as columns, a day each.

use chrono::{Duration, NaiveDate};
use ratatui::layout::Rect;

use super::{lines, parts};
use crate::app::kit::wrap::width;
use crate::app::model::Model;
use crate::domain::cadence::calendar::house;
use crate::domain::cadence::capacity::monday;
use crate::ui::kit::layout;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// Lines of a day for the holidays of customers; the touches need the rest.
const MOST_ABROAD: usize = 2;

/// The columns of a day at least.
const LEAST: u16 = 11;

/// Draws the week of the chosen day and returns the rows used.
pub fn draw(model: &Model, pen: &mut Pen, area: Rect) -> u16 {
    let at = model.cadence.day.unwrap_or(model.now.today());
    let start = monday(at);
    // The weekend has its columns only where the chosen day is in it, or something is on it.
    let weekend = (5..7).map(|n| start + Duration::days(n));
    let shown = |day| day == at || model.cadence.all_on(day).next().is_some();
    let days = if weekend.into_iter().any(shown) { 7 } else { 5 };
    // Where not all have room, the days around the chosen one show.
    let some = (area.width / LEAST).clamp(1, days);
    let chosen = (at - start).num_days() as u16;
    let first = chosen.saturating_sub(some / 2).min(days - some);
    let column = area.width / some;
    for d in 0..some {
        let day = start + Duration::days(i64::from(first + d));
        let place = Rect {
            x: area.x + d * column,
            width: column.saturating_sub(1),
            ..area
        };
        draw_day(model, pen, place, day, day == at);
    }
    area.height
}

/// One day: its date, why it is shut if it is, and its touches.
fn draw_day(model: &Model, pen: &mut Pen, area: Rect, day: NaiveDate, here: bool) {
    let mut date = parts::day(model, day);
    // Two columns are for the brackets of the chosen day.
    if width(&date) + 2 > usize::from(area.width) {
        date = words::dates::short_day(model.lang, day);
    }
    let date = if here {
        format!("[{date}]")
    } else {
        format!(" {date} ")
    };
    let tone = match (day == model.now.today(), here) {
        (true, _) => Tone::Key,
        (false, true) => Tone::Accent,
        (false, false) => Tone::Text,
    };
    pen.text(area.x, area.y, area.width, &date, tone);
    let mut below = layout::below(area, 1);
    if let Some(shut) = house(&model.config.cadence, day) {
        let words = words::days_off::short(model.lang, &shut);
        pen.text(below.x + 1, below.y, below.width - 1, &words, Tone::Caution);
        below = layout::below(below, 1);
    }
    for words in parts::abroad(model, day).iter().take(MOST_ABROAD) {
        let room = below.width.saturating_sub(1);
        pen.text(below.x + 1, below.y, room, words, Tone::Dim);
        below = layout::below(below, 1);
    }
    touches(model, pen, below, day, here);
}

/// The touches of a day. The chosen one stays in sight; the last line says how many more there are.
fn touches(model: &Model, pen: &mut Pen, area: Rect, day: NaiveDate, here: bool) {
    let entries = model.cadence.on(day);
    let fold = model.cadence.folds.get(&day);
    let fold = fold.filter(|_| !model.cadence.unfolded);
    let mut area = area;
    if let Some(fold) = fold.filter(|_| area.height > 1) {
        area.height -= 1;
        let words = words::cadence::folded_short(model.lang, fold.rest);
        let width = area.width.saturating_sub(1);
        pen.text(area.x + 1, area.bottom(), width, &words, Tone::Caution);
    }
    let slot = here.then_some(model.cadence.slot);
    let rows = usize::from(area.height).max(1);
    let top = slot.map_or(0, |slot| (slot + 1).saturating_sub(rows));
    let shown = entries.iter().enumerate().skip(top);
    for (y, (i, entry)) in (area.y..area.bottom()).zip(shown) {
        let chosen = slot == Some(i);
        if y + 1 == area.bottom() && i + 1 < entries.len() && !chosen {
            let words = words::cadence::more(model.lang, entries.len() - i);
            pen.text(area.x + 1, y, area.width - 1, &words, Tone::Dim);
            break;
        }
        let line = layout::line(area, y);
        pen.fill(line, y, chosen);
        lines::in_brief(model, pen, line, entry);
        pen.chosen = false;
    }
}
