//! What a paper lacks, asked for once and written into `desk.toml`: our company, and who answers for a team.

use super::state::{self, Output, Paper, Reply};
use super::{outputs, previews};
use crate::app::model::Model;
use crate::app::msg::Effect;
use crate::app::verb::Effects;
use crate::config::Known;
use crate::domain::checkin::wrapup::Team;
use crate::domain::colleague::Person;
use crate::domain::ours::role;
use crate::domain::text::visible;
use crate::ops::Refusal;
use crate::words;

/// Asks for our company.
pub fn company(model: &mut Model, output: Output) {
    let lang = model.lang;
    let hint = words::call::company_hint(lang);
    let title = words::call::company_title(lang);
    model.ask(Reply::Company(output), title, hint, "");
}

/// Takes our company.
///
/// # Errors
/// If nothing is typed.
pub fn read_company(text: &str, output: Output, effects: &mut Effects) -> Result<(), Refusal> {
    let name = visible(text);
    if name.is_empty() {
        return Err(Refusal::new("", words::common::name_empty));
    }
    effects.push(remember(Known::Company(name), Paper::Preview(output)));
    Ok(())
}

/// Copies the message to a team. Who answers for it is asked for first where nobody is known.
///
/// # Errors
/// If the message lacks something.
pub fn escalate(model: &mut Model, team: Team, effects: &mut Effects) -> Result<(), Refusal> {
    if outputs::colleague(model, team).is_some() {
        return outputs::escalate(model, team, effects);
    }
    let lang = model.lang;
    let title = words::call::colleague_title(lang, team.words(lang));
    let hint = words::call::colleague_hint(lang);
    model.ask(Reply::Colleague(team), title, hint, "");
    Ok(())
}

/// Takes who answers for a team. Nothing typed copies the message to the team as a whole.
///
/// # Errors
/// If the text is no person.
pub fn read_colleague(
    model: &mut Model,
    text: &str,
    team: Team,
    effects: &mut Effects,
) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return outputs::escalate(model, team, effects);
    }
    let person = Person::read(text)
        .map_err(|why| Refusal::new("", |lang| words::problems::wrong_person(lang, &why)))?;
    let known = Known::Colleague(role(team), person);
    effects.push(remember(known, Paper::Escalation(team)));
    Ok(())
}

fn remember(known: Known, paper: Paper) -> Effect {
    Effect::Call(state::Effect::Remember(known, paper))
}

/// Goes on with the paper, now that it is known.
///
/// # Errors
/// If the paper lacks something else.
pub fn remembered(
    model: &mut Model,
    known: &Known,
    path: &str,
    paper: Paper,
    effects: &mut Effects,
) -> Result<(), Refusal> {
    known.apply(&mut std::sync::Arc::make_mut(&mut model.config).desk);
    model.author.ours = model.config.desk.ours.clone();
    model.say(words::call::remembered(model.lang, path));
    match paper {
        Paper::Preview(output) => previews::preview(model, output),
        Paper::Escalation(team) => outputs::escalate(model, team, effects),
    }
}
