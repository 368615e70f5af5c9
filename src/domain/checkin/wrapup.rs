//! The wrap-up of a call: mood, judgement and follow-ups, made for less than a minute of work.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::mark::Item;
use crate::domain::closed::closed;

closed! {
    /// The mood of a talk, from coldest to warmest.
    Sentiment {
        Frustrated = "frustrated", Disappointed = "disappointed", Cold = "cold", Sceptical = "sceptical",
        Neutral = "neutral", Engaged = "engaged", Excited = "excited", Enthusiastic = "enthusiastic",
    }
}

impl Sentiment {
    /// 0–100 for the satisfaction dimension: eight equal steps, neutral in the middle.
    pub fn points(self) -> f64 {
        [5.0, 15.0, 30.0, 40.0, 60.0, 80.0, 90.0, 100.0][self.index()]
    }
}

closed! {
    /// The CSM's own judgement of the account.
    Judgement { Good = "good", Watch = "watch", AtRisk = "at-risk" }
}

closed! {
    /// The team an escalation goes to.
    Team { Product = "product", Sales = "sales", Support = "support", Executives = "executives" }
}

/// The answers given after a call.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrapup {
    #[serde(default)]
    pub attendees: Vec<String>,
    #[serde(default)]
    pub sentiment: Option<Sentiment>,
    #[serde(default)]
    pub judgement: Option<Judgement>,
    #[serde(default)]
    pub next: Option<NaiveDate>,
    /// The answer to 「役立ちましたか」 ("was this helpful?").
    #[serde(default)]
    pub helpful: Option<bool>,
    #[serde(default)]
    pub escalate: Vec<Team>,
    #[serde(default)]
    pub expansion: bool,
    /// The confirmed marked lines; none before the wrap-up is complete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub items: Option<Vec<Item>>,
    /// The hash of the text pasted into the CRM, and when it was pasted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pasted: Option<(u64, DateTime<Utc>)>,
    #[serde(default)]
    pub finished: Option<DateTime<Utc>>,
}
