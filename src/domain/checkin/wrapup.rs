//! How a call ended `[wrapup]`: in under a minute, from what was written.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::mark::Item;
use crate::domain::closed::closed;

closed! {
    /// `[live.call]`, from coldest to warmest.
    Sentiment {
        Frustrated = "frustrated", Disappointed = "disappointed", Cold = "cold", Sceptical = "sceptical",
        Neutral = "neutral", Engaged = "engaged", Excited = "excited", Enthusiastic = "enthusiastic",
    }
}

impl Sentiment {
    /// 0–100, for the satisfaction dimension: the eight steps spread evenly, neutral in the middle.
    pub fn points(self) -> f64 {
        [5.0, 15.0, 30.0, 40.0, 60.0, 80.0, 90.0, 100.0][self.index()]
    }
}

closed! {
    /// The CSM's own judgement of the account.
    Judgement { Good = "good", Watch = "watch", AtRisk = "at-risk" }
}

closed! {
    /// Who hears of it `[escalation]`.
    Team { Product = "product", Sales = "sales", Support = "support", Executives = "executives" }
}

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
    /// 「役立ちましたか」
    #[serde(default)]
    pub helpful: Option<bool>,
    #[serde(default)]
    pub escalate: Vec<Team>,
    #[serde(default)]
    pub expansion: bool,
    /// The marked lines as they were confirmed; none before the wrap-up is complete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub items: Option<Vec<Item>>,
    /// What was pasted into the CRM, by the hash of its text, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pasted: Option<(u64, DateTime<Utc>)>,
    #[serde(default)]
    pub finished: Option<DateTime<Utc>>,
}
