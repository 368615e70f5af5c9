//! What the user taught the listening: a line that was dismissed as a false alarm, or marked as a risk. What is
//! dismissed is highlighted in no call and raises no signal; like lines are judged accordingly.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::ids::AccountId;
use crate::domain::recorded::{AsOf, Held, Nature, Recorded};
use crate::domain::when::Zone;

/// Words that the user dismissed as a false alarm, or a line marked as a risk that was not heard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dismissal {
    /// The words as they were found; of a marked line the line, folded.
    pub words: String,
    /// The whole line; older dismissals have none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub line: String,
    /// Whether the line was marked as a risk, instead of dismissed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub risk: bool,
    /// When; lessons are replayed in their order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<DateTime<Utc>>,
}

impl Dismissal {
    /// What older versions stored: the words alone.
    pub fn of(words: String) -> Self {
        Self {
            words,
            line: String::new(),
            risk: false,
            at: None,
        }
    }
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
