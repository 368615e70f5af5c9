//! The timeline of an account: what happened, newest first, filtered by the words that were typed.

use ratatui::layout::Rect;

use crate::app::account::entries::text_of;
use crate::app::account::state::Pane;
use crate::app::model::Model;
use crate::domain::dossier::Dossier;
use crate::domain::timeline::{Entry, Kind};
use crate::ui::kit::list;
use crate::ui::kit::room::{Column, share};
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words::{self, Lang};

/// Draws the tab and returns how many entries are in sight.
pub fn draw(model: &Model, state: &Pane, d: &Dossier, pen: &mut Pen, area: Rect) -> u16 {
    let lang = model.lang;
    let shown = state.timeline_shown();
    if !state.filter.is_empty() {
        let words = format!(" /{} ", state.filter);
        let y = area.y.saturating_sub(1);
        pen.right(area.right() - 1, y, 30, &words, Tone::Accent);
    }
    if shown.is_empty() {
        let words = if state.filter.is_empty() {
            words::account::no_timeline(lang)
        } else {
            words::portfolio::nothing_matches(lang)
        };
        pen.text(area.x + 2, area.y + 1, area.width, words, Tone::Dim);
    }
    list::draw(pen, area, state.list(), shown, |pen, line, entry| {
        row(lang, d, pen, line, entry);
    });
    area.height
}

fn row(lang: Lang, d: &Dossier, pen: &mut Pen, area: Rect, entry: Entry) {
    let columns = [
        Column::fixed(10, 1),
        Column::fixed(12, 2),
        Column::subject(16, u16::MAX),
    ];
    let [day, kind, text] = share(area, columns);
    pen.text(day.x, day.y, day.width, &entry.day.to_string(), Tone::Dim);
    let name = entry.kind.words(lang);
    pen.text(kind.x, kind.y, kind.width, name, Tone::Accent);
    // A note of the context log begins with its topic.
    let context = match entry.kind {
        Kind::Note => d.notes[entry.index].context.as_ref(),
        _ => None,
    };
    let topic = context
        .map(|c| format!("[{}] ", c.topic.words(lang)))
        .unwrap_or_default();
    let words = format!("{topic}{}", text_of(d, entry));
    pen.text(text.x, text.y, text.width, &words, Tone::Text);
}
