//! What was typed becomes operations: notes, actions, fields, people, check-ins.

use super::msg::Effect;
use super::overlay::Compose;
use super::screens::Screen;
use super::screens::account::{FieldKey, Tab, set_field};
use super::{Model, drafts};
use crate::domain::account::Account;
use crate::domain::action::Action;
use crate::domain::change::{Change, Label};
use crate::domain::checkin::Checkin;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::note::{Kind as NoteKind, Note};
use crate::domain::records::Record;
use crate::domain::view::View;
use crate::services::capture;
use crate::words;

pub(super) fn commit(
    model: &mut Model,
    label: Label,
    changes: Vec<Change>,
    effects: &mut Vec<Effect>,
) {
    let now = model.now;
    let author = model.author.clone();
    let operation = capture::operation(label, changes, &author, now, &mut model.mint);
    effects.push(model.commit(operation));
}

pub fn account(model: &Model, id: &AccountId) -> Option<Account> {
    model.book.get(id).map(|r| r.account.clone())
}

pub fn note(model: &mut Model, composed: &Compose, effects: &mut Vec<Effect>) {
    let contacts = model.people_of(&composed.account);
    let context = capture::Context {
        me: &model.author.name,
        contacts: &contacts,
        now: model.now,
    };
    let captured = capture::read(&composed.editor.text(), context);
    let key = drafts::compose_key(composed, &model.author.name);
    if let Some(before) = &composed.note {
        // A change of words makes no actions again: those stand by themselves since it was written.
        let after = Note {
            text: captured.text,
            tags: captured.tags,
            quotes: captured.quotes,
            ..before.clone()
        };
        if after != *before {
            keep_draft(model, composed, &key, effects);
            commit(
                model,
                Label::Note {
                    account: composed.name.clone(),
                },
                vec![Change::update(before.clone(), after)],
                effects,
            );
            model.discard_when_stored(key);
        } else if model.drafts.remove(&key).is_some() {
            effects.push(Effect::DiscardDraft { key });
        }
        return;
    }
    let author = model.author.clone();
    let now = model.now;
    let operation = match &composed.talk {
        Some(talk) => capture::talk(
            &composed.account,
            &composed.name,
            talk.kind,
            &talk.with,
            talk.at.unwrap_or(now.at),
            &captured,
            &author,
            now,
            &mut model.mint,
        ),
        None => capture::note(
            &composed.account,
            &composed.name,
            NoteKind::Quick,
            &captured,
            &author,
            now,
            &mut model.mint,
        ),
    };
    // The draft is whole on disk before the note is: whatever becomes of the note, its text is kept.
    let commit = model.commit(operation);
    model.draft_goes_along(key, drafts::compose_body(composed), effects);
    effects.push(commit);
    if !captured.unread_dates.is_empty() {
        model.refuse(words::common::date_not_read(
            model.lang,
            captured.unread_dates.join(", "),
        ));
    }
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

pub fn new_actions(
    model: &mut Model,
    account: &AccountId,
    items: &[capture::Item],
    effects: &mut Vec<Effect>,
) {
    let Some(first) = items.first() else { return };
    let label = Label::Action {
        what: first.what.clone(),
    };
    let changes = items
        .iter()
        .map(|item| Change::create(capture::action(account, item, model.now, &mut model.mint)))
        .collect();
    commit(model, label, changes, effects);
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

pub fn change_action(model: &mut Model, before: &Action, after: Action, effects: &mut Vec<Effect>) {
    let label = if before.status == after.status {
        Label::Action {
            what: after.what.clone(),
        }
    } else {
        Label::ActionStatus {
            what: after.what.clone(),
            status: after.status,
        }
    };
    commit(
        model,
        label,
        vec![Change::update(before.clone(), after)],
        effects,
    );
}

pub fn edit_account(
    model: &mut Model,
    before: Account,
    after: Account,
    field: &str,
    effects: &mut Vec<Effect>,
) {
    if before != after {
        let label = Label::Edit {
            account: after.name.clone(),
            field: field.to_owned(),
        };
        commit(model, label, vec![Change::update(before, after)], effects);
    }
}

/// An account made by hand, ours until an import says otherwise.
pub fn new_account(model: &mut Model, name: String, effects: &mut Vec<Effect>) {
    let id = AccountId::new(model.mint.next(model.now.at).as_str());
    let account = Account {
        owner: model.author.name.as_str().into(),
        ..Account::new(id.clone(), name.clone())
    };
    model.portfolio.made = Some(id);
    let label = Label::Edit {
        account: name,
        field: words::portfolio::new_account(model.lang).to_owned(),
    };
    commit(model, label, vec![Change::create(account)], effects);
}

/// One change to several accounts, as one undoable operation: `owner=…`, `tier=…`, `stage=…`,
/// `+tag` or `-tag`.
pub fn edit_selected(
    model: &mut Model,
    ids: &[AccountId],
    text: &str,
    effects: &mut Vec<Effect>,
) -> Result<(), String> {
    let t = model.t();
    let mut changes = Vec::new();
    for before in ids.iter().filter_map(|id| account(model, id)) {
        let mut after = before.clone();
        for word in text.split_whitespace() {
            if let Some(tag) = word.strip_prefix('+').filter(|x| !x.is_empty()) {
                if !after.tags.iter().any(|x| x == tag) {
                    after.tags.push(tag.to_owned());
                }
            } else if let Some(tag) = word.strip_prefix('-').filter(|x| !x.is_empty()) {
                after.tags.retain(|x| x != tag);
            } else {
                let (key, value) = word
                    .split_once('=')
                    .ok_or_else(|| words::portfolio::edit_selected_hint(t).to_owned())?;
                let field = [FieldKey::Owner, FieldKey::Tier, FieldKey::Stage]
                    .into_iter()
                    .find(|f| f.key() == key)
                    .ok_or_else(|| words::portfolio::edit_selected_hint(t).to_owned())?;
                after = set_field(&after, field, value, model.now).map_err(|w| w.words(t))?;
            }
        }
        if after != before {
            changes.push(Change::update(before, after));
        }
    }
    if changes.is_empty() {
        return Err(words::portfolio::edit_selected_hint(t).to_owned());
    }
    let label = Label::Edit {
        account: words::portfolio::selected_n(t, changes.len()),
        field: text.trim().to_owned(),
    };
    commit(model, label, changes, effects);
    model.portfolio.selected.clear();
    Ok(())
}

pub fn view(model: &mut Model, name: String, effects: &mut Vec<Effect>) {
    let view = View {
        name: name.clone(),
        query: model.portfolio.query.clone(),
        order: model.portfolio.order,
        reversed: model.portfolio.reversed,
    };
    let before = model.book.views.get(&name).cloned();
    let said = words::portfolio::view_saved(model.lang, &name);
    commit(
        model,
        Label::View { name },
        vec![Change::put(before, view)],
        effects,
    );
    model.say(said);
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
    let change = Change::put(before, state.checkin.clone());
    let label = Label::Call {
        account: state.name.clone(),
    };
    commit(model, label, vec![change], effects);
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
    commit(
        model,
        Label::Delete { what },
        vec![Change::remove(record)],
        effects,
    );
    model.say(said);
}
