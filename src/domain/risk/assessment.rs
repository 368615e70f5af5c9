//! A person's word on the risk of an account. Each is kept: the last one of a voice counts, and the earlier ones say how it
//! was seen before.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Chance, Lane, Level};
use crate::domain::closed::closed;
use crate::domain::facts::outcome::Cause;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::recorded::{AsOf, Nature, Recorded};
use crate::domain::when::Zone;

closed! {
    /// Whose word it is. They stand side by side and are never averaged.
    Voice { Csm = "csm", Manager = "manager" }
}

closed! {
    /// Why an account was moved to another lane.
    Why {
        Heard = "customer-said",
        Facts = "new-facts",
        Relationship = "relationship",
        Strategic = "strategic",
        Effort = "effort",
        Other = "other",
    }
}

/// A word on the risk of an account. What it leaves out, the word before still says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    pub id: RecordId,
    pub account: AccountId,
    pub voice: Voice,
    /// Who said it, where that is not who recorded it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub said_by: String,
    /// The day on which it was said.
    pub on: NaiveDate,
    pub recorded_by: String,
    pub at: DateTime<Utc>,
    /// Whether the account is at risk; false takes back an earlier word.
    pub at_risk: bool,
    /// How likely the customer leaves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likelihood: Option<Level>,
    /// How likely it can be kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chance: Option<Chance>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rival: String,
    /// What is at stake, where that is more or less than the share of the portfolio's value says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Level>,
    /// The lane to which it was moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lane: Option<Lane>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

impl Recorded for Assessment {
    const NATURE: Nature = Nature::Edit;

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn account(&self) -> Option<&AccountId> {
        Some(&self.account)
    }

    fn title(&self) -> String {
        self.voice.key().to_owned()
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
        // What is thought of a customer is not for the customer.
        None
    }
}
