//! The composer of a note.

use ratatui::layout::Rect;

use crate::app::compose::state::Layer;
use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::ui::drawn::{Drawn, at, centre};
use crate::ui::kit::editor;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

pub fn draw_layer(model: &Model, pen: &mut Pen, area: Rect, c: &Layer) -> Drawn {
    let lang = model.lang;
    let width = if area.width <= 84 {
        area.width
    } else {
        area.width.saturating_sub(4).min(92)
    };
    let columns = usize::from(width.saturating_sub(5)).max(2);
    // As tall as the text needs, so that the account stays in sight behind a short note.
    let text: usize = c
        .editor
        .lines()
        .map(|l| wrap::rows(&l.text, columns).len())
        .sum();
    let tall = (text + 7).clamp(11, 24) as u16;
    let inside = pen.frame(
        centre(area, width, tall.min(area.height.saturating_sub(2))),
        &match &c.talk {
            Some(talk) => {
                let at = talk
                    .at
                    .map(|at| {
                        model
                            .now
                            .zone
                            .local(at)
                            .format(" · %m/%d %H:%M")
                            .to_string()
                    })
                    .unwrap_or_default();
                let with = if talk.with.is_empty() {
                    String::new()
                } else {
                    format!(" · {}", talk.with)
                };
                format!(
                    "{} · {}{with}{at}",
                    words::compose::note_for(lang, &c.name),
                    talk.kind.words(lang)
                )
            }
            None => words::compose::note_for(lang, &c.name),
        },
    );
    let hints = wrap::lines(words::compose::note_keys(lang), usize::from(inside.width));
    let below = (hints.len() as u16).min(inside.height.saturating_sub(1));
    let pad = Rect {
        height: inside.height.saturating_sub(below),
        ..inside
    };
    let caret = editor::draw(&c.editor, pen, pad, None);
    for (dy, line) in hints.iter().take(usize::from(below)).enumerate() {
        pen.text(
            inside.x,
            pad.bottom() + dy as u16,
            inside.width,
            line,
            Tone::Dim,
        );
    }
    at(pad.height, inside.width.saturating_sub(1), caret)
}
