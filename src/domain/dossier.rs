//! Everything known about one account, read on demand when it is opened or scored.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::account::Account;
use super::action::Action;
use super::cadence::touchpoint::Touchpoint;
use super::checkin::Checkin;
use super::contact::Contact;
use super::facts::feedback::{Outcome, Survey};
use super::facts::subscription::Subscription;
use super::facts::ticket::Ticket;
use super::facts::touch::Touch;
use super::facts::usage::Usage;
use super::health::history::History;
use super::note::Note;

#[derive(Debug, Clone, PartialEq)]
pub struct Dossier {
    pub account: Account,
    pub contacts: Vec<Contact>,
    pub subscriptions: Vec<Subscription>,
    pub tickets: Vec<Ticket>,
    pub surveys: Vec<Survey>,
    pub touches: Vec<Touch>,
    pub outcomes: Vec<Outcome>,
    pub notes: Vec<Note>,
    pub actions: Vec<Action>,
    pub checkins: Vec<Checkin>,
    /// Meetings that were agreed, whatever became of them.
    pub touchpoints: Vec<Touchpoint>,
    pub usage: Usage,
    pub history: History,
}

impl Dossier {
    pub fn new(account: Account) -> Self {
        Self {
            account,
            contacts: Vec::new(),
            subscriptions: Vec::new(),
            tickets: Vec::new(),
            surveys: Vec::new(),
            touches: Vec::new(),
            outcomes: Vec::new(),
            notes: Vec::new(),
            actions: Vec::new(),
            checkins: Vec::new(),
            touchpoints: Vec::new(),
            usage: Usage::default(),
            history: History::default(),
        }
    }
}

/// How fresh each kind of data is across the whole desk: an account without tickets is quiet only
/// if tickets are being brought in at all, and unused only if usage is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feeds {
    pub tickets: Option<NaiveDate>,
    #[serde(default)]
    pub usage: Option<NaiveDate>,
}

impl Feeds {
    #[must_use]
    pub fn newest(self, other: Feeds) -> Feeds {
        Feeds {
            tickets: self.tickets.max(other.tickets),
            usage: self.usage.max(other.usage),
        }
    }
}
