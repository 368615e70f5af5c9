//! The screen of a check-in, by its phase.

use chrono::{DateTime, Duration, Utc};

use super::leaving;
use super::state::Phase;
use crate::app::kit::list::Move;
use crate::app::kit::scope::Scope;
use crate::app::model::Model;
use crate::app::verb::{Effects, Face, GLOBAL, LIST};
use crate::domain::checkin::pacing;
use crate::keys::{Code, Key};
use crate::words::Text;

pub const AGENDA: Scope = Scope {
    id: "agenda",
    words: Text::new("Agenda", "アジェンダ"),
    place: 60,
};

pub const LIVE: Scope = Scope {
    id: "live",
    words: Text::new("Live call", "通話中"),
    place: 70,
};

pub const DONE: Scope = Scope {
    id: "done",
    words: Text::new("Finished note", "完成したメモ"),
    place: 80,
};

pub const FACE: Face = Face {
    scopes: |model| match model.call.open.as_ref().map(|call| call.phase) {
        Some(Phase::Agenda) => &[&AGENDA, &LIST, &GLOBAL],
        Some(Phase::Live | Phase::WrapUp) => &[&LIVE],
        _ => &[&DONE, &LIST, &GLOBAL],
    },
    go,
    opens: |_| false,
    wake,
    text,
    paste: |model, text| {
        let at = model.now.at;
        let call = model.call.running_mut();
        if let Some(editor) = call.and_then(|call| call.editor()) {
            editor.paste(text, at);
        }
    },
    ..Face::BLANK
};

fn go(model: &mut Model, to: Move) {
    let (most, rows) = (model.geometry.most, model.geometry.rows);
    if let Some(call) = &mut model.call.open {
        let len = match call.phase {
            Phase::Done => most + 1,
            _ => call.checkin.sections.len(),
        };
        call.list.go(to, len, rows);
    }
}

/// Ticks while the running clock of the call is on screen.
fn wake(model: &Model) -> Option<DateTime<Utc>> {
    let call = model.call.running()?;
    let reading = call.reading(model.now);
    (reading.running && !reading.paused).then(|| model.now.next_second())
}

/// The next reminder of a hard stop, on whatever screen.
pub fn reminder(model: &Model) -> Option<DateTime<Utc>> {
    let stop = model.call.running()?.checkin.leave_by()?;
    pacing::REMINDERS
        .iter()
        .map(|minutes| stop - Duration::minutes(*minutes))
        .find(|at| *at > model.now.at)
}

/// In a live call every key that is not bound to a verb is text.
fn text(model: &mut Model, key: Key, effects: &mut Effects) {
    let (columns, at) = (model.geometry.columns, model.now.at);
    let Some(call) = &mut model.call.open else {
        return;
    };
    match call.phase {
        // The wrap-up form is not open yet; Esc leaves the ended call.
        Phase::WrapUp if key.code == Code::Esc => return model.step_back(),
        Phase::Live => {}
        _ => return,
    }
    // The user types into all lines, not into a filtered view. Esc clears the filter first.
    let choice = call.only.take().is_some();
    if key.code == Code::Esc {
        if !choice {
            leaving::leave(model, effects);
        }
    } else if let Some(editor) = call.editor() {
        editor.key(key, columns, at);
    }
}
