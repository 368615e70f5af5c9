//! The question whether to merge or delete an account, with what goes along.

use ratatui::layout::Rect;

use crate::app::lifecycle::state::Layer;
use crate::app::model::Model;
use crate::domain::merging::Weighed;
use crate::services::endings;
use crate::ui::drawn::Drawn;
use crate::ui::kit::notice;
use crate::ui::pen::Pen;
use crate::words;

/// Draws the question over what is there.
pub fn draw_layer(model: &Model, pen: &mut Pen, area: Rect, layer: &Layer) -> Drawn {
    let lang = model.lang;
    let title = endings::title(lang, &layer.weighed);
    let lines = endings::lines(lang, &layer.weighed);
    let keys = match &*layer.weighed {
        Weighed::Merge { .. } => words::lifecycle::merge_keys(lang),
        Weighed::Delete { .. } => words::lifecycle::delete_keys(lang),
    };
    notice::draw(pen, area, &title, &lines, layer.scroll, keys)
}
