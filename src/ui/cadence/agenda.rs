//! Touches by day: the list of all, and those of one day beside the month or the week.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::lines;
use super::parts::{self, day};
use crate::app::cadence::state::Fold;
use crate::app::model::Model;
use crate::domain::cadence::calendar::house;
use crate::ui::kit::{layout, list};
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// Draws the touches of all days and returns the rows used. A day is written once, at its first touch.
/// The last line has the whole reason of the touch under the cursor, because columns cut it.
pub fn draw(model: &Model, pen: &mut Pen, whole: Rect) -> u16 {
    let state = &model.cadence;
    let area = Rect {
        height: whole.height.saturating_sub(1),
        ..whole
    };
    if let Some(entry) = state.entry()
        && let Some(row) = model.book.rows().get(entry.row())
    {
        let (why, tone) = lines::why(model, entry, &row.account);
        let room = whole.width.saturating_sub(2);
        pen.text(whole.x + 1, area.bottom(), room, &why, tone);
    }
    if state.entries.is_empty() {
        let room = Rect {
            x: area.x + 2,
            y: area.y + 1,
            width: area.width.saturating_sub(4),
            height: 3,
        };
        let words = words::cadence::nothing_planned(model.lang);
        pen.wrapped(room, words, Tone::Dim);
    }
    // A line below the list for what the hours of a day do not hold.
    let fold = state.fold_near().filter(|_| area.height > 4);
    let area = Rect {
        height: area.height - u16::from(fold.is_some()),
        ..area
    };
    if let Some((at, fold)) = fold {
        let words = format!("{}: {}", day(model, at), fold_words(model, &fold));
        let room = area.width.saturating_sub(2);
        pen.text(area.x + 1, area.bottom(), room, &words, Tone::Caution);
    }
    let day_width = lines::day_width(model);
    let mut before = None;
    list::draw(
        pen,
        area,
        &state.list,
        &state.entries,
        |pen, line, entry| {
            let Some(row) = model.book.rows().get(entry.row()) else {
                return;
            };
            let show = lines::Show {
                name: true,
                day: before != Some(entry.date),
                day_width,
            };
            before = Some(entry.date);
            lines::touch(model, pen, line, entry, &row.account, show);
        },
    );
    area.height
}

fn fold_words(model: &Model, fold: &Fold) -> String {
    let hours = super::hours(fold.room);
    if model.cadence.unfolded {
        words::cadence::unfolded(model.lang, fold.rest, hours)
    } else {
        words::cadence::folded(model.lang, fold.rest, hours)
    }
}

/// The touches of one day, beside the month or the week: two lines each.
pub fn beside(model: &Model, pen: &mut Pen, area: Rect, at: NaiveDate) {
    let lang = model.lang;
    let state = &model.cadence;
    pen.heading(area.x, area.y, area.width, &day(model, at));
    let mut y = area.y + 1;
    if let Some(shut) = house(&model.config.cadence, at) {
        let words = words::days_off::short(lang, &shut);
        pen.text(area.x, y, area.width, &words, Tone::Caution);
        y += 1;
    }
    for words in parts::abroad_in_full(model, at) {
        y += pen.wrapped(layout::from(area, y, u16::MAX), &words, Tone::Dim);
    }
    if let Some(fold) = state.folds.get(&at) {
        let room = Rect {
            y,
            height: 2,
            ..area
        };
        y += pen.wrapped(room, &fold_words(model, fold), Tone::Caution);
    }
    let entries = state.on(at);
    if state.all_on(at).next().is_none() {
        let words = words::cadence::nothing_here(lang);
        pen.text(area.x, y, area.width, words, Tone::Dim);
    }
    for (i, entry) in entries.iter().enumerate() {
        if y + 1 >= area.bottom() {
            let words = words::cadence::more(lang, entries.len() - i);
            pen.text(area.x, y, area.width, &words, Tone::Dim);
            break;
        }
        let Some(row) = model.book.rows().get(entry.row()) else {
            continue;
        };
        pen.fill(area, y, i == state.slot);
        let (glyph, tone) = lines::glyph(pen, entry, model.now.today());
        let time = entry
            .own
            .time
            .map(|at| at.format("%H:%M ").to_string())
            .unwrap_or_default();
        let pieces = [
            (glyph, tone),
            (" ", Tone::Dim),
            (&time, Tone::Key),
            (&row.account.name, Tone::Text),
            (" · ", Tone::Dim),
            (entry.kind.words(lang), Tone::Dim),
        ];
        pen.pieces(area.x, y, area.width, &pieces);
        pen.chosen = false;
        let (why, tone) = lines::why(model, entry, &row.account);
        let room = area.width.saturating_sub(2);
        pen.text(area.x + 2, y + 1, room, &why, tone);
        y += 2;
    }
}
