//! What is done on the first screen with one key: an action finished, a touch's outcome, an account set
//! aside until tomorrow.

use crate::words;
use std::collections::BTreeSet;

use super::msg::Effect;
use super::{Model, calls, keep, touches};
use crate::domain::action::Status;
use crate::domain::ids::AccountId;
use crate::domain::priority::Kind;

/// Where it is remembered what was set aside today.
pub fn aside_key(author: &str) -> String {
    format!("aside/{author}")
}

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
            model.today.aside.1.insert(item.account);
            let key = aside_key(&model.author.name);
            let body =
                serde_json::json!({ "day": model.now.today(), "accounts": model.today.aside.1 });
            model.drafts.insert(key.clone(), body.clone());
            effects.push(Effect::SaveDraft { key, body });
            model.say(words::cadence::set_aside(model.lang));
        }
    }
}

/// What was set aside earlier on the same day.
pub fn remember(model: &mut Model) {
    let kept = model
        .drafts
        .get(&aside_key(&model.author.name))
        .cloned()
        .unwrap_or_default();
    let day: Option<chrono::NaiveDate> = kept
        .get("day")
        .and_then(|d| serde_json::from_value(d.clone()).ok());
    let accounts: Option<BTreeSet<AccountId>> = kept
        .get("accounts")
        .and_then(|a| serde_json::from_value(a.clone()).ok());
    if let (Some(day), Some(accounts)) = (day, accounts)
        && day == model.now.today()
    {
        model.today.aside = (Some(day), accounts);
    }
}
