//! The health score as a value: six dimensions, 0–100 each, their weights, and the facts behind them.
//! Knows neither the dossier nor the policy it was computed from (`scoring`).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::account::{HealthOverride, Verdict};
use crate::domain::checkin::wrapup::Sentiment;
use crate::domain::closed::closed;
use crate::domain::facts::feedback::OutcomeKind;

closed! {
    /// In the order of the weights in `config/health.toml`.
    Dimension {
        Usage = "usage", Relationship = "relationship", Support = "support",
        Satisfaction = "satisfaction", Outcomes = "outcomes", Financial = "financial",
    }
}

closed! {
    Band { Red = "red", Yellow = "yellow", Green = "green", Unknown = "unknown" }
}

closed! {
    /// What a dimension is judged by, and what grows old.
    Input { Usage = "usage", Tickets = "tickets", Mood = "mood", Surveys = "surveys" }
}

/// One fact behind a dimension's score, with its numbers; the words are made in `i18n`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Fact {
    /// The headline metric's daily mean over 30 days against the 30 before.
    UsageChange {
        metric: String,
        before: f64,
        now: f64,
    },
    SeatUse {
        active: f64,
        seats: u32,
    },
    NoUseFor {
        days: i64,
    },
    UsageStale {
        days: i64,
    },
    /// An input that counts less for its age: percent of its weight.
    Ageing {
        input: Input,
        days: i64,
        percent: u8,
    },
    /// An input too old to be known any more.
    TooOld {
        input: Input,
        days: i64,
    },
    TicketsThisMonth {
        count: usize,
    },
    OpenTickets {
        count: usize,
        oldest_days: i64,
    },
    Escalated {
        count: usize,
    },
    TicketRating {
        mean: f64,
        count: usize,
    },
    SupportStale {
        days: i64,
    },
    /// The mean of each person's last answer, how many people that is, and how old the newest is.
    Nps {
        score: f64,
        people: usize,
        days: i64,
    },
    Csat {
        mean: f64,
        count: usize,
    },
    Mood {
        sentiment: Sentiment,
        days: i64,
    },
    LastConversation {
        days: i64,
    },
    NoConversation,
    ChampionLeft {
        date: Option<NaiveDate>,
    },
    NoChampion,
    Missed {
        count: usize,
    },
    Goals {
        reached: usize,
        open: usize,
        slipped: usize,
    },
    Paying {
        subscriptions: usize,
    },
    PastDue {
        count: usize,
    },
    Downgraded {
        count: usize,
    },
    /// Yearly value against a year before, percent.
    ArrChange {
        percent: f64,
    },
    AllEnded,
    /// Part of the business went, or all of it, within the year.
    Outcome {
        kind: OutcomeKind,
        days: i64,
    },
}

/// One dimension, judged: `None` when nothing is known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Part {
    pub score: Option<u8>,
    /// The share of the whole this dimension has, percent: less than it was meant to have where its
    /// data grows old.
    pub weight: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// 0–100; `None` when nothing at all is known.
    pub score: Option<u8>,
    pub band: Band,
    /// Share of the weight that rests on data, percent.
    pub coverage: u8,
    /// In the order of [`Dimension::ALL`].
    pub parts: [Part; 6],
    /// What stands behind them, known or not.
    pub(super) facts: Vec<(Dimension, Fact)>,
    /// What holds the band away from where the numbers put it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<Box<Held>>,
}

/// Why a band is not that of the numbers; both are shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Held {
    pub by_numbers: Band,
    pub by: Holder,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holder {
    /// The last talk felt bad: a customer who is upset is not green.
    Mood { sentiment: Sentiment, days: i64 },
    /// Somebody said so.
    Person(HealthOverride),
}

impl Score {
    /// What stands behind a dimension.
    pub fn facts(&self, d: Dimension) -> Vec<Fact> {
        self.facts
            .iter()
            .filter(|(of, _)| *of == d)
            .map(|(_, fact)| fact.clone())
            .collect()
    }

    /// The loss of this customer is accepted.
    pub fn is_accepted_loss(&self) -> bool {
        matches!(self.held.as_deref(), Some(Held { by: Holder::Person(r), .. }) if r.verdict == Verdict::Lost)
    }

    /// Points this dimension gives to the whole: its share, after missing ones are left out, times
    /// its score. The points of all dimensions add up to the score.
    pub fn points(&self, d: Dimension) -> Option<f64> {
        let score = self.parts[d.index()].score.filter(|_| self.known() > 0.0)?;
        Some(f64::from(score) * self.share(d) / 100.0)
    }

    /// A dimension's share of the score, percent, after missing ones are left out; 0 for a missing one.
    pub fn share(&self, d: Dimension) -> f64 {
        let part = &self.parts[d.index()];
        let known = self.known();
        if part.score.is_some() && known > 0.0 {
            part.weight * 100.0 / known
        } else {
            0.0
        }
    }

    /// The weight of the dimensions of which something is known, percent.
    pub(super) fn known(&self) -> f64 {
        self.parts
            .iter()
            .filter(|p| p.score.is_some())
            .map(|p| p.weight)
            .sum()
    }

    /// Points lost against a full score, largest first: what to talk about.
    pub fn losses(&self) -> Vec<(Dimension, f64)> {
        let mut out: Vec<_> = Dimension::ALL
            .iter()
            .filter_map(|d| {
                let part = &self.parts[d.index()];
                part.score
                    .map(|s| (*d, f64::from(100 - s) * self.share(*d) / 100.0))
            })
            .collect();
        out.sort_by(|a, b| b.1.total_cmp(&a.1));
        out
    }
}
