//! When the program was first used with this data. What happened before was not the program's to
//! record, and never counts as missed.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::ids::AccountId;
use crate::domain::recorded::{AsOf, Nature, Recorded};
use crate::domain::when::Zone;

/// There is one record; the earliest moment wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstUse {
    pub at: DateTime<Utc>,
}

impl Recorded for FirstUse {
    const NATURE: Nature = Nature::Mark;

    fn id(&self) -> &str {
        "first"
    }

    fn account(&self) -> Option<&AccountId> {
        None
    }

    fn title(&self) -> String {
        self.at.to_rfc3339()
    }

    fn over(self, held: &Self) -> Self {
        Self {
            at: self.at.min(held.at),
        }
    }

    fn of_other(self, _account: &AccountId) -> Self {
        self
    }

    fn as_of(&self, at: &AsOf) -> Option<Self> {
        (self.at <= at.end).then_some(*self)
    }

    fn newest(&self, _zone: Zone) -> Option<NaiveDate> {
        None
    }

    fn public(self) -> Option<Self> {
        Some(self)
    }
}
