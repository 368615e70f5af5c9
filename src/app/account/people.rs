//! The form of a contact.

use super::state::Reply;
use crate::app::kit::form::Form;
use crate::app::kit::handle::{Choice, Line};
use crate::app::kit::reading::Reads;
use crate::app::model::Model;
use crate::app::saving;
use crate::app::verb::Effects;
use crate::domain::contact::{Channel, Contact, Role, Status};
use crate::domain::ids::{AccountId, RecordId};
use crate::ops::{self, Refusal};
use crate::words;

const NAME: Line = Line("name");
const READING: Line = Line("reading");
const TITLE: Line = Line("title");
const ROLE: Choice<Role> = Choice::new("role");
const EMAIL: Line = Line("email");
const PHONE: Line = Line("phone");
const CHANNEL: Choice<Channel> = Choice::new("channel");
const STATUS: Choice<Status> = Choice::new("status");
const SINCE: Line = Line("since");

/// Opens the form of a contact, or of a new one.
pub fn open(model: &mut Model, id: Option<RecordId>) {
    let lang = model.lang;
    let Some(pane) = &model.account else { return };
    let Some(d) = &pane.dossier else { return };
    let blank = Contact::new("".into(), pane.id.clone(), "");
    let known = |id: &RecordId| d.contacts.iter().find(|c| c.id == *id);
    let c = id.as_ref().and_then(known).unwrap_or(&blank);
    let since = c.since.map(|d| d.to_string()).unwrap_or_default();
    let fields = vec![
        NAME.field(words::account::field_name(lang), &c.name, ""),
        READING.field(words::account::field_reading(lang), &c.reading, ""),
        TITLE.field(words::account::field_title(lang), &c.title, ""),
        ROLE.or_none(words::account::field_role(lang), "—", c.role, lang),
        EMAIL.field(words::account::field_email(lang), &c.email, ""),
        PHONE.field(words::account::field_phone(lang), &c.phone, ""),
        CHANNEL.or_none(words::account::field_channel(lang), "—", c.channel, lang),
        STATUS.field(words::actions::field_status(lang), c.status, lang),
        SINCE
            .field(
                words::account::field_since(lang),
                &since,
                words::common::date_hint(lang),
            )
            .read_as(Reads::PastDay),
    ];
    let title = match id {
        Some(_) => words::account::edit_contact(lang),
        None => words::account::add_contact(lang),
    };
    let account = blank.account;
    let which = id.as_ref().map_or("new", |id| id.as_str());
    let draft = format!("person/{account}/{which}/{}", model.author.name);
    model.open_form(Reply::Contact { account, id }, title, fields, draft);
}

pub fn save(
    model: &mut Model,
    form: &Form,
    account: &AccountId,
    id: Option<&RecordId>,
    effects: &mut Effects,
) -> Result<(), Refusal> {
    let people = model.people_of(account);
    let before = id.and_then(|id| people.iter().find(|c| c.id == *id));
    let edit = ops::contacts::Edit {
        name: NAME.of(form),
        reading: READING.of(form),
        title: TITLE.of(form),
        email: EMAIL.of(form),
        phone: PHONE.of(form),
        role: ROLE.of(form),
        channel: CHANNEL.of(form),
        status: STATUS.of(form).unwrap_or(Status::Active),
        since: SINCE.of(form),
    };
    let operation = ops::contacts::edit(before, account, edit, &mut model.by())?;
    saving::commit(model, operation, effects);
    Ok(())
}
