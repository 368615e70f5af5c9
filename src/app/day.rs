//! What is done on the first screen with one key: an action finished, a touch's outcome, an account set
//! aside until tomorrow.

use super::msg::Effect;
use super::{Model, calls, keep, touches};
use crate::domain::action::Status;
use crate::domain::change::{Change, Label};
use crate::domain::priority::Kind;
use crate::domain::settings::aside::Aside;
use crate::words::{self};

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
                let next = crate::domain::action::Action {
                    informed_on: Some(model.now.today()),
                    ..action.clone()
                };
                keep::change_action(model, &action, next, effects);
            }
        }
        Kind::Action | Kind::Promise => {
            if let Some(action) = item.record.and_then(|id| keep::action(model, &id)) {
                let next = action.with_status(Status::Done, model.now.at);
                keep::change_action(model, &action, next, effects);
            }
        }
        Kind::Account | Kind::Renewal => {
            let aside = Aside {
                account: item.account,
                author: model.author.name.clone(),
                day: model.now.today(),
            };
            let before = model.book.asides.get(&aside.key()).cloned();
            let label = Label::Aside {
                account: model.book.name(&aside.account).to_owned(),
            };
            keep::commit(model, label, vec![Change::put(before, aside)], effects);
            model.say(words::cadence::set_aside(model.lang));
        }
    }
}
