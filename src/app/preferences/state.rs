//! State of the preference forms.

use crate::domain::ids::{AccountId, RecordId};

#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// The account's own cadence.
    Rhythm(AccountId),
    /// The preferences of an account, or of one of its contacts.
    Prefs(AccountId, Option<RecordId>),
}
