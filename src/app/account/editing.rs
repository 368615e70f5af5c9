//! Editing the item under the cursor: a field of the overview, a person, an action or a note.

use super::people;
use super::state::{Reply, Tab};
use crate::app::kit::reading::Reads;
use crate::app::model::Model;
use crate::app::verb::Effects;
use crate::app::{actions, compose, saving};
use crate::domain::account::{Stage, Tier};
use crate::domain::account_field::AccountField;
use crate::domain::ids::AccountId;
use crate::ops::{self, Refusal};
use crate::words::{self, Lang};

pub fn edit(model: &mut Model) {
    let Some(pane) = &model.account else { return };
    let Some(d) = &pane.dossier else {
        return model.refuse(words::common::still_loading(model.lang));
    };
    let cursor = pane.list().cursor;
    match pane.tab {
        Tab::Overview => {
            let Some(field) = AccountField::ALL.get(cursor).copied() else {
                return model.refuse(words::account::only_from_files(model.lang));
            };
            let (lang, text) = (model.lang, field.typed(&d.account));
            let reply = Reply::Field(pane.id.clone(), field);
            let (title, hint) = (field.words(lang), hint(field, lang));
            match field {
                AccountField::Start | AccountField::Renewal => {
                    model.ask_read(Reads::Day, reply, title, hint, &text);
                }
                _ => model.ask(reply, title, hint, &text),
            }
        }
        Tab::People => {
            let id = d.contacts.get(cursor).map(|c| c.id.clone());
            people::open(model, id);
        }
        Tab::Actions => {
            let id = d.actions.get(cursor).map(|a| a.id.clone());
            actions::edit(model, id);
        }
        Tab::Notes if cursor < d.notes.len() => {
            let note = d.notes[cursor].clone();
            compose::edit(model, note);
        }
        _ => model.refuse(words::common::nothing_to_edit(model.lang)),
    }
}

/// The values that a field accepts.
fn hint(field: AccountField, lang: Lang) -> String {
    let keys = |keys: Vec<&str>| keys.join(" · ");
    match field {
        AccountField::Tier => keys(Tier::ALL.iter().map(|v| v.key()).collect()),
        AccountField::Stage => keys(Stage::ALL.iter().map(|v| v.key()).collect()),
        AccountField::Start | AccountField::Renewal => words::common::date_hint(lang).to_owned(),
        AccountField::Arr => words::common::amount_hint(lang).to_owned(),
        AccountField::Escalated => "yes · no".to_owned(),
        AccountField::People => words::account::people_hint(lang).to_owned(),
        _ => String::new(),
    }
}

pub fn set(
    model: &mut Model,
    id: &AccountId,
    field: AccountField,
    text: &str,
    effects: &mut Effects,
) -> Result<(), Refusal> {
    let opening = || Refusal::new(field.key(), words::common::still_opening);
    let before = model.account_of(id).ok_or_else(opening)?;
    let operation = ops::accounts::set_field(&before, field, text, &mut model.by())?;
    saving::commit(model, operation, effects);
    Ok(())
}
