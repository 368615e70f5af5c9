//! How fresh each kind of data is across the whole desk: an account without tickets is quiet only if
//! tickets are being brought in at all, and unused only if usage is.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The newest day that tickets and usage of any account speak of; none where none came in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataFreshness {
    pub tickets: Option<NaiveDate>,
    #[serde(default)]
    pub usage: Option<NaiveDate>,
}

impl DataFreshness {
    #[must_use]
    pub fn newest(self, other: DataFreshness) -> DataFreshness {
        DataFreshness {
            tickets: self.tickets.max(other.tickets),
            usage: self.usage.max(other.usage),
        }
    }
}
