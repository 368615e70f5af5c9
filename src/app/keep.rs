//! What was typed becomes operations: notes, actions, fields, people, check-ins.

use super::form::{Form, FormFor, choice, flag, lines, text};
use super::msg::Effect;
use super::overlay::{Compose, Overlay};
use super::screens::Screen;
use super::screens::account::{FieldKey, Tab, set_field};
use super::screens::live::Phase;
use super::{Model, drafts};
use crate::domain::account::Account;
use crate::domain::action::{Action, Priority, Side, Status, StepKind};
use crate::domain::change::{Change, Label, Record};
use crate::domain::checkin::wrapup::{Judgement, Sentiment, Team};
use crate::domain::checkin::{Mark, propose, quality};
use crate::domain::contact::{Channel, Contact, Role, Status as ContactStatus};
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::note::{Kind as NoteKind, Note};
use crate::domain::view::View;
use crate::i18n::fill;
use crate::services::{capture, compose, dates};

fn commit(model: &mut Model, label: Label, changes: Vec<Change>, effects: &mut Vec<Effect>) {
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
    let context = capture::Context { me: &model.author.name, contacts: &contacts, now: model.now };
    let captured = capture::read(&composed.editor.text(), context);
    let key = drafts::compose_key(composed, &model.author.name);
    if let Some(before) = &composed.note {
        // A change of words makes no actions again: those stand by themselves since it was written.
        let after = Note { text: captured.text, tags: captured.tags, quotes: captured.quotes, ..before.clone() };
        if after != *before {
            keep_draft(model, composed, &key, effects);
            commit(model, Label::Note { account: composed.name.clone() }, vec![Change::update(Record::Note(before.clone()), Record::Note(after))], effects);
            model.discard_when_stored(key);
        } else if model.drafts.remove(&key).is_some() {
            effects.push(Effect::DiscardDraft { key });
        }
        return;
    }
    keep_draft(model, composed, &key, effects);
    let author = model.author.clone();
    let operation = capture::note(&composed.account, &composed.name, NoteKind::Quick, &captured, &author, model.now, &mut model.mint);
    effects.push(model.commit(operation));
    if !captured.unread_dates.is_empty() {
        model.refuse(fill(model.t().date_not_read, &[&captured.unread_dates.join(", ")]));
    }
    model.discard_when_stored(key);
}

/// The draft is whole on disk before the note is: whatever becomes of the note, its text is kept.
fn keep_draft(model: &mut Model, composed: &Compose, key: &str, effects: &mut Vec<Effect>) {
    if composed.saved != composed.editor.version {
        let body = drafts::compose_body(composed);
        model.drafts.insert(key.to_owned(), body.clone());
        effects.push(Effect::SaveDraft { key: key.to_owned(), body });
    }
}

pub fn new_actions(model: &mut Model, account: &AccountId, items: &[capture::Item], effects: &mut Vec<Effect>) {
    let Some(first) = items.first() else { return };
    let label = Label::Action { what: first.what.clone() };
    let changes = items.iter().map(|item| Change::create(Record::Action(capture::action(account, item, model.now, &mut model.mint)))).collect();
    commit(model, label, changes, effects);
}

pub fn action(model: &Model, id: &RecordId) -> Option<Action> {
    let open = model.book.actions.get(id);
    let just = || model.actions.just_done.iter().find(|a| a.id == *id);
    let closed = || model.account.as_ref()?.dossier.as_ref()?.actions.iter().find(|a| a.id == *id);
    open.or_else(just).or_else(closed).cloned()
}

pub fn change_action(model: &mut Model, before: &Action, after: Action, effects: &mut Vec<Effect>) {
    let label = if before.status == after.status { Label::Action { what: after.what.clone() } } else { Label::ActionStatus { what: after.what.clone(), status: after.status } };
    commit(model, label, vec![Change::update(Record::Action(before.clone()), Record::Action(after))], effects);
}

pub fn edit_account(model: &mut Model, before: Account, after: Account, field: &str, effects: &mut Vec<Effect>) {
    if before != after {
        let label = Label::Edit { account: after.name.clone(), field: field.to_owned() };
        commit(model, label, vec![Change::update(Record::Account(before), Record::Account(after))], effects);
    }
}

/// An account made by hand, ours until an import says otherwise.
pub fn new_account(model: &mut Model, name: String, effects: &mut Vec<Effect>) {
    let id = AccountId::new(model.mint.next(model.now.at).as_str());
    let account = Account { owner: model.author.name.clone(), ..Account::new(id, name.clone()) };
    let label = Label::Edit { account: name, field: model.t().new_account.to_owned() };
    commit(model, label, vec![Change::create(Record::Account(account))], effects);
}

/// One change to several accounts, as one undoable operation: `owner=…`, `tier=…`, `stage=…`,
/// `+tag` or `-tag`.
pub fn edit_selected(model: &mut Model, ids: &[AccountId], text: &str, effects: &mut Vec<Effect>) -> Result<(), String> {
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
                let (key, value) = word.split_once('=').ok_or_else(|| t.edit_selected_hint.to_owned())?;
                let field = [FieldKey::Owner, FieldKey::Tier, FieldKey::Stage].into_iter().find(|f| f.key() == key).ok_or_else(|| t.edit_selected_hint.to_owned())?;
                after = set_field(&after, field, value, model.now).map_err(|w| crate::i18n::wrong(t, &w))?;
            }
        }
        if after != before {
            changes.push(Change::update(Record::Account(before), Record::Account(after)));
        }
    }
    if changes.is_empty() {
        return Err(t.edit_selected_hint.to_owned());
    }
    let label = Label::Edit { account: fill(t.selected_n, &[&changes.len()]), field: text.trim().to_owned() };
    commit(model, label, changes, effects);
    model.portfolio.selected.clear();
    Ok(())
}

pub fn view(model: &mut Model, name: String, effects: &mut Vec<Effect>) {
    let view = View { name: name.clone(), query: model.portfolio.query.clone(), order: model.portfolio.order, reversed: model.portfolio.reversed };
    let before = model.book.views.get(&name).cloned().map(Record::View);
    commit(model, Label::View { name }, vec![Change { before, after: Some(Record::View(view)) }], effects);
}

/// Writes the check-in as it stands: its moments and notes.
pub fn checkin(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(state) = &mut model.live else { return };
    if state.phase == Phase::Agenda || state.stored.as_ref() == Some(&state.checkin) {
        return;
    }
    let before = state.stored.replace(state.checkin.clone()).map(Record::Checkin);
    let after = Some(Record::Checkin(state.checkin.clone()));
    let label = Label::Call { account: state.name.clone() };
    commit(model, label, vec![Change { before, after }], effects);
}

// ---- forms ----

pub fn contact_form(model: &mut Model, id: Option<RecordId>) {
    let t = model.t();
    let Some(state) = &model.account else { return };
    let Some(d) = &state.dossier else { return };
    let blank = Contact::new("".into(), state.id.clone(), "");
    let c = id.as_ref().and_then(|id| d.contacts.iter().find(|c| c.id == *id)).unwrap_or(&blank);
    let fields = vec![
        text("name", t.f_name, &c.name, ""),
        text("reading", t.f_reading, &c.reading, ""),
        text("title", t.f_title, &c.title, ""),
        choice("role", t.f_role, Some("—"), &t.roles, c.role.map(Role::index)),
        text("email", t.f_email, &c.email, ""),
        text("phone", t.f_phone, &c.phone, ""),
        choice("channel", t.f_channel, Some("—"), &t.channels, c.channel.map(Channel::index)),
        choice("status", t.f_status, None, &t.contact_statuses, Some(c.status.index())),
        text("since", t.f_since, &c.since.map(|d| d.to_string()).unwrap_or_default(), t.date_hint),
    ];
    let title = if id.is_some() { t.edit_contact } else { t.add_contact };
    let form = Form::new(FormFor::Contact { account: blank.account.clone(), id }, title, fields);
    open_form(model, form);
}

pub fn action_form(model: &mut Model, id: Option<RecordId>) {
    let t = model.t();
    let Some(a) = id.and_then(|id| action(model, &id)) else { return model.refuse(t.no_action_chosen) };
    let fields = vec![
        text("what", t.f_what, &a.what, &history(model, &a)),
        choice("side", t.f_side, None, &t.sides, Some(a.side.index())),
        text("owner", t.f_owner, &a.owner, ""),
        text("due", t.due, &a.due.map(|d| d.to_string()).unwrap_or_default(), t.date_hint),
        choice("status", t.f_status, None, &t.action_statuses, Some(a.status.index())),
        choice("priority", t.f_priority, None, &t.priorities, Some(a.priority.index())),
        flag("promised", t.f_promised, a.promised),
    ];
    let form = Form::new(FormFor::Action { id: a.id }, t.edit_action, fields);
    open_form(model, form);
}

/// A form with the answers of last time, where it was left without being kept.
fn open_form(model: &mut Model, mut form: Form) {
    if let Some(draft) = drafts::form_key(model, &form).and_then(|key| model.drafts.get(&key)) {
        form.restore(draft);
        model.say(model.t().draft_back);
    }
    model.overlays.push(Overlay::Form(form));
}

/// What became of an action, newest first: shown under the form.
fn history(model: &Model, a: &Action) -> String {
    let t = model.t();
    let date = |d: Option<chrono::NaiveDate>| d.map_or_else(|| t.no_due.to_owned(), |d| t.day(d, model.now.today()));
    let steps = a.history.iter().rev().map(|step| {
        let what = match &step.what {
            StepKind::Status { from, to } => format!("{} → {}", t.action_status(*from), t.action_status(*to)),
            StepKind::Due { from, to } => format!("{} {} → {}", t.due, date(*from), date(*to)),
            StepKind::Owner { from, to } => format!("{from} → {to}"),
        };
        format!("{} {what}", t.day(model.now.zone.day(step.at), model.now.today()))
    });
    steps.collect::<Vec<_>>().join(" · ")
}

/// Pre-filled from what was marked and typed in the call.
pub fn wrap_up_form(model: &mut Model) {
    let t = model.t();
    let Some(state) = &model.live else { return };
    let w = &state.checkin.wrapup;
    let attendees = w.attendees.join(t.list_comma);
    // Who could have been there is offered, not assumed.
    let known: Vec<&str> =
        state.dossier.iter().flat_map(|d| d.contacts.iter()).filter(|c| c.status == ContactStatus::Active).take(6).map(|c| c.name.as_str()).collect();
    let who = if known.is_empty() { t.list_hint.to_owned() } else { known.join(t.list_comma) };
    let mut actions: Vec<String> = state.checkin.marked(Mark::Action).map(|l| l.trim_start_matches(['!', '！', ' ']).to_owned()).collect();
    for (_, line) in state.checkin.lines().filter(|(_, l)| l.mark != Some(Mark::Action)) {
        let context = capture::Context { me: &model.author.name, contacts: &[], now: model.now };
        if !capture::read(&line.text, context).actions.is_empty() {
            actions.extend(line.text.split(['!', '！']).skip(1).map(|a| a.trim().to_owned()).filter(|a| !a.is_empty()));
        }
    }
    let today = model.now.today();
    let next = w.next.or_else(|| Some(propose::next_date(&model.book.get(&state.checkin.account)?.standing, state.checkin.kind, today)));
    let fields = vec![
        text("attendees", t.f_attendees, &attendees, &who),
        choice("sentiment", t.sentiment_title, Some("—"), &t.sentiments, w.sentiment.map(Sentiment::index)),
        choice("judgement", t.f_judgement, Some("—"), &t.judgements, w.judgement.map(Judgement::index)),
        lines("actions", t.actions, &actions.join("\n"), t.action_hint),
        text("next", t.f_next, &next.map(|d| d.to_string()).unwrap_or_default(), t.date_hint),
        choice("helpful", t.f_helpful, Some("—"), &[t.yes, t.no], w.helpful.map(|h| usize::from(!h))),
        choice("escalate", t.f_escalate, Some("—"), &t.teams, w.escalate.first().map(|x| x.index())),
        flag("expansion", t.f_expansion, w.expansion || state.checkin.marked(Mark::Opportunity).next().is_some()),
    ];
    let title = fill(t.wrap_up_of, &[&state.name]);
    open_form(model, Form::new(FormFor::WrapUp, title, fields));
}

fn date_of(form: &Form, key: &str, model: &Model) -> Result<Option<chrono::NaiveDate>, (String, String)> {
    let text = form.text(key);
    if text.is_empty() {
        return Ok(None);
    }
    // A change of person has happened already; everything else is still to come.
    let read = if key == "since" { dates::read_past } else { dates::read };
    read(&text, model.now.today()).map(Some).ok_or_else(|| (key.to_owned(), model.t().not_a_date.to_owned()))
}

/// Keeps a form, or puts it back with the field that cannot be kept.
pub fn form(model: &mut Model, mut form: Form, effects: &mut Vec<Effect>) {
    let kept = match form.purpose.clone() {
        FormFor::Contact { account, id } => keep_contact(model, &form, &account, id, effects),
        FormFor::Action { id } => keep_action(model, &form, &id, effects),
        FormFor::WrapUp => keep_wrap_up(model, &form, effects),
    };
    match kept {
        Err((key, why)) => {
            form.refuse(&key, why);
            model.overlays.push(Overlay::Form(form));
        }
        Ok(()) => {
            if let Some(key) = drafts::form_key(model, &form)
                && model.drafts.contains_key(&key)
            {
                if !model.discard_when_stored(key.clone()) {
                    model.drafts.remove(&key);
                    effects.push(Effect::DiscardDraft { key });
                }
            }
        }
    }
}

type Kept = Result<(), (String, String)>;

fn keep_contact(model: &mut Model, form: &Form, account: &AccountId, id: Option<RecordId>, effects: &mut Vec<Effect>) -> Kept {
    let name = form.text("name");
    if name.is_empty() {
        return Err(("name".into(), model.t().name_empty.into()));
    }
    let since = date_of(form, "since", model)?;
    let before = id.and_then(|id| model.account.as_ref()?.dossier.as_ref()?.contacts.iter().find(|c| c.id == id).cloned());
    let mut next = match &before {
        Some(c) => c.clone(),
        None => Contact::new(model.mint.next(model.now.at), account.clone(), ""),
    };
    next.name = name.clone();
    next.reading = form.text("reading");
    next.title = form.text("title");
    next.email = form.text("email");
    next.phone = form.text("phone");
    next.role = form.choice("role").checked_sub(1).map(|i| Role::ALL[i]);
    next.channel = form.choice("channel").checked_sub(1).map(|i| Channel::ALL[i]);
    next.status = ContactStatus::ALL[form.choice("status")];
    // A person who left did so today, unless the form says when.
    let changed = before.as_ref().is_some_and(|b| b.status != next.status);
    let restated = before.as_ref().is_none_or(|b| b.since != since);
    next.since = if changed && !(restated && since.is_some()) { Some(model.now.today()) } else { since };
    if before.as_ref() != Some(&next) {
        commit(model, Label::Contact { name }, vec![Change { before: before.map(Record::Contact), after: Some(Record::Contact(next)) }], effects);
    }
    Ok(())
}

fn keep_action(model: &mut Model, form: &Form, id: &RecordId, effects: &mut Vec<Effect>) -> Kept {
    let Some(before) = action(model, id) else { return Err(("what".into(), model.t().gone.into())) };
    let what = form.text("what");
    if what.is_empty() {
        return Err(("what".into(), model.t().action_empty.into()));
    }
    let due = date_of(form, "due", model)?;
    let mut next = before.with_due(due, model.now.at).with_status(Status::ALL[form.choice("status")], model.now.at).with_owner(form.text("owner"), model.now.at);
    next.what = what;
    next.side = Side::ALL[form.choice("side")];
    next.priority = Priority::ALL[form.choice("priority")];
    next.promised = form.flag("promised");
    if next != before {
        change_action(model, &before, next, effects);
    }
    Ok(())
}

/// Takes the form's answers into the check-in. Answers the actions, or the field that is wrong.
fn read_wrap_up(model: &mut Model, form: &Form) -> Result<(Vec<capture::Item>, Vec<String>), (String, String)> {
    let next = date_of(form, "next", model)?;
    let contacts = model.live.as_ref().and_then(|l| l.dossier.as_ref()).map(|d| d.contacts.clone()).unwrap_or_default();
    let me = model.author.name.clone();
    let context = capture::Context { me: &me, contacts: &contacts, now: model.now };
    let read: Vec<(Vec<capture::Item>, Vec<String>)> = form.text("actions").lines().filter(|l| !l.trim().is_empty()).map(|l| capture::action_line(l, context)).collect();
    let unread: Vec<String> = read.iter().flat_map(|r| r.1.clone()).collect();
    let items: Vec<capture::Item> = read.into_iter().flat_map(|r| r.0).collect();
    if let Some(state) = &mut model.live {
        let w = &mut state.checkin.wrapup;
        w.attendees = form.text("attendees").split([',', '、']).map(|a| a.trim().to_owned()).filter(|a| !a.is_empty()).collect();
        w.sentiment = form.choice("sentiment").checked_sub(1).map(|i| Sentiment::ALL[i]);
        w.judgement = form.choice("judgement").checked_sub(1).map(|i| Judgement::ALL[i]);
        w.next = next;
        w.helpful = match form.choice("helpful") {
            1 => Some(true),
            2 => Some(false),
            _ => None,
        };
        w.escalate = form.choice("escalate").checked_sub(1).map(|i| Team::ALL[i]).into_iter().collect();
        w.expansion = form.flag("expansion");
    }
    Ok((items, unread))
}

/// Leaving the wrap-up early keeps what was answered; the check-in waits on the desk.
pub fn remember_wrap_up(model: &mut Model, form: &Form, effects: &mut Vec<Effect>) {
    if read_wrap_up(model, form).is_ok() {
        checkin(model, effects);
    }
}

fn keep_wrap_up(model: &mut Model, form: &Form, effects: &mut Vec<Effect>) -> Kept {
    let (items, unread) = read_wrap_up(model, form)?;
    let now = model.now;
    let lang = model.lang;
    let zone = now.zone;
    let author = model.author.clone();
    let Some(state) = &mut model.live else { return Ok(()) };
    state.checkin.wrapup.finished = Some(now.at);
    let (account, id) = (state.checkin.account.clone(), state.checkin.id.clone());
    let mut actions = Vec::new();
    for item in &items {
        let mut made = capture::action(&account, item, now, &mut model.mint);
        made.source = Some(id.clone());
        made.promised = made.side == Side::Us;
        actions.push(made);
    }
    let before = state.stored.replace(state.checkin.clone()).map(Record::Checkin);
    let mut changes = vec![Change { before, after: Some(Record::Checkin(state.checkin.clone())) }];
    let note = Note {
        id: model.mint.next(now.at),
        account: account.clone(),
        kind: NoteKind::Checkin,
        at: now.at,
        author: author.name.clone(),
        text: compose::markdown(&state.checkin, &state.name, &actions, lang, zone),
        tags: Vec::new(),
        quotes: state.checkin.marked(Mark::Quote).map(str::to_owned).collect(),
        checkin: Some(id),
    };
    changes.push(Change::create(Record::Note(note)));
    changes.extend(actions.iter().cloned().map(|a| Change::create(Record::Action(a))));
    state.phase = Phase::Done;
    state.list = Default::default();
    let missing = quality::missing(&state.checkin, &actions);
    state.actions = actions;
    let (name, keys) = (state.name.clone(), [state.draft_key(), drafts::wrap_up_key(state)]);
    commit(model, Label::Checkin { account: name }, changes, effects);
    for key in keys {
        model.discard_when_stored(key);
    }
    if !unread.is_empty() {
        model.refuse(fill(model.t().date_not_read, &[&unread.join(", ")]));
        return Ok(());
    }
    if items.is_empty() {
        model.refuse(model.t().no_actions_agreed);
    } else if !missing.is_empty() {
        let parts: Vec<&str> = missing.iter().map(|p| model.t().part(*p)).collect();
        model.say(fill(model.t().note_missing, &[&parts.join(", ")]));
    }
    Ok(())
}

/// What `X` would take away where one stands.
pub fn doomed(model: &Model) -> Option<Record> {
    match model.screen {
        Screen::Actions => {
            let shown = model.actions.shown(&model.book, &model.author.name, model.now.today());
            shown.get(model.actions.list.cursor).map(|a| Record::Action((*a).clone()))
        }
        Screen::Checkins => model.checkins.shown(&model.book).get(model.checkins.list.cursor).map(|c| Record::Checkin((*c).clone())),
        Screen::Account => {
            let state = model.account.as_ref()?;
            let d = state.dossier.as_ref()?;
            let cursor = state.list().cursor;
            match state.tab {
                Tab::People => d.contacts.get(cursor).cloned().map(Record::Contact),
                Tab::Actions => d.actions.get(cursor).cloned().map(Record::Action),
                Tab::Notes => d.notes.get(cursor).cloned().map(Record::Note),
                _ => None,
            }
        }
        _ => None,
    }
}

/// How a record is called to the user.
pub fn name_of(model: &Model, record: &Record) -> String {
    match record {
        Record::Contact(c) => c.name.clone(),
        Record::Action(a) => a.what.clone(),
        Record::Note(n) => n.title().to_owned(),
        Record::Checkin(c) => fill(model.t().l_checkin, &[&model.book.name(&c.account)]),
        Record::View(v) => v.name.clone(),
        other => other.id().to_owned(),
    }
}

pub fn delete(model: &mut Model, record: Record, what: String, effects: &mut Vec<Effect>) {
    if let (Record::Checkin(c), Some(live)) = (&record, &model.live)
        && live.checkin.id == c.id
    {
        model.live = None;
    }
    if let Record::Action(a) = &record {
        model.actions.just_done.retain(|x| x.id != a.id);
    }
    commit(model, Label::Delete { what }, vec![Change::remove(record)], effects);
}
