//! A touch: any contact between us and the customer, by a person or a machine.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::Oddities;
use crate::domain::checkin::wrapup::Sentiment;
use crate::domain::closed::closed;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::recorded::{AsOf, Nature, Recorded};
use crate::domain::when::Zone;

closed! {
    TouchKind {
        Call = "call", Meeting = "meeting", Email = "email", Chat = "chat",
        Webinar = "webinar", Training = "training", Other = "other",
    }
}

closed! {
    /// Whether it took place.
    Attendance { Held = "held", Declined = "declined", NoShow = "no-show", Moved = "moved" }
}

/// A contact with the customer that took place: call, meeting, mail, chat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touch {
    pub id: RecordId,
    pub account: AccountId,
    pub kind: TouchKind,
    pub at: DateTime<Utc>,
    pub attendance: Attendance,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub summary: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// Its purpose, where the channel does not imply it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<crate::domain::cadence::Kind>,
    /// The side that moved it, where it was moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved_by: Option<crate::domain::action::Side>,
    /// How the customer felt, where the source states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sentiment: Option<Sentiment>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub oddities: Oddities,
}

impl Recorded for Touch {
    const NATURE: Nature = Nature::Edit;

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn account(&self) -> Option<&AccountId> {
        Some(&self.account)
    }

    fn title(&self) -> String {
        if self.summary.is_empty() {
            self.kind.key().to_owned()
        } else {
            self.summary.clone()
        }
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
        (self.at <= at.end).then(|| self.clone())
    }

    fn newest(&self, zone: Zone) -> Option<NaiveDate> {
        Some(zone.day(self.at))
    }

    fn public(self) -> Option<Self> {
        Some(self)
    }
}

impl Touch {
    /// A call, meeting or training that the customer declined, moved or missed. What we moved does
    /// not count, and an unopened mail is no missed meeting.
    pub fn is_missed(&self) -> bool {
        let meant = matches!(
            self.kind,
            TouchKind::Call | TouchKind::Meeting | TouchKind::Training
        );
        meant
            && self.attendance != Attendance::Held
            && self.moved_by != Some(crate::domain::action::Side::Us)
    }

    /// A call or meeting that took place. A mail alone is no conversation.
    pub fn is_conversation(&self) -> bool {
        self.attendance == Attendance::Held
            && matches!(self.kind, TouchKind::Call | TouchKind::Meeting)
    }
}
