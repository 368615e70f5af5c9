//! A row of the portfolio: an account and where it stands today. Derived, never truth: a row may be
//! cached by data version, policy and date, and thrown away at any time. Knows the types of what it
//! holds, not how they are computed (`standing`).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::conflicts::Conflict;
use crate::domain::account::{Account, Stage, Tier};
use crate::domain::cadence::adapt::Suggestion;
use crate::domain::cadence::adherence::Adherence;
use crate::domain::cadence::anchors::Anchors;
use crate::domain::checkin::wrapup::Judgement;
use crate::domain::dossier::churn::Left;
use crate::domain::health::history::Trend;
use crate::domain::health::{Dimension, Score};
use crate::domain::money::{Money, Totals};
use crate::domain::signals::Signal;
use crate::domain::signals::gaps::{Family, Gap};

/// Weeks in the portfolio's sparkline.
pub const SPARK_WEEKS: usize = 12;

/// A week's level in a sparkline: 0–7, or [`GAP`] where nothing is known.
pub type Spark = [u8; SPARK_WEEKS];
pub const GAP: u8 = u8::MAX;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    pub tier: Tier,
    pub stage: Stage,
    /// The yearly value, where it is all in one currency.
    pub arr: Option<Money>,
    /// The same by currency, for accounts that pay in several.
    #[serde(default)]
    pub value: Totals,
    pub renewal: Option<NaiveDate>,
    pub seats: Option<u32>,
    pub health: Score,
    pub trend: Trend,
    /// What moved the score over 30 days.
    pub moved: Box<[(Dimension, f64)]>,
    pub spark: Spark,
    /// Headline usage, 30 days against the 30 before, percent.
    pub usage_change: Option<i32>,
    pub last_touch: Option<NaiveDate>,
    pub open_actions: u32,
    pub overdue_actions: u32,
    pub promises: u32,
    pub open_tickets: u32,
    pub escalated_tickets: u32,
    /// The account itself was escalated by somebody.
    #[serde(default)]
    pub escalated: bool,
    pub churned: Option<Left>,
    /// What the person who spoke with them last thought, and when.
    #[serde(default)]
    pub judgement: Option<(Judgement, NaiveDate)>,
    /// Features used in the last 30 days of the account's data.
    #[serde(default)]
    pub features: Box<[String]>,
    /// What contradicts what.
    #[serde(default)]
    pub conflicts: Box<[Conflict]>,
    /// Early signals that hold, bad news first, the most severe first.
    pub signals: Box<[Signal]>,
    /// Families of signals that cannot be judged, and why.
    #[serde(default)]
    pub gaps: Box<[(Family, Gap)]>,
    /// What its plan of touches hangs on.
    #[serde(default)]
    pub anchors: Anchors,
    /// Check-ins that were planned against those that were held.
    #[serde(default)]
    pub adherence: Adherence,
    /// How its cadence could fit it better.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub suggestions: Box<[Suggestion]>,
}

/// One line of the portfolio.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    pub account: Account,
    pub standing: Standing,
}
