//! The wrap-up `[wrapup]`: pre-filled from the call, kept as the note and its actions.

use super::form::{Form, FormFor, choice, flag, lines, text};
use super::forms::{Kept, date_of, open_form};
use super::keep::{checkin, commit};
use super::msg::Effect;
use super::screens::live::Phase;
use super::{Model, drafts};
use crate::domain::action::Side;
use crate::domain::change::{Change, Label, Record};
use crate::domain::checkin::wrapup::{Judgement, Sentiment, Team};
use crate::domain::checkin::{Mark, propose, quality};
use crate::domain::contact::Status as ContactStatus;
use crate::domain::note::{Kind as NoteKind, Note};
use crate::i18n::fill;
use crate::services::{capture, compose};

/// Pre-filled from what was marked and typed in the call.
pub fn wrap_up_form(model: &mut Model) {
    let t = model.t();
    let Some(state) = &model.live else { return };
    let w = &state.checkin.wrapup;
    let attendees = w.attendees.join(t.list_comma);
    // Who could have been there is offered, not assumed.
    let known: Vec<&str> = state.dossier.iter().flat_map(|d| d.contacts.iter()).filter(|c| c.status == ContactStatus::Active).take(6).map(|c| c.name.as_str()).collect();
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

pub(super) fn keep_wrap_up(model: &mut Model, form: &Form, effects: &mut Vec<Effect>) -> Kept {
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
