//! The health score as a value: its dimensions (0–100), their weights, and the facts behind them.
//! It knows neither the dossier nor the policy it was computed from; see `scoring`.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::account::{HealthOverride, Verdict};
use crate::domain::checkin::wrapup::Sentiment;
use crate::domain::closed::closed;
use crate::domain::facts::outcome::OutcomeKind;
pub use crate::domain::facts::rhythm::Per;
use crate::domain::signals::{self, Severity, Signal};

closed! {
    /// In the order of the weights in `config/health.toml`.
    Dimension {
        Usage = "usage", Relationship = "relationship", Support = "support",
        Satisfaction = "satisfaction", Outcomes = "outcomes", Financial = "financial",
        Profile = "profile",
    }
}

impl Dimension {
    pub const COUNT: usize = Self::ALL.len();
}

closed! {
    Band { Red = "red", Yellow = "yellow", Green = "green", Unknown = "unknown" }
}

closed! {
    /// The inputs of a dimension that age.
    Input {
        Usage = "usage", Tickets = "tickets", Mood = "mood", Surveys = "surveys", Goals = "goals",
    }
}

/// A fact behind a dimension's score, with its numbers. The words floor phrases it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Fact {
    /// The level of the headline metric against the best that the account kept up, in the same season
    /// where `seasonal`.
    Level {
        metric: String,
        now: f64,
        best: f64,
        seasonal: bool,
        per: Per,
    },
    /// The last fortnight against the twelve weeks before it.
    Recent {
        metric: String,
        now: f64,
        before: f64,
        per: Per,
    },
    /// The change along a straight line through the logarithms of so many months. The points follow what the
    /// line is at least, less the season's.
    Line {
        metric: String,
        percent: f64,
        months: u32,
    },
    /// Features, integrations and workflows out of use, of those that were in regular use; a few metrics
    /// are named.
    Dropped {
        names: Vec<String>,
        count: usize,
        of: usize,
    },
    /// The daily mean of irregular events, a quarter against the quarter before.
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
    /// An input that counts less because of its age: the percent of its weight that remains.
    Ageing {
        input: Input,
        days: i64,
        percent: u8,
    },
    /// An input without any date: as old as its import at least, so it counts less.
    Undated {
        input: Input,
    },
    /// An input so old that it counts as unknown.
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
    /// How many tickets the account usually has open.
    UsuallyOpen {
        count: f64,
    },
    /// Open tickets that are urgent or high.
    GraveTickets {
        count: usize,
    },
    /// Tickets about the same issue in 60 days.
    Repeated {
        subject: String,
        count: usize,
    },
    TicketRating {
        mean: f64,
        count: usize,
    },
    SupportStale {
        days: i64,
    },
    /// The mean of each person's last answer, the number of people, and the age of the newest
    /// answer in days.
    Nps {
        score: f64,
        people: usize,
        days: i64,
    },
    /// As [`Nps`](Self::Nps), of answers without a date.
    NpsUndated {
        score: f64,
        people: usize,
    },
    /// The mean of people's latest answers against the mean of what each gave before.
    NpsFall {
        before: f64,
        now: f64,
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
    /// As [`LastConversation`](Self::LastConversation), where a later one went badly.
    LastGoodConversation {
        days: i64,
    },
    NoConversation,
    /// Every known conversation went badly.
    NoGoodConversation,
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
    /// The yearly value against a year before, percent.
    ArrChange {
        percent: f64,
    },
    AllEnded,
    /// A churn or downgrade within the year.
    Outcome {
        kind: OutcomeKind,
        days: i64,
    },
    /// Of the accounts with columns like these, so many percent left.
    Alike {
        percent: u8,
    },
    /// A column with its value, and the points that it is worth.
    Column {
        column: String,
        points: f64,
    },
}

/// One dimension; its score is `None` if nothing is known. In JSON it is an array of its fields: a desk of ten thousand
/// accounts reads seventy thousand of them at each start.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "Fields", into = "Fields")]
pub struct Part {
    pub score: Option<u8>,
    /// The score before rounding; 0 where it is unknown.
    pub exact: f64,
    /// How firmly it holds the whole down, 0–1.
    pub holds: f64,
    /// Its share of the whole, percent. Ageing data lowers it; 0 where it would raise the whole by bad
    /// facts alone, or lower it by good ones.
    pub weight: f64,
}

type Fields = (Option<u8>, f64, f64, f64);

impl From<Fields> for Part {
    fn from((score, exact, holds, weight): Fields) -> Self {
        Self {
            score,
            exact,
            holds,
            weight,
        }
    }
}

impl From<Part> for Fields {
    fn from(part: Part) -> Self {
        (part.score, part.exact, part.holds, part.weight)
    }
}

/// The health of an account on one day, with all it rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// 0–100; none when no dimension is known, or too few in the first days of an account.
    pub score: Option<u8>,
    pub band: Band,
    /// The score before rounding.
    pub exact: Option<f64>,
    /// Set where the weakest part holds the score below the mean of the parts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capped: Option<Capped>,
    /// The share of the weight that rests on data, percent.
    pub coverage: u8,
    /// In the order of [`Dimension::ALL`].
    pub parts: [Part; Dimension::COUNT],
    /// The facts of all dimensions, known or not.
    pub(super) facts: Vec<(Dimension, Fact)>,
    /// Set where the shown band differs from the band of the numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<Box<Held>>,
}

/// What the score would be without its weakest part's hold.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Capped {
    pub mean: u8,
    pub by: Dimension,
}

/// Why the shown band differs from that of the numbers; screens show both.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Held {
    pub by_numbers: Band,
    pub by: Holder,
}

/// What keeps a band from being better than the data alone would make it, or replaces it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holder {
    /// The last talk felt bad: an upset customer is not green.
    Mood { sentiment: Sentiment, days: i64 },
    /// Early signals speak against the numbers: a high one, or two warnings.
    Signals { kinds: Vec<signals::Kind> },
    /// A person's override.
    Person(HealthOverride),
}

impl Score {
    /// The dimensions that may count for this account: the profile only where there is a model.
    pub fn dimensions(&self) -> impl Iterator<Item = Dimension> {
        let counts = |d: &Dimension| *d != Dimension::Profile || self.parts[d.index()].weight > 0.0;
        Dimension::ALL.iter().copied().filter(counts)
    }

    /// The facts behind a dimension.
    pub fn facts(&self, d: Dimension) -> Vec<Fact> {
        self.facts
            .iter()
            .filter(|(of, _)| *of == d)
            .map(|(_, fact)| fact.clone())
            .collect()
    }

    /// Whether a person accepted the loss of this customer.
    pub fn is_accepted_loss(&self) -> bool {
        matches!(self.held.as_deref(), Some(Held { by: Holder::Person(r), .. }) if r.verdict == Verdict::Lost)
    }

    /// The points a dimension contributes: its score times its share after unknown dimensions are
    /// left out. The points of all dimensions add up to the mean, which is the score unless it is
    /// [capped](Self::capped).
    pub fn points(&self, d: Dimension) -> Option<f64> {
        let part = &self.parts[d.index()];
        part.score.filter(|_| self.known() > 0.0)?;
        Some(part.exact * self.share(d) / 100.0)
    }

    /// A dimension's share of the score, percent, after unknown dimensions are left out; 0 for an
    /// unknown one.
    pub fn share(&self, d: Dimension) -> f64 {
        let part = &self.parts[d.index()];
        let known = self.known();
        if part.score.is_some() && known > 0.0 {
            part.weight * 100.0 / known
        } else {
            0.0
        }
    }

    /// The weight of the known dimensions, percent.
    pub(super) fn known(&self) -> f64 {
        self.parts
            .iter()
            .filter(|p| p.score.is_some())
            .map(|p| p.weight)
            .sum()
    }

    /// The score with what early signals say against it: a green account with a high warning, or with
    /// two warnings, is held at yellow until a person decides.
    #[must_use]
    pub fn against(mut self, signals: &[Signal]) -> Self {
        let warnings = signals::troubles(signals).filter(|s| s.kind.is_told());
        let warnings: Vec<&Signal> = warnings.collect();
        let grave = warnings.iter().any(|s| s.severity == Severity::High);
        let kinds: Vec<signals::Kind> = warnings.iter().map(|s| s.kind).collect();
        if self.band == Band::Green && self.held.is_none() && (grave || kinds.len() > 1) {
            self.band = Band::Yellow;
            self.held = Some(Box::new(Held {
                by_numbers: Band::Green,
                by: Holder::Signals { kinds },
            }));
        }
        self
    }

    /// The points each dimension loses against a full score, largest first.
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
