//! What was kept of what was planned, by tier and by person.

use ratatui::layout::Rect;

use crate::app::cadence::state::Group;
use crate::app::model::Model;
use crate::domain::cadence::adherence::{Adherence, rate};
use crate::ui::kit::columns::headings;
use crate::ui::kit::{layout, list};
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// Draws the table and returns how many of its rows are in sight.
pub fn draw(model: &Model, pen: &mut Pen, area: Rect) -> u16 {
    let lang = model.lang;
    let state = &model.cadence;
    if state.kept.is_empty() {
        let words = words::cadence::no_kept(lang);
        let room = area.width.saturating_sub(4);
        pen.text(area.x + 2, area.y + 1, room, words, Tone::Dim);
        return area.height;
    }
    let title = words::cadence::kept_target(lang, model.config.cadence.target);
    let top = layout::line(area, area.y);
    headings(pen, top, &[(1, &title)]);
    let heads = [
        words::cadence::done_word(lang),
        words::cadence::planned_word(lang),
        "%",
        words::cadence::overdue_word(lang),
        words::cadence::late_word(lang),
        words::cadence::skipped_word(lang),
        words::cadence::kept_attended(lang),
        words::cadence::kept_no_show(lang),
        words::cadence::kept_moved(lang),
    ];
    let heads = heads.map(|word| (format!(" {word}"), Tone::Dim));
    cells(pen, top, &heads);
    let body = layout::below(area, 1);
    list::draw(
        pen,
        body,
        &state.list,
        &state.kept,
        |pen, line, (group, kept)| {
            row(model, pen, line, group, kept);
        },
    );
    body.height
}

/// Columns of the name of a tier or a person.
fn name_width(area: Rect) -> u16 {
    (area.width / 4).clamp(12, 30)
}

/// Columns of the figures, from the left to the right.
const WIDTHS: [u16; 9] = [5, 8, 5, 8, 10, 8, 9, 8, 14];

/// Draws the figures that have room after the name; returns the column after all of them.
fn cells(pen: &mut Pen, area: Rect, cells: &[(String, Tone); 9]) -> u16 {
    let mut x = area.x + name_width(area) + 1;
    for ((text, tone), width) in cells.iter().zip(WIDTHS) {
        if x + width < area.right() {
            pen.right(x + width, area.y, width, text, *tone);
        }
        x += width + 1;
    }
    x
}

fn row(model: &Model, pen: &mut Pen, area: Rect, group: &Group, kept: &Adherence) {
    let lang = model.lang;
    let (name, tone) = match group {
        Group::Tier(tier) => (tier.words(lang), Tone::Title),
        Group::Person(person) if person.is_empty() => (words::cadence::nobody(lang), Tone::Text),
        Group::Person(person) => (person.as_str(), Tone::Text),
    };
    pen.text(area.x + 1, area.y, name_width(area), name, tone);
    let x = cells(pen, area, &figures(kept, model.config.cadence.target));
    if kept.light && x + 2 < area.right() {
        let words = words::cadence::kept_light(lang, kept.done, kept.planned());
        let room = area.right().saturating_sub(x + 2);
        pen.text(x + 1, area.y, room, &words, Tone::Dim);
    }
}

fn figures(kept: &Adherence, target: u8) -> [(String, Tone); 9] {
    let percent = kept.percent();
    let overdue = if kept.overdue > 0 {
        Tone::Bad
    } else {
        Tone::Text
    };
    let attended = rate(u32::from(kept.done + kept.extra), u32::from(kept.invited()));
    let tone = match percent {
        Some(p) if p >= u32::from(target) => Tone::Good,
        Some(p) if p * 4 >= u32::from(target) * 3 => Tone::Caution,
        Some(_) => Tone::Bad,
        None => Tone::Dim,
    };
    let share = |p: Option<u32>| p.map_or_else(|| "—".to_owned(), |p| format!("{p}%"));
    [
        (kept.done.to_string(), Tone::Text),
        (kept.planned().to_string(), Tone::Text),
        (share(percent), tone),
        (kept.overdue.to_string(), overdue),
        (kept.late.to_string(), Tone::Text),
        (kept.skipped.to_string(), Tone::Text),
        (share(attended), Tone::Text),
        ((kept.no_show + kept.declined).to_string(), Tone::Text),
        (
            format!("{}/{}", kept.moved_by_us, kept.moved_by_them),
            Tone::Text,
        ),
    ]
}
