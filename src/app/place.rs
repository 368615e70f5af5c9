//! Navigation targets as data, so that a feature can name a place without depending on the feature
//! behind it.

use super::account::state::Tab;
use crate::domain::ids::AccountId;

#[derive(Debug, Clone, PartialEq)]
pub enum Place {
    /// An account, at the given tab if there is one.
    Account { id: AccountId, tab: Option<Tab> },
    /// The list of all verbs.
    Palette,
}
