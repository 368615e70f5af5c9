//! A note about an account: written by a person, never lost. Lines with the private sign stay
//! inside the desk.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::checkin::Mark;
use super::closed::closed;
use super::ids::{AccountId, RecordId};
use super::recorded::{AsOf, Nature, Recorded};
use super::when::Zone;

closed! {
    /// The occasion of the note.
    Kind { Quick = "quick", Call = "call", Email = "email", Chat = "chat", Meeting = "meeting", Checkin = "checkin", Context = "context" }
}

closed! {
    /// Events in the customer's business that may change the account.
    Topic {
        Funding = "funding", Growth = "growth", Leadership = "leadership", Launch = "launch", Industry = "industry",
        Competitor = "competitor", Layoffs = "layoffs", Pivot = "pivot", Merger = "merger", Remark = "remark",
    }
}

impl Topic {
    /// Events that put the account at risk however well it is served.
    pub fn is_trouble(self) -> bool {
        matches!(
            self,
            Topic::Leadership | Topic::Layoffs | Topic::Pivot | Topic::Merger | Topic::Competitor
        )
    }
}

/// The topic of an entry of the context log, and its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Context {
    pub topic: Topic,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
}

/// A note about an account.
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
    /// Set for an entry of the context log; the note's date is its date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context: Option<Context>,
}

impl Recorded for Note {
    const NATURE: Nature = Nature::Edit;

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn account(&self) -> Option<&AccountId> {
        Some(&self.account)
    }

    fn title(&self) -> String {
        Note::title(self).to_owned()
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
        (self.at <= at.end).then(|| self.clone())
    }

    fn newest(&self, zone: Zone) -> Option<NaiveDate> {
        Some(zone.day(self.at))
    }

    fn public(self) -> Option<Self> {
        let text = self.public_text();
        Some(Self { text, ..self })
    }
}

impl Note {
    /// Whether the text holds every one of the folded words.
    pub fn has(&self, words: &[String]) -> bool {
        let text = super::text::fold(&self.text);
        words.iter().all(|w| text.contains(w.as_str()))
    }

    /// The text without private lines: the only form that leaves the desk.
    pub fn public_text(&self) -> String {
        self.text
            .lines()
            .filter(|l| !is_private(l))
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// The first line that is not private.
    pub fn public_title(&self) -> &str {
        self.text
            .lines()
            .filter(|l| !is_private(l))
            .map(heading)
            .find(|l| !l.is_empty())
            .unwrap_or("")
    }

    /// The first line, for lists.
    pub fn title(&self) -> &str {
        self.text
            .lines()
            .map(heading)
            .find(|l| !l.is_empty())
            .unwrap_or("")
    }
}

/// A line without the signs of a heading. `#tag` is no heading.
fn heading(line: &str) -> &str {
    let line = line.trim();
    let bare = line.trim_start_matches('#');
    if bare.starts_with(' ') {
        bare.trim()
    } else {
        line
    }
}

/// Whether a line of free text begins with the private sign.
pub fn is_private(line: &str) -> bool {
    Mark::of_text(line).is_some_and(|(mark, _)| mark == Mark::Private)
}
