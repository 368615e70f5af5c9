//! The account that a screen is about: what a verb is done to wherever one stands.

use chrono::NaiveDate;

use crate::domain::book::Book;
use crate::domain::ids::AccountId;

/// What a screen's state is read against.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    pub book: &'a Book,
    /// The user's name.
    pub me: &'a str,
    pub today: NaiveDate,
}

/// Answered by the state of every screen.
pub trait About {
    /// The account under the cursor; none where there is none.
    fn about(&self, ground: &Ground) -> Option<AccountId>;
}

impl<T: About> About for Option<T> {
    fn about(&self, ground: &Ground) -> Option<AccountId> {
        self.as_ref().and_then(|t| t.about(ground))
    }
}
