//! A planned touch as a value: its days, and the rule behind it. It does not know how it was
//! planned; see `builder`.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::domain::account::{Stage, Tier};
use crate::domain::cadence::policy::{Effort, Policy};
use crate::domain::cadence::{Every, Kind};
use crate::domain::ids::RecordId;
use crate::domain::prefs::Block;

/// Why a touch is in the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "kebab-case")]
pub enum Rule {
    /// The interval of the tier and stage.
    Interval {
        every: Every,
        tier: Tier,
        stage: Stage,
    },
    /// The account's own interval.
    Deviation { every: Every },
    /// The customer prefers fewer touches.
    Preference { every: Every },
    /// The agreed recurrence: "second Tuesday, 10:00".
    Recurrence,
    /// A fixed day after the start of the contract.
    Onboarding { day: i32 },
    /// A fixed number of days before the renewal.
    Renewal { days: i32 },
    /// The account is in trouble: closer than usual.
    Trouble { every: Every },
    /// Every account is contacted within this many days.
    Floor { days: i32 },
    /// The light touch during a pause.
    Paused,
    /// A contact would recommend the product.
    Promoter,
    /// A goal was reached.
    Milestone,
    /// Part of a review while the account is healthy.
    HealthyReview,
    /// Seats run out, or usage surges.
    Growing,
    /// Agreed with the customer.
    Agreed,
}

/// A planned touch. The calendar of a large book has millions, so fields that few touches need are
/// in [`Own`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    pub kind: Kind,
    pub ideal: NaiveDate,
    pub latest: NaiveDate,
    /// The planned day: a working day, today or later.
    pub date: NaiveDate,
    pub rule: Rule,
    pub own: Own,
    /// Smoothing chose the day.
    pub placed: bool,
}

/// The fields that few touches need.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Own {
    /// In the user's time zone.
    pub time: Option<NaiveTime>,
    /// The length of the agreed meeting, minutes.
    pub talk: Option<u32>,
    /// The id of the agreed meeting.
    pub agreed: Option<RecordId>,
    /// The preference that blocks the touch.
    pub blocked: Option<Block>,
    /// Less strict rules that ask for the same touch.
    pub also: Box<[Rule]>,
}

/// The urgency of a touch on a day.
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
            // An agreed meeting waits for its outcome from the next day on.
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

    /// Its work in minutes, with preparation and follow-up; none where it is blocked. An agreed
    /// meeting has its own length.
    pub fn minutes(&self, policy: &Policy, tier: Tier) -> u32 {
        let effort = policy.effort(self.kind, tier);
        let talk = self.own.talk.unwrap_or(effort.talk);
        if self.counts() {
            Effort { talk, ..effort }.total()
        } else {
            0
        }
    }

    /// It may be moved to another day without asking the customer.
    pub fn is_movable(&self) -> bool {
        self.own.agreed.is_none() && self.own.blocked.is_none() && self.rule != Rule::Recurrence
    }

    /// Smoothing may move it: within its window, but no step of a renewal, and nothing that is late
    /// already.
    pub fn may_smooth(&self, today: NaiveDate) -> bool {
        let rules = || std::iter::once(&self.rule).chain(&*self.own.also);
        self.is_movable()
            && self.due(today) != Due::Late
            && !self.is_beyond()
            && !rules().any(|r| matches!(r, Rule::Renewal { .. }))
    }

    /// It causes work: it is not blocked.
    pub fn counts(&self) -> bool {
        self.own.blocked.is_none()
    }

    /// The planned day is after the latest day.
    pub fn is_beyond(&self) -> bool {
        self.date > self.latest
    }
}
