//! Amendments: what changes within the term of a contract. Rule: `[amendment]`.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::ids::RecordId;
use crate::domain::money::Money;

/// What a subscription paid until a change within its term (an expansion, a downgrade), or until its renewal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earlier {
    /// The last day on which it held.
    pub until: NaiveDate,
    /// The yearly value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arr: Option<Money>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seats: Option<u32>,
    /// The day on which the change was decided, where that is not the day from which it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<NaiveDate>,
    /// Why it was changed, as a person said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
}

impl Earlier {
    /// The first day of what followed.
    pub fn changed_on(&self) -> NaiveDate {
        self.until.succ_opt().unwrap_or(self.until)
    }
}

/// The contract into which another one was merged (co-term): it pays both from the day after the last paid day of the
/// other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merged {
    pub into: RecordId,
    /// The last paid day that was agreed before; none where it ran until it is cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<NaiveDate>,
}
