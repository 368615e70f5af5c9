//! What is being typed goes to disk within a quarter of a second, but never more often than the disk keeps
//! up with: one draft is written at a time, and the newest state goes next.

use chrono::Duration;

use crate::app::kit::drafts::place_of;
use crate::app::kit::form::Form;
use crate::app::model::Model;
use crate::app::msg::Effect;
use crate::app::overlay::Overlay;
use crate::app::tables;
use crate::app::verb::Effects;

/// The least time between two writings of a draft.
const PAUSE: Duration = Duration::milliseconds(150);
/// How long to wait before a draft that could not be written is tried again.
const AGAIN: Duration = Duration::seconds(3);

/// Asks for a draft to be written when what is typed is newer than what is on disk.
pub fn follow(model: &mut Model, effects: &mut Effects) {
    let now = model.now.at;
    model.draft_times.due = None;
    // Asked first what costs nothing: the draft of a long workshop is not made for every key.
    if !is_newer(model) {
        if model.draft_times.writing.is_none() {
            try_failed(model, effects);
        }
        return;
    }
    if model.draft_times.writing.is_some() {
        // Its answer brings us back here.
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
    let Some(effect) = newest(model) else { return };
    if let Effect::SaveDraft { key, body } = &effect {
        model.drafts.insert(key.clone(), body.clone());
    }
    if let Effect::SaveDraft { key, .. } | Effect::SaveCall { key, .. } = &effect {
        model.draft_times.writing = Some(key.clone());
    }
    effects.push(effect);
}

/// A draft that waits for room on the disk, when its time has come.
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

/// The disk did not take a draft: it stays in memory, and is written again soon.
pub fn try_again(model: &mut Model, key: &str) {
    if model.drafts.contains_key(key) {
        model.draft_times.failed.insert(key.to_owned());
    } else {
        tables::not_written(model, key);
    }
    model.draft_times.last = Some(model.now.at + AGAIN);
}

/// Drafts that are not on disk yet, whatever the pause says: what must reach it before the desk closes.
pub fn final_drafts(model: &mut Model) -> Effects {
    let failed = model.draft_times.failed.iter().filter_map(|key| {
        Some(Effect::SaveDraft {
            key: key.clone(),
            body: model.drafts.get(key)?.clone(),
        })
    });
    let mut out: Effects = failed.collect();
    if is_newer(model) {
        out.extend(newest(model));
    }
    out
}

/// Whether leaving now would lose a draft that is in memory alone.
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

/// The draft of what is being typed.
fn newest(model: &mut Model) -> Option<Effect> {
    match form_on_top(model) {
        Some(form) => Some(Effect::SaveDraft {
            key: changed(form)?.to_owned(),
            body: form.values(),
        }),
        None => tables::newest(model),
    }
}

/// The form that has the keyboard, where its answers are kept.
fn form_on_top(model: &Model) -> Option<&Form> {
    match model.overlays.last() {
        Some(Overlay::Form(form, _)) if form.draft.is_some() => Some(form),
        _ => None,
    }
}

/// The draft of a form whose answers changed.
fn changed(form: &Form) -> Option<&str> {
    let key = form.draft.as_deref()?;
    (form.values() != form.start).then_some(key)
}

/// What a form holds goes to disk before the form is left.
pub fn keep_form(model: &mut Model, form: &Form, effects: &mut Effects) {
    if let Some(key) = changed(form) {
        model.save_draft(key.to_owned(), form.values(), effects);
    }
}

/// The drafts of notes that never arrived stand again where they were typed, before what was typed there
/// since.
pub fn come_back(model: &mut Model, keys: Vec<String>, effects: &mut Effects) {
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
