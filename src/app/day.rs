//! What is done on the first screen with one key: an action finished, a touch's outcome, an account set
//! aside until tomorrow.

use super::msg::Effect;
use super::{Model, calls, keep, touches};
use crate::domain::action::Status;
use crate::domain::priority::Kind;
use crate::ops::{self, Subject};
use crate::words;

pub fn settle(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(item) = model.today.item().cloned() else {
        return model.refuse(words::common::nothing_to_open(model.lang));
    };
    match item.kind {
        Kind::WrapUp => {
            if let Some(id) = item.record {
                calls::reopen(model, &id, effects);
            }
        }
        Kind::Meeting | Kind::Touch => touches::ask_outcome(model, effects),
        Kind::Tell => {
            if let Some(action) = item.record.and_then(|id| keep::action(model, &id)) {
                match ops::actions::inform(&action, &mut model.by()) {
                    Ok(operation) => keep::commit(model, operation, effects),
                    Err(refusal) => model.refuse(refusal.words(model.lang)),
                }
            }
        }
        Kind::Action | Kind::Promise => {
            if let Some(action) = item.record.and_then(|id| keep::action(model, &id)) {
                let operation = ops::actions::set_status(&action, Status::Done, &mut model.by());
                keep::commit(model, operation, effects);
            }
        }
        Kind::Account | Kind::Renewal => {
            let key = (item.account.clone(), model.author.name.clone());
            let held = model.book.asides.get(&key).cloned();
            let name = model.book.name(&item.account).to_owned();
            let of = Subject {
                id: &item.account,
                name: &name,
            };
            let operation = ops::settings::set_aside(of, held, &mut model.by());
            keep::commit(model, operation, effects);
            model.say(words::cadence::set_aside(model.lang));
        }
    }
}
