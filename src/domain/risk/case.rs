//! A case: the rescue of an account that started, its first steps, and how it ended.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::Lane;
use crate::domain::closed::closed;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::recorded::{AsOf, Nature, Recorded};
use crate::domain::when::Zone;

closed! {
    /// The first steps of a rescue, in their order.
    Step {
        /// The whole history was read.
        Reviewed = "reviewed",
        /// The customer was called, to listen.
        Called = "called",
        /// Those who help are named.
        Team = "team",
        /// There is a plan with days.
        Plan = "plan",
    }
}

closed! {
    /// How a case ended.
    Ending {
        Saved = "saved",
        /// The effort stopped; the account stays.
        Stopped = "stopped",
        /// The loss is accepted.
        Accepted = "accepted",
        /// It was no case.
        Mistaken = "mistaken",
    }
}

impl Step {
    /// The hours of work within which it is due.
    pub fn within(self) -> i64 {
        match self {
            Step::Reviewed => 1,
            Step::Called => 2,
            Step::Team => 8,
            Step::Plan => 16,
        }
    }
}

/// A step that was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    pub step: Step,
    pub at: DateTime<Utc>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// A talk that was logged took it: it is no part of the stored case.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub logged: bool,
}

/// The end of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    pub how: Ending,
    pub at: DateTime<Utc>,
    pub by: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

/// A rescue. An account has one open case at most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    pub id: RecordId,
    pub account: AccountId,
    pub opened: DateTime<Utc>,
    pub by: String,
    /// Why it was opened.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// The lane as it was opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lane: Option<Lane>,
    /// The first day of the earliest warning that held as it was opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub done: Vec<Done>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Ended>,
}

impl Case {
    pub fn is_open(&self) -> bool {
        self.ended.is_none()
    }

    pub fn done(&self, step: Step) -> Option<&Done> {
        self.done.iter().find(|done| done.step == step)
    }

    /// The case as it is stored: without what follows from other records.
    pub fn stored(&self) -> Case {
        let mut out = self.clone();
        out.done.retain(|done| !done.logged);
        out
    }

    /// The next step that is not taken.
    pub fn next(&self) -> Option<Step> {
        let open = |step: &Step| self.done(*step).is_none();
        Step::ALL.iter().copied().find(open)
    }

    /// Days from the earliest warning to the first step, else to today; none where no warning was known.
    pub fn days_lost(&self, zone: Zone, today: NaiveDate) -> Option<i64> {
        let acted = self.done.iter().map(|done| zone.day(done.at)).min();
        let until = acted.unwrap_or(today);
        Some((until - self.since?).num_days().max(0))
    }
}

impl Recorded for Case {
    const NATURE: Nature = Nature::Edit;

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn account(&self) -> Option<&AccountId> {
        Some(&self.account)
    }

    fn title(&self) -> String {
        self.why.clone()
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
        if self.opened > at.end {
            return None;
        }
        let mut then = self.clone();
        then.done.retain(|done| done.at <= at.end);
        then.ended = then.ended.filter(|ended| ended.at <= at.end);
        Some(then)
    }

    fn newest(&self, _zone: Zone) -> Option<NaiveDate> {
        None
    }

    fn public(self) -> Option<Self> {
        // What is done to keep a customer is not for the customer.
        None
    }
}
