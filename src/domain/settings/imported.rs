//! What imports last stated about a record, field by field. A field that differs from it was edited
//! by hand since, and the next import asks before it takes the edit back.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::domain::ids::AccountId;
use crate::domain::recorded::{AsOf, Nature, Recorded};
use crate::domain::when::Zone;

/// The fields of one account, or of one of its contacts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    pub account: AccountId,
    /// The record: `account`, or `contact/` and its id.
    pub of: String,
    /// The fields by their names in JSON, as an import last stated them.
    pub fields: BTreeMap<String, Value>,
}

impl Recorded for Imported {
    const NATURE: Nature = Nature::Edit;

    fn id(&self) -> &str {
        &self.of
    }

    fn account(&self) -> Option<&AccountId> {
        Some(&self.account)
    }

    fn title(&self) -> String {
        self.of.clone()
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
