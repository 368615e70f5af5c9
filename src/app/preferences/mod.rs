//! How and when a customer wants to be contacted: preferences, and the account's own cadence.

mod prefs;
mod rhythm;
pub mod state;

use super::model::Model;
use super::overlay::Answer;
use super::verb::{Effects, GLOBAL, Verb, needs_account_and_store, verb};
use crate::ops::Refusal;
use crate::words::Text;
use state::Reply;

pub const VERBS: &[Verb] = &[
    verb(
        "preferences.cadence",
        &GLOBAL,
        &["r"],
        Text::new("Custom cadence", "ケイデンスの個別設定"),
        |model, _| rhythm::open(model),
    )
    .ready(needs_account_and_store)
    .place(70),
    verb(
        "preferences.edit",
        &GLOBAL,
        &["W"],
        Text::new("Preferences", "プリファレンス"),
        |model, _| prefs::open(model),
    )
    .ready(needs_account_and_store)
    .place(80),
];

pub fn answer(
    model: &mut Model,
    reply: Reply,
    answer: Answer,
    effects: &mut Effects,
) -> Result<(), Refusal> {
    match (reply, answer) {
        (Reply::Rhythm(id), Answer::Form(form)) => rhythm::save(model, form, &id, effects),
        (Reply::Prefs(id, contact), Answer::Form(form)) => {
            prefs::save(model, form, &id, contact.as_ref(), effects)
        }
        _ => Ok(()),
    }
}
