//! Surveys: NPS, CSAT, effort.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Oddities;
use crate::domain::closed::closed;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::recorded::{AsOf, Nature, Recorded};
use crate::domain::when::Zone;

closed! {
    SurveyKind { Nps = "nps", Csat = "csat", Ces = "ces" }
}

impl SurveyKind {
    /// The scale: NPS 0–10, CSAT 1–5, CES 1–7.
    pub fn range(self) -> (f64, f64) {
        match self {
            SurveyKind::Nps => (0.0, 10.0),
            SurveyKind::Csat => (1.0, 5.0),
            SurveyKind::Ces => (1.0, 7.0),
        }
    }
}

/// One answer to a survey: NPS, CSAT or CES.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Survey {
    pub id: RecordId,
    pub account: AccountId,
    pub kind: SurveyKind,
    pub score: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub respondent: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub comment: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub oddities: Oddities,
}

impl Recorded for Survey {
    const NATURE: Nature = Nature::Edit;

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn account(&self) -> Option<&AccountId> {
        Some(&self.account)
    }

    fn title(&self) -> String {
        format!("{} {}", self.kind.key(), self.score)
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
        at.knows(self.date).then(|| self.clone())
    }

    fn newest(&self, _zone: Zone) -> Option<NaiveDate> {
        self.date
    }

    fn public(self) -> Option<Self> {
        Some(self)
    }
}

impl Survey {
    /// Whether the score is on its scale. Others are kept as odd and never enter health.
    pub fn in_range(&self) -> bool {
        let (low, high) = self.kind.range();
        (low..=high).contains(&self.score)
    }
}
