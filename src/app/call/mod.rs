//! A check-in from agenda to note: chosen, set up, live, wrapped up and read.

mod agenda;
mod asked;
mod at_hand;
mod face;
mod leaving;
mod listening;
mod outputs;
mod pacing;
mod previews;

mod reading;
mod sections;
mod start;
pub mod state;
mod templates;
mod times;
mod verbs;
mod wrap_up;
mod wrap_up_form;

use super::kit::notice::{YesNo, closes, scroll_key, yes_no};
use super::model::Model;
use super::msg::Effect;
use super::overlay::Answer;
use super::verb::Effects;
use crate::keys::{Code, Key};
use crate::ops::Refusal;
use state::{Layer, Msg, Phase, Reply};

pub use face::{FACE, LIVE, reminder};
pub use leaving::reopen;
pub use listening::listen_again;
pub use outputs::whole_packet;
pub use pacing::{Learned, learned};
pub use reading::show_talk;
pub use start::{proposal, start_meeting, start_with};
pub use verbs::VERBS;

pub fn on(model: &mut Model, msg: Msg, effects: &mut Effects) {
    match msg {
        Msg::Remembered(known, path, paper) => {
            if let Err(refusal) = asked::remembered(model, &known, &path, paper, effects) {
                model.decline(&refusal);
            }
        }
        Msg::Phrases(lexicon) => listening::replace_lexicon(model, lexicon),
    }
}

/// Runs after every message: checks for warning phrases, and reminds of a hard stop.
pub fn follow(model: &mut Model) {
    listening::listen(model);
    pacing::remind(model);
}

pub fn answer(
    model: &mut Model,
    reply: Reply,
    answer: Answer,
    effects: &mut Effects,
) -> Result<(), Refusal> {
    match (reply, answer) {
        (Reply::Choose, Answer::Dossier(dossier)) => start::choose_template(model, &dossier),
        (Reply::Template(id, template), _) => start::start_with(model, id, template, effects),
        (Reply::SetUp(template), Answer::Dossier(dossier)) => {
            start::set_up(model, dossier, &template);
        }
        (Reply::GoOn, Answer::Dossier(dossier)) => leaving::go_on(model, dossier),
        (Reply::Mood(sentiment), _) => sections::feel(model, sentiment, effects),
        (Reply::Cut(section), _) => sections::cut_chosen(model, section, effects),
        (Reply::Section, Answer::Line(text)) => sections::add(model, text, effects)?,
        (Reply::StartAt, Answer::Line(text)) => times::start_at(model, text, effects)?,
        (Reply::LeaveBy, Answer::Line(text)) => times::leave_by(model, text, effects)?,
        (Reply::Look(id), _) => templates::look(model, &id),
        (Reply::Output(output), _) => previews::choose(model, output, effects)?,
        (Reply::Tick(output, line), _) => previews::tick(model, output, line)?,
        (Reply::Kept(output), _) => previews::preview(model, output)?,
        (Reply::Send(output), _) => outputs::make(model, output, effects)?,
        (Reply::Escalation(team), _) => asked::escalate(model, team, effects)?,
        (Reply::AskCompany(output), _) => asked::company(model, output),
        (Reply::Company(output), Answer::Line(text)) => asked::read_company(text, output, effects)?,
        (Reply::Colleague(team), Answer::Line(text)) => {
            asked::read_colleague(model, text, team, effects)?;
        }
        (Reply::WrapUp, Answer::Form(form)) => wrap_up::finish(model, form, effects)?,
        (Reply::WrapUp, Answer::LeftForm(form, key)) => {
            wrap_up::leave(model, form, key, effects);
        }
        _ => {}
    }
    Ok(())
}

pub fn layer_key(model: &mut Model, layer: Layer, key: Key, effects: &mut Effects) -> Option<Key> {
    match (layer, yes_no(key)) {
        (Layer::Replan(plan), Some(YesNo::Yes)) => pacing::apply(model, &plan, effects),
        (Layer::Resume(checkin), Some(YesNo::Yes)) => reopen(model, &checkin, effects),
        (Layer::Replan(_) | Layer::Resume(_), Some(YesNo::No)) => {}
        (Layer::AtHand { blocks, mut scroll }, _) => {
            if let Some(to) = scroll_key(key) {
                scroll = to.scrolled(scroll, model.geometry.most, model.geometry.rows);
            } else if closes(key) || key.as_command().code == Code::Char('i') {
                return None;
            }
            model.lay(Layer::AtHand { blocks, scroll });
        }
        (layer, None) => model.lay(layer),
    }
    None
}

pub fn is_newer(model: &Model) -> bool {
    let call = model.call.running();
    call.is_some_and(|call| call.version() != call.saved)
}

/// The lines of the call, if they are newer than their draft.
pub fn newest(model: &mut Model) -> Option<Effect> {
    let now = model.now;
    let call = model.call.running_mut()?;
    if call.version() == call.saved {
        return None;
    }
    call.saved = call.version();
    Some(Effect::SaveCall {
        key: call.draft_key(),
        draft: Box::new(call.draft(now)),
    })
}

pub fn not_written(model: &mut Model, key: &str) {
    let call = model.call.open.as_mut();
    if let Some(call) = call.filter(|c| c.phase == Phase::Live && c.draft_key() == key) {
        call.saved = u64::MAX;
    }
}
