//! What a customer wants to hear, how often and when `[prefs]`. What would break a preference is
//! stopped, and says which.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

use super::closed::closed;

closed! {
    /// How the person likes to be reached.
    Channel { Email = "email", Phone = "phone", Chat = "chat", Meeting = "meeting" }
}

closed! {
    /// Kinds of message a customer may choose among.
    Message { Calls = "calls", Updates = "updates", Education = "education", Promotion = "promotion", Training = "training" }
}

closed! {
    /// How often one kind of message may come at the most.
    Frequency { Daily = "daily", Weekly = "weekly", TwoWeekly = "two-weekly", Monthly = "monthly", Quarterly = "quarterly", Never = "none" }
}

impl Frequency {
    /// The least days from one to the next; none where there shall be no other.
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

/// Hours in which nobody wants to be disturbed; from 18:00 to 9:00 goes over the night.
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

/// Days over which a cap counts.
pub const CAP_DAYS: i64 = 30;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prefs {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// The most often, by kind; a kind that is not named is as the cadence has it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub frequency: BTreeMap<Message, Frequency>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub opted_out: BTreeSet<Message>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiet: Option<Quiet>,
    /// The most messages of all kinds together in [`CAP_DAYS`]; talks are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<u32>,
}

impl Prefs {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The least days between two of a kind: none where there is no wish, `Err` where it shall not
    /// come at all.
    pub fn spacing(&self, message: Message) -> Result<Option<i64>, Block> {
        if self.opted_out.contains(&message) {
            return Err(Block::OptedOut { message });
        }
        match self.frequency.get(&message) {
            None => Ok(None),
            Some(f) => f.days().map(Some).ok_or(Block::OptedOut { message }),
        }
    }

    /// Why a local moment does not suit.
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
    /// The account wants none of this kind.
    OptedOut {
        message: Message,
    },
    /// Every person there that is known wants none of it.
    NobodyLeft {
        message: Message,
    },
    /// Sooner than the wished frequency allows.
    TooOften {
        message: Message,
        frequency: Frequency,
    },
    /// More messages than were allowed together.
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
    fn quiet_hours_may_go_over_the_night() {
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
