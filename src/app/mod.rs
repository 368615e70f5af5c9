//! The client as one reducer: a message changes the model and returns effects. Must not block, read
//! a clock or touch a terminal.
//!
//! `kit` holds shared parts, each feature has a folder, and `features` lists them. The model is
//! below the verbs; `shell` is above the features and calls them through `tables`.

pub mod absences;
pub mod account;
pub mod actions;
mod asking;
pub mod brief;
pub mod cadence;
pub mod call;
pub mod checkins;
pub mod compose;
pub mod contracts;
pub mod deleting;
pub mod features;
pub mod health;
pub mod importing;
pub mod insights;
pub mod kit;
pub mod lifecycle;
pub mod model;
pub mod msg;
pub mod outcomes;
pub mod overlay;
pub mod place;
pub mod portfolio;
pub mod preferences;
pub mod prose;
pub mod renewals;
pub mod risk;
mod saving;
pub mod search;
pub mod shell;
pub mod tables;
pub mod today;
pub mod touches;
pub mod verb;

use chrono::{DateTime, Utc};

use crate::domain::book::Book;
use crate::domain::ids::AccountId;
use crate::domain::portfolio::held::by_key;
use crate::domain::when::Now;
use crate::keys::Key;
use crate::words;
use model::Model;
use msg::{Effect, Msg, Reply};
use shell::{drafting, events, keys};
use verb::Effects;

/// Applies one message to the model. Returns the effects to run.
pub fn update(model: &mut Model, now: Now, msg: Msg) -> Effects {
    model.now = now;
    let version = model.book.version;
    let mut effects = Vec::new();
    if model.toast.as_ref().is_some_and(|t| now.at >= t.until) {
        model.toast = None;
    }
    if now.today() != model.day {
        model.day = now.today();
        effects.push(Effect::Rescore);
    }
    if let Some(own) = tables::on(model, msg, &mut effects) {
        happened(model, own, &mut effects);
    }
    tables::follow(model);
    drafting::follow(model, &mut effects);
    // Only the current screen is refreshed. The others are refreshed when they are opened.
    (tables::face(model.screen).refresh)(model, &mut effects);
    if model.book.version != version {
        hold(model);
    }
    effects
}

/// Handles the messages that belong to no single feature.
fn happened(model: &mut Model, msg: Msg, effects: &mut Effects) {
    match msg {
        Msg::Key(key) => pressed(model, key, effects),
        Msg::Paste(text) => keys::paste(model, &text, effects),
        Msg::Drafts(drafts) => {
            model.drafts = drafts.into_iter().collect();
            let sent = model.drafts.keys().cloned().collect();
            drafting::restore_unstored(model, sent, effects);
        }
        Msg::Preview {
            rows,
            count,
            bands,
            asides,
        } => {
            model.book = Book::new(rows);
            model.book.held.asides = by_key(asides);
            model.book.version = 1;
            model.today.forget();
            model.portfolio.forget();
            model.risk.forget();
            model.preview = Some((count, bands));
        }
        Msg::Opened(opened) => events::opened(model, *opened, effects),
        Msg::Stored {
            operation,
            rows,
            gone,
        } => events::stored(model, &operation, rows, &gone, effects),
        Msg::NotStored { id, failure } => events::not_stored(model, &id, &failure, effects),
        Msg::Rescored { rows } => model.book.put(rows),
        Msg::Failed(failure) => events::failed(model, &failure),
        Msg::Dossier(dossier, freshness, reply) => {
            events::dossier(model, dossier, freshness, reply, effects);
        }
        Msg::DraftWritten { key } => model.draft_times.written(&key, model.now.at),
        Msg::DraftSaved { key, failed } => draft_saved(model, &key, failed),
        Msg::Edited {
            text,
            file,
            trouble,
        } => {
            let taken = text.is_none_or(|text| keys::edited(model, &text, effects));
            effects.extend(drafting::at_once(model));
            if let Some(file) = file.filter(|_| taken) {
                effects.push(Effect::RemoveEdited(file));
            }
            if let Some(trouble) = trouble {
                model.refuse(trouble);
            }
        }
        Msg::Copied { bytes, path } => model.say(words::shell::copied(model.lang, bytes, &path)),
        Msg::Written { path } => model.say(words::shell::written_to(model.lang, &path)),
        // Nothing to do: a tick, a resize. Feature messages were
        // handled by their feature.
        _ => {}
    }
}

/// Handles a key press. The toast that answered the previous key disappears: a refusal at once,
/// other answers with the screen.
fn pressed(model: &mut Model, key: Key, effects: &mut Effects) {
    let (screen, before) = (model.screen, model.toast.take());
    keys::key(model, key, effects);
    match &mut model.toast {
        Some(toast) => toast.answer = true,
        None => {
            let same = model.screen == screen;
            model.toast = before.filter(|t| !t.answer || (!t.bad && same));
        }
    }
}

fn draft_saved(model: &mut Model, key: &str, failed: bool) {
    let now = model.now.at;
    model.draft_times.saved(key, now);
    if failed {
        drafting::try_again(model, key);
        model.refuse(words::shell::autosave_failed(model.lang));
    } else {
        model.saving.last = Some(now);
    }
}

/// Keeps the visible list within the viewport after either changed.
pub fn hold(model: &mut Model) {
    (tables::face(model.screen).hold)(model);
}

/// When the client needs its next tick; `None` if nothing changes with time.
pub fn next_wake(model: &Model) -> Option<DateTime<Utc>> {
    [
        (tables::face(model.screen).wake)(model),
        call::reminder(model),
        model.toast.as_ref().map(|t| t.until),
        model.draft_times.due,
        Some(model.now.midnight()),
    ]
    .into_iter()
    .flatten()
    .min()
}

/// Starts a check-in with an account for the command line, with the given template or a choice of
/// templates.
pub fn begin_checkin(model: &mut Model, id: AccountId, template: Option<String>) -> Effects {
    let mut effects = Vec::new();
    match template {
        Some(template) => call::start_with(model, id, template, &mut effects),
        None => {
            account::open(model, id.clone(), None, &mut effects);
            let choose: Reply = call::state::Reply::Choose.into();
            model.load_for(id, choose, &mut effects);
        }
    }
    effects
}
