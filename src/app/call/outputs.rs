//! Documents made from a finished check-in: copied, or written to a file beside the store.

use super::state::{Call, Output, Reply};
use crate::app::model::Model;
use crate::app::msg::Effect;
use crate::app::overlay::{Item, Overlay};
use crate::app::saving;
use crate::app::verb::Effects;
use crate::domain::action::{Action, Side, Status};
use crate::domain::cadence::calendar;
use crate::domain::checkin::wrapup::Team;
use crate::domain::ours::role;
use crate::ops::{self, Refusal};
use crate::services::outgoing::actions::{goes_out, is_colleagues, is_free};
use crate::services::outgoing::{Why, outgoing};
use crate::services::{compose, message, packet};
use crate::words::{self, Lang};

pub fn offer(model: &mut Model) {
    let lang = model.lang;
    let Some(call) = &model.call.open else { return };
    let output = |o: &Output| Item::new(name(*o, lang), "", Reply::Output(*o));
    let team = |team: &Team| {
        let label = words::call::out_escalation(lang, team.words(lang));
        Item::new(label, "", Reply::Escalation(*team))
    };
    let teams = call.checkin.wrapup.escalate.iter().map(team);
    let items = Output::ALL.iter().map(output).chain(teams).collect();
    model.offer(words::call::outputs_title(lang), items);
}

fn name(output: Output, lang: Lang) -> &'static str {
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

/// Makes a document; a mail to the customer is shown first.
pub fn choose(model: &mut Model, output: Output, effects: &mut Effects) -> Result<(), Refusal> {
    if matches!(output, Output::Mail | Output::Eml) {
        preview(model, output)
    } else {
        make(model, output, effects)
    }
}

/// Shows what of the call goes to the customer, and what stays inside and why. A line is allowed by choosing
/// it; a marked one stays.
pub fn preview(model: &mut Model, output: Output) -> Result<(), Refusal> {
    let lang = model.lang;
    let draft = draft(model, "follow-up", None)?;
    let Some(call) = &model.call.open else {
        return Ok(());
    };
    let permitted = outgoing(&call.checkin, &call.ticked);
    let count = permitted.ticked.len();
    let mut items = vec![Item::new(
        name(output, lang),
        draft.subject,
        Reply::Send(output),
    )];
    let tick = |line: &str, sign: &str, why: &str| {
        let reply = Reply::Tick(output, line.to_owned());
        Item::new(format!("{sign} {line}"), why, reply)
    };
    let allowed = words::call::preview_allowed(lang);
    items.extend(permitted.ticked.iter().map(|l| tick(l, "[x]", allowed)));
    for held in &permitted.held {
        items.push(match held.why {
            Why::Unticked => tick(&held.line, "[ ]", words::call::preview_unticked(lang)),
            Why::Marked(mark) => {
                let why = words::call::preview_inside(lang, mark.words(lang));
                Item::new(format!(" -  {}", held.line), why, Reply::Kept(output))
            }
        });
    }
    let dropped = |a: &&Action| a.status != Status::Dropped;
    let shown = |a: &&Action| is_colleagues(a) || a.side != Side::Internal;
    for action in call.actions.iter().filter(dropped).filter(shown) {
        let goes = goes_out(&call.checkin, action, &call.ticked, &call.withheld);
        let (sign, why) = if goes {
            ("[x]", words::call::preview_allowed(lang))
        } else {
            ("[ ]", words::call::preview_unticked(lang))
        };
        items.push(tick(&action.what, sign, why));
    }
    let mut about: Vec<String> = draft.body.lines().map(str::to_owned).collect();
    if model.config.desk.company.is_none() {
        about.push(words::call::preview_company(lang).to_owned());
    }
    let title = words::call::preview_title(lang, count, permitted.held.len());
    model.offer(title, items);
    if let Some(Overlay::Pick(pick)) = model.overlays.last_mut() {
        pick.about = about;
    }
    Ok(())
}

/// Allows a line to leave, or keeps it inside again, and shows the preview anew.
pub fn tick(model: &mut Model, output: Output, line: String) -> Result<(), Refusal> {
    if let Some(call) = &mut model.call.open {
        let mut actions = call.actions.iter().filter(|a| a.what == line);
        let free = actions.any(|a| is_free(&call.checkin, a));
        let chosen = if free {
            &mut call.withheld
        } else {
            &mut call.ticked
        };
        if !chosen.remove(&line) {
            chosen.insert(line);
        }
    }
    preview(model, output)
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
        Output::Crm => Effect::Copy(crm(model).unwrap_or_default()),
        Output::Minutes => Effect::Copy(packet::minutes_of_meeting(
            c,
            name,
            actions,
            &model.author.name,
            lang,
            zone,
        )),
        Output::Html => write(compose::html(name, &markdown(), lang).into_bytes()),
        Output::Json => {
            let json = compose::json(c, name, actions, lang);
            write(serde_json::to_vec_pretty(&json).unwrap_or_default())
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

/// Copies the message to a team the check-in is escalated to.
pub fn escalate(model: &mut Model, team: Team, effects: &mut Effects) -> Result<(), Refusal> {
    let draft = draft(model, "escalation", Some(team))?;
    let colleague = model.config.desk.ours.at(team);
    let mail = colleague.and_then(|p| p.mail.as_ref().map(|mail| format!("{} <{mail}>", p.name)));
    effects.push(match mail {
        Some(to) => Effect::Copy(format!("{to}\n\n{}\n\n{}", draft.subject, draft.body)),
        None => copied(&draft),
    });
    if colleague.is_none() {
        let role = role(team).key();
        model.say(words::call::escalation_nobody(
            model.lang,
            team.words(model.lang),
            role,
        ));
    }
    Ok(())
}

fn copied(draft: &message::Draft) -> Effect {
    Effect::Copy(format!("{}\n\n{}", draft.subject, draft.body))
}

/// The stem of a file name: start of the call, and the check-in's id.
fn stem(model: &Model, call: &Call) -> String {
    let c = &call.checkin;
    let start = model.now.zone.local(c.started().unwrap_or(c.created));
    format!("{}-{}", start.format("%Y%m%d-%H%M"), c.id)
}

/// The packet that would now be pasted into the CRM.
pub fn crm(model: &Model) -> Option<String> {
    let call = model.call.open.as_ref()?;
    Some(packet::crm(
        &call.checkin,
        &call.name,
        &call.actions,
        &model.config.desk.crm,
        model.lang,
        model.now.zone,
    ))
}

/// Records the pasted text in the check-in, so that a later change is noticed.
fn remember_paste(model: &mut Model, effects: &mut Effects) {
    let Some(text) = crm(model) else { return };
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

fn draft(model: &Model, id: &'static str, team: Option<Team>) -> Result<message::Draft, Refusal> {
    let lacks = |what: &str| {
        let what = what.to_owned();
        Refusal::new("", |lang| words::call::draft_lacks(lang, &what))
    };
    let messages = &model.config.messages;
    let template = messages.iter().find(|m| m.id == id);
    let (Some(call), Some(template)) = (&model.call.open, template) else {
        return Err(lacks(id));
    };
    let contacts = call.dossier.as_ref().map_or(&[][..], |d| &d.contacts);
    let meetings = model.book.meetings_of(&call.checkin.account);
    let desk = &model.config.desk;
    let account = model
        .book
        .get(&call.checkin.account)
        .map(|row| &row.account);
    let of = message::Of {
        checkin: &call.checkin,
        account: &call.name,
        contacts,
        actions: &call.actions,
        agreed: message::agreed(&call.checkin, meetings, model.now.zone),
        sender: message::Sender {
            name: &model.author.name,
            company: desk.company.as_deref(),
            signature: desk.signature.as_deref(),
        },
        team,
        there: calendar::zone_of(account.and_then(|a| a.cadence.as_deref()), model.now.zone),
        today: model.now.today(),
        owner: account.map(|a| a.owner.as_str()),
        ours: &desk.ours,
        ticked: &call.ticked,
        withheld: &call.withheld,
    };
    let facts = message::facts(&of, model.lang, model.now.zone);
    message::draft(template, &facts, model.lang).map_err(|missing| lacks(&missing.0))
}

/// Known mail addresses of the attendees.
fn addresses(call: &Call) -> Vec<String> {
    let contacts = call.dossier.as_ref().map_or(&[][..], |d| &d.contacts);
    message::addresses(&call.checkin, contacts)
}
