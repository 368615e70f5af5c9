//! A view of the portfolio: a filter (see `filter`) and an order, saved by name.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::closed::closed;
use crate::domain::ids::AccountId;
use crate::domain::recorded::{AsOf, Held, Nature, Recorded};
use crate::domain::when::Zone;

closed! {
    /// The orders of the portfolio; the riskiest first is the default.
    Order { Risk = "risk", Name = "name", Arr = "arr", Renewal = "renewal", Usage = "usage", Touch = "touch", Trend = "trend", Actions = "actions", Need = "need" }
}

/// A filter with its order, saved under a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    pub name: String,
    pub query: String,
    pub order: Order,
    #[serde(default)]
    pub reversed: bool,
}

impl Held for View {
    type Key = String;

    fn key(&self) -> String {
        self.name.clone()
    }
}

impl Recorded for View {
    const NATURE: Nature = Nature::Edit;

    fn id(&self) -> &str {
        &self.name
    }

    fn account(&self) -> Option<&AccountId> {
        None
    }

    fn title(&self) -> String {
        self.name.clone()
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
