//! The weeks and what they hold, suggestions, adherence.

use ratatui::layout::Rect;

use super::parts::{bar, day, hours};
use crate::app::cadence::state::Group;
use crate::app::model::Model;
use crate::domain::cadence::adherence::{Adherence, rate};
use crate::ui::kit::columns::headings;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

pub fn capacity(model: &Model, pen: &mut Pen, area: Rect) -> u16 {
    let lang = model.lang;
    let list = &model.cadence.list;
    for (i, w) in model
        .cadence
        .weeks
        .iter()
        .enumerate()
        .skip(list.top)
        .take(usize::from(area.height))
    {
        let y = area.y + (i - list.top) as u16;
        pen.row(area, y, i == list.cursor);
        pen.text(
            area.x + 1,
            y,
            14,
            &day(model, w.monday),
            if i == 0 { Tone::Key } else { Tone::Text },
        );
        let over = w.over() > 0;
        pen.right(
            area.x + 28,
            y,
            12,
            &format!("{} / {}", hours(w.load), hours(w.budget)),
            if over { Tone::Bad } else { Tone::Text },
        );
        let room = area.width.saturating_sub(64).clamp(8, 40);
        let text = bar(pen, w, room);
        let mut x = pen.text(
            area.x + 30,
            y,
            room,
            &text,
            if over { Tone::Bad } else { Tone::Chart },
        ) + 1;
        x = pen.text(
            x,
            y,
            area.right().saturating_sub(x),
            &format!("{} ", words::cadence::talks(lang, w.talks)),
            Tone::Dim,
        );
        x = pen.text(
            x,
            y,
            area.right().saturating_sub(x),
            &format!("{} ", words::cadence::written(lang, w.written)),
            Tone::Dim,
        );
        if over {
            pen.text(
                x,
                y,
                area.right().saturating_sub(x),
                &words::cadence::over(lang, hours(w.over())),
                Tone::Bad,
            );
        }
    }
    area.height
}

pub fn suggestions(model: &Model, pen: &mut Pen, area: Rect) -> u16 {
    let lang = model.lang;
    let state = &model.cadence;
    if state.suggestions.is_empty() {
        pen.text(
            area.x + 2,
            area.y + 1,
            area.width.saturating_sub(4),
            words::cadence::no_suggestions(lang),
            Tone::Dim,
        );
    }
    for (i, (row, place)) in state
        .suggestions
        .iter()
        .enumerate()
        .skip(state.list.top)
        .take(usize::from(area.height))
    {
        let y = area.y + (i - state.list.top) as u16;
        let Some(row) = model.book.rows().get(*row) else {
            continue;
        };
        let Some(s) = row.standing.suggestions.get(*place) else {
            continue;
        };
        pen.row(area, y, i == state.list.cursor);
        let name = (area.width / 4).clamp(14, 28);
        pen.text(area.x + 1, y, name, &row.account.name, Tone::Text);
        let advice = s.advice.words(lang);
        let room = 20.min(area.width / 4);
        pen.text(area.x + 2 + name, y, room, advice, Tone::Accent);
        let x = area.x + 3 + name + room;
        pen.text(
            x,
            y,
            area.right().saturating_sub(x + 1),
            &words::cadence::suggestion(lang, s),
            Tone::Dim,
        );
    }
    area.height
}

pub fn adherence(model: &Model, pen: &mut Pen, area: Rect) -> u16 {
    let lang = model.lang;
    let state = &model.cadence;
    if state.kept.is_empty() {
        pen.text(
            area.x + 2,
            area.y + 1,
            area.width.saturating_sub(4),
            words::cadence::no_kept(lang),
            Tone::Dim,
        );
        return area.height;
    }
    let name = (area.width / 4).clamp(12, 30);
    let columns: [(&str, u16); 8] = [
        (words::cadence::done_word(lang), 7),
        (words::cadence::planned_word(lang), 8),
        ("%", 5),
        (words::cadence::late_word(lang), 6),
        (words::cadence::skipped_word(lang), 8),
        (words::cadence::kept_attended(lang), 9),
        (words::cadence::kept_no_show(lang), 8),
        (words::cadence::kept_moved(lang), 14),
    ];
    let title = words::cadence::kept_target(lang, model.config.cadence.target);
    headings(pen, Rect { height: 1, ..area }, &[(1, &title)]);
    let mut x = area.x + name + 1;
    for (word, width) in columns {
        if x + width < area.right() {
            pen.right(x + width, area.y, width, &format!(" {word}"), Tone::Dim);
        }
        x += width + 1;
    }
    let rows = area.height.saturating_sub(1);
    for (i, (group, kept)) in state
        .kept
        .iter()
        .enumerate()
        .skip(state.list.top)
        .take(usize::from(rows))
    {
        let y = area.y + 1 + (i - state.list.top) as u16;
        pen.row(area, y, i == state.list.cursor);
        let label = match group {
            Group::Tier(tier) => tier.words(lang).to_owned(),
            Group::Person(person) if person.is_empty() => words::cadence::nobody(lang).to_owned(),
            Group::Person(person) => person.clone(),
        };
        pen.text(
            area.x + 1,
            y,
            name,
            &label,
            if matches!(group, Group::Tier(_)) {
                Tone::Title
            } else {
                Tone::Text
            },
        );
        let (cells, tone) = cells(kept, model.config.cadence.target);
        let mut x = area.x + name + 1;
        for ((cell, column), (_, width)) in cells.iter().zip(0_usize..).zip(columns) {
            if x + width < area.right() {
                pen.right(
                    x + width,
                    y,
                    width,
                    cell,
                    if column == 2 { tone } else { Tone::Text },
                );
            }
            x += width + 1;
        }
        if kept.light && x + 2 < area.right() {
            pen.text(
                x + 1,
                y,
                area.right().saturating_sub(x + 2),
                &words::cadence::kept_light(lang, kept.done, kept.planned()),
                Tone::Dim,
            );
        }
    }
    rows
}

fn cells(kept: &Adherence, target: u8) -> ([String; 8], Tone) {
    let percent = rate(u32::from(kept.done), u32::from(kept.planned()));
    let attended = rate(u32::from(kept.done + kept.extra), u32::from(kept.invited()));
    let tone = match percent {
        Some(p) if p >= u32::from(target) => Tone::Good,
        Some(p) if p * 4 >= u32::from(target) * 3 => Tone::Caution,
        Some(_) => Tone::Bad,
        None => Tone::Dim,
    };
    let share = |p: Option<u32>| p.map_or_else(|| "—".to_owned(), |p| format!("{p}%"));
    let cells = [
        kept.done.to_string(),
        kept.planned().to_string(),
        share(percent),
        kept.late.to_string(),
        kept.skipped.to_string(),
        share(attended),
        (kept.no_show + kept.declined).to_string(),
        format!("{}/{}", kept.moved_by_us, kept.moved_by_them),
    ];
    (cells, tone)
}
