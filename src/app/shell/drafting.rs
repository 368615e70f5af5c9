//! Saves typed text as drafts within a quarter of a second, but never faster than the disk: one
//! draft is written at a time, and the newest text goes next.

use chrono::Duration;

use crate::app::kit::drafts::place_of;
use crate::app::kit::form::Form;
use crate::app::model::Model;
use crate::app::msg::Effect;
use crate::app::overlay::Overlay;
use crate::app::tables;
use crate::app::verb::Effects;

/// Shortest time between two draft writes.
const PAUSE: Duration = Duration::milliseconds(150);
/// Delay before a failed draft is tried again.
const AGAIN: Duration = Duration::seconds(3);

/// Requests a draft write if the text is newer than its draft on disk.
pub fn follow(model: &mut Model, effects: &mut Effects) {
    let now = model.now.at;
    model.draft_times.due = None;
    // Cheap check first: the draft of a long workshop must not be built for every key.
    if !is_newer(model) {
        if model.draft_times.writing.is_none() {
            try_failed(model, effects);
        }
        return;
    }
    if model.draft_times.writing.is_some() {
        // The result of the running write calls this again.
        return;
    }
    if let Some(next) = model
        .draft_times
        .last
        .map(|l| l + PAUSE)
        .filter(|next| *next > now)
    {
        model.draft_times.due = Some(next);
        return;
    }
    effects.extend(at_once(model));
}

/// The draft of the text being typed, if it is newer than the one on disk, without waiting for the pause.
pub fn at_once(model: &mut Model) -> Option<Effect> {
    if !is_newer(model) {
        return None;
    }
    let effect = newest(model)?;
    if let Effect::SaveDraft { key, body } = &effect {
        model.drafts.insert(key.clone(), body.clone());
    }
    if let Effect::SaveDraft { key, .. } | Effect::SaveCall { key, .. } = &effect {
        model.draft_times.writing = Some(key.clone());
    }
    Some(effect)
}

/// Retries a failed draft when its delay has passed.
fn try_failed(model: &mut Model, effects: &mut Effects) {
    let Some(key) = model.draft_times.failed.first().cloned() else {
        return;
    };
    let next = model.draft_times.last.unwrap_or(model.now.at);
    if next > model.now.at {
        model.draft_times.due = Some(next);
    } else if let Some(body) = model.drafts.get(&key).cloned() {
        model.draft_times.writing = Some(key.clone());
        effects.push(Effect::SaveDraft { key, body });
    } else {
        model.draft_times.failed.remove(&key);
    }
}

/// Keeps a draft in memory after a failed write, and schedules a retry.
pub fn try_again(model: &mut Model, key: &str) {
    if model.drafts.contains_key(key) {
        model.draft_times.failed.insert(key.to_owned());
    } else {
        tables::not_written(model, key);
    }
    model.draft_times.last = Some(model.now.at + AGAIN);
}

/// Drafts that must be written before the client closes or is suspended, without waiting for the pause.
pub fn final_drafts(model: &mut Model) -> Effects {
    let failed = model.draft_times.failed.iter().filter_map(|key| {
        Some(Effect::SaveDraft {
            key: key.clone(),
            body: model.drafts.get(key)?.clone(),
        })
    });
    let mut out: Effects = failed.collect();
    out.extend(at_once(model));
    out
}

/// Whether quitting now would lose a draft that exists only in memory.
pub fn would_lose(model: &Model) -> bool {
    let call = model
        .call
        .running()
        .is_some_and(|call| call.saved == u64::MAX);
    call || !model.draft_times.failed.is_empty()
}

fn is_newer(model: &Model) -> bool {
    match form_on_top(model) {
        Some(form) => {
            changed(form).is_some_and(|key| model.drafts.get(key) != Some(&form.values()))
        }
        None => tables::is_newer(model),
    }
}

/// The draft of the text being typed.
fn newest(model: &mut Model) -> Option<Effect> {
    match form_on_top(model) {
        Some(form) => Some(Effect::SaveDraft {
            key: changed(form)?.to_owned(),
            body: form.values(),
        }),
        None => tables::newest(model),
    }
}

/// The form that has the keyboard, if its answers are kept as a draft.
fn form_on_top(model: &Model) -> Option<&Form> {
    match model.overlays.last() {
        Some(Overlay::Form(form, _)) if form.draft.is_some() => Some(form),
        _ => None,
    }
}

/// The draft key of a form whose answers changed.
fn changed(form: &Form) -> Option<&str> {
    let key = form.draft.as_deref()?;
    (form.values() != form.start).then_some(key)
}

/// Saves the answers of a form before the form is left.
pub fn save_answers(model: &mut Model, form: &Form, effects: &mut Effects) {
    if let Some(key) = changed(form) {
        model.save_draft(key.to_owned(), form.values(), effects);
    }
}

/// Restores the drafts of notes that were never stored to where they were typed, in front of any
/// text typed there since.
pub fn restore_unstored(model: &mut Model, keys: Vec<String>, effects: &mut Effects) {
    for sent in keys {
        let Some((key, mut body)) =
            place_of(&sent).and_then(|key| Some((key, model.drafts.remove(&sent)?)))
        else {
            continue;
        };
        let text = |d: &serde_json::Value| d["text"].as_str().unwrap_or_default().to_owned();
        if let Some(later) = model
            .drafts
            .get(&key)
            .map(text)
            .filter(|t| !t.is_empty() && *t != text(&body))
        {
            body["text"] = format!("{}\n{later}", text(&body)).into();
        }
        model.drafts.insert(key.clone(), body.clone());
        if model.draft_times.failed.remove(&sent) {
            model.draft_times.failed.insert(key.clone());
        }
        effects.extend([
            Effect::SaveDraft { key, body },
            Effect::DiscardDraft { key: sent },
        ]);
    }
}
