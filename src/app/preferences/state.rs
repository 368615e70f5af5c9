//! How a customer wants to be contacted, and when.

use crate::domain::ids::{AccountId, RecordId};

#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// What the cadence of an account has of its own.
    Rhythm(AccountId),
    /// The preferences of an account, or of one of its people.
    Prefs(AccountId, Option<RecordId>),
}
