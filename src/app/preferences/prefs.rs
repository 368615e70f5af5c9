//! The form of a customer's preferences, for the account or for one of its contacts.

use super::state::Reply;
use crate::app::account::state::Tab;
use crate::app::kit::form::Form;
use crate::app::kit::handle::{Choice, Line};
use crate::app::model::Model;
use crate::app::msg::Screen;
use crate::app::saving;
use crate::app::verb::Effects;
use crate::domain::contact::{Channel, Contact};
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::prefs::{Frequency, Message};
use crate::ops::{self, Refusal};
use crate::words;

const CHANNEL: Choice<Channel> = Choice::new("channel");
const QUIET: Line = Line("quiet");
const CAP: Line = Line("cap");

/// The field for how often one kind of message may be sent.
const fn frequency(message: Message) -> Choice<Frequency> {
    Choice::new(match message {
        Message::Calls => "calls",
        Message::Updates => "updates",
        Message::Education => "education",
        Message::Promotion => "promotion",
        Message::Training => "training",
    })
}

/// The contact under the cursor, on the people tab.
fn person(model: &Model) -> Option<Contact> {
    let pane = model.account.as_ref();
    let pane = pane.filter(|p| model.screen == Screen::Account && p.tab == Tab::People)?;
    let contacts = &pane.dossier.as_ref()?.contacts;
    contacts.get(pane.list().cursor).cloned()
}

pub fn open(model: &mut Model) {
    let lang = model.lang;
    let account = model.subject().and_then(|id| model.account_of(&id));
    let Some(account) = account else { return };
    let contact = person(model);
    let (prefs, name) = match &contact {
        Some(c) => (&c.prefs, &c.name),
        None => (&account.prefs, &account.name),
    };
    let channel = words::account::field_channel(lang);
    let mut fields = vec![CHANNEL.or_none(channel, "—", prefs.channel, lang)];
    for message in Message::ALL {
        let never = prefs.opted_out.contains(message);
        let held = never.then_some(Frequency::Never);
        let held = held.or_else(|| prefs.frequency.get(message).copied());
        let usual = words::prefs::as_cadence(lang);
        fields.push(frequency(*message).or_none(message.words(lang), usual, held, lang));
    }
    let quiet = prefs
        .quiet
        .map(|q| format!("{}-{}", q.from.format("%H:%M"), q.to.format("%H:%M")));
    let cap = prefs.cap.map(|c| c.to_string());
    fields.push(QUIET.field(
        words::prefs::field_quiet(lang),
        &quiet.unwrap_or_default(),
        "12:00-13:00",
    ));
    fields.push(CAP.field(
        words::prefs::field_cap(lang),
        &cap.unwrap_or_default(),
        words::prefs::field_cap_hint(lang),
    ));
    let title = words::prefs::prefs_title(lang, name);
    let contact = contact.map(|c| c.id);
    let whose = contact.as_ref().map_or("all", |id| id.as_str());
    let draft = format!("wishes/{}/{whose}/{}", account.id, model.author.name);
    model.open_form(Reply::Prefs(account.id, contact), title, fields, draft);
}

pub fn save(
    model: &mut Model,
    form: &Form,
    id: &AccountId,
    contact: Option<&RecordId>,
    effects: &mut Effects,
) -> Result<(), Refusal> {
    let wish = |message: &Message| Some((*message, frequency(*message).of(form)?));
    let edit = ops::prefs::Edit {
        channel: CHANNEL.of(form),
        frequency: Message::ALL.iter().filter_map(wish).collect(),
        quiet: QUIET.of(form),
        cap: CAP.of(form),
    };
    let gone = || Refusal::new("channel", words::common::gone);
    let operation = match contact {
        Some(contact) => {
            let people = model.people_of(id);
            let before = people.iter().find(|c| c.id == *contact).ok_or_else(gone)?;
            ops::prefs::of_contact(before, edit, &mut model.by())?
        }
        None => {
            let before = model.account_of(id).ok_or_else(gone)?;
            ops::prefs::of_account(&before, edit, &mut model.by())?
        }
    };
    saving::commit(model, operation, effects);
    Ok(())
}
