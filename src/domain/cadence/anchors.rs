//! Anchors of a plan: the last touch of each kind, and the messages without a recipient. They
//! are read from the dossier alone.

use chrono::{Duration, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Kind;
use crate::domain::checkin::{self, Checkin};
use crate::domain::contact::nobody_left;
use crate::domain::dossier::Dossier;
use crate::domain::dossier::start::contract_start;
use crate::domain::dossier::talks::last_conversation;
use crate::domain::facts::outcome::OutcomeKind;
use crate::domain::facts::touch::{Attendance, Touch, TouchKind};
use crate::domain::prefs::{CAP_DAYS, Message};
use crate::domain::when::Zone;

/// A day for each kind of touch.
type Days = [Option<NaiveDate>; Kind::COUNT];

fn no_days(days: &Days) -> bool {
    days.iter().all(Option::is_none)
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchors {
    /// The contract's start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<NaiveDate>,
    /// The last touch of each kind that took place.
    #[serde(default, skip_serializing_if = "no_days")]
    pub last: Days,
    /// The last touch of each kind that was declined or missed after the last one held.
    #[serde(default, skip_serializing_if = "no_days")]
    pub refused: Days,
    /// The day of the first use of the program, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_use: Option<NaiveDate>,
    /// The last signed renewal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renewed: Option<NaiveDate>,
    /// Messages without a recipient.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub nobody: Box<[Message]>,
    /// The days of recent messages, counted against the caps of preferences.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub messages: Box<[NaiveDate]>,
}

impl Anchors {
    pub fn last(&self, kind: Kind) -> Option<NaiveDate> {
        self.last[kind.index()]
    }
}

/// The stated purpose of a touch, else the one its channel implies.
pub fn purpose(touch: &Touch) -> Option<Kind> {
    touch.purpose.or(match touch.kind {
        TouchKind::Call | TouchKind::Meeting => Some(Kind::Checkin),
        TouchKind::Email => Some(Kind::Email),
        TouchKind::Webinar => Some(Kind::Webinar),
        TouchKind::Training => Some(Kind::Training),
        TouchKind::Chat | TouchKind::Other => None,
    })
}

pub fn of_checkin(c: &Checkin) -> Kind {
    match c.kind {
        checkin::Kind::Review => Kind::Review,
        checkin::Kind::Growth if c.template == "renewal" => Kind::Renewal,
        checkin::Kind::Growth => Kind::Expansion,
        checkin::Kind::Health | checkin::Kind::Onboarding | checkin::Kind::Risk => Kind::Checkin,
    }
}

/// The anchors as of a day.
pub fn find(d: &Dossier, day: NaiveDate, zone: Zone, first_use: Option<NaiveDate>) -> Anchors {
    let mut last = [None; Kind::COUNT];
    let mut mark = |kind: Kind, at: NaiveDate| {
        if at <= day {
            last[kind.index()] = last[kind.index()].max(Some(at));
        }
    };
    let mut messages = Vec::new();
    for touch in d
        .touches
        .iter()
        .filter(|t| t.attendance == Attendance::Held)
    {
        let (at, purpose) = (zone.day(touch.at), purpose(touch));
        if let Some(kind) = purpose {
            mark(kind, at);
            if !kind.is_talk() && at <= day && (day - at).num_days() < CAP_DAYS {
                messages.push(at);
            }
        }
    }
    for c in &d.checkins {
        if let Some(at) = c.ended() {
            mark(of_checkin(c), zone.day(at));
        }
    }
    // Any talk counts as a check-in.
    if let Some(at) = last_conversation(d, day, zone) {
        mark(Kind::Checkin, at);
    }
    let mut refused = [None; Kind::COUNT];
    for touch in d
        .touches
        .iter()
        .filter(|t| matches!(t.attendance, Attendance::Declined | Attendance::NoShow))
    {
        if let Some((kind, at)) = purpose(touch).map(|k| (k, zone.day(touch.at)))
            && at <= day
            && last[kind.index()].is_none_or(|l| l < at)
        {
            refused[kind.index()] = refused[kind.index()].max(Some(at));
        }
    }
    messages.sort_unstable();
    let renewed = d
        .outcomes
        .iter()
        // An expansion within a term signs no renewal.
        .filter(|o| o.kind == OutcomeKind::Renewed)
        .filter_map(|o| o.date)
        .filter(|o| *o <= day)
        .max();
    Anchors {
        start: contract_start(d).filter(|s| *s <= day + Duration::days(365)),
        last,
        refused,
        first_use,
        renewed,
        nobody: nobody_left(&d.contacts).into(),
        messages: messages.into(),
    }
}
