//! The account's facts during a call, promises first.

use super::state::Layer;
use crate::app::model::Model;
use crate::domain::checkin::propose::Why;
use crate::services::brief;
use crate::words;

/// The most important blocks during a talk, in order. The others follow.
const FIRST: [&str; 5] = ["promises", "tickets_first", "health", "usage", "people"];

pub fn show(model: &mut Model) {
    let Some(call) = &model.call.open else { return };
    let row = model.book.get(&call.checkin.account);
    let (Some(d), Some(row)) = (&call.dossier, row) else {
        return model.refuse(words::common::still_loading(model.lang));
    };
    let mut blocks = brief::blocks(
        (d, model.freshness),
        &row.standing,
        (model.config.scoring_context(), &model.config.templates),
        (call.checkin.template.as_str(), Why::Regular),
        None,
        model.lang,
        model.now,
    );
    // The agenda is already on screen.
    blocks.retain(|b| b.block != "agenda");
    blocks.sort_by_key(|b| {
        let place = FIRST.iter().position(|key| *key == b.block);
        place.unwrap_or(FIRST.len())
    });
    model.lay(Layer::AtHand { blocks, scroll: 0 });
}
