//! The account that a screen is about: the target of account verbs.

use chrono::NaiveDate;

use crate::domain::book::Book;
use crate::domain::ids::AccountId;

/// Context for reading a screen's state.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    pub book: &'a Book,
    /// The user's name.
    pub me: &'a str,
    pub today: NaiveDate,
}

/// Implemented by the state of every screen.
pub trait About {
    /// The account under the cursor, if any.
    fn about(&self, ground: &Ground) -> Option<AccountId>;
}

impl<T: About> About for Option<T> {
    fn about(&self, ground: &Ground) -> Option<AccountId> {
        self.as_ref().and_then(|t| t.about(ground))
    }
}
