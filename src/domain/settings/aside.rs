//! An account that somebody set aside on Today: it does not come back before the next day.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::ids::AccountId;
use crate::domain::recorded::{AsOf, Held, Nature, Recorded};
use crate::domain::when::Zone;

/// One for each account and person; the latest day wins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aside {
    pub account: AccountId,
    /// Who set it aside: it stays on everybody else's list.
    pub author: String,
    /// The day on which it was set aside; on the next it is back.
    pub day: NaiveDate,
}

impl Held for Aside {
    type Key = (AccountId, String);

    /// What makes it one of a kind: the account and the person.
    fn key(&self) -> (AccountId, String) {
        (self.account.clone(), self.author.clone())
    }
}

impl Recorded for Aside {
    const NATURE: Nature = Nature::Edit;

    fn id(&self) -> &str {
        &self.author
    }

    fn account(&self) -> Option<&AccountId> {
        Some(&self.account)
    }

    fn title(&self) -> String {
        self.author.clone()
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
        (self.day <= at.day).then(|| self.clone())
    }

    fn newest(&self, _zone: Zone) -> Option<NaiveDate> {
        None
    }

    fn public(self) -> Option<Self> {
        Some(self)
    }
}
