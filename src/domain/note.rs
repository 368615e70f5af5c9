//! A note: what was said and seen, with its account, never lost `[note.fields] [quick.note]`.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::closed::closed;
use super::ids::{AccountId, RecordId};

closed! {
    /// Where the note was written.
    Kind { Quick = "quick", Call = "call", Email = "email", Chat = "chat", Meeting = "meeting", Checkin = "checkin" }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    pub id: RecordId,
    pub account: AccountId,
    pub kind: Kind,
    pub at: DateTime<Utc>,
    pub author: String,
    pub text: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quotes: Vec<String>,
    /// The check-in this note completes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checkin: Option<RecordId>,
}

impl Note {
    /// The first line, for lists.
    pub fn title(&self) -> &str {
        self.text.lines().map(str::trim).find(|l| !l.is_empty()).unwrap_or("")
    }
}
