//! Where the desk goes next, as data: a feature names a place, and does not know what stands there.

use super::account::state::Tab;
use crate::domain::ids::AccountId;

#[derive(Debug, Clone, PartialEq)]
pub enum Place {
    /// An account, at a tab where one is meant.
    Account { id: AccountId, tab: Option<Tab> },
    /// The list of all verbs.
    Palette,
}
