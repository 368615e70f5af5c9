//! Outcomes: what became of a contract or one of its terms, by hand or import.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Oddities;
use crate::domain::closed::closed;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::money::Money;
use crate::domain::recorded::{AsOf, Nature, Recorded};
use crate::domain::when::Zone;

closed! {
    /// Expanded and downgraded come from imports only: of a term that a person settled they follow from its values.
    OutcomeKind {
        Renewed = "renewed",
        Expanded = "expanded",
        Downgraded = "downgraded",
        Churned = "churned",
        /// A bridge of some weeks; the decision is still to come.
        Extended = "extended",
    }
}

closed! {
    /// Why a customer leaves or pays less.
    Cause {
        /// Gaps of the product, or no need any longer.
        Fit = "fit",
        /// Quality, availability, support, a failed roll-out, a weak relationship.
        Service = "service",
        /// Not adopted, not understood, no return shown.
        Value = "value",
        /// Too dear for what it gives, or a cheaper rival.
        Price = "price",
        /// A budget cut, a sponsor who left, a reorganisation, an acquisition, a closing.
        Situation = "situation",
    }
}

closed! {
    /// What a person can say of a term.
    Became { Renewed = "renewed", Extended = "extended", Lost = "lost" }
}

impl Became {
    pub fn kind(self) -> OutcomeKind {
        match self {
            Became::Renewed => OutcomeKind::Renewed,
            Became::Extended => OutcomeKind::Extended,
            Became::Lost => OutcomeKind::Churned,
        }
    }
}

/// The term that an outcome settles, and what became of it, as a person said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settles {
    /// The subscription; none for the contract that the account's own fields state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract: Option<RecordId>,
    /// The last paid day of the term.
    pub ends_on: NaiveDate,
    /// Its yearly value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Money>,
    /// The yearly value from then on; none where it is unknown, or nothing is paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Money>,
    /// The last paid day that was agreed, where the contract ended before it (中途解約).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<NaiveDate>,
    /// The last paid day of what follows; none after a loss.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rival: String,
    /// Who said it, where that is not the author.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub said_by: String,
    /// The contract ran until it was cancelled: it is in no rate.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub open_ended: bool,
    /// An import moved the end forward; nobody said so by hand.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_import: bool,
}

/// How a contract ended or went on: churned, renewed, extended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub id: RecordId,
    pub account: AccountId,
    pub kind: OutcomeKind,
    /// The day on which it was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub comment: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// Set where it is of a term: by hand, or by an import that moved the term's end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settles: Option<Settles>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub oddities: Oddities,
}

impl Outcome {
    /// The term for which a person recorded it.
    pub fn by_hand(&self) -> Option<&Settles> {
        self.settles.as_ref().filter(|term| !term.by_import)
    }

    /// The term of the contract that the account's own fields state.
    pub fn settled_fields(&self) -> Option<&Settles> {
        self.settles.as_ref().filter(|term| term.contract.is_none())
    }

    /// The day from which it holds: the last paid day of the term that it settles, else the day that was imported.
    pub fn effective(&self) -> Option<NaiveDate> {
        let settled = self.settles.as_ref().map(|term| term.ends_on);
        settled.or(self.date)
    }
}

impl Recorded for Outcome {
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
        at.knows(self.date).then(|| self.clone())
    }

    fn newest(&self, _zone: Zone) -> Option<NaiveDate> {
        self.date
    }

    fn public(self) -> Option<Self> {
        Some(self)
    }
}
