//! What imports last stated about a record, field by field. A field that differs from it was edited
//! by hand since, and the next import asks before it takes the edit back.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::domain::ids::AccountId;
use crate::domain::recorded::{AsOf, Nature, Recorded};
use crate::domain::when::Zone;

/// The record of the account itself.
pub const ACCOUNT: &str = "account";

/// The record of an account that was merged into this one, by its id.
pub fn of_alias(id: &str) -> String {
    format!("{ACCOUNT}/{id}")
}

/// The record of a contact, by its id.
pub fn of_contact(id: &str) -> String {
    format!("contact/{id}")
}

/// The fields of one account, or of one of its contacts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    pub account: AccountId,
    /// The record: `account`, `account/` and the id of one that was merged into it, or `contact/` and
    /// its id.
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
        // What imports stated about the merged account is still theirs about its old id.
        let of = match self.of.as_str() {
            ACCOUNT => of_alias(self.account.as_str()),
            _ => self.of,
        };
        Self {
            account: account.clone(),
            of,
            fields: self.fields,
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
