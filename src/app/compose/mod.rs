//! Writing a note: a new one, a change to one, or an unplanned talk.

pub mod state;
mod talk;

use super::kit::drafts::note_key;
use super::kit::editor::Editor;
use super::model::Model;
use super::msg::{Effect, Layer as AnyLayer};
use super::overlay::{Answer, Item, Overlay};
use super::saving;
use super::verb::{Effects, GLOBAL, Reason, Verb, verb};
use crate::domain::facts::touch::TouchKind;
use crate::domain::ids::AccountId;
use crate::domain::note::Note;
use crate::keys::{Code, Key};
use crate::ops::{self, Refusal, Subject};
use crate::services::capture::Talk;
use crate::words::{self, Text};
use state::{Compose, Reply};

pub const VERBS: &[Verb] = &[verb(
    "desk.note",
    &GLOBAL,
    &["n"],
    Text::new("Write note", "メモ"),
    |model, effects| match model.subject() {
        Some(id) => open(model, id, effects),
        None => offer_accounts(model),
    },
)
.footer()
.ready(may_write)
.place(50)];

/// Without a current account the user must choose one, which requires loaded accounts.
fn may_write(model: &Model) -> Result<(), Reason> {
    if model.subject().is_none() && !model.ready && model.book.rows().is_empty() {
        return Err(words::common::still_opening);
    }
    Ok(())
}

/// The draft key of the composer, for a new note or a change to one.
fn draft_key(compose: &Compose, author: &str) -> String {
    let new = note_key(&compose.account, author);
    match &compose.note {
        Some(note) => format!("{new}/{}", note.id),
        None => new,
    }
}

/// Opens the composer for a new note, with its draft if there is one.
fn open(model: &mut Model, id: AccountId, effects: &mut Effects) {
    // Loads the contacts, which `@` names refer to.
    effects.push(Effect::Load(id.clone(), None));
    let mut compose = Compose {
        name: model.book.name(&id).to_owned(),
        account: id,
        editor: Editor::new(""),
        talk: None,
        note: None,
        saved: 0,
    };
    let draft = model.drafts.get(&draft_key(&compose, &model.author.name));
    let text = draft.and_then(|d| d["text"].as_str().map(str::to_owned));
    compose.talk = draft
        .and_then(|d| serde_json::from_value(d.get("talk")?.clone()).ok())
        .flatten();
    if let Some(text) = text {
        compose.editor = Editor::new(&text);
        model.say(words::common::draft_back(model.lang));
    }
    push(model, compose);
}

/// Opens the composer on an existing note.
pub fn edit(model: &mut Model, note: Note) {
    let mut compose = Compose {
        account: note.account.clone(),
        name: model.book.name(&note.account).to_owned(),
        editor: Editor::new(&note.text),
        talk: None,
        note: Some(note),
        saved: 0,
    };
    let draft = model.drafts.get(&draft_key(&compose, &model.author.name));
    if let Some(text) = draft.and_then(|d| d["text"].as_str()) {
        compose.editor = Editor::new(text);
    }
    push(model, compose);
}

/// Offers the accounts to write about, those with the latest touch first.
fn offer_accounts(model: &mut Model) {
    let lang = model.lang;
    let mut rows: Vec<_> = model.book.with_archived().iter().collect();
    rows.sort_by_key(|r| {
        let last = std::cmp::Reverse(r.standing.last_touch);
        (r.account.archived.is_some(), last)
    });
    let items = rows.into_iter().map(|r| {
        let reply = Reply::Account(r.account.id.clone());
        let hint = match r.account.archived {
            Some(_) => words::lifecycle::archived(lang).to_owned(),
            None => r.account.reading.clone(),
        };
        Item::new(r.account.name.clone(), hint, reply)
    });
    let items = items.collect();
    model.offer(words::common::choose_account(model.lang), items);
}

fn push(model: &mut Model, compose: Compose) {
    model.lay(Box::new(compose));
}

pub fn answer(
    model: &mut Model,
    reply: Reply,
    answer: Answer,
    effects: &mut Effects,
) -> Result<(), Refusal> {
    match (reply, answer) {
        (Reply::Account(id), _) => open(model, id, effects),
        (Reply::Talk, Answer::Form(form)) => talk::save(model, form)?,
        _ => {}
    }
    Ok(())
}

pub fn layer_key(
    model: &mut Model,
    mut compose: Box<Compose>,
    key: Key,
    effects: &mut Effects,
) -> Option<Key> {
    let new = compose.note.is_none();
    match key.code {
        Code::Char('s') if key.ctrl => return finish(model, *compose, effects),
        Code::F(10) => return finish(model, *compose, effects),
        Code::Esc => {
            close(model, &compose, effects);
            return None;
        }
        Code::Char('t') if key.ctrl && new => turn(&mut compose),
        Code::F(2) if new => {
            let talk = compose.talk.clone();
            push(model, *compose);
            talk::open(model, talk);
            return None;
        }
        Code::Char('e') if key.ctrl => {
            effects.push(Effect::EditOutside {
                text: compose.editor.text(),
                key: draft_key(&compose, &model.author.name),
                body: compose.body(),
            });
        }
        _ => {
            let (columns, at) = (model.geometry.columns, model.now.at);
            compose.editor.key(key, columns, at);
        }
    }
    push(model, *compose);
    None
}

/// Saves the note, or keeps the composer open and tells why.
fn finish(model: &mut Model, compose: Compose, effects: &mut Effects) -> Option<Key> {
    let saved = if compose.editor.is_blank() {
        Err(Refusal::new("text", words::compose::note_empty))
    } else {
        save(model, &compose, effects)
    };
    if let Err(refusal) = saved {
        model.decline(&refusal);
        push(model, compose);
    }
    None
}

/// Closes the composer. The text is kept on disk as the account's draft.
fn close(model: &mut Model, compose: &Compose, effects: &mut Effects) {
    let key = draft_key(compose, &model.author.name);
    if compose.editor.is_blank() {
        return model.forget_draft(&key, effects);
    }
    model.save_draft(key, compose.body(), effects);
    model.say(words::compose::draft_kept(model.lang, &compose.name));
}

/// Cycles through: note only, call, meeting, mail, chat.
fn turn(compose: &mut Compose) {
    use TouchKind::{Call, Chat, Email, Meeting};
    let next = match compose.talk.as_ref().map(|t| t.kind) {
        None => Some(Call),
        Some(Call) => Some(Meeting),
        Some(Meeting) => Some(Email),
        Some(Email) => Some(Chat),
        Some(_) => None,
    };
    // Attendees and time are kept while the user cycles through the kinds.
    compose.talk = next.map(|kind| Talk {
        kind,
        ..compose.talk.take().unwrap_or(Talk::new(kind))
    });
    // Forces a new draft, although the text has not changed.
    compose.saved = u64::MAX;
}

fn save(model: &mut Model, compose: &Compose, effects: &mut Effects) -> Result<(), Refusal> {
    let contacts = model.people_of(&compose.account);
    let key = draft_key(compose, &model.author.name);
    let text = compose.editor.text();
    let whole = model.account_of(&compose.account);
    let of = Subject {
        id: &compose.account,
        name: &compose.name,
        account: whole.as_ref(),
    };
    if let Some(before) = &compose.note {
        let operation = ops::notes::rewrite(of, before, &text, &contacts, &mut model.by())?;
        let Some(operation) = operation else {
            model.forget_draft(&key, effects);
            return Ok(());
        };
        // The draft is written before the change is sent, so the text survives a failed change.
        if compose.saved != compose.editor.version {
            model.save_draft(key.clone(), compose.body(), effects);
        }
        saving::commit(model, operation, effects);
        model.discard_when_stored(key);
        return Ok(());
    }
    let written = match &compose.talk {
        Some(talk) => {
            let talk = ops::notes::Talk {
                kind: talk.kind,
                with: &talk.with,
                at: talk.at,
                text: &text,
            };
            ops::notes::talk(of, &talk, &contacts, &mut model.by())?
        }
        None => ops::notes::note(of, &text, &contacts, &mut model.by())?,
    };
    // A new note's draft is also written before the operation.
    let commit = model.commit(written.operation);
    model.copy_draft_until_stored(key, compose.body(), effects);
    effects.push(commit);
    let unread = written.captured.unread_dates;
    if !unread.is_empty() {
        model.refuse(words::common::date_not_read(model.lang, unread.join(", ")));
    }
    Ok(())
}

/// The composer, on whichever layer it is.
fn composing(model: &Model) -> Option<&Compose> {
    model.overlays.iter().rev().find_map(|o| match o {
        Overlay::Layer(AnyLayer::Compose(compose)) => Some(&**compose),
        _ => None,
    })
}

pub fn is_newer(model: &Model) -> bool {
    composing(model).is_some_and(|c| c.editor.version != c.saved)
}

pub fn newest(model: &mut Model) -> Option<Effect> {
    let author = model.author.name.clone();
    let compose = model.overlays.iter_mut().rev().find_map(|o| match o {
        Overlay::Layer(AnyLayer::Compose(compose)) => Some(compose),
        _ => None,
    });
    let compose = compose.filter(|c| c.editor.version != c.saved)?;
    compose.saved = compose.editor.version;
    Some(Effect::SaveDraft {
        key: draft_key(compose, &author),
        body: compose.body(),
    })
}

/// Nothing to do: the model keeps the note's draft and retries from there.
pub fn not_written(_model: &mut Model, _key: &str) {}
