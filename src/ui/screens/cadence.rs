//! Cadence: month, week, agenda; what the weeks hold; suggestions; what was kept of what was planned.

mod grid;
pub mod lines;
pub mod spread;
mod tables;

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::super::Drawn;
use super::super::pen::Pen;
use super::super::theme::Tone;
use super::preview;
use crate::app::screens::cadence::Lens;
use crate::app::{Geometry, Model, wrap};
use crate::domain::cadence::capacity::Week;
use crate::words::numbers::number;
use crate::words::{self, Lang};

/// From this width what is chosen stands beside the list.
const WIDE: u16 = 116;

pub fn draw(model: &Model, pen: &mut Pen, area: Rect) -> Drawn {
    let t = model.t();
    let state = &model.cadence;
    let mut x = area.x + 1;
    for lens in Lens::ALL {
        let here = *lens == state.lens;
        let name = lens.words(t);
        let count = if *lens == Lens::Suggestions && !state.suggestions.is_empty() {
            format!(" {}", state.suggestions.len())
        } else {
            String::new()
        };
        let text = if here {
            format!("[{name}{count}]")
        } else {
            format!(" {name}{count} ")
        };
        x = pen.text(
            x,
            area.y,
            area.right().saturating_sub(x),
            &text,
            if here { Tone::Accent } else { Tone::Dim },
        );
    }
    if let Some(week) = state.weeks.first() {
        let whose = if state.all {
            format!("{} · ", words::cadence::everybody(t))
        } else {
            String::new()
        };
        load(
            model,
            pen,
            Rect {
                x: x + 1,
                width: area.right().saturating_sub(x + 2),
                ..area
            },
            week,
            &whose,
        );
    }
    pen.rule(area.x, area.y + 1, area.width);
    let body = Rect {
        y: area.y + 2,
        height: area.height.saturating_sub(2),
        ..area
    };
    if !model.ready && state.entries.is_empty() {
        pen.text(
            body.x + 2,
            body.y + 1,
            body.width,
            words::common::opening(t),
            Tone::Dim,
        );
        return Drawn {
            geometry: Geometry::of(body.height, area.width),
            caret: None,
        };
    }
    let table = matches!(
        state.lens,
        Lens::Capacity | Lens::Suggestions | Lens::Adherence
    );
    let side = if area.width >= WIDE && !table {
        (area.width / 3).clamp(36, 56)
    } else {
        0
    };
    let main = Rect {
        width: body.width - side - u16::from(side > 0),
        ..body
    };
    let rows = match state.lens {
        Lens::Month => grid::month(model, pen, main),
        Lens::Week => grid::week(model, pen, main),
        Lens::Agenda => agenda(model, pen, main),
        Lens::Capacity => tables::capacity(model, pen, main),
        Lens::Suggestions => tables::suggestions(model, pen, main),
        Lens::Adherence => tables::adherence(model, pen, main),
    };
    pen.over = Default::default();
    if side > 0 {
        pen.wall(main.right(), body.y, body.height);
        let right = Rect {
            x: main.right() + 2,
            y: body.y,
            width: side.saturating_sub(2),
            height: body.height,
        };
        match (state.lens, state.day) {
            (Lens::Month | Lens::Week, Some(day)) => beside(model, pen, right, day),
            _ => {
                if let Some(row) = model.subject().and_then(|id| model.book.get(&id)) {
                    preview::draw(model, row, pen, right);
                }
            }
        }
    }
    Drawn {
        geometry: Geometry::of(rows, area.width),
        caret: None,
    }
}

/// Hours in few digits.
pub fn hours(minutes: u32) -> String {
    number((f64::from(minutes) / 6.0).round() / 10.0)
}

/// A week's load as words and a bar, where there is room for them.
pub fn load(model: &Model, pen: &mut Pen, area: Rect, week: &Week, before: &str) {
    let t = model.t();
    let nothing = week.budget == 0 && week.load == 0;
    let told = if nothing {
        words::cadence::week_over(t).to_owned()
    } else {
        words::cadence::week_load(t, hours(week.load), hours(week.budget))
    };
    let words = format!("{before}{told}");
    let tone = if week.over() > 0 {
        Tone::Bad
    } else {
        Tone::Dim
    };
    const BAR: u16 = 10;
    let width = wrap::width(&words) as u16;
    if width + BAR < area.width && !nothing {
        let bar = bar(pen, week, BAR);
        pen.right(
            area.right(),
            area.y,
            BAR,
            &bar,
            if week.over() > 0 {
                Tone::Bad
            } else {
                Tone::Chart
            },
        );
        pen.right(area.right() - BAR - 1, area.y, width, &words, tone);
    } else if width <= area.width {
        pen.right(area.right(), area.y, width, &words, tone);
    }
}

/// How full a week is: filled up to its budget, and an end that says when there is more.
pub fn bar(pen: &Pen, week: &Week, width: u16) -> String {
    let width = usize::from(width);
    let full = if week.budget == 0 {
        if week.load > 0 { width } else { 0 }
    } else {
        (week.load as usize * width)
            .div_ceil(week.budget as usize)
            .min(width)
    };
    let (on, off, over) = if pen.theme.ascii {
        ("#", ".", ">")
    } else {
        ("▓", "░", "▶")
    };
    let mut out = on.repeat(full) + &off.repeat(width - full);
    if week.over() > 0 && width > 0 {
        out = on.repeat(width - 1) + over;
    }
    out
}

/// A day with its weekday.
pub fn day(model: &Model, day: NaiveDate) -> String {
    let t = model.t();
    let weekday = words::dates::weekday(t, chrono::Datelike::weekday(&day));
    match model.lang {
        Lang::Ja => format!(
            "{}({weekday})",
            words::dates::day(t, day, model.now.today())
        ),
        Lang::En => format!("{weekday} {}", words::dates::day(t, day, model.now.today())),
    }
}

fn agenda(model: &Model, pen: &mut Pen, area: Rect) -> u16 {
    let state = &model.cadence;
    if state.entries.is_empty() {
        pen.wrapped(
            Rect {
                x: area.x + 2,
                y: area.y + 1,
                width: area.width.saturating_sub(4),
                height: 3,
            },
            words::cadence::nothing_planned(model.lang),
            Tone::Dim,
        );
    }
    let list = &state.list;
    let mut before = None;
    for (i, e) in state
        .entries
        .iter()
        .enumerate()
        .skip(list.top)
        .take(usize::from(area.height))
    {
        let y = area.y + (i - list.top) as u16;
        pen.row(area, y, i == list.cursor);
        let Some(row) = model.book.rows().get(e.row()) else {
            continue;
        };
        let first = before != Some(e.date);
        before = Some(e.date);
        lines::touch(
            model,
            pen,
            Rect {
                y,
                height: 1,
                ..area
            },
            e,
            &row.account,
            lines::Show {
                name: true,
                day: first,
            },
        );
    }
    area.height
}

/// The touches of a day, beside the month or the week.
fn beside(model: &Model, pen: &mut Pen, area: Rect, at: NaiveDate) {
    let t = model.t();
    let state = &model.cadence;
    pen.heading(area.x, area.y, area.width, &day(model, at));
    let mut y = area.y + 1;
    if let Some(shut) = crate::domain::cadence::calendar::house(&model.config.cadence, at) {
        pen.text(
            area.x,
            y,
            area.width,
            &words::cadence::closure(t, &shut),
            Tone::Caution,
        );
        y += 1;
    }
    let entries = state.on(at);
    if entries.is_empty() {
        pen.text(
            area.x,
            y,
            area.width,
            words::cadence::nothing_here(t),
            Tone::Dim,
        );
    }
    for (i, e) in entries.iter().enumerate() {
        if y + 1 >= area.bottom() {
            pen.text(
                area.x,
                y,
                area.width,
                &words::cadence::more(t, entries.len() - i),
                Tone::Dim,
            );
            break;
        }
        let Some(row) = model.book.rows().get(e.row()) else {
            continue;
        };
        pen.row(area, y, i == state.slot);
        let p = e;
        let (glyph, tone) = lines::glyph(pen, p, model.now.today());
        let time = p
            .own
            .time
            .map(|at| at.format("%H:%M ").to_string())
            .unwrap_or_default();
        pen.pieces(
            area.x,
            y,
            area.width,
            &[
                (glyph, tone),
                (" ", Tone::Dim),
                (&time, Tone::Key),
                (&row.account.name, Tone::Text),
                (" · ", Tone::Dim),
                (p.kind.words(t), Tone::Dim),
            ],
        );
        pen.over = Default::default();
        let (why, tone) = lines::why(model, p, &row.account);
        pen.text(area.x + 2, y + 1, area.width.saturating_sub(2), &why, tone);
        y += 2;
    }
}
