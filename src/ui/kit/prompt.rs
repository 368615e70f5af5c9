//! A prompt: one line to type.

use ratatui::layout::Rect;

use crate::app::kit::prompt::Prompt;
use crate::app::model::Model;
use crate::ui::drawn::{Drawn, at, centre};
use crate::ui::kit::editor;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// Draws a prompt over what is there; the caret stands in its line.
pub fn draw(model: &Model, pen: &mut Pen, area: Rect, p: &Prompt) -> Drawn {
    let inside = pen.frame(centre(area, 72, 7), &p.title);
    let caret = editor::field(&p.field, pen, inside.x, inside.y + 1, inside.width);
    let typed = p.field.text();
    let read = || p.reads?.shown(&typed, model.now, model.lang);
    let (text, tone) = match &p.error {
        Some(error) => (error.clone(), Tone::Bad),
        None => read().map_or((p.hint.clone(), Tone::Dim), |read| (read, Tone::Accent)),
    };
    pen.text(inside.x, inside.y + 2, inside.width, &text, tone);
    pen.text(
        inside.x,
        inside.bottom().saturating_sub(1),
        inside.width,
        words::shell::prompt_keys(model.lang),
        Tone::Dim,
    );
    at(1, inside.width, caret)
}
