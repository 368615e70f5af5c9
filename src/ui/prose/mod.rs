//! The import of notes: the editor for a pasted text, and the review of the calls found in it.

mod review;

use ratatui::layout::Rect;

use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::app::prose::state::{Layer, Paste, Stage};
use crate::ui::drawn::{Drawn, at};
use crate::ui::kit::editor;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// Draws the layer over what is there.
pub fn draw_layer(model: &Model, pen: &mut Pen, area: Rect, layer: &Layer) -> Drawn {
    match layer {
        Stage::Paste(paste) => draw_paste(model, pen, area, paste),
        Stage::Review(review) => review::draw(model, pen, area, review),
    }
}

fn draw_paste(model: &Model, pen: &mut Pen, area: Rect, paste: &Paste) -> Drawn {
    let width = if area.width <= 84 {
        area.width
    } else {
        area.width.saturating_sub(4).min(100)
    };
    let title = words::prose::paste_title(model.lang);
    let inside = pen.frame(review::above_footer(area, width), title);
    let keys = words::prose::paste_keys(model.lang);
    let hints = wrap::lines(keys, usize::from(inside.width));
    let below = (hints.len() as u16).min(inside.height.saturating_sub(1));
    let pad = Rect {
        height: inside.height.saturating_sub(below),
        ..inside
    };
    let caret = editor::draw(&paste.editor, pen, pad, None);
    for (y, line) in (pad.bottom()..inside.bottom()).zip(&hints) {
        pen.text(inside.x, y, inside.width, line, Tone::Dim);
    }
    at(pad.height, inside.width.saturating_sub(1), caret)
}
