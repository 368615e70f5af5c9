//! The month as a grid of days.

use chrono::{Datelike, Duration, NaiveDate};
use ratatui::layout::Rect;

use super::{lines, parts};
use crate::app::model::Model;
use crate::domain::cadence::calendar::{Shut, house};
use crate::domain::cadence::plan::Due;
use crate::domain::cadence::schedule::Entry;
use crate::domain::cadence::spread::month_rows;
use crate::ui::kit::layout;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// Draws the month of the chosen day and returns the rows used.
pub fn draw(model: &Model, pen: &mut Pen, area: Rect) -> u16 {
    let lang = model.lang;
    let at = model.cadence.day.unwrap_or(model.now.today());
    let first = at.with_day(1).unwrap_or(at);
    let weeks = month_rows(first);
    let month = first.format(words::dates::month_format(lang));
    let y = area.y.saturating_sub(1);
    pen.text(
        area.x + 1,
        y,
        area.width,
        &format!(" {month} "),
        Tone::Title,
    );
    let width = area.width / 7;
    if width < 4 || area.height < weeks.len() as u16 + 1 {
        let words = words::shell::too_small(lang);
        pen.text(area.x + 1, area.y, area.width, words, Tone::Dim);
        return area.height;
    }
    for (i, name) in (0..).zip(words::dates::weekdays(lang)) {
        let tone = if i > 4 { Tone::Dim } else { Tone::Text };
        let right = area.x + width * (i + 1) - 1;
        pen.right(right, area.y, width - 1, name, tone);
    }
    let height = (area.height - 1) / weeks.len() as u16;
    for (w, monday) in (0..).zip(&weeks) {
        for d in 0..7_u16 {
            let day = *monday + Duration::days(i64::from(d));
            let cell = Rect {
                x: area.x + d * width,
                y: area.y + 1 + w * height,
                width,
                height,
            };
            draw_day(model, pen, cell, day, day.month() == first.month());
        }
    }
    area.height
}

/// One day: its number with the counts beside it, and below them what is on it.
fn draw_day(model: &Model, pen: &mut Pen, cell: Rect, day: NaiveDate, inside: bool) {
    // The last column stays empty, so that the days stand apart.
    let room = Rect {
        width: cell.width.saturating_sub(1),
        ..cell
    };
    for y in cell.top()..cell.bottom() {
        pen.row(room, y, model.cadence.day == Some(day));
    }
    let entries = model.cadence.all_on(day).filter(|e| e.counts());
    let entries: Vec<&Entry> = entries.collect();
    let shut = house(&model.config.cadence, day);
    let x = number(model, pen, room, day, inside, shut.is_some());
    let x = counts(model, pen, room, x, &entries);
    let mut y = cell.y + 1;
    if let Some(shut) = shut.filter(|s| !matches!(s, Shut::Weekend)) {
        let name = words::days_off::short(model.lang, &shut);
        if cell.height > 2 {
            let width = room.width.saturating_sub(1);
            pen.text(room.x + 1, y, width, &name, Tone::Caution);
            y += 1;
        } else {
            let width = room.right().saturating_sub(x);
            pen.text(x, cell.y, width, &name, Tone::Caution);
        }
    }
    let below = Rect {
        x: room.x + 1,
        y,
        width: room.width.saturating_sub(1),
        height: cell.bottom().saturating_sub(y),
    };
    talks(model, pen, below, &entries);
    let free = entries.iter().filter(|e| e.kind.is_talk()).count() < usize::from(below.height);
    if let Some(name) = parts::abroad(model, day).first().filter(|_| free) {
        let last = below.bottom().saturating_sub(1);
        pen.text(below.x, last, below.width, name, Tone::Dim);
    }
    pen.chosen = false;
}

/// The number of the day; returns the column after it.
fn number(
    model: &Model,
    pen: &mut Pen,
    area: Rect,
    day: NaiveDate,
    inside: bool,
    shut: bool,
) -> u16 {
    let today = day == model.now.today();
    // The first column is kept for the sign of the chosen day.
    let (x, number) = if today {
        (area.x, format!("[{}]", day.day()))
    } else {
        (area.x + 1, format!("{} ", day.day()))
    };
    let tone = match (today, inside, shut) {
        (true, ..) => Tone::Key,
        (_, false, _) => Tone::Dim,
        (_, _, true) => Tone::Dim,
        _ => Tone::Text,
    };
    pen.text(x, area.y, area.right().saturating_sub(x), &number, tone)
}

/// How many talks and how many written touches there are; returns the column after them.
fn counts(model: &Model, pen: &mut Pen, area: Rect, mut x: u16, entries: &[&Entry]) -> u16 {
    let talks = entries.iter().filter(|e| e.kind.is_talk()).count();
    let written = entries.len() - talks;
    let (dot, small) = if pen.theme.ascii {
        ("o", ".")
    } else {
        ("●", "·")
    };
    if talks > 0 {
        let today = model.now.today();
        let late = entries.iter().any(|e| e.due(today) == Due::Late);
        let tone = if late { Tone::Bad } else { Tone::Accent };
        let room = area.right().saturating_sub(x);
        x = pen.text(x, area.y, room, &format!("{dot}{talks} "), tone);
    }
    if written > 0 {
        let room = area.right().saturating_sub(x);
        x = pen.text(x, area.y, room, &format!("{small}{written} "), Tone::Dim);
    }
    x
}

/// The talks of a day, a line each; the last line says how many more there are.
fn talks(model: &Model, pen: &mut Pen, area: Rect, entries: &[&Entry]) {
    let talks = entries.iter().filter(|e| e.kind.is_talk());
    let talks: Vec<&&Entry> = talks.collect();
    for (i, (y, entry)) in (area.y..area.bottom()).zip(&talks).enumerate() {
        let left = talks.len() - i;
        if y + 1 == area.bottom() && left > 1 {
            let words = words::cadence::more(model.lang, left);
            pen.text(area.x, y, area.width, &words, Tone::Dim);
            break;
        }
        lines::in_brief(model, pen, layout::line(area, y), entry);
    }
}
