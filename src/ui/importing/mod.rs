//! The review of an import: a line for its state, its sections, and one list of what they have.

mod lines;

use ratatui::layout::Rect;

use crate::app::importing::items::Section;
use crate::app::importing::state::{Layer, Review};
use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::ui::drawn::{Drawn, at, centre};
use crate::ui::kit::list;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words::{self, Lang, import_review as say};

/// Rows below the review: refusals are shown there.
const FOOTER: u16 = 2;

/// Draws the review over what is there.
pub fn draw_layer(model: &Model, pen: &mut Pen, area: Rect, review: &Layer) -> Drawn {
    let lang = model.lang;
    let width = if area.width <= 84 {
        area.width
    } else {
        area.width.saturating_sub(4).min(140)
    };
    let height = area.height.saturating_sub(FOOTER).max(1).min(area.height);
    let free = Rect { height, ..area };
    let inside = pen.frame(centre(free, width, height), words::importing::title(lang));
    let columns = usize::from(inside.width);
    let keys = match (&review.planned, &review.error) {
        (Some(_), None) => say::keys(lang),
        _ => words::importing::leave(lang),
    };
    let keys = wrap::phrases(keys, columns);
    let end = inside.bottom().saturating_sub(keys.len() as u16);
    for (y, line) in (end..inside.bottom()).zip(&keys) {
        pen.text(inside.x, y, inside.width, line, Tone::Dim);
    }
    let mut y = inside.y;
    for (line, tone) in state(lang, review, columns) {
        if y < end {
            pen.text(inside.x, y, inside.width, &line, tone);
            y += 1;
        }
    }
    let Some(planned) = &review.planned else {
        return at(1, inside.width, None);
    };
    if y < end {
        sections(lang, pen, Rect { y, ..inside }, review);
        y += 1;
    }
    let area = Rect {
        y,
        height: end.saturating_sub(y),
        ..inside
    };
    // The state may be older than this size of the window.
    let mut place = review.list;
    place.hold(review.items.len(), usize::from(area.height));
    list::draw(pen, area, &place, &review.items, |pen, line, item| {
        lines::draw(lang, pen, line, review, planned, *item);
    });
    at(area.height.max(1), inside.width, None)
}

/// What the import is doing, or why it stopped; and which sheet is read.
fn state(lang: Lang, review: &Review, columns: usize) -> Vec<(String, Tone)> {
    let mut out = Vec::new();
    if let Some(why) = &review.error {
        let failed = words::importing::import_failed(lang, why);
        let lines = wrap::lines(&failed, columns).into_iter();
        out.extend(lines.map(|line| (line, Tone::Bad)));
        return out;
    }
    if review.writing {
        let writing = words::importing::writing(lang);
        let rows = words::importing::rows_n(lang, review.rows);
        out.push((format!("{writing} {rows}"), Tone::Accent));
    } else if review.reading {
        let reading = words::importing::planning(lang, review.rows);
        out.push((reading, Tone::Dim));
    } else if review.planned.as_ref().is_some_and(|p| p.empty) {
        out.push((words::importing::empty(lang).to_owned(), Tone::Good));
    } else {
        out.push((summary(lang, review), Tone::Text));
    }
    if review.sheets.len() > 1 {
        let all = words::importing::all_sheets(lang);
        let chosen = review.sheet.as_deref().unwrap_or(all);
        let sheets = review.sheets.join(words::common::list_comma(lang));
        let words = words::importing::sheet(lang, chosen, sheets);
        out.push((words, Tone::Accent));
    }
    out
}

/// How many rows are new, changed, unchanged and rejected.
fn summary(lang: Lang, review: &Review) -> String {
    let counts = review.planned.iter().flat_map(|p| &p.counts);
    let sum = counts.fold([0; 4], |[n, c, u, r], (_, k)| {
        [n + k.new, c + k.changed, u + k.unchanged, r + k.rejected]
    });
    let names = [
        words::importing::new(lang),
        words::importing::changed(lang),
        words::importing::unchanged(lang),
        words::importing::rejected(lang),
    ];
    let parts = names.iter().zip(sum).map(|(name, n)| format!("{name} {n}"));
    parts.collect::<Vec<_>>().join(" · ")
}

/// One line with all sections, that of the cursor in the tone of a title.
fn sections(lang: Lang, pen: &mut Pen, area: Rect, review: &Review) {
    let now = review.section();
    let texts = Section::ALL.iter().enumerate().map(|(i, section)| {
        let (name, size) = (
            lines::name(lang, *section),
            lines::size(lang, review, *section),
        );
        format!("{} {name} {size}   ", i + 1)
    });
    let texts: Vec<String> = texts.collect();
    let open = review.unanswered() > 0;
    let pieces = texts.iter().zip(Section::ALL).map(|(text, section)| {
        let tone = match section {
            _ if section == now => Tone::Title,
            Section::Asked if open => Tone::Caution,
            _ => Tone::Dim,
        };
        (text.as_str(), tone)
    });
    let pieces: Vec<(&str, Tone)> = pieces.collect();
    pen.pieces(area.x, area.y, area.width, &pieces);
}
