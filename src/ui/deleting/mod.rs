//! The question whether to delete a record.

use ratatui::layout::Rect;

use crate::app::deleting::state::Layer;
use crate::app::model::Model;
use crate::ui::drawn::Drawn;
use crate::ui::kit::notice;
use crate::ui::pen::Pen;
use crate::words;

/// Draws the question over what is there.
pub fn draw_layer(model: &Model, pen: &mut Pen, area: Rect, layer: &Layer) -> Drawn {
    let ask = words::shell::delete_ask(model.lang, &layer.what);
    let keys = words::shell::delete_keys(model.lang);
    notice::draw(pen, area, "", &[ask], 0, keys)
}
