//! The calendar entries sent for a meeting: id and sequence. A calendar accepts a change only if
//! its sequence is higher than the stored one, so a sequence must never decrease, even after an
//! undo, an import or a restore.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::cadence::Kind;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::recorded::{AsOf, Nature, Recorded};
use crate::domain::when::Zone;

/// A meeting as calendars were last sent it. The same again is no change; anything else is the next
/// sequence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// The UID that calendars know it by.
    pub id: RecordId,
    pub account: AccountId,
    pub kind: Kind,
    pub start: DateTime<Utc>,
    pub minutes: u32,
    /// Only its day was known.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub day: bool,
    /// It was only planned, not agreed with the customer.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub planned: bool,
    pub sequence: u32,
    /// A hash of all that was sent.
    pub hash: u64,
    /// It was called off.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub off: bool,
}

impl Recorded for Published {
    const NATURE: Nature = Nature::Mark;

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn account(&self) -> Option<&AccountId> {
        Some(&self.account)
    }

    fn title(&self) -> String {
        self.id.to_string()
    }

    fn over(self, held: &Self) -> Self {
        if held.sequence > self.sequence {
            held.clone()
        } else {
            self
        }
    }

    fn of_other(self, account: &AccountId) -> Self {
        Self {
            account: account.clone(),
            ..self
        }
    }

    fn as_of(&self, _at: &AsOf) -> Option<Self> {
        Some(self.clone())
    }

    fn newest(&self, _zone: Zone) -> Option<NaiveDate> {
        None
    }

    fn public(self) -> Option<Self> {
        Some(self)
    }
}
