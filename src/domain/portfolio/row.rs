//! A row of the portfolio: an account and its standing today. It is derived and may be cached by
//! data version, policy and date, and discarded at any time. Knows the types it holds, not how they
//! are computed; see `standing`.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::conflicts::Conflict;
use crate::domain::account::{Account, Stage, Tier};
use crate::domain::cadence::adapt::Suggestion;
use crate::domain::cadence::adherence::Adherence;
use crate::domain::cadence::anchors::Anchors;
use crate::domain::checkin::wrapup::Judgement;
use crate::domain::dossier::churn::Left;
use crate::domain::dossier::terms::Unsettled;
use crate::domain::facts::step::{StepKind, Taken};
use crate::domain::health::history::Trend;
use crate::domain::health::{Dimension, Score};
use crate::domain::money::{Money, Totals};
use crate::domain::risk::Risk;
use crate::domain::signals::Signal;
use crate::domain::signals::gaps::{Family, Gap};

/// Weeks in the portfolio's sparkline.
pub const SPARK_WEEKS: usize = 12;

/// A week's level in a sparkline: 0–7, or [`GAP`] where it is unknown.
pub type Spark = [u8; SPARK_WEEKS];
/// A week of the sparkline without data.
pub const GAP: u8 = u8::MAX;

/// What lists show of an account, computed from its dossier for one day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    pub tier: Tier,
    pub stage: Stage,
    /// The yearly value, where all of it is in one currency.
    pub arr: Option<Money>,
    /// The yearly value by currency, for accounts that pay in several.
    #[serde(default)]
    pub value: Totals,
    pub renewal: Option<NaiveDate>,
    /// The last day on which the customer can say no to it, where that is before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decide_by: Option<NaiveDate>,
    /// The last step of that renewal, and its day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<Taken>,
    pub seats: Option<u32>,
    pub health: Score,
    pub trend: Trend,
    /// The dimensions that moved the score over 30 days, with their points.
    pub moved: Box<[(Dimension, f64)]>,
    pub spark: Spark,
    /// The change of headline usage, 30 days against the 30 before, percent.
    pub usage_change: Option<i32>,
    pub last_touch: Option<NaiveDate>,
    pub open_actions: u32,
    pub overdue_actions: u32,
    pub promises: u32,
    pub open_tickets: u32,
    pub escalated_tickets: u32,
    /// A person escalated the account itself.
    #[serde(default)]
    pub escalated: bool,
    pub churned: Option<Left>,
    /// The judgement of the last talk, and its day.
    #[serde(default)]
    pub judgement: Option<(Judgement, NaiveDate)>,
    /// The terms that ended without an outcome.
    #[serde(default, skip_serializing_if = "Unsettled::is_none")]
    pub unsettled: Unsettled,
    /// The features used in the last 30 days of the account's data.
    #[serde(default)]
    pub features: Box<[String]>,
    /// Contradictions between known facts.
    #[serde(default)]
    pub conflicts: Box<[Conflict]>,
    /// The early signals that hold: bad before good, the most severe first.
    pub signals: Box<[Signal]>,
    /// Families of signals that cannot be judged, and the missing data.
    #[serde(default)]
    pub gaps: Box<[(Family, Gap)]>,
    /// The anchors of its plan of touches.
    #[serde(default)]
    pub anchors: Anchors,
    /// Planned check-ins against held ones.
    #[serde(default)]
    pub adherence: Adherence,
    /// Suggested changes of its cadence.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub suggestions: Box<[Suggestion]>,
    /// What puts it on the board of risk, and what is said of it there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub risk: Option<Box<Risk>>,
}

impl Standing {
    /// The day from which the steps of a renewal are counted: the last one to say no, where that is known.
    pub fn deciding(&self) -> Option<NaiveDate> {
        self.decide_by.or(self.renewal)
    }

    /// Whether the next renewal is signed: no further step is due.
    pub fn is_signed(&self) -> bool {
        self.step
            .is_some_and(|taken| taken.step == StepKind::Signed)
    }

    /// Whether the last day to say no to the renewal is known and to come.
    pub fn may_say_no(&self, today: NaiveDate) -> bool {
        self.decide_by.is_some_and(|last| last >= today)
    }

    /// The day to which a renewal is counted down: the last one to say no, and from then on the renewal itself.
    pub fn counts_down_to(&self, today: NaiveDate) -> Option<NaiveDate> {
        self.decide_by
            .filter(|_| self.may_say_no(today))
            .or(self.renewal)
    }
}

/// One line of the portfolio.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    pub account: Account,
    pub standing: Standing,
}
