//! The line above the footer: messages, and whether everything is saved.

use ratatui::layout::Rect;

use crate::app::model::Model;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// Draws the last message, or else whether everything is on disk.
pub fn status(model: &Model, pen: &mut Pen, area: Rect) {
    pen.rule(area.x, area.y, area.width);
    let lang = model.lang;
    if let Some(toast) = &model.toast {
        pen.text(
            area.x + 1,
            area.y,
            area.width - 2,
            &format!(" {} ", toast.text),
            if toast.bad {
                Tone::Caution
            } else {
                Tone::Toast
            },
        );
        return;
    }
    let saving = if model.saving.pending > 0 {
        Some(words::shell::saving(lang).to_owned())
    } else {
        model
            .saving
            .last
            .map(|at| words::shell::saved_at(lang, model.now.zone.local(at).format("%H:%M:%S")))
    };
    let state = if model.ready {
        saving
    } else {
        Some(words::common::opening(lang).to_owned())
    };
    if let Some(text) = state {
        pen.right(
            area.right() - 1,
            area.y,
            area.width / 2,
            &format!(" {text} "),
            Tone::Dim,
        );
    }
}
