//! How fresh tickets and usage are across the whole desk. An account without tickets is quiet only
//! while tickets are imported at all; the same holds for usage.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The newest day with a ticket, and with usage, of any account; none where nothing was imported.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataFreshness {
    pub tickets: Option<NaiveDate>,
    #[serde(default)]
    pub usage: Option<NaiveDate>,
}

impl DataFreshness {
    /// As it was on an earlier day, as far as that can be told.
    #[must_use]
    pub fn until(self, day: NaiveDate) -> DataFreshness {
        DataFreshness {
            tickets: self.tickets.map(|newest| newest.min(day)),
            usage: self.usage.map(|newest| newest.min(day)),
        }
    }

    #[must_use]
    pub fn newest(self, other: DataFreshness) -> DataFreshness {
        DataFreshness {
            tickets: self.tickets.max(other.tickets),
            usage: self.usage.max(other.usage),
        }
    }
}
