//! Documents made from a finished check-in: copied, or written to a file beside the store.

use super::state::{Call, Output, Reply};
use crate::app::model::Model;
use crate::app::msg::Effect;
use crate::app::overlay::Item;
use crate::app::saving;
use crate::app::verb::Effects;
use crate::domain::cadence::calendar;
use crate::domain::checkin::wrapup::Team;
use crate::domain::colleague::Person;
use crate::domain::contact::Contact;
use crate::domain::text::{file_name, is_unsafe};
use crate::domain::when::Zone;
use crate::ops::{self, Refusal};
use crate::services::outgoing::Said;
use crate::services::outgoing::actions::Choice;
use crate::services::outgoing::personal::Personal;
use crate::services::{agreed, compose, message, packet};
use crate::words::{self, Lang};

pub fn offer(model: &mut Model) {
    let lang = model.lang;
    let Some(call) = &model.call.open else { return };
    let output = |o: &Output| Item::new(name(*o, lang), "", Reply::Output(*o));
    let team = |team: &Team| {
        let label = words::call::out_escalation(lang, team.words(lang));
        let who = model.ours(&call.checkin.account).at(*team);
        let who = who.map(|p| at_work(p, model)).unwrap_or_default();
        Item::new(label, who, Reply::Escalation(*team))
    };
    let teams = call.checkin.wrapup.escalate.iter().map(team);
    let items = Output::ALL.iter().map(output).chain(teams).collect();
    model.offer(words::call::outputs_title(lang), items);
}

/// A colleague, and when they work where that is not now.
fn at_work(person: &Person, model: &Model) -> String {
    let off = person.works(model.now.local().time()) == Some(false);
    let Some((from, to)) = person.hours.filter(|_| off) else {
        return person.name.clone();
    };
    let hour = |t: chrono::NaiveTime| t.format("%-H:%M").to_string();
    words::call::escalation_off(model.lang, &person.name, hour(from), hour(to))
}

pub(super) fn name(output: Output, lang: Lang) -> &'static str {
    match output {
        Output::Crm => words::call::out_crm(lang),
        Output::Mail => words::call::out_mail(lang),
        Output::Minutes => words::call::out_minutes(lang),
        Output::Markdown => words::call::out_md(lang),
        Output::Eml => words::call::out_eml(lang),
        Output::Ics => words::call::out_ics(lang),
        Output::Csv => words::call::out_csv(lang),
        Output::Html => words::call::out_html(lang),
        Output::Json => words::call::out_json(lang),
    }
}

/// The text of a paper for colleagues.
pub(super) fn text_of(model: &Model, call: &Call, output: Output) -> String {
    let paper = paper(model, call);
    match output {
        Output::Minutes => packet::minutes_of_meeting(paper),
        _ => packet::crm(paper, &model.config.desk.crm),
    }
}

pub fn make(model: &mut Model, output: Output, effects: &mut Effects) -> Result<(), Refusal> {
    let Some(call) = &model.call.open else {
        return Ok(());
    };
    let (c, name, actions) = (&call.checkin, &call.name, &call.actions);
    let (lang, zone) = (model.lang, model.now.zone);
    let markdown = || compose::markdown(c, name, actions, lang, zone);
    let write = |bytes: Vec<u8>| Effect::WriteOut {
        name: format!("{}.{}", stem(model, call), output.key()),
        bytes,
    };
    let effect = match output {
        Output::Markdown => Effect::Copy(markdown()),
        Output::Crm | Output::Minutes => Effect::Copy(text_of(model, call, output)),
        Output::Html => write(compose::html(name, &markdown(), lang).into_bytes()),
        Output::Json => {
            let json = compose::json(c, name, actions, lang);
            let text = serde_json::to_string_pretty(&json).unwrap_or_default();
            // JSON escapes the control characters of ASCII alone.
            let safe: String = text.chars().filter(|c| !is_unsafe(*c)).collect();
            write(safe.into_bytes())
        }
        Output::Ics => {
            let ics = packet::ics(actions, |_| name.clone(), model.now);
            write(ics.into_bytes())
        }
        Output::Csv => write(packet::csv(actions, |_| name.clone())),
        Output::Mail => copied(&draft(model, "follow-up", None)?),
        Output::Eml => {
            let draft = draft(model, "follow-up", None)?;
            let eml = message::eml(&draft, &addresses(call), model.now.at);
            write(eml.unwrap_or_default())
        }
    };
    effects.push(effect);
    if output == Output::Crm {
        remember_paste(model, effects);
    }
    Ok(())
}

/// The colleague who answers for a team at the account of the open call.
pub fn colleague(model: &Model, team: Team) -> Option<&Person> {
    let call = model.call.open.as_ref()?;
    model.ours(&call.checkin.account).at(team)
}

/// Copies the message to a team the check-in is escalated to, addressed to its colleague where there is one.
pub fn escalate(model: &Model, team: Team, effects: &mut Effects) -> Result<(), Refusal> {
    let draft = draft(model, "escalation", Some(team))?;
    let colleague = colleague(model, team);
    let mail = colleague.and_then(|p| p.mail.as_ref().map(|mail| format!("{} <{mail}>", p.name)));
    effects.push(match mail {
        Some(to) => Effect::Copy(format!("{to}\n\n{}\n\n{}", draft.subject, draft.body)),
        None => copied(&draft),
    });
    Ok(())
}

fn copied(draft: &message::Draft) -> Effect {
    Effect::Copy(format!("{}\n\n{}", draft.subject, draft.body))
}

/// The stem of a file name: start of the call, and the check-in's id.
fn stem(model: &Model, call: &Call) -> String {
    let c = &call.checkin;
    let start = model.now.zone.local(c.started().unwrap_or(c.created));
    format!(
        "{}-{}",
        start.format("%Y%m%d-%H%M"),
        file_name(c.id.as_str())
    )
}

/// The packet of the whole note for the CRM, with the lines that were left out of what was pasted: it changes when
/// the note does.
pub fn whole_packet(model: &Model) -> Option<String> {
    let call = model.call.open.as_ref()?;
    let whole = packet::Of {
        personal: Personal::All,
        ..paper(model, call)
    };
    Some(packet::crm(whole, &model.config.desk.crm))
}

pub(super) fn paper<'a>(model: &'a Model, call: &'a Call) -> packet::Of<'a> {
    let meetings = model.book.meetings_of(&call.checkin.account);
    packet::Of {
        checkin: &call.checkin,
        account: &call.name,
        contacts: contacts(call),
        actions: &call.actions,
        agreed: agreed::agreed(&call.checkin, meetings, None),
        there: there(model, call),
        ours: model.ours(&call.checkin.account),
        personal: Personal::Only(&call.personal),
        lang: model.lang,
        zone: model.now.zone,
    }
}

/// The customer's time zone.
fn there(model: &Model, call: &Call) -> Zone {
    let row = model.book.get(&call.checkin.account);
    let rhythm = row.and_then(|row| row.account.cadence.as_deref());
    calendar::zone_of(rhythm, model.now.zone)
}

fn contacts(call: &Call) -> &[Contact] {
    call.dossier.as_ref().map_or(&[][..], |d| &d.contacts)
}

pub(super) fn choice<'a>(model: &'a Model, call: &'a Call) -> Choice<'a> {
    Choice {
        checkin: &call.checkin,
        contacts: contacts(call),
        ours: model.ours(&call.checkin.account),
        said: said(call),
    }
}

pub(super) fn said(call: &Call) -> Said<'_> {
    Said {
        ticked: &call.ticked,
        withheld: &call.withheld,
    }
}

/// Records the pasted text in the check-in, so that a later change is noticed.
fn remember_paste(model: &mut Model, effects: &mut Effects) {
    let Some(text) = whole_packet(model) else {
        return;
    };
    let Some(call) = &model.call.open else { return };
    let (before, checkin) = (call.stored.clone(), call.checkin.clone());
    let name = call.name.clone();
    let (checkin, operation) = ops::call::pasted(before, checkin, &text, &name, &mut model.by());
    if let Some(call) = &mut model.call.open {
        call.stored = Some(checkin.clone());
        call.checkin = checkin;
    }
    saving::commit(model, operation, effects);
}

pub(super) fn draft(
    model: &Model,
    id: &'static str,
    team: Option<Team>,
) -> Result<message::Draft, Refusal> {
    let messages = &model.config.messages;
    let template = messages.iter().find(|m| m.id == id);
    let (Some(call), Some(template)) = (&model.call.open, template) else {
        return Err(Refusal::new("", |lang| words::call::draft_lacks(lang, id)));
    };
    let meetings = model.book.meetings_of(&call.checkin.account);
    let desk = &model.config.desk;
    let account = model
        .book
        .get(&call.checkin.account)
        .map(|row| &row.account);
    let of = message::Of {
        checkin: &call.checkin,
        account: &call.name,
        contacts: contacts(call),
        actions: &call.actions,
        agreed: agreed::agreed(&call.checkin, meetings, Some(model.now.at)),
        link: agreed::link(&call.checkin, meetings, Some(model.now.at)),
        sender: message::Sender {
            company: desk.company.as_deref(),
            signature: desk.signature.as_deref(),
        },
        team,
        there: there(model, call),
        guessed: account.is_some_and(|a| agreed::is_guessed(a, &model.config.cadence)),
        today: model.now.today(),
        ours: model.ours(&call.checkin.account),
        said: said(call),
        personal: Personal::Only(&call.personal),
    };
    let facts = message::facts(&of, model.lang, model.now.zone);
    message::draft(template, &facts, model.lang)
        .map_err(|why| Refusal::new("", |lang| why.words(lang)))
}

/// Known mail addresses of the attendees.
fn addresses(call: &Call) -> Vec<String> {
    message::addresses(&call.checkin, contacts(call))
}
