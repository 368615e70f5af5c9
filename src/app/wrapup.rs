//! The wrap-up `[wrapup]`: pre-filled from the call, kept as the note and its actions.

use chrono::NaiveDate;

use super::form::{Field, Form, FormFor, choice, flag, item, many, text};
use super::forms::{Kept, open_form};
use super::keep::{checkin, commit};
use super::msg::Effect;
use super::screens::live::Phase;
use super::{Model, drafts, touches};
use crate::domain::account::Account;
use crate::domain::action::{Action, Side, urgency};
use crate::domain::cadence::plan;
use crate::domain::cadence::touchpoint::Touchpoint;
use crate::domain::checkin::items::Item;
use crate::domain::checkin::wrapup::{Judgement, Sentiment, Team};
use crate::domain::checkin::{Checkin, Kind as CheckinKind, Mark, quality};
use crate::domain::contact::{Contact, Status as ContactStatus};
use crate::domain::dossier::Dossier;
use crate::domain::text::fold;
use crate::ops::touches::{Moment, Of};
use crate::ops::{self, Refusal};
use crate::services::{capture, dates, recurrence};
use crate::words::{self, Lang};

/// Pre-filled from what was marked and typed in the call.
pub fn wrap_up_form(model: &mut Model) {
    let t = model.t();
    let Some(state) = &model.live else { return };
    let w = &state.checkin.wrapup;
    let attendees = w.attendees.join(words::common::list_comma(t));
    // Who could have been there is offered, not assumed.
    let known: Vec<&str> = state
        .dossier
        .iter()
        .flat_map(|d| d.contacts.iter())
        .filter(|c| c.status == ContactStatus::Active)
        .take(6)
        .map(|c| c.name.as_str())
        .collect();
    let who = if known.is_empty() {
        words::common::list_hint(t).to_owned()
    } else {
        known.join(words::common::list_comma(t))
    };
    let context = capture::Context {
        me: &model.author.name,
        contacts: &[],
        now: model.now,
    };
    let mut fields: Vec<Field> = Vec::new();
    for (_, line) in state
        .checkin
        .lines()
        .filter(|(_, l)| !l.is_private() && !l.words().is_empty())
    {
        let words = line.words();
        if line.meaning() == Some(Mark::Action) {
            fields.push(item(
                Mark::Action,
                Mark::Action.words(t),
                words,
                words::actions::action_hint(t),
            ));
        } else {
            // An action within a line of another kind is an action too.
            let inner = capture::read(&line.text, context).actions;
            fields.extend(inner.iter().map(|a| {
                item(
                    Mark::Action,
                    Mark::Action.words(t),
                    &typed(a),
                    words::actions::action_hint(t),
                )
            }));
        }
    }
    fields.extend(
        state
            .checkin
            .to_confirm()
            .iter()
            .map(|i| item(i.mark, i.mark.words(t), &i.text, "")),
    );
    let today = model.now.today();
    let next = w
        .next
        .or_else(|| proposed_next(model, &state.checkin, today));
    let mood = w
        .sentiment
        .or_else(|| state.checkin.moods().last().map(|m| m.1));
    let marked = |mark: Mark| state.checkin.marked(mark).next().is_some();
    let routed: Vec<usize> = if w.escalate.is_empty() {
        Vec::new()
    } else {
        w.escalate.iter().map(|x| x.index()).collect()
    };
    fields.extend([
        text(
            "attendees",
            words::call::field_attendees(t),
            &attendees,
            &who,
        ),
        choice(
            "sentiment",
            words::call::sentiment_title(t),
            Some("—"),
            &Sentiment::all_words(t),
            mood.map(Sentiment::index),
        ),
        choice(
            "judgement",
            words::call::field_judgement(t),
            Some("—"),
            &Judgement::all_words(t),
            w.judgement.map(Judgement::index),
        ),
        text(
            "next",
            words::call::field_next(t),
            &next.map(|d| d.to_string()).unwrap_or_default(),
            words::common::date_hint(t),
        ),
        choice(
            "helpful",
            words::call::field_helpful(t),
            Some("—"),
            &[words::common::yes(t), words::common::no(t)],
            w.helpful.map(|h| usize::from(!h)),
        ),
        many(
            "escalate",
            words::call::field_escalate(t),
            &Team::all_words(t),
            &routed,
        ),
        flag(
            "expansion",
            words::call::field_expansion(t),
            w.expansion || marked(Mark::Opportunity),
        ),
    ]);
    let title = words::call::wrap_up_of(t, &state.name);
    let mut form = Form::new(FormFor::WrapUp, title, fields);
    form.head = state
        .dossier
        .as_ref()
        .map(|d| promises(d, t, today))
        .unwrap_or_default();
    open_form(model, form);
}

/// The next check-in by the cadence, counted from this talk.
fn proposed_next(model: &Model, checkin: &Checkin, today: NaiveDate) -> Option<NaiveDate> {
    let row = model.book.get(&checkin.account)?;
    let desk = model.desk();
    plan::next_checkin(
        &row.account,
        &row.standing,
        model.book.meetings_of(&checkin.account),
        &desk.ground(&row.account),
        today,
        checkin.kind == CheckinKind::Risk,
    )
}

/// An action as it would be typed.
fn typed(a: &capture::Item) -> String {
    let owner = match (a.side, a.owner.is_empty()) {
        (_, false) => format!(" @{}", a.owner),
        (Side::Customer, true) => " @customer".to_owned(),
        (Side::Us, true) => " @us".to_owned(),
        (Side::Internal, true) => String::new(),
    };
    format!(
        "{}{owner}{}",
        a.what,
        a.due.map(|d| format!(" ^{d}")).unwrap_or_default()
    )
}

/// The promise ledger in a few lines: what stands open, and what is done and not told.
pub fn promises(d: &Dossier, t: Lang, today: chrono::NaiveDate) -> Vec<String> {
    const MOST: usize = 4;
    let mut all: Vec<&Action> = d
        .actions
        .iter()
        .filter(|a| a.is_promise() && a.needs_attention())
        .collect();
    all.sort_by_key(|a| urgency(a));
    all.iter()
        .take(MOST)
        .map(|a| {
            let due = a.due.map_or_else(
                || words::actions::no_due(t).to_owned(),
                |d| words::dates::day(t, d, today),
            );
            let slips = if a.slips() > 0 {
                format!(" ({})", words::actions::slipped_n(t, a.slips()))
            } else {
                String::new()
            };
            let state = if a.owes_reply() {
                words::actions::tell_them(t)
            } else if a.overdue(today) {
                words::call::late_word(t)
            } else {
                ""
            };
            format!(
                "{} {} · {} · {due}{slips} {state}",
                if a.overdue(today) || a.owes_reply() {
                    "▲"
                } else {
                    "□"
                },
                a.side.words(t),
                a.what
            )
            .trim_end()
            .to_owned()
        })
        .collect()
}

/// Takes the form's answers into the check-in. Answers the actions with their rows, and the words
/// that were not read as dates.
fn read_wrap_up(model: &mut Model, form: &Form) -> Result<Read, Refusal> {
    let next = next_of(form, model)?.map(|at| model.now.zone.day(at.start));
    let mut contacts = model
        .live
        .as_ref()
        .and_then(|l| l.dossier.as_ref())
        .map(|d| d.contacts.clone())
        .unwrap_or_default();
    // Who took part and is not in the book yet is one of theirs, too.
    let account = model
        .live
        .as_ref()
        .map(|l| l.checkin.account.clone())
        .unwrap_or_else(|| "".into());
    for typed in form
        .text("attendees")
        .split([',', '、'])
        .map(|a| a.trim().trim_end_matches("様").trim_end_matches("さん"))
        .filter(|a| !a.is_empty())
    {
        if !contacts
            .iter()
            .any(|c| fold(&c.name).starts_with(&fold(typed)))
            && fold(typed) != fold(&model.author.name)
        {
            contacts.push(Contact::new("".into(), account.clone(), typed));
        }
    }
    let me = model.author.name.clone();
    let context = capture::Context {
        me: &me,
        contacts: &contacts,
        now: model.now,
    };
    let mut read = Read::default();
    let mut items = Vec::new();
    for (place, mark, text) in form.items() {
        if mark == Mark::Action {
            let (actions, unread) = capture::action_line(&text, context);
            read.unread.extend(unread);
            read.actions.extend(actions.into_iter().map(|a| (place, a)));
        } else {
            items.push(Item { mark, text });
        }
    }
    if let Some(state) = &mut model.live {
        let w = &mut state.checkin.wrapup;
        w.attendees = form
            .text("attendees")
            .split([',', '、'])
            .map(str::trim)
            .filter(|a| !a.is_empty())
            .map(|a| known_as(a, &contacts))
            .collect();
        w.sentiment = form
            .choice("sentiment")
            .checked_sub(1)
            .map(|i| Sentiment::ALL[i]);
        w.judgement = form
            .choice("judgement")
            .checked_sub(1)
            .map(|i| Judgement::ALL[i]);
        w.next = next;
        w.helpful = match form.choice("helpful") {
            1 => Some(true),
            2 => Some(false),
            _ => None,
        };
        w.escalate = form
            .many("escalate")
            .into_iter()
            .map(|i| Team::ALL[i])
            .collect();
        w.expansion = form.flag("expansion");
    }
    read.items = items;
    Ok(read)
}

/// When one meets again: a day, or a day and its time.
fn next_of(form: &Form, model: &Model) -> Result<Option<Moment>, Refusal> {
    let text = form.text("next");
    if text.is_empty() {
        return Ok(None);
    }
    if let Some(start) = recurrence::moment(&text, model.now) {
        return Ok(Some(Moment {
            start,
            day_only: false,
        }));
    }
    let day = dates::read(&text, model.now.today())
        .ok_or_else(|| Refusal::new("next", words::common::not_a_date))?;
    let opens = day.and_time(model.config.cadence.hours.0);
    Ok(Some(Moment {
        start: model.now.zone.instant(opens),
        day_only: true,
    }))
}

/// The full name of the one person a few letters mean; else what was typed.
fn known_as(typed: &str, contacts: &[Contact]) -> String {
    let folded = fold(typed.trim_end_matches(['様', 'さ', 'ん']));
    let mut fits = contacts.iter().filter(|c| {
        fold(&c.name).starts_with(&folded)
            || (!c.reading.is_empty() && fold(&c.reading).starts_with(&folded))
    });
    match (fits.next(), fits.next()) {
        (Some(one), None) if !folded.is_empty() => one.name.clone(),
        _ => typed.to_owned(),
    }
}

#[derive(Default)]
struct Read {
    actions: Vec<(usize, capture::Item)>,
    items: Vec<Item>,
    unread: Vec<String>,
}

/// Leaving the wrap-up early keeps what was answered; the check-in waits on the desk.
pub fn remember_wrap_up(model: &mut Model, form: &Form, effects: &mut Vec<Effect>) {
    if read_wrap_up(model, form).is_ok() {
        checkin(model, effects);
    }
}

pub(super) fn keep_wrap_up(model: &mut Model, form: &mut Form, effects: &mut Vec<Effect>) -> Kept {
    let read = read_wrap_up(model, form)?;
    let t = model.t();
    // Asked once; a second Ctrl-S takes it as it is.
    if !std::mem::replace(&mut form.insisted, true) {
        let lacking = read
            .actions
            .iter()
            .find(|(_, a)| a.due.is_none() || (a.owner.is_empty() && a.side == Side::Internal));
        if let Some((place, _)) = lacking {
            form.refuse_at(*place, words::call::action_lacks(t).to_owned());
            return Err(asked_once());
        }
        if read.actions.is_empty() {
            form.refuse_at(form.cursor, words::call::really_no_action(t).to_owned());
            return Err(asked_once());
        }
    }
    let (held, next) = meetings(model, form)?;
    let Some(state) = &model.live else {
        return Ok(());
    };
    let (checkin, stored, name) = (
        state.checkin.clone(),
        state.stored.clone(),
        state.name.clone(),
    );
    let account = model
        .book
        .get(&checkin.account)
        .map(|r| r.account.clone())
        .unwrap_or_else(|| Account::new(checkin.account.clone(), name.clone()));
    let next = next.as_ref().map(|(touch, at)| {
        let of = Of {
            account: &account,
            touch,
            held: None,
            minutes: touches::length(model, &account.id, touch),
            summary: touch.kind.words(model.lang),
        };
        (of, *at)
    });
    let actions: Vec<capture::Item> = read.actions.into_iter().map(|a| a.1).collect();
    let wrap_up = ops::call::WrapUp {
        checkin,
        stored,
        name: &name,
        items: read.items,
        actions: &actions,
        held,
        next,
        lang: model.lang,
    };
    let finished = ops::call::finish(wrap_up, &mut model.by());
    let missing = quality::missing(&finished.checkin, &finished.actions);
    let mut keys = Vec::new();
    if let Some(state) = &mut model.live {
        state.stored = Some(finished.checkin.clone());
        state.checkin = finished.checkin;
        state.actions = finished.actions;
        state.phase = Phase::Done;
        state.list = Default::default();
        keys = vec![state.draft_key(), drafts::wrap_up_key(state)];
    }
    commit(model, finished.operation, effects);
    for key in keys {
        model.discard_when_stored(key);
    }
    if !read.unread.is_empty() {
        model.refuse(words::common::date_not_read(
            model.lang,
            read.unread.join(", "),
        ));
        return Ok(());
    }
    if !missing.is_empty() {
        let parts: Vec<&str> = missing.iter().map(|p| p.words(model.lang)).collect();
        model.say(words::call::note_missing(
            model.lang,
            parts.join(words::common::list_comma(model.lang)),
        ));
    }
    Ok(())
}

/// The form itself says what it asks once.
fn asked_once() -> Refusal {
    Refusal::new("", |_| "")
}

/// The meeting that this call was, and the next one with its time.
type Meetings = (Option<Touchpoint>, Option<(plan::Planned, Moment)>);

/// The meeting that this call was is held now; and the next one is agreed, where a time was said for it
/// or another day than was proposed.
fn meetings(model: &Model, form: &Form) -> Result<Meetings, Refusal> {
    let Some(checkin) = model.live.as_ref().map(|l| &l.checkin) else {
        return Ok((None, None));
    };
    let today = model.now.today();
    let Some(account) = model.book.get(&checkin.account).map(|r| &r.account) else {
        return Ok((None, None));
    };
    let held = touches::held_by(model, account, checkin.started().unwrap_or(model.now.at));
    let Some(at) = next_of(form, model)? else {
        return Ok((held, None));
    };
    let proposed = proposed_next(model, checkin, today);
    let day = model.now.zone.day(at.start);
    let there =
        model.book.meetings_of(&account.id).iter().any(|m| {
            held.as_ref().is_none_or(|h| h.id != m.id) && model.now.zone.day(m.start) == day
        });
    if there || day <= today || (at.day_only && proposed == Some(day)) {
        return Ok((held, None));
    }
    let touch = plan::Planned {
        kind: crate::domain::cadence::Kind::Checkin,
        ideal: proposed.unwrap_or(day),
        latest: day,
        date: day,
        rule: plan::Rule::Agreed,
        own: Default::default(),
        placed: false,
    };
    Ok((held, Some((touch, at))))
}
