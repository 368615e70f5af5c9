//! Leaving a call, ending it, and resuming an interrupted one.

use super::state::{Call, Phase, Reply};
use super::{sections, wrap_up_form};
use crate::app::model::Model;
use crate::app::msg::Screen;
use crate::app::verb::Effects;
use crate::domain::checkin::{EventKind, State};
use crate::domain::dossier::Dossier;
use crate::domain::ids::RecordId;
use crate::words;

/// Leaves the screen of a call. The clock keeps running, and the call is offered again.
pub fn leave(model: &mut Model, effects: &mut Effects) {
    let now = model.now;
    if let Some(call) = &mut model.call.open {
        call.collect(now);
        let name = call.name.clone();
        sections::store(model, effects);
        model.say(words::call::call_goes_on(model.lang, &name));
    }
    model.step_back();
}

pub fn end(model: &mut Model, effects: &mut Effects) {
    if model.call.running().is_some() {
        sections::record(model, |_| EventKind::Ended, effects);
        if let Some(call) = &mut model.call.open {
            call.phase = Phase::WrapUp;
        }
    }
    wrap_up_form::open_if_due(model);
}

/// Resumes a call that was ended by mistake. The clock continues.
pub fn resume(model: &mut Model, effects: &mut Effects) {
    sections::record(model, |_| EventKind::Resumed, effects);
    if let Some(call) = &mut model.call.open {
        call.phase = Phase::Live;
    }
}

/// Resumes a check-in, or shows a finished one.
pub fn reopen(model: &mut Model, id: &RecordId, effects: &mut Effects) {
    let Some(checkin) = model.book.checkins.get(id).cloned() else {
        return;
    };
    let account = checkin.account.clone();
    // The account is deleted. The check-in cannot continue unless redo restores the account.
    if checkin.state() != State::Done && model.book.get(&account).is_none() {
        return model.refuse(words::common::gone(model.lang));
    }
    let name = model.book.name(&account).to_owned();
    let mut call = Call::reopen(checkin, name);
    if matches!(call.phase, Phase::Live | Phase::WrapUp)
        && let Some(draft) = model.drafts.get(&call.draft_key())
    {
        call.restore(draft);
    }
    model.call.open = Some(call);
    model.goto(Screen::Call);
    model.load_for(account, Reply::GoOn, effects);
}

/// Takes in the account of a resumed check-in once it is read.
pub fn go_on(model: &mut Model, dossier: Box<Dossier>) {
    if let Some(call) = &mut model.call.open
        && call.checkin.account == dossier.account.id
    {
        let of_call =
            |a: &&crate::domain::action::Action| a.source.as_ref() == Some(&call.checkin.id);
        call.actions = dossier.actions.iter().filter(of_call).cloned().collect();
        call.dossier = Some(dossier);
    }
    wrap_up_form::open_if_due(model);
}
