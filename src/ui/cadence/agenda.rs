//! Touches by day: the list of all, and those of one day beside the month or the week.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::lines;
use super::parts::day;
use crate::app::model::Model;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

pub fn draw(model: &Model, pen: &mut Pen, area: Rect) -> u16 {
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
pub fn beside(model: &Model, pen: &mut Pen, area: Rect, at: NaiveDate) {
    let lang = model.lang;
    let state = &model.cadence;
    pen.heading(area.x, area.y, area.width, &day(model, at));
    let mut y = area.y + 1;
    if let Some(shut) = crate::domain::cadence::calendar::house(&model.config.cadence, at) {
        pen.text(
            area.x,
            y,
            area.width,
            &words::cadence::closure(lang, &shut),
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
            words::cadence::nothing_here(lang),
            Tone::Dim,
        );
    }
    for (i, e) in entries.iter().enumerate() {
        if y + 1 >= area.bottom() {
            pen.text(
                area.x,
                y,
                area.width,
                &words::cadence::more(lang, entries.len() - i),
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
                (p.kind.words(lang), Tone::Dim),
            ],
        );
        pen.over = Default::default();
        let (why, tone) = lines::why(model, p, &row.account);
        pen.text(area.x + 2, y + 1, area.width.saturating_sub(2), &why, tone);
        y += 2;
    }
}
