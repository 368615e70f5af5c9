//! A planned touch as a value: its days, and the rule that made it. Not how it is found (`builder`).

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::domain::account::{Stage, Tier};
use crate::domain::cadence::{Every, Kind};
use crate::domain::ids::RecordId;
use crate::domain::prefs::Block;

/// Why a touch is in the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "kebab-case")]
pub enum Rule {
    /// By tier and stage.
    Interval {
        every: Every,
        tier: Tier,
        stage: Stage,
    },
    /// By this account's own interval.
    Deviation { every: Every },
    /// By the wish of the customer for less.
    Preference { every: Every },
    /// As agreed: "second Tuesday, 10:00".
    Recurrence,
    /// So many days after the start of the contract.
    Onboarding { day: i32 },
    /// So many days before the renewal.
    Renewal { days: i32 },
    /// It burns: closer than usual.
    Trouble { every: Every },
    /// Nobody is left without a word for longer.
    Floor { days: i32 },
    /// The light touch of a pause.
    Paused,
    /// Somebody would recommend us.
    Promoter,
    /// A goal was reached.
    Milestone,
    /// Inside a healthy review.
    HealthyReview,
    /// Seats run out, or use surges.
    Growing,
    /// Agreed with the customer.
    Agreed,
}

/// A touch that is to be. A large book has millions of them in its calendar: what few have is apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    pub kind: Kind,
    pub ideal: NaiveDate,
    pub latest: NaiveDate,
    /// The day it is planned for: a working day from today on.
    pub date: NaiveDate,
    pub rule: Rule,
    pub own: Own,
    /// Smoothing put it on its day.
    pub placed: bool,
}

/// What few touches have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Own {
    /// By the clock of the user's zone.
    pub time: Option<NaiveTime>,
    /// The meeting that was agreed.
    pub agreed: Option<RecordId>,
    /// The preference that stops it: it is not to be made.
    pub blocked: Option<Block>,
}

/// How a touch stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Due {
    Ahead,
    /// Past the ideal day.
    Due,
    /// Past the latest day.
    Late,
}

impl Planned {
    pub fn due(&self, today: NaiveDate) -> Due {
        if self.own.agreed.is_some() {
            // A meeting that was agreed waits for its outcome from the day after.
            return if self.date < today {
                Due::Late
            } else {
                Due::Ahead
            };
        }
        if today > self.latest {
            Due::Late
        } else if today > self.ideal {
            Due::Due
        } else {
            Due::Ahead
        }
    }

    /// It may be put on another day without asking anybody.
    pub fn is_movable(&self) -> bool {
        self.own.agreed.is_none() && self.own.blocked.is_none() && self.rule != Rule::Recurrence
    }

    /// Who has to do something for it: it is not stopped.
    pub fn counts(&self) -> bool {
        self.own.blocked.is_none()
    }

    /// The day it is planned for lies behind the latest.
    pub fn is_beyond(&self) -> bool {
        self.date > self.latest
    }
}
