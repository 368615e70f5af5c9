//! A warning phrase that was dismissed as a false alarm: no call highlights it and it raises no
//! signal.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::ids::AccountId;
use crate::domain::recorded::{AsOf, Held, Nature, Recorded};
use crate::domain::when::Zone;

/// Words that the user dismissed as a false alarm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dismissal {
    /// The words as the lexicon found them.
    pub words: String,
}

impl Held for Dismissal {
    type Key = String;

    fn key(&self) -> String {
        self.words.clone()
    }
}

impl Recorded for Dismissal {
    const NATURE: Nature = Nature::Edit;

    fn id(&self) -> &str {
        &self.words
    }

    fn account(&self) -> Option<&AccountId> {
        None
    }

    fn title(&self) -> String {
        self.words.clone()
    }

    fn over(self, _held: &Self) -> Self {
        self
    }

    fn of_other(self, _account: &AccountId) -> Self {
        self
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
