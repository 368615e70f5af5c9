//! The month as a grid of days, the week as columns.

use chrono::{Datelike, Duration, NaiveDate};
use ratatui::layout::Rect;

use super::{lines, parts};
use crate::app::model::Model;
use crate::domain::cadence::calendar::house;
use crate::domain::cadence::capacity::monday;
use crate::domain::cadence::plan::Due;
use crate::domain::cadence::schedule::Entry;
use crate::domain::cadence::spread::month_rows;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

pub fn month(model: &Model, pen: &mut Pen, area: Rect) -> u16 {
    let lang = model.lang;
    let today = model.now.today();
    let at = model.cadence.day.unwrap_or(today);
    let first = at.with_day(1).unwrap_or(at);
    let rows = month_rows(first);
    let title = first.format(words::dates::month_format(lang)).to_string();
    pen.text(
        area.x + 1,
        area.y.saturating_sub(1),
        area.width,
        &format!(" {title} "),
        Tone::Title,
    );
    let width = area.width / 7;
    if width < 4 || area.height < rows.len() as u16 + 1 {
        pen.text(
            area.x + 1,
            area.y,
            area.width,
            words::shell::too_small(lang),
            Tone::Dim,
        );
        return area.height;
    }
    for (i, name) in words::dates::weekdays(lang).into_iter().enumerate() {
        pen.right(
            area.x + width * (i as u16 + 1) - 1,
            area.y,
            width - 1,
            name,
            if i > 4 { Tone::Dim } else { Tone::Text },
        );
    }
    let height = (area.height - 1) / rows.len() as u16;
    for (r, start) in rows.iter().enumerate() {
        for c in 0..7_u16 {
            let day = *start + Duration::days(i64::from(c));
            let cell = Rect {
                x: area.x + c * width,
                y: area.y + 1 + r as u16 * height,
                width,
                height,
            };
            month_cell(model, pen, cell, day, day.month() == first.month());
        }
    }
    area.height
}

fn month_cell(model: &Model, pen: &mut Pen, cell: Rect, day: NaiveDate, inside: bool) {
    let lang = model.lang;
    let today = model.now.today();
    let chosen = model.cadence.day == Some(day);
    for y in cell.top()..cell.bottom() {
        pen.row(
            Rect {
                width: cell.width.saturating_sub(1),
                ..cell
            },
            y,
            chosen,
        );
    }
    let shut = house(&model.config.cadence, day);
    let number = if day == today {
        format!("[{}]", day.day())
    } else {
        format!(" {} ", day.day())
    };
    let tone = match (day == today, inside, &shut) {
        (true, ..) => Tone::Key,
        (_, false, _) => Tone::Border,
        (_, _, Some(_)) => Tone::Dim,
        _ => Tone::Text,
    };
    let end = cell.right().saturating_sub(1);
    let mut x = pen.text(cell.x, cell.y, end.saturating_sub(cell.x), &number, tone);
    let entries: Vec<&Entry> = model
        .cadence
        .on(day)
        .iter()
        .filter(|e| e.counts())
        .collect();
    let talks: Vec<&Entry> = entries
        .iter()
        .copied()
        .filter(|e| e.kind.is_talk())
        .collect();
    let late = entries.iter().any(|e| e.due(today) == Due::Late);
    let (dot, small) = if pen.theme.ascii {
        ("o", ".")
    } else {
        ("●", "·")
    };
    // The counts beside the number, what is on the day below it.
    if !talks.is_empty() {
        x = pen.text(
            x,
            cell.y,
            end.saturating_sub(x),
            &format!("{dot}{} ", talks.len()),
            if late { Tone::Bad } else { Tone::Accent },
        );
    }
    let written = entries.len() - talks.len();
    if written > 0 {
        x = pen.text(
            x,
            cell.y,
            end.saturating_sub(x),
            &format!("{small}{written} "),
            Tone::Dim,
        );
    }
    let holiday = shut
        .filter(|s| !matches!(s, crate::domain::cadence::calendar::Shut::Weekend))
        .map(|s| words::cadence::closure(lang, &s));
    let mut y = cell.y + 1;
    if let Some(name) = holiday {
        if cell.height > 2 {
            pen.text(
                cell.x + 1,
                y,
                end.saturating_sub(cell.x + 1),
                &name,
                Tone::Caution,
            );
            y += 1;
        } else {
            pen.text(x, cell.y, end.saturating_sub(x), &name, Tone::Caution);
        }
    }
    for (i, e) in talks.iter().enumerate() {
        let left = talks.len() - i;
        if y >= cell.bottom() {
            break;
        }
        if y + 1 == cell.bottom() && left > 1 {
            pen.text(
                cell.x + 1,
                y,
                end.saturating_sub(cell.x + 1),
                &words::cadence::more(lang, left),
                Tone::Dim,
            );
            break;
        }
        entry(
            model,
            pen,
            Rect {
                x: cell.x + 1,
                y,
                width: end.saturating_sub(cell.x + 1),
                height: 1,
            },
            e,
        );
        y += 1;
    }
    pen.over = Default::default();
}

/// A touch in a narrow place: its sign, time and account.
fn entry(model: &Model, pen: &mut Pen, area: Rect, e: &Entry) {
    let Some(row) = model.book.rows().get(e.row()) else {
        return;
    };
    let (sign, tone) = lines::glyph(pen, e, model.now.today());
    let time = e
        .own
        .time
        .map(|at| at.format("%H:%M").to_string())
        .unwrap_or_default();
    let gap = if time.is_empty() { "" } else { " " };
    pen.pieces(
        area.x,
        area.y,
        area.width,
        &[
            (sign, tone),
            (&time, Tone::Key),
            (gap, Tone::Dim),
            (&row.account.name, Tone::Text),
        ],
    );
}

pub fn week(model: &Model, pen: &mut Pen, area: Rect) -> u16 {
    let lang = model.lang;
    let today = model.now.today();
    let at = model.cadence.day.unwrap_or(today);
    let start = monday(at);
    // The weekend has its columns only when one looks at it, or something is on it.
    let weekend = (5..7).any(|n| {
        start + Duration::days(n) == at || !model.cadence.on(start + Duration::days(n)).is_empty()
    });
    let count = if weekend { 7 } else { 5 };
    let width = area.width / count;
    if width < 6 {
        return area.height;
    }
    for c in 0..count {
        let day = start + Duration::days(i64::from(c));
        let (x, room) = (area.x + c * width, width.saturating_sub(1));
        let here = day == at;
        let name = parts::day(model, day);
        let name = if here {
            format!("[{name}]")
        } else {
            format!(" {name} ")
        };
        pen.text(
            x,
            area.y,
            room,
            &name,
            if day == today {
                Tone::Key
            } else if here {
                Tone::Accent
            } else {
                Tone::Text
            },
        );
        let mut y = area.y + 1;
        if let Some(shut) = house(&model.config.cadence, day) {
            pen.text(
                x + 1,
                y,
                room.saturating_sub(1),
                &words::cadence::closure(lang, &shut),
                Tone::Caution,
            );
            y += 1;
        }
        let entries = model.cadence.on(day);
        // The chosen touch stays in sight.
        let rows = usize::from(area.bottom().saturating_sub(y)).max(1);
        let top = if here {
            (model.cadence.slot + 1).saturating_sub(rows)
        } else {
            0
        };
        for (i, e) in entries.iter().enumerate().skip(top) {
            if y >= area.bottom() {
                break;
            }
            if y + 1 == area.bottom() && i + 1 < entries.len() && !(here && i == model.cadence.slot)
            {
                pen.text(
                    x + 1,
                    y,
                    room.saturating_sub(1),
                    &words::cadence::more(lang, entries.len() - i),
                    Tone::Dim,
                );
                break;
            }
            let line = Rect {
                x,
                y,
                width: room,
                height: 1,
            };
            pen.row(line, y, here && i == model.cadence.slot);
            entry(model, pen, line, e);
            pen.over = Default::default();
            y += 1;
        }
    }
    area.height
}
