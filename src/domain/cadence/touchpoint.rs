//! An agreed meeting: the rules do not move it, until it was held, declined, missed or cancelled.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::Kind;
use crate::domain::action::Side;
use crate::domain::closed::closed;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::recorded::{AsOf, Nature, Recorded};
use crate::domain::when::Zone;

closed! {
    State { Agreed = "agreed", Held = "held", Declined = "declined", NoShow = "no-show", CalledOff = "called-off" }
}

/// The meeting was moved: from this time, by this side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    pub at: DateTime<Utc>,
    pub from: DateTime<Utc>,
    pub by: Side,
}

/// A meeting that was agreed with a customer, with what a calendar needs of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touchpoint {
    pub id: RecordId,
    pub account: AccountId,
    pub kind: Kind,
    pub start: DateTime<Utc>,
    /// Only the day was agreed; the time is open.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub day_only: bool,
    /// The length of the talk, minutes.
    pub minutes: u32,
    pub state: State,
    /// The owner of the calendar it is in.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner: String,
    /// A link or a place.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// The day the plan had for it, for the comparison of planned and held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ideal: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moves: Vec<Move>,
    pub created: DateTime<Utc>,
}

impl Recorded for Touchpoint {
    const NATURE: Nature = Nature::Edit;

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn account(&self) -> Option<&AccountId> {
        Some(&self.account)
    }

    fn title(&self) -> String {
        self.kind.key().to_owned()
    }

    fn over(self, _held: &Self) -> Self {
        self
    }

    fn of_other(self, account: &AccountId) -> Self {
        Self {
            account: account.clone(),
            ..self
        }
    }

    fn as_of(&self, at: &AsOf) -> Option<Self> {
        if self.created > at.end {
            return None;
        }
        let mut out = self.clone();
        if let Some(later) = self.moves.iter().find(|m| m.at > at.end) {
            out.start = later.from;
        }
        out.moves.retain(|m| m.at <= at.end);
        // The outcome has no date of its own; before the end of the meeting it was still agreed.
        if out.end() > at.end {
            out.state = State::Agreed;
        }
        Some(out)
    }

    fn newest(&self, zone: Zone) -> Option<NaiveDate> {
        let over = (self.state != State::Agreed).then_some(self.start);
        let moved = self.moves.iter().map(|m| m.at);
        moved
            .chain([self.created])
            .chain(over)
            .max()
            .map(|at| zone.day(at))
    }

    fn public(self) -> Option<Self> {
        Some(self)
    }
}

impl Touchpoint {
    pub fn end(&self) -> DateTime<Utc> {
        self.start + Duration::minutes(i64::from(self.minutes))
    }

    /// The id of the meeting in calendars. It never changes.
    pub fn uid(&self) -> String {
        format!("{}@kenshin", self.id)
    }

    pub fn is_open(&self) -> bool {
        self.state == State::Agreed
    }

    #[must_use]
    pub fn moved(&self, to: DateTime<Utc>, by: Side, at: DateTime<Utc>) -> Self {
        let mut next = self.clone();
        if to != self.start {
            next.moves.push(Move {
                at,
                from: self.start,
                by,
            });
            next.start = to;
        }
        next
    }
}
