//! The messages a customer wants, how often and when. A touch that breaks a preference is blocked,
//! and the block names the preference.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

use super::closed::closed;

closed! {
    /// The channel a person prefers.
    Channel { Email = "email", Phone = "phone", Chat = "chat", Meeting = "meeting" }
}

closed! {
    /// Kinds of message a customer may choose among.
    Message { Calls = "calls", Updates = "updates", Education = "education", Promotion = "promotion", Training = "training" }
}

closed! {
    /// The highest frequency at which one kind of message may come.
    Frequency { Daily = "daily", Weekly = "weekly", TwoWeekly = "two-weekly", Monthly = "monthly", Quarterly = "quarterly", Never = "none" }
}

impl Frequency {
    /// The least days between two messages; none where there must be none at all.
    pub fn days(self) -> Option<i64> {
        match self {
            Frequency::Daily => Some(1),
            Frequency::Weekly => Some(7),
            Frequency::TwoWeekly => Some(14),
            Frequency::Monthly => Some(30),
            Frequency::Quarterly => Some(90),
            Frequency::Never => None,
        }
    }
}

/// Hours in which the customer must not be disturbed. A span from 18:00 to 9:00 runs over midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quiet {
    pub from: NaiveTime,
    pub to: NaiveTime,
}

impl Quiet {
    pub fn holds(self, at: NaiveTime) -> bool {
        if self.from <= self.to {
            self.from <= at && at < self.to
        } else {
            at >= self.from || at < self.to
        }
    }
}

/// The days over which a cap counts.
pub const CAP_DAYS: i64 = 30;

/// How often and through which channel a customer, or one person, wants to be contacted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prefs {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// The highest frequency by kind. A kind that is absent follows the cadence.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub frequency: BTreeMap<Message, Frequency>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub opted_out: BTreeSet<Message>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiet: Option<Quiet>,
    /// The most messages of all kinds together in [`CAP_DAYS`] days. Talks do not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<u32>,
}

impl Prefs {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The least days between two messages of a kind; none where no preference is set. `Err` where
    /// this kind is refused altogether.
    pub fn spacing(&self, message: Message) -> Result<Option<i64>, Block> {
        if self.opted_out.contains(&message) {
            return Err(Block::OptedOut { message });
        }
        match self.frequency.get(&message) {
            None => Ok(None),
            Some(f) => f.days().map(Some).ok_or(Block::OptedOut { message }),
        }
    }

    /// The preference that forbids a local moment.
    pub fn disturbed(&self, local: NaiveDateTime) -> Option<Block> {
        self.quiet
            .filter(|q| q.holds(local.time()))
            .map(|q| Block::Quiet {
                from: q.from,
                to: q.to,
            })
    }
}

/// The preference that stops a touch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "preference", rename_all = "kebab-case")]
pub enum Block {
    /// The account refuses this kind.
    OptedOut {
        message: Message,
    },
    /// Every known active person refuses this kind.
    NobodyLeft {
        message: Message,
    },
    /// Sooner than the preferred frequency allows.
    TooOften {
        message: Message,
        frequency: Frequency,
    },
    /// More messages than the cap allows.
    Cap {
        cap: u32,
    },
    Quiet {
        from: NaiveTime,
        to: NaiveTime,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_hours_may_cross_midnight() {
        let at = |h| NaiveTime::from_hms_opt(h, 0, 0).expect("time");
        let night = Quiet {
            from: at(18),
            to: at(9),
        };
        assert!(
            night.holds(at(20))
                && night.holds(at(8))
                && !night.holds(at(9))
                && !night.holds(at(17))
        );
        let noon = Quiet {
            from: at(12),
            to: at(13),
        };
        assert!(noon.holds(at(12)) && !noon.holds(at(13)));
    }
}
