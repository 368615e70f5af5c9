//! What was typed becomes operations: notes, actions, fields, people, check-ins.

use super::msg::Effect;
use super::overlay::Compose;
use super::screens::Screen;
use super::screens::account::Tab;
use super::{Model, drafts};
use crate::domain::account::Account;
use crate::domain::action::Action;
use crate::domain::change::Operation;
use crate::domain::checkin::Checkin;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::records::Record;
use crate::domain::view::View;
use crate::ops::{self, Refusal, Subject};
use crate::words;

/// Applies an operation and asks for it to be written; none changes nothing.
pub(super) fn commit(
    model: &mut Model,
    operation: impl Into<Option<Operation>>,
    effects: &mut Vec<Effect>,
) {
    if let Some(operation) = operation.into() {
        effects.push(model.commit(operation));
    }
}

pub fn account(model: &Model, id: &AccountId) -> Option<Account> {
    model.book.get(id).map(|r| r.account.clone())
}

pub fn note(
    model: &mut Model,
    composed: &Compose,
    effects: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let contacts = model.people_of(&composed.account);
    let key = drafts::compose_key(composed, &model.author.name);
    let text = composed.editor.text();
    let of = Subject {
        id: &composed.account,
        name: &composed.name,
    };
    if let Some(before) = &composed.note {
        match ops::notes::rewrite(of, before, &text, &contacts, &mut model.by()) {
            Some(operation) => {
                keep_draft(model, composed, &key, effects);
                commit(model, operation, effects);
                model.discard_when_stored(key);
            }
            None => {
                if model.drafts.remove(&key).is_some() {
                    effects.push(Effect::DiscardDraft { key });
                }
            }
        }
        return Ok(());
    }
    let written = match &composed.talk {
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
    // The draft is whole on disk before the note is: whatever becomes of the note, its text is kept.
    let commit = model.commit(written.operation);
    model.draft_goes_along(key, drafts::compose_body(composed), effects);
    effects.push(commit);
    let unread = written.captured.unread_dates;
    if !unread.is_empty() {
        model.refuse(words::common::date_not_read(model.lang, unread.join(", ")));
    }
    Ok(())
}

/// The draft is whole on disk before the change is: whatever becomes of that, its text is kept.
fn keep_draft(model: &mut Model, composed: &Compose, key: &str, effects: &mut Vec<Effect>) {
    if composed.saved != composed.editor.version {
        let body = drafts::compose_body(composed);
        model.drafts.insert(key.to_owned(), body.clone());
        effects.push(Effect::SaveDraft {
            key: key.to_owned(),
            body,
        });
    }
}

pub fn action(model: &Model, id: &RecordId) -> Option<Action> {
    let open = model.book.actions.get(id);
    let just = || model.actions.just_done.iter().find(|a| a.id == *id);
    let closed = || {
        model
            .account
            .as_ref()?
            .dossier
            .as_ref()?
            .actions
            .iter()
            .find(|a| a.id == *id)
    };
    open.or_else(just).or_else(closed).cloned()
}

/// An account made by hand; the cursor of the portfolio goes to it.
pub fn new_account(
    model: &mut Model,
    name: &str,
    effects: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let (id, operation) = ops::accounts::create(name, &mut model.by())?;
    model.portfolio.made = Some(id);
    commit(model, operation, effects);
    Ok(())
}

/// One change to the selected accounts.
pub fn edit_selected(
    model: &mut Model,
    ids: &[AccountId],
    text: &str,
    effects: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let accounts: Vec<Account> = ids.iter().filter_map(|id| account(model, id)).collect();
    let operation = ops::accounts::edit_many(&accounts, text, &mut model.by())?;
    commit(model, operation, effects);
    model.portfolio.selected.clear();
    Ok(())
}

pub fn view(model: &mut Model, name: &str, effects: &mut Vec<Effect>) -> Result<(), Refusal> {
    let view = View {
        name: name.to_owned(),
        query: model.portfolio.query.clone(),
        order: model.portfolio.order,
        reversed: model.portfolio.reversed,
    };
    let views = &model.book.views;
    let mut by = ops::By {
        author: &model.author,
        now: model.now,
        mint: &mut model.mint,
    };
    let operation = ops::views::save(view, |name| views.get(name).cloned(), &mut by)?;
    commit(model, operation, effects);
    let said = words::portfolio::view_saved(model.lang, name.trim());
    model.say(said);
    Ok(())
}

/// Writes the check-in as it stands: its moments and notes.
pub fn checkin(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(state) = &mut model.live else { return };
    if state.phase == super::screens::live::Phase::Agenda
        || state.stored.as_ref() == Some(&state.checkin)
    {
        return;
    }
    let before = state.stored.replace(state.checkin.clone());
    let (after, name) = (state.checkin.clone(), state.name.clone());
    let operation = ops::call::progress(before, after, &name, &mut model.by());
    commit(model, operation, effects);
}

/// What `X` would take away where one stands.
pub fn doomed(model: &Model) -> Option<Record> {
    match model.screen {
        Screen::Actions => model
            .actions
            .current(&model.book, &model.author.name, model.now.today())
            .cloned()
            .map(Record::from),
        Screen::Checkins => model
            .checkins
            .shown(&model.book)
            .get(model.checkins.list.cursor)
            .map(|c| (*c).clone().into()),
        Screen::Account => {
            let state = model.account.as_ref()?;
            let d = state.dossier.as_ref()?;
            let cursor = state.list().cursor;
            match state.tab {
                Tab::People => d.contacts.get(cursor).cloned().map(Record::from),
                Tab::Actions => d.actions.get(cursor).cloned().map(Record::from),
                Tab::Notes => d.notes.get(cursor).cloned().map(Record::from),
                _ => None,
            }
        }
        _ => None,
    }
}

/// How a record is called to the user.
pub fn name_of(model: &Model, record: &Record) -> String {
    match record.typed::<Checkin>() {
        Some(c) => words::log::checkin(model.lang, model.book.name(&c.account)),
        None => record.title(),
    }
}

pub fn delete(model: &mut Model, record: Record, what: String, effects: &mut Vec<Effect>) {
    if let (Some(c), Some(live)) = (record.typed::<Checkin>(), &model.live)
        && live.checkin.id == c.id
    {
        model.live = None;
    }
    if let Some(a) = record.typed::<Action>() {
        model.actions.just_done.retain(|x| x.id != a.id);
    }
    let said = words::shell::deleted(model.lang, &what);
    let operation = ops::records::delete(record, &what, &mut model.by());
    commit(model, operation, effects);
    model.say(said);
}
