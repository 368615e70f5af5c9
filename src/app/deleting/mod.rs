//! Deleting a record: confirmed before, and restored by undo.

pub mod state;

use super::kit::notice::{YesNo, yes_no};
use super::model::Model;
use super::saving;
use super::verb::Effects;
use crate::domain::action::Action;
use crate::domain::checkin::Checkin;
use crate::domain::records::Record;
use crate::keys::{Code, Key};
use crate::ops;
use crate::words;
use state::Layer;

/// Asks whether to delete a record, or tells the user that there is none. The title is the one the
/// user knows.
pub fn ask(model: &mut Model, target: Option<(Record, String)>) {
    match target {
        Some((record, what)) => {
            let record = Box::new(record);
            model.lay(Layer { record, what });
        }
        None => model.refuse(words::shell::nothing_to_delete(model.lang)),
    }
}

pub fn layer_key(model: &mut Model, layer: Layer, key: Key, effects: &mut Effects) -> Option<Key> {
    // Enter must never confirm a deletion.
    match yes_no(key).filter(|_| key.as_command().code != Code::Enter) {
        Some(YesNo::Yes) => delete(model, *layer.record, &layer.what, effects),
        Some(YesNo::No) => {}
        None => model.lay(layer),
    }
    None
}

fn delete(model: &mut Model, record: Record, what: &str, effects: &mut Effects) {
    if let Some(checkin) = record.typed::<Checkin>()
        && let Some(call) = &model.call.open
        && call.checkin.id == checkin.id
    {
        model.call.open = None;
    }
    if let Some(action) = record.typed::<Action>() {
        model.actions.just_done.retain(|a| a.id != action.id);
    }
    let operation = ops::records::delete(record, what, &mut model.by());
    saving::commit(model, operation, effects);
    model.say(words::shell::deleted(model.lang, what));
}
