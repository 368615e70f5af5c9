//! The wrap-up of a call: reading its form, and finishing the check-in as a note with actions.

use super::listening;
use super::state::{Call, Phase};
use super::wrap_up_form::{
    ATTENDEES, ESCALATE, EXPANSION, HELPFUL, Helpful, JUDGEMENT, NEXT, SENTIMENT, draft_key,
    proposed_next,
};
use super::{leaving, sections};
use crate::app::kit::form::Form;
use crate::app::model::Model;
use crate::app::verb::Effects;
use crate::app::{saving, touches};
use crate::domain::account::Account;
use crate::domain::action::Side;
use crate::domain::cadence::Kind as Touch;
use crate::domain::cadence::plan::{Planned, Rule};
use crate::domain::cadence::touchpoint::Touchpoint;
use crate::domain::checkin::items::Item;
use crate::domain::checkin::{Mark, quality};
use crate::domain::contact::Contact;
use crate::domain::courtesy;
use crate::domain::text::{fold, visible};
use crate::keys::{Code, Key};
use crate::ops::touches::{Moment, Of};
use crate::ops::{self, Refusal};
use crate::services::{capture, dates};
use crate::words;

/// Leaves the wrap-up. Esc keeps the answers and leaves the check-in unfinished; F7 goes back into
/// the call.
pub fn leave(model: &mut Model, form: &Form, key: Key, effects: &mut Effects) {
    if key.code == Code::F(7) {
        return leaving::resume(model, effects);
    }
    if read(model, form).is_ok() {
        sections::store(model, effects);
    }
    model.say(words::call::wrap_up_waits(model.lang));
    model.step_back();
}

/// Finishes the check-in. The first attempt asks for missing parts; the second accepts the form as
/// it is.
pub fn finish(model: &mut Model, form: &mut Form, effects: &mut Effects) -> Result<(), Refusal> {
    let read = read(model, form)?;
    insist(model, form, &read)?;
    let (held, next) = meetings(model, form)?;
    let Some(call) = &model.call.open else {
        return Ok(());
    };
    let (checkin, name) = (call.checkin.clone(), call.name.clone());
    let account = model
        .account_of(&checkin.account)
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
        stored: call.stored.clone(),
        name: &name,
        unheard: listening::unheard(model, &read.items),
        items: read.items,
        actions: &actions,
        held,
        next,
        lang: model.lang,
    };
    let finished = ops::call::finish(wrap_up, &mut model.by());
    let missing = quality::missing(&finished.checkin, &finished.actions);
    saving::commit(model, finished.operation, effects);
    if let Some(call) = &mut model.call.open {
        let keys = [call.draft_key(), draft_key(call)];
        call.stored = Some(finished.checkin.clone());
        call.checkin = finished.checkin;
        call.actions = finished.actions;
        call.phase = Phase::Done;
        call.list = Default::default();
        for key in keys {
            model.discard_when_stored(key);
        }
    }
    say_done(model, &read.unread, &missing);
    Ok(())
}

fn say_done(model: &mut Model, unread: &[String], missing: &[quality::Part]) {
    let lang = model.lang;
    if !unread.is_empty() {
        model.refuse(words::common::date_not_read(lang, unread.join(", ")));
    } else if !missing.is_empty() {
        let parts: Vec<&str> = missing.iter().map(|p| p.words(lang)).collect();
        let parts = parts.join(words::common::list_comma(lang));
        model.say(words::call::note_missing(lang, parts));
    }
}

/// The rows of a wrap-up form, which the check-in does not store itself.
#[derive(Default)]
struct Read {
    /// Each with the position of its row.
    actions: Vec<(usize, capture::Item)>,
    items: Vec<Item>,
    /// `^` words that are not dates.
    unread: Vec<String>,
}

/// Copies the answers of the form into the check-in, and reads its rows.
fn read(model: &mut Model, form: &Form) -> Result<Read, Refusal> {
    let next = next_of(model, form)?.map(|at| model.now.zone.day(at.start));
    let Some(call) = &model.call.open else {
        return Ok(Read::default());
    };
    let contacts = contacts(model, call, form);
    let context = capture::Context {
        contacts: &contacts,
        ours: model.ours(&call.checkin.account),
        now: model.now,
    };
    let mut read = Read::default();
    for (place, row, text) in form.items() {
        if row.mark == Mark::Action {
            let (actions, unread) = capture::action_line(&text, context);
            read.unread.extend(unread);
            let inside = row.inside;
            let item = |a: capture::Item| (place, capture::Item { inside, ..a });
            read.actions.extend(actions.into_iter().map(item));
        } else {
            let mark = row.mark;
            read.items.push(Item { mark, text });
        }
    }
    if let Some(call) = &mut model.call.open {
        // Who is not known yet keeps the title that was typed.
        let known = call.dossier.as_ref().map_or(&[][..], |d| &d.contacts);
        let typed = ATTENDEES.of(form);
        let attendees = names(&typed).map(|a| known_as(a, known)).collect();
        let w = &mut call.checkin.wrapup;
        w.attendees = attendees;
        w.sentiment = SENTIMENT.of(form);
        w.judgement = JUDGEMENT.of(form);
        w.next = next;
        w.helpful = HELPFUL.of(form).map(|h| h == Helpful::Yes);
        w.escalate = ESCALATE.of(form);
        w.expansion = EXPANSION.of(form);
    }
    Ok(read)
}

/// Names separated by commas, "and" or "&".
fn names(text: &str) -> impl Iterator<Item = &str> {
    let parts = text
        .split([',', '、', '，', '&'])
        .flat_map(|p| p.split(" and "));
    let people = parts.map(str::trim);
    people.filter(|a| !a.is_empty() && !courtesy::is_position(a))
}

/// The account's contacts. Attendees that are not known yet count as the customer's people, but for ours.
fn contacts(model: &Model, call: &Call, form: &Form) -> Vec<Contact> {
    let ours = model.ours(&call.checkin.account);
    let dossier = call.dossier.as_ref();
    let mut contacts = dossier.map(|d| d.contacts.clone()).unwrap_or_default();
    for typed in names(&ATTENDEES.of(form)) {
        let typed = courtesy::bare(typed).0;
        let known = |c: &Contact| courtesy::is_meant(&c.name, typed);
        if courtesy::is_one_person(typed) && !contacts.iter().any(known) && !ours.has(typed) {
            let account = call.checkin.account.clone();
            contacts.push(Contact::new("".into(), account, typed));
        }
    }
    contacts
}

/// The full name of the only contact whose name, or a part of it, starts with the typed letters; otherwise the
/// typed text. A name with a title before it stays: who is Frau Iyer to the user is so in the mail.
fn known_as(typed: &str, contacts: &[Contact]) -> String {
    let folded = fold(courtesy::bare(typed).0);
    let typed = typed.trim();
    let mut fits = contacts.iter().filter(|c| {
        courtesy::is_meant(&c.name, courtesy::unbracketed(typed))
            || (!c.reading.is_empty() && fold(&c.reading).starts_with(&folded))
    });
    match (fits.next(), fits.next()) {
        (Some(one), None) if !folded.is_empty() && courtesy::titled(typed).is_none() => {
            one.name.clone()
        }
        _ => visible(typed),
    }
}

/// The next meeting: a day, or a day and a time.
fn next_of(model: &Model, form: &Form) -> Result<Option<Moment>, Refusal> {
    let text = NEXT.of(form);
    if text.is_empty() {
        return Ok(None);
    }
    if let Some(start) = dates::moment(&text, model.now) {
        return Ok(Some(Moment {
            start,
            day_only: false,
        }));
    }
    let day = dates::read(&text, model.now)
        .ok_or_else(|| Refusal::new(NEXT.0, words::common::not_a_date))?;
    let opens = day.and_time(model.config.cadence.hours.0);
    Ok(Some(Moment {
        start: model.now.zone.instant(opens),
        day_only: true,
    }))
}

/// Asks once for the owner and date of each action, or for an action if there is none.
fn insist(model: &Model, form: &mut Form, read: &Read) -> Result<(), Refusal> {
    if std::mem::replace(&mut form.insisted, true) {
        return Ok(());
    }
    let lacks =
        |a: &capture::Item| a.due.is_none() || (a.owner.is_empty() && a.side == Side::Internal);
    if let Some((place, who)) = unclear(model, read) {
        form.refuse_at(place, words::call::which_one(model.lang, who));
        return Err(Refusal::new("", |_| ""));
    }
    let lacking = read.actions.iter().find(|(_, a)| lacks(a));
    let (place, why) = match lacking {
        Some((place, _)) => (*place, words::call::action_lacks(model.lang)),
        None if read.actions.is_empty() => (form.cursor, words::call::really_no_action(model.lang)),
        None => return Ok(()),
    };
    form.refuse_at(place, why.to_owned());
    // The form shows the message at the row.
    Err(Refusal::new("", |_| ""))
}

/// The first action whose owner may be one of several contacts, and their names.
fn unclear(model: &Model, read: &Read) -> Option<(usize, String)> {
    let dossier = model.call.open.as_ref()?.dossier.as_ref()?;
    let two = |a: &capture::Item| {
        let wanted = courtesy::key(&a.owner);
        let has = |c: &&Contact| {
            c.name
                .split_whitespace()
                .any(|p| courtesy::key(p) == wanted)
        };
        let whole = dossier
            .contacts
            .iter()
            .any(|c| courtesy::key(&c.name) == wanted);
        let names: Vec<&str> = dossier
            .contacts
            .iter()
            .filter(has)
            .map(|c| c.name.as_str())
            .collect();
        let unclear = !wanted.is_empty() && !whole && names.len() > 1;
        unclear.then(|| names.join(words::common::list_comma(model.lang)))
    };
    read.actions
        .iter()
        .find_map(|(place, a)| Some((*place, two(a)?)))
}

/// The meeting of this call, and the next one with its time.
type Meetings = (Option<Touchpoint>, Option<(Planned, Moment)>);

/// The meeting that this call belongs to, and the next one. The next one is returned only if the
/// user gave a time, or a day other than the proposed one.
fn meetings(model: &Model, form: &Form) -> Result<Meetings, Refusal> {
    let Some(checkin) = model.call.open.as_ref().map(|call| &call.checkin) else {
        return Ok((None, None));
    };
    let (today, zone) = (model.now.today(), model.now.zone);
    let Some(account) = model.book.get(&checkin.account).map(|r| &r.account) else {
        return Ok((None, None));
    };
    let started = checkin.started().unwrap_or(model.now.at);
    let held = touches::held_by(model, account, started);
    let Some(at) = next_of(model, form)? else {
        return Ok((held, None));
    };
    let proposed = proposed_next(model, checkin, today);
    let day = zone.day(at.start);
    let there = model
        .book
        .meetings_of(&account.id)
        .iter()
        .any(|m| held.as_ref().is_none_or(|h| h.id != m.id) && zone.day(m.start) == day);
    if there || day <= today || (at.day_only && proposed == Some(day)) {
        return Ok((held, None));
    }
    let touch = Planned {
        kind: Touch::Checkin,
        ideal: proposed.unwrap_or(day),
        latest: day,
        date: day,
        rule: Rule::Agreed,
        own: Default::default(),
        placed: false,
    };
    Ok((held, Some((touch, at))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contacts() -> Vec<Contact> {
        let contact = |name: &str, reading: &str| Contact {
            reading: reading.to_owned(),
            ..Contact::new(name.into(), "a".into(), name)
        };
        vec![
            contact("高橋 けいこ", "けいこ"),
            contact("石田つばさ", "つばさ"),
            contact("佐々木さん太", ""),
        ]
    }

    #[test]
    fn only_a_whole_honorific_is_taken_off_a_name() {
        for (typed, name) in [
            ("けん", "けん"),
            ("けんさん", "けんさん"),
            ("つばさ", "石田つばさ"),
            ("つばささん", "石田つばさ"),
            ("けいこ様", "高橋 けいこ"),
            ("高橋 様", "高橋 けいこ"),
            ("佐々木さん", "佐々木さん太"),
            ("さん", "さん"),
            ("様", "様"),
        ] {
            assert_eq!(known_as(typed, &contacts()), name, "{typed}");
        }
    }
}
