//! Steps of a renewal: how far the talk about a term has come, each on its day.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::closed::closed;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::recorded::{AsOf, Nature, Recorded};
use crate::domain::when::Zone;

closed! {
    StepKind {
        /// The customer has our proposal.
        Proposal = "proposal",
        /// They said yes, and nothing is signed.
        Yes = "verbal-yes",
        /// It is signed: no further step is due.
        Signed = "signed",
        /// They gave notice: it does not renew by itself.
        Notice = "notice",
        /// It ended before the first use of the program, and nobody will look up what became of it.
        Ignored = "ignored",
    }
}

/// A step and the day on which it was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    pub step: StepKind,
    pub on: NaiveDate,
}

/// A step on the way of a term to its outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenewalStep {
    pub id: RecordId,
    pub account: AccountId,
    /// The subscription; none for the contract that the account's own fields state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract: Option<RecordId>,
    /// The last paid day of the term; none where the contract runs until it is cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_on: Option<NaiveDate>,
    pub kind: StepKind,
    /// The day on which it was taken.
    pub on: NaiveDate,
    /// In the customer's words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub said_by: String,
}

impl Recorded for RenewalStep {
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
        at.knows(Some(self.on)).then(|| self.clone())
    }

    fn newest(&self, _zone: Zone) -> Option<NaiveDate> {
        None
    }

    fn public(self) -> Option<Self> {
        Some(self)
    }
}
