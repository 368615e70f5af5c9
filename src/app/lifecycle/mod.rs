//! The life of an account: new, archived and restored, merged with another that is the same customer, deleted.

mod form;
pub mod state;

use super::kit::notice::{YesNo, scroll_key, yes_no};
use super::model::Model;
use super::msg::{Effect as AnyEffect, Screen};
use super::overlay::{Answer, Item};
use super::saving;
use super::verb::{Effects, GLOBAL, Verb, needs_account_and_store, needs_store, verb};
use crate::domain::ids::AccountId;
use crate::domain::merging::Ending;
use crate::keys::{Code, Key};
use crate::ops::{self, Refusal};
use crate::words::{self, Text};
use state::{Effect, Layer, Msg, Reply};

/// Creates an account by hand.
pub const NEW: Verb = verb(
    "account.new",
    &GLOBAL,
    &["N"],
    Text::new("New account", "アカウントを追加"),
    |model, _| form::open(model),
)
.ready(needs_store)
.place(88);

/// Takes an account out of every list, or brings it back.
pub const ARCHIVE: Verb = verb(
    "account.archive",
    &GLOBAL,
    &["Z"],
    Text::new("Archive / restore account", "アカウントをアーカイブ／復帰"),
    archive,
)
.ready(needs_account_and_store)
.place(92);

/// Merges another account into the one under the cursor.
pub const MERGE: Verb = verb(
    "account.merge",
    &GLOBAL,
    &["&"],
    Text::new("Merge accounts", "アカウントを統合"),
    |model, _| choose_other(model),
)
.ready(needs_account_and_store)
.place(94);

/// Deletes the account under the cursor with all its records.
pub const DELETE: Verb = verb(
    "account.delete-account",
    &GLOBAL,
    &["X"],
    Text::new("Delete account", "アカウントを削除"),
    ask_delete,
)
.ready(needs_account_and_store)
.place(96);

pub const VERBS: &[Verb] = &[NEW, ARCHIVE, MERGE, DELETE];

/// Archives the account under the cursor, or restores it.
fn archive(model: &mut Model, effects: &mut Effects) {
    let account = model.subject().and_then(|id| model.account_of(&id));
    let Some(account) = account else { return };
    let archives = account.archived.is_none();
    if archives && is_called(model, &account.id) {
        return model.refuse(words::lifecycle::call_open(model.lang));
    }
    let operation = match archives {
        true => ops::lifecycle::archive(&account, &mut model.by()),
        false => ops::lifecycle::unarchive(&account, &mut model.by()),
    };
    match operation {
        Ok(operation) => {
            let what = words::log::label(model.lang, &operation.label);
            saving::commit(model, operation, effects);
            model.say(words::shell::saved(model.lang, &what));
        }
        Err(refusal) => model.decline(&refusal),
    }
}

/// Whether a check-in with the account is open: its next event would bring back what was removed.
fn is_called(model: &Model, id: &AccountId) -> bool {
    let open = model.call.open.as_ref();
    open.is_some_and(|call| call.checkin.account == *id)
}

/// Offers the accounts that may be the same customer as the one under the cursor.
fn choose_other(model: &mut Model) {
    let account = model.subject().and_then(|id| model.account_of(&id));
    let Some(kept) = account else { return };
    if kept.archived.is_some() {
        return model.refuse(words::lifecycle::kept_is_archived(model.lang, &kept.name));
    }
    let others = model.book.with_archived().iter().map(|r| &r.account);
    let items: Vec<Item> = others
        .filter(|a| a.id != kept.id)
        .map(|a| {
            let reply = Reply::Merge {
                kept: kept.id.clone(),
                other: a.id.clone(),
            };
            let hint = match a.archived {
                Some(_) => format!("{} · {}", a.id, words::lifecycle::archived(model.lang)),
                None => a.id.to_string(),
            };
            Item::new(a.name.clone(), hint, reply)
        })
        .collect();
    if items.is_empty() {
        return model.refuse(words::lifecycle::no_other(model.lang));
    }
    model.offer(
        words::lifecycle::choose_other(model.lang, &kept.name),
        items,
    );
}

/// Asks whether to delete the account under the cursor, with what goes along.
pub fn ask_delete(model: &mut Model, effects: &mut Effects) {
    if let Some(id) = model.subject() {
        weigh(model, Ending::Delete(id), effects);
    }
}

/// Reads what a step would do; its question follows.
fn weigh(model: &mut Model, ending: Ending, effects: &mut Effects) {
    let ends = match &ending {
        Ending::Merge { other, .. } => other,
        Ending::Delete(id) => id,
    };
    if is_called(model, ends) {
        return model.refuse(words::lifecycle::call_open(model.lang));
    }
    effects.push(AnyEffect::Lifecycle(Effect::Weigh(ending)));
}

pub fn answer(
    model: &mut Model,
    reply: Reply,
    answer: Answer,
    effects: &mut Effects,
) -> Result<(), Refusal> {
    match (reply, answer) {
        (Reply::New, Answer::Form(form)) => form::save(model, form, effects)?,
        (Reply::Merge { kept, other }, Answer::Chosen) => {
            weigh(model, Ending::Merge { kept, other }, effects);
        }
        _ => {}
    }
    Ok(())
}

pub fn on(model: &mut Model, msg: Msg, _effects: &mut Effects) {
    match msg {
        // The store may answer late: the question must not cover what the user does meanwhile.
        Msg::Weighed(weighed) => {
            if model.overlays.is_empty() && model.screen != Screen::Call {
                model.lay(Layer { weighed, scroll: 0 });
            }
        }
        Msg::Refused(refusal) => model.decline(&refusal),
    }
}

pub fn layer_key(
    model: &mut Model,
    mut layer: Layer,
    key: Key,
    effects: &mut Effects,
) -> Option<Key> {
    if let Some(to) = scroll_key(key) {
        let (rows, most) = (model.geometry.rows, model.geometry.most);
        layer.scroll = to.scrolled(layer.scroll, most, rows);
        model.lay(layer);
        return None;
    }
    // Enter must never confirm it.
    match yes_no(key).filter(|_| key.as_command().code != Code::Enter) {
        Some(YesNo::Yes) => {
            let ending = layer.weighed.ending();
            effects.push(AnyEffect::Lifecycle(Effect::End(ending)));
        }
        Some(YesNo::No) => {}
        None => model.lay(layer),
    }
    None
}
