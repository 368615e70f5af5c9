//! A check-in: the agenda while it is set up, the call with its clocks, the finished note.

mod agenda;
mod aids;
mod done;
mod header;
mod layers;
mod live;
mod parts;
mod sections;

pub use layers::draw_layer;

use ratatui::layout::Rect;

use crate::app::call::state::Phase;
use crate::app::model::Model;
use crate::ui::drawn::Drawn;
use crate::ui::pen::Pen;

/// Draws the open check-in in its phase.
pub fn draw(model: &Model, pen: &mut Pen, area: Rect) -> Drawn {
    let Some(state) = &model.call.open else {
        return Drawn::default();
    };
    match state.phase {
        Phase::Agenda => agenda::draw(model, state, pen, area),
        Phase::Live | Phase::WrapUp => live::draw(model, state, pen, area),
        Phase::Done => done::draw(model, state, pen, area),
    }
}
