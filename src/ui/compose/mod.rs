//! The composer of a note.

use ratatui::layout::Rect;

use crate::app::compose::state::Layer;
use crate::app::kit::reading::Reads;
use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::ui::drawn::{Drawn, at, centre};
use crate::ui::kit::editor;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// Draws the composer over what is there. It is as tall as the text needs, so that the account stays
/// in sight behind a short note.
pub fn draw_layer(model: &Model, pen: &mut Pen, area: Rect, layer: &Layer) -> Drawn {
    let width = if area.width <= 84 {
        area.width
    } else {
        area.width.saturating_sub(4).min(92)
    };
    let columns = usize::from(width.saturating_sub(5)).max(2);
    let lines = layer.editor.lines();
    let rows: usize = lines.map(|l| wrap::rows(&l.text, columns).len()).sum();
    let height = (rows + 7).clamp(11, 24) as u16;
    let height = height.min(area.height.saturating_sub(2));
    let inside = pen.frame(centre(area, width, height), &title(model, layer));
    let keys = words::compose::note_keys(model.lang);
    let mut hints = wrap::lines(keys, usize::from(inside.width));
    // The due dates of the actions, as they are read.
    let text = layer.editor.text();
    let due = Reads::Note.shown(&text, model.now, model.lang);
    let shown = due.is_some();
    hints.splice(0..0, due);
    let below = (hints.len() as u16).min(inside.height.saturating_sub(1));
    let pad = Rect {
        height: inside.height.saturating_sub(below),
        ..inside
    };
    let caret = editor::draw(&layer.editor, pen, pad, None);
    for (n, (y, line)) in (pad.bottom()..inside.bottom()).zip(&hints).enumerate() {
        let tone = if shown && n == 0 {
            Tone::Accent
        } else {
            Tone::Dim
        };
        pen.text(inside.x, y, inside.width, line, tone);
    }
    at(pad.height, inside.width.saturating_sub(1), caret)
}

/// The account; where the note is of a talk, also its kind, with whom, and when.
fn title(model: &Model, layer: &Layer) -> String {
    let lang = model.lang;
    let account = words::compose::note_for(lang, &layer.name);
    let Some(talk) = &layer.talk else {
        return account;
    };
    let kind = talk.kind.words(lang);
    let with = if talk.with.is_empty() {
        String::new()
    } else {
        format!(" · {}", talk.with)
    };
    let at = talk.at.map(|at| {
        let local = model.now.zone.local(at);
        local.format(" · %m/%d %H:%M").to_string()
    });
    format!("{account} · {kind}{with}{}", at.unwrap_or_default())
}
