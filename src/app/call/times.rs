//! The agreed start of a call, and the time when the customer must leave.

use chrono::{DateTime, Utc};

use super::sections;
use super::state::Reply;
use crate::app::kit::reading::Reads;
use crate::app::model::Model;
use crate::app::verb::Effects;
use crate::domain::checkin::EventKind;
use crate::ops::Refusal;
use crate::services::dates;
use crate::words;

pub fn ask_leave_by(model: &mut Model) {
    let call = model.call.open.as_ref();
    let set = clock(model, call.and_then(|c| c.checkin.leave_by()));
    let title = words::call::leave_title(model.lang);
    let hint = words::call::leave_hint(model.lang);
    model.ask_read(Reads::Soon, Reply::LeaveBy, title, hint, &set);
}

pub fn ask_start_at(model: &mut Model) {
    let call = model.call.open.as_ref();
    let set = clock(model, call.and_then(|c| c.checkin.start_at()));
    let title = words::call::start_at_title(model.lang);
    let hint = words::call::start_at_hint(model.lang);
    model.ask_read(Reads::PastMoment, Reply::StartAt, title, hint, &set);
}

/// A moment in the user's local time; empty for none.
fn clock(model: &Model, at: Option<DateTime<Utc>>) -> String {
    at.map(|at| model.now.zone.local(at).format("%H:%M").to_string())
        .unwrap_or_default()
}

fn not_a_time() -> Refusal {
    Refusal::new("", words::call::not_a_time)
}

/// Sets the agreed start of the talk. An empty text removes it.
pub fn start_at(model: &mut Model, text: &str, effects: &mut Effects) -> Result<(), Refusal> {
    let at = match text.trim() {
        "" => None,
        text => Some(dates::read_moment(text, model.now).ok_or_else(not_a_time)?),
    };
    sections::record(model, |_| EventKind::StartAt { at }, effects);
    Ok(())
}

/// Sets the hard stop: `10:45`, or `+20` for minutes from now. An empty text removes it.
pub fn leave_by(model: &mut Model, text: &str, effects: &mut Effects) -> Result<(), Refusal> {
    let at = match text.trim() {
        "" => None,
        text => Some(dates::soon(text, model.now).ok_or_else(not_a_time)?),
    };
    sections::record(model, |_| EventKind::LeaveBy { at }, effects);
    Ok(())
}
