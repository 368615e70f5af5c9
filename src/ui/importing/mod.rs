//! The review of an import: the files, what they would bring, and the names that match no account.

use ratatui::layout::Rect;

use crate::app::importing::state::{Layer, Planned};
use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::ui::drawn::{Drawn, at, centre};
use crate::ui::kit::{layout, list};
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words::{self, Lang};

/// Columns of the kind of rows, and of each of their numbers.
const KIND: usize = 16;
const NUMBER: usize = 10;

/// Draws the review over what is there.
pub fn draw_layer(model: &Model, pen: &mut Pen, area: Rect, review: &Layer) -> Drawn {
    let lang = model.lang;
    let width = area.width.saturating_sub(4).min(100);
    let height = area.height.saturating_sub(2);
    let inside = pen.frame(centre(area, width, height), words::importing::title(lang));
    let text = text(lang, review, usize::from(inside.width));
    // The last line has the keys.
    let end = inside.bottom().saturating_sub(1);
    for (y, (words, tone)) in (inside.y..end).zip(&text) {
        pen.text(inside.x, y, inside.width, words, *tone);
    }
    let mut keys = words::importing::leave(lang);
    let mut rows = 1;
    if let Some(plan) = &review.planned {
        keys = words::importing::keys(lang);
        if !plan.unknown.is_empty() {
            let y = inside.y.saturating_add(text.len() as u16);
            rows = end.saturating_sub(y).max(1);
            let area = Rect {
                y,
                height: rows,
                ..inside
            };
            unknown(lang, pen, area, review, plan);
        }
    }
    pen.text(inside.x, inside.bottom() - 1, inside.width, keys, Tone::Dim);
    at(rows, inside.width, None)
}

/// Everything above the names that match no account.
fn text(lang: Lang, review: &Layer, columns: usize) -> Vec<(String, Tone)> {
    let mut text = Vec::new();
    if let Some(why) = &review.error {
        let failed = words::importing::import_failed(lang, why);
        let lines = wrap::lines(&failed, columns).into_iter();
        text.extend(lines.map(|line| (line, Tone::Bad)));
    }
    let Some(plan) = &review.planned else {
        if review.error.is_none() {
            text.push((words::importing::planning(lang, review.rows), Tone::Dim));
        }
        return text;
    };
    if review.writing {
        let writing = words::importing::writing(lang);
        let rows = words::importing::rows_n(lang, review.rows);
        text.push((format!("{writing} {rows}"), Tone::Accent));
    }
    if review.sheets.len() > 1 {
        let all = words::importing::all_sheets(lang);
        let chosen = review.sheet.as_deref().unwrap_or(all);
        let sheets = review.sheets.join(words::common::list_comma(lang));
        let words = words::importing::sheet(lang, chosen, sheets);
        text.push((words, Tone::Accent));
    }
    for (file, what) in &plan.files {
        let lines = wrap::lines(&format!("{file}: {what}"), columns);
        let tones = [Tone::Text, Tone::Dim, Tone::Dim];
        text.extend(lines.into_iter().zip(tones));
    }
    text.push((String::new(), Tone::Text));
    text.extend(numbers(lang, plan));
    if plan.empty {
        text.push((words::importing::empty(lang).to_owned(), Tone::Good));
    }
    let samples = plan.samples.iter().take(4);
    text.extend(samples.map(|sample| (format!("  + {sample}"), Tone::Good)));
    let rejects = plan.rejects.iter().take(5);
    text.extend(rejects.map(|reject| (format!("  ✗ {reject}"), Tone::Caution)));
    if !plan.unknown.is_empty() {
        text.push((String::new(), Tone::Text));
        text.push((words::importing::unknown(lang).to_owned(), Tone::Title));
    }
    text
}

/// A table: how many rows of each kind are new, changed, unchanged, rejected and flagged.
fn numbers(lang: Lang, plan: &Planned) -> Vec<(String, Tone)> {
    let heads = [
        words::importing::new(lang),
        words::importing::changed(lang),
        words::importing::unchanged(lang),
        words::importing::rejected(lang),
        words::importing::flagged(lang),
    ];
    let heads = heads.map(|word| {
        let gap = NUMBER.saturating_sub(wrap::width(word));
        format!("{}{word}", " ".repeat(gap))
    });
    let head = format!("{}{}", " ".repeat(KIND), heads.concat());
    let rows = plan.kinds.iter().map(|(kind, numbers)| {
        let gap = " ".repeat(KIND.saturating_sub(wrap::width(kind)));
        let numbers: String = numbers.iter().map(|n| format!("{n:>NUMBER$}")).collect();
        format!("{kind}{gap}{numbers}")
    });
    let rejected = plan.kinds.iter().map(|(_, numbers)| numbers[3] > 0);
    let tones = rejected.map(|any| if any { Tone::Caution } else { Tone::Text });
    std::iter::once((head, Tone::Dim))
        .chain(rows.zip(tones))
        .collect()
}

/// The names that match no account, each with how often it stands there and the nearest accounts.
fn unknown(lang: Lang, pen: &mut Pen, area: Rect, review: &Layer, plan: &Planned) {
    list::draw(
        pen,
        area,
        &review.list,
        &plan.unknown,
        |pen, line, (name, n, near)| {
            let near = if near.is_empty() {
                String::new()
            } else {
                format!("  {}: {}", words::shell::nearest(lang), near.join(", "))
            };
            let rows = format!("  {}", words::importing::rows_n(lang, n));
            let pieces = [
                (name.as_str(), Tone::Text),
                (&rows, Tone::Dim),
                (&near, Tone::Accent),
            ];
            let line = layout::inset(line);
            pen.pieces(line.x, line.y, line.width, &pieces);
        },
    );
}
