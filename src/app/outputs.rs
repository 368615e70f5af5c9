//! What comes of a finished check-in: copied, or written to a file beside the store.

use super::Model;
use super::msg::Effect;
use super::overlay::{Item, Overlay, Pick, PickFor, Value};
use crate::ops;
use crate::services::{compose, message, packet};
use crate::words;

pub fn offer(model: &mut Model) {
    let t = model.t();
    let Some(state) = &model.live else { return };
    let mut items: Vec<Item> = [
        ("crm", words::call::out_crm(t)),
        ("mail", words::call::out_mail(t)),
        ("minutes", words::call::out_minutes(t)),
        ("md", words::call::out_md(t)),
        ("eml", words::call::out_eml(t)),
        ("ics", words::call::out_ics(t)),
        ("csv", words::call::out_csv(t)),
        ("html", words::call::out_html(t)),
        ("json", words::call::out_json(t)),
    ]
    .iter()
    .map(|(key, label)| Item {
        label: (*label).to_owned(),
        detail: String::new(),
        value: Value::Text((*key).to_owned()),
    })
    .collect();
    for team in &state.checkin.wrapup.escalate {
        items.push(Item {
            label: words::call::out_escalation(t, team.words(t)),
            detail: String::new(),
            value: Value::Text(format!("team:{}", team.key())),
        });
    }
    model.overlays.push(Overlay::Pick(Pick::new(
        PickFor::Output,
        words::call::outputs_title(t),
        items,
    )));
}

pub fn make(model: &mut Model, what: &str, effects: &mut Vec<Effect>) {
    let Some(state) = &model.live else { return };
    let (c, name, actions) = (&state.checkin, &state.name, &state.actions);
    let (lang, zone) = (model.lang, model.now.zone);
    let stem = format!(
        "{}-{}",
        zone.local(c.started().unwrap_or(c.created))
            .format("%Y%m%d-%H%M"),
        c.id
    );
    let copy = |text: String| Effect::Copy(text);
    let write = |ending: &str, bytes: Vec<u8>| Effect::WriteOut {
        name: format!("{stem}.{ending}"),
        bytes,
    };
    let markdown = || compose::markdown(c, name, actions, lang, zone);
    let effect = match what {
        "md" => copy(markdown()),
        "crm" => copy(crm(model).unwrap_or_default()),
        "minutes" => copy(packet::minutes_of_meeting(
            c,
            name,
            actions,
            &model.author.name,
            lang,
            zone,
        )),
        "html" => write("html", compose::html(name, &markdown(), lang).into_bytes()),
        "json" => write(
            "json",
            serde_json::to_vec_pretty(&compose::json(c, name, actions, lang)).unwrap_or_default(),
        ),
        "ics" => write(
            "ics",
            packet::ics(actions, |_| name.clone(), model.now).into_bytes(),
        ),
        "csv" => write("csv", packet::csv(actions, |_| name.clone())),
        "mail" | "eml" => match draft(model, "follow-up", None) {
            Ok(draft) if what == "mail" => copy(format!("{}\n\n{}", draft.subject, draft.body)),
            Ok(draft) => write(
                "eml",
                message::eml(&draft, &addresses(model), model.now.at).unwrap_or_default(),
            ),
            Err(why) => return model.refuse(why),
        },
        other => match draft(model, "escalation", other.strip_prefix("team:")) {
            Ok(draft) => copy(format!("{}\n\n{}", draft.subject, draft.body)),
            Err(why) => return model.refuse(why),
        },
    };
    effects.push(effect);
    if what == "crm" {
        remember_paste(model, effects);
    }
}

/// The packet as it would be pasted now.
pub fn crm(model: &Model) -> Option<String> {
    let state = model.live.as_ref()?;
    Some(packet::crm(
        &state.checkin,
        &state.name,
        &state.actions,
        &model.config.desk.crm,
        model.lang,
        model.now.zone,
    ))
}

/// The check-in remembers what was pasted, so that a later change is seen.
fn remember_paste(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(text) = crm(model) else { return };
    let Some(state) = &model.live else { return };
    let (before, checkin, name) = (
        state.stored.clone(),
        state.checkin.clone(),
        state.name.clone(),
    );
    let (checkin, operation) = ops::call::pasted(before, checkin, &text, &name, &mut model.by());
    if let Some(state) = &mut model.live {
        state.stored = Some(checkin.clone());
        state.checkin = checkin;
    }
    super::keep::commit(model, operation, effects);
}

fn draft(model: &Model, id: &str, team: Option<&str>) -> Result<message::Draft, String> {
    let state = model.live.as_ref().ok_or_else(String::new)?;
    let template = model
        .config
        .messages
        .iter()
        .find(|m| m.id == id)
        .ok_or_else(|| words::call::draft_lacks(model.lang, id))?;
    let team = team
        .and_then(crate::domain::checkin::wrapup::Team::parse)
        .map(|t| t.words(model.lang));
    let facts = message::facts(
        &state.checkin,
        &state.name,
        &state.actions,
        &model.author.name,
        team,
        &*model.phrases,
        model.lang,
        model.now.zone,
    );
    message::draft(template, &facts, model.lang)
        .map_err(|missing| words::call::draft_lacks(model.lang, &missing.0))
}

/// Mail addresses of those who took part, as far as they are known.
fn addresses(model: &Model) -> Vec<String> {
    let Some(state) = &model.live else {
        return Vec::new();
    };
    let people = state.dossier.iter().flat_map(|d| d.contacts.iter());
    people
        .filter(|p| state.checkin.wrapup.attendees.contains(&p.name) && !p.email.is_empty())
        .map(|p| p.email.clone())
        .collect()
}
