//! A person at the customer.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::closed::closed;
use super::ids::{AccountId, RecordId};
use super::prefs::{Message, Prefs};
use super::recorded::{AsOf, Nature, Recorded};
use super::when::Zone;

pub use super::prefs::Channel;

closed! {
    /// The person's role in the account.
    Role {
        Champion = "champion", Sponsor = "sponsor", Decision = "decision-maker",
        Admin = "admin", User = "end-user", Billing = "billing",
    }
}

closed! {
    /// Whether the person is still there. When a champion leaves, the relationship starts again.
    Status { Active = "active", Left = "left", Moved = "changed-role" }
}

/// A person at the customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    pub id: RecordId,
    pub account: AccountId,
    pub name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reading: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub email: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// 1 (little) to 5 (decides), as stated by the CSM or the import.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub influence: Option<u8>,
    pub status: Status,
    /// The day of the last change of status, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_contacted: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Prefs::is_empty")]
    pub prefs: Prefs,
}

impl Recorded for Contact {
    const NATURE: Nature = Nature::Edit;

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn account(&self) -> Option<&AccountId> {
        Some(&self.account)
    }

    fn title(&self) -> String {
        self.name.clone()
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
        let active = self.status == Status::Active;
        // A departure without a date cannot be placed before or after that day; a person who came
        // later was not there yet.
        if (at.drop_undated && !active && self.since.is_none())
            || (active && self.since.is_some_and(|s| s > at.day))
        {
            return None;
        }
        let mut out = self.clone();
        if out.since.is_some_and(|s| s > at.day) {
            (out.status, out.since) = (Status::Active, None);
        }
        // Each contact overwrites the last date. An early date would reveal that no later contact
        // followed.
        out.last_contacted = out
            .last_contacted
            .filter(|l| *l <= at.day && !at.drop_undated);
        Some(out)
    }

    fn newest(&self, _zone: Zone) -> Option<NaiveDate> {
        self.since.max(self.last_contacted)
    }

    fn public(self) -> Option<Self> {
        Some(self)
    }
}

impl Contact {
    pub fn new(id: RecordId, account: AccountId, name: impl Into<String>) -> Self {
        Self {
            id,
            account,
            name: name.into(),
            reading: String::new(),
            title: String::new(),
            role: None,
            email: String::new(),
            phone: String::new(),
            channel: None,
            influence: None,
            status: Status::Active,
            since: None,
            last_contacted: None,
            prefs: Prefs::default(),
        }
    }
}

/// Kinds of message without a recipient: every active person has refused them.
pub fn nobody_left(contacts: &[Contact]) -> Vec<Message> {
    let here: Vec<&Contact> = contacts
        .iter()
        .filter(|c| c.status == Status::Active)
        .collect();
    let refuses = |c: &Contact, m: Message| c.prefs.spacing(m).is_err();
    Message::ALL
        .iter()
        .copied()
        .filter(|m| !here.is_empty() && here.iter().all(|c| refuses(c, *m)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::prefs::Frequency;

    #[test]
    fn a_message_every_contact_declines_reaches_nobody() {
        let mut a = Contact::new("a".into(), "x".into(), "A");
        let mut b = Contact::new("b".into(), "x".into(), "B");
        a.prefs.opted_out.insert(Message::Promotion);
        assert!(nobody_left(&[a.clone(), b.clone()]).is_empty());
        b.prefs
            .frequency
            .insert(Message::Promotion, Frequency::Never);
        assert_eq!(nobody_left(&[a.clone(), b.clone()]), [Message::Promotion]);
        b.status = Status::Left;
        assert_eq!(nobody_left(&[a, b]), [Message::Promotion]);
        assert!(nobody_left(&[]).is_empty());
    }
}
