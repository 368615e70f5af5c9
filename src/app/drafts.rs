//! What is being typed goes to disk within a quarter of a second, but never more often than the
//! disk keeps up with: one draft is written at a time, and the newest state goes next.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, Utc};

use super::Model;
use super::form::FormFor;
use super::msg::Effect;
use super::overlay::Overlay;
use super::screens::live::Phase;

/// The least time between two writings of a draft.
const PAUSE: Duration = Duration::milliseconds(150);

#[derive(Debug, Default)]
pub struct Times {
    writing: Option<String>,
    last: Option<DateTime<Utc>>,
    /// Drafts the disk did not take: they are in memory only, and tried again.
    pub failed: BTreeSet<String>,
    pub due: Option<DateTime<Utc>>,
}

impl Times {
    /// It left the program's hands: the next state may go, after a pause.
    pub fn written(&mut self, key: &str, at: DateTime<Utc>) {
        if self.writing.as_deref() == Some(key) {
            self.writing = None;
            self.last = Some(at);
        }
    }

    /// The disk answered, for good or ill.
    pub fn saved(&mut self, key: &str, at: DateTime<Utc>) {
        self.failed.remove(key);
        self.written(key, at);
    }
}

/// The draft of what the composer holds: a new note, or a change to one.
pub fn compose_key(compose: &super::overlay::Compose, author: &str) -> String {
    match &compose.note {
        Some(note) => format!("{}/{}", note_key(&compose.account, author), note.id),
        None => note_key(&compose.account, author),
    }
}

/// The composer's draft as it lies on disk.
pub fn compose_body(compose: &super::overlay::Compose) -> serde_json::Value {
    serde_json::json!({ "account": compose.account, "text": compose.editor.text(), "talk": compose.talk })
}

/// Where the answers of a form are kept while it is open.
pub fn form_key(model: &Model, form: &super::form::Form) -> Option<String> {
    let author = &model.author.name;
    match &form.purpose {
        // What it holds goes into the note's own draft.
        FormFor::Talk | FormFor::HealthOverride { .. } => None,
        FormFor::Rhythm { account } => Some(format!("rhythm/{account}/{author}")),
        FormFor::Prefs { account, contact } => Some(format!(
            "wishes/{account}/{}/{author}",
            contact.as_ref().map_or("all", |id| id.as_str())
        )),
        FormFor::Absence => Some(format!("absence/{author}")),
        FormFor::Context { account } => Some(format!("context/{account}/{author}")),
        FormFor::WrapUp => model.live.as_ref().map(wrap_up_key),
        FormFor::Contact { account, id } => Some(format!(
            "person/{account}/{}/{author}",
            id.as_ref().map_or("new", |id| id.as_str())
        )),
        FormFor::Action { id } => Some(format!("action/{id}/{author}")),
    }
}

/// The answers of a wrap-up that is not finished.
pub fn wrap_up_key(live: &super::screens::live::State) -> String {
    format!("{}/wrap-up", live.draft_key())
}

pub fn note_key(account: &crate::domain::ids::AccountId, author: &str) -> String {
    format!("note/{account}/{author}")
}

/// Between a note's key and the operation that takes it to the disk.
const SENT: &str = "/sent/";

/// The key of a draft whose note is on its way to the disk.
pub fn sent_key(key: &str, operation: &crate::domain::ids::RecordId) -> String {
    format!("{key}{SENT}{operation}")
}

/// Where the note of such a draft was typed; none for any other draft, whatever an account's id looks
/// like: behind the mark stands an operation and nothing else.
pub fn place_of(sent: &str) -> Option<String> {
    const ULID: usize = 26;
    let (key, operation) = sent.rsplit_once(SENT)?;
    (operation.len() == ULID && operation.bytes().all(|b| b.is_ascii_alphanumeric()))
        .then(|| key.to_owned())
}

/// The drafts of notes that never arrived stand again where they were typed, before what was typed there
/// since.
pub fn come_back(model: &mut Model, keys: Vec<String>, effects: &mut Vec<Effect>) {
    for sent in keys {
        let Some((key, body)) =
            place_of(&sent).and_then(|key| Some((key, model.drafts.remove(&sent)?)))
        else {
            continue;
        };
        let text = |d: &serde_json::Value| d["text"].as_str().unwrap_or_default().to_owned();
        let mut body = body;
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

/// Asks for a draft to be written when what is typed is newer than what is on disk.
pub fn follow(model: &mut Model, effects: &mut Vec<Effect>) {
    let now = model.now.at;
    model.draft_times.due = None;
    // Asked first what costs nothing: the draft of a long workshop is not made for every key.
    if !is_newer(model) {
        if model.draft_times.writing.is_none() {
            waiting(model, effects);
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
    let Some(effect) = newer(model) else { return };
    if let Some(compose) = composing(model) {
        compose.saved = compose.editor.version;
    } else if form_on_top(model).is_none()
        && let Some(live) = &mut model.live
    {
        live.saved = live.version();
    }
    if let Effect::SaveDraft { key, body } = &effect {
        model.drafts.insert(key.clone(), body.clone());
    }
    if let Effect::SaveDraft { key, .. } | Effect::SaveCall { key, .. } = &effect {
        model.draft_times.writing = Some(key.clone());
    }
    effects.push(effect);
}

/// How long to wait before a draft that could not be written is tried again.
const AGAIN: Duration = Duration::seconds(3);

/// The disk did not take it: the draft stays in memory, and is written again soon.
pub fn try_again(model: &mut Model, key: &str) {
    if model.drafts.contains_key(key) {
        model.draft_times.failed.insert(key.to_owned());
    } else if let Some(live) = model.live.as_mut().filter(|l| l.draft_key() == key) {
        live.saved = u64::MAX;
    }
    model.draft_times.last = Some(model.now.at + AGAIN);
}

/// A draft that waits for room on the disk, when its time has come.
fn waiting(model: &mut Model, effects: &mut Vec<Effect>) {
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

/// The draft that is not on disk yet, whatever the pause says.
pub fn last(model: &mut Model) -> Vec<Effect> {
    let failed = model.draft_times.failed.iter().filter_map(|key| {
        Some(Effect::SaveDraft {
            key: key.clone(),
            body: model.drafts.get(key)?.clone(),
        })
    });
    let mut out: Vec<Effect> = failed.collect();
    out.extend(newer(model));
    out
}

fn is_newer(model: &mut Model) -> bool {
    if let Some(compose) = composing(model) {
        return compose.editor.version != compose.saved;
    }
    if let Some(form) = form_on_top(model) {
        let values = form.values();
        return values != form.start
            && form_key(model, form).is_some_and(|key| model.drafts.get(&key) != Some(&values));
    }
    model
        .live
        .as_ref()
        .is_some_and(|live| live.phase == Phase::Live && live.version() != live.saved)
}

/// The draft of what is being typed, if it is newer than what is on disk.
fn newer(model: &mut Model) -> Option<Effect> {
    if !is_newer(model) {
        return None;
    }
    let author = model.author.name.clone();
    if let Some(compose) = composing(model) {
        return Some(Effect::SaveDraft {
            key: compose_key(compose, &author),
            body: compose_body(compose),
        });
    }
    if let Some(form) = form_on_top(model) {
        return Some(Effect::SaveDraft {
            key: form_key(model, form)?,
            body: form.values(),
        });
    }
    let live = model.live.as_ref()?;
    Some(Effect::SaveCall {
        key: live.draft_key(),
        draft: Box::new(live.draft(model.now)),
    })
}

fn form_on_top(model: &Model) -> Option<&super::form::Form> {
    if let Some(Overlay::Form(form)) = model.overlays.last() {
        Some(form)
    } else {
        None
    }
}

fn composing(model: &mut Model) -> Option<&mut super::overlay::Compose> {
    model.overlays.iter_mut().rev().find_map(|o| {
        if let Overlay::Compose(c) = o {
            Some(c)
        } else {
            None
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_whose_id_looks_like_a_mark_keeps_its_drafts() {
        let id = crate::domain::ids::Mint::new(1).next(DateTime::UNIX_EPOCH);
        for account in ["acme", "a/sent/b", "a/sent/"] {
            let key = note_key(&account.into(), "佐藤");
            assert_eq!(place_of(&key), None, "{key}");
            assert_eq!(place_of(&sent_key(&key, &id)), Some(key));
        }
    }
}
