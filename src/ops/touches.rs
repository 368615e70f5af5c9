//! Touches: agreeing with the customer, moving, and recording the outcome.

use chrono::{DateTime, Utc};

use super::By;
use crate::domain::account::Account;
use crate::domain::action::Side;
use crate::domain::cadence::Kind;
use crate::domain::cadence::plan::{Planned, Rule};
use crate::domain::cadence::touchpoint::{State, Touchpoint};
use crate::domain::change::{Change, Label, Operation};
use crate::domain::closed::closed;
use crate::domain::facts::touch::{Attendance, Touch, TouchKind};

closed! {
    /// How a touch ended.
    End { Held = "held", Declined = "declined", NoShow = "no-show", CalledOff = "called-off" }
}

/// A touch of an account, and the meeting agreed for it.
#[derive(Clone, Copy)]
pub struct Of<'a> {
    pub account: &'a Account,
    pub touch: &'a Planned,
    pub held: Option<&'a Touchpoint>,
    /// Length of a talk by its kind and tier, in minutes.
    pub minutes: u32,
    /// Title of the touch in the record, in the author's language.
    pub summary: &'a str,
}

/// A moment, and whether only its day was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    pub start: DateTime<Utc>,
    pub day_only: bool,
}

/// A meeting made from a touch. It belongs to the calendar of the account's owner.
pub fn meeting(of: Of, at: Moment, by: &mut By) -> Touchpoint {
    let account = of.account;
    Touchpoint {
        id: by.id(),
        account: account.id.clone(),
        kind: of.touch.kind,
        start: at.start,
        day_only: at.day_only,
        minutes: of.minutes,
        state: State::Agreed,
        owner: if account.owner.is_empty() {
            by.name()
        } else {
            account.owner.clone()
        },
        place: account
            .cadence
            .as_ref()
            .map(|c| c.place.clone())
            .unwrap_or_default(),
        ideal: Some(of.touch.ideal),
        moves: Vec::new(),
        created: by.now.at,
    }
}

/// Makes a meeting from a touch, or moves its meeting. `wish` is the side that asked for it.
///
/// An agreed meeting, or one of an agreed recurrence, counts as moved. A touch that was only planned
/// does not, unless the customer asked for the other time.
pub fn agree(of: Of, at: Moment, wish: Side, by: &mut By) -> (Touchpoint, Operation) {
    let zone = by.now.zone;
    let (change, after) = match of.held {
        Some(before) => {
            // A new day without a time keeps the time of day.
            let start = if at.day_only {
                let time = zone.local(before.start).time();
                zone.instant(zone.day(at.start).and_time(time))
            } else {
                at.start
            };
            let after = Touchpoint {
                day_only: before.day_only && at.day_only,
                ..before.moved(start, wish, by.now.at)
            };
            (Change::update(before.clone(), after.clone()), after)
        }
        None => {
            let after = meeting(of, at, by);
            (Change::create(after.clone()), after)
        }
    };
    let moved = of.held.is_some() || of.touch.rule == Rule::Recurrence || wish == Side::Customer;
    let mut changes = vec![change];
    if moved {
        let touch = record(of, Attendance::Moved, Some(wish), by);
        changes.push(Change::create(touch));
    }
    (after, by.operation(label(of), changes))
}

/// Records the end of a touch. Later touches are counted from it.
pub fn end(of: Of, how: End, by: &mut By) -> Operation {
    let (attendance, state) = match how {
        End::Held => (Some(Attendance::Held), State::Held),
        End::Declined => (Some(Attendance::Declined), State::Declined),
        End::NoShow => (Some(Attendance::NoShow), State::NoShow),
        End::CalledOff => (None, State::CalledOff),
    };
    let mut changes = Vec::new();
    if let Some(before) = of.held {
        let after = Touchpoint {
            state,
            ..before.clone()
        };
        changes.push(Change::update(before.clone(), after));
    }
    if let Some(attendance) = attendance {
        changes.push(Change::create(record(of, attendance, None, by)));
    }
    by.operation(label(of), changes)
}

fn label(of: Of) -> Label {
    Label::Touchpoint {
        account: of.account.name.clone(),
    }
}

/// The touch record that later touches are counted from.
fn record(of: Of, attendance: Attendance, moved_by: Option<Side>, by: &mut By) -> Touch {
    let kind = match of.touch.kind {
        Kind::Training => TouchKind::Training,
        Kind::Webinar => TouchKind::Webinar,
        kind if kind.is_talk() => TouchKind::Meeting,
        _ => TouchKind::Email,
    };
    // A meeting with an earlier start took place at that time.
    let start = of.held.map(|m| m.start).filter(|s| *s < by.now.at);
    Touch {
        id: by.id(),
        account: of.account.id.clone(),
        kind,
        at: start.unwrap_or(by.now.at),
        attendance,
        summary: of.summary.to_owned(),
        by: by.name(),
        purpose: Some(of.touch.kind),
        moved_by,
        sentiment: None,
        oddities: Vec::new(),
    }
}
