//! Changing the agenda before the call: times, order and omitted sections.

use super::state::Call;
use crate::app::model::Model;
use crate::domain::checkin::agenda::{self, Section};
use crate::words;

const MINUTE: u32 = 60;
/// Longest section, in seconds.
const LONGEST: u32 = 240 * MINUTE;

/// The section under the cursor.
fn chosen(model: &mut Model) -> Option<&mut Section> {
    let call = model.call.open.as_mut()?;
    call.checkin.sections.get_mut(call.list.cursor)
}

/// Adds time up to the next whole minute.
pub fn longer(model: &mut Model) {
    if let Some(section) = chosen(model) {
        let minutes = section.target / MINUTE + 1;
        section.target = (minutes * MINUTE).min(LONGEST);
        section.max = section.max.max(section.target.div_ceil(MINUTE));
    }
}

/// Removes time down to the previous whole minute, at least one.
pub fn shorter(model: &mut Model) {
    if let Some(section) = chosen(model) {
        let minutes = section.target.div_ceil(MINUTE).saturating_sub(1);
        section.target = (minutes * MINUTE).max(MINUTE);
        section.min = section.min.min(section.target / MINUTE);
    }
}

pub fn earlier(model: &mut Model) {
    if let Some(call) = &mut model.call.open
        && call.list.cursor > 0
    {
        let at = call.list.cursor;
        swap(call, at, at - 1);
    }
}

pub fn later(model: &mut Model) {
    if let Some(call) = &mut model.call.open {
        let at = call.list.cursor;
        swap(call, at, at + 1);
    }
}

/// Swaps two sections. The cursor follows.
fn swap(call: &mut Call, from: usize, to: usize) {
    if from.max(to) < call.checkin.sections.len() {
        call.checkin.sections.swap(from, to);
        call.list.cursor = to;
    }
}

pub fn remove(model: &mut Model) {
    let rows = model.geometry.rows;
    if let Some(call) = &mut model.call.open
        && call.list.cursor < call.checkin.sections.len()
    {
        call.checkin.sections.remove(call.list.cursor);
        call.list.hold(call.checkin.sections.len(), rows);
    }
}

/// Hands out the length of the meeting to the sections, each within its range.
pub fn fit(model: &mut Model) {
    let lang = model.lang;
    let Some(call) = &mut model.call.open else {
        return;
    };
    let length = call.checkin.length();
    agenda::fit(&mut call.checkin.sections, length);
    let sum: u32 = call.checkin.sections.iter().map(|s| s.target).sum();
    if sum == length * MINUTE {
        model.say(words::call::fitted(lang, length));
    } else {
        model.refuse(words::call::not_fitted(lang));
    }
}
