//! Explaining a score, and overriding health by hand.

mod form;
pub mod state;

use super::model::Model;
use super::msg::{Effect as AnyEffect, Screen};
use super::overlay::Answer;
use super::verb::{Effects, GLOBAL, Verb, needs_account, needs_account_and_store, verb};
use crate::domain::health::why::Why;
use crate::domain::ids::AccountId;
use crate::ops::Refusal;
use crate::services::why;
use crate::words::Text;
use state::{Effect, Msg, Reply};

pub const VERBS: &[Verb] = &[
    verb(
        "health.explain",
        &GLOBAL,
        &["w"],
        Text::new("Explain score", "スコアの理由"),
        |model, effects| {
            model.health.asked = model.subject();
            let asked = model.health.asked.clone();
            effects.extend(asked.map(|id| AnyEffect::Health(Effect::Why(id))));
        },
    )
    .ready(needs_account_and_store)
    .place(110),
    verb(
        "health.override",
        &GLOBAL,
        &["b"],
        Text::new("Override health", "ヘルスを手動で判定"),
        |model, _| form::open(model),
    )
    .ready(needs_account)
    .place(120),
];

pub fn answer(
    model: &mut Model,
    reply: Reply,
    answer: Answer,
    effects: &mut Effects,
) -> Result<(), Refusal> {
    if let (Reply::Override(id), Answer::Form(form)) = (reply, answer) {
        form::save(model, form, &id, effects)?;
    }
    Ok(())
}

pub fn on(model: &mut Model, msg: Msg, _effects: &mut Effects) {
    match msg {
        Msg::Why(id, why) => explain(model, &id, &why),
    }
}

/// Explains a score. The store may answer late, so the explanation is shown only if the user is
/// still on that account and nothing covers the screen.
fn explain(model: &mut Model, id: &AccountId, why: &Why) {
    let asked = model.health.asked.take();
    let still = asked.is_some_and(|a| a == *id && model.subject() == Some(a));
    if !still || !model.overlays.is_empty() || model.screen == Screen::Call {
        return;
    }
    if let Some(row) = model.book.get(id) {
        let title = why::title(model.lang, &row.account, &why.now);
        let lines = why::lines(model.lang, why, &model.config.policy);
        model.show(title, lines);
    }
}
