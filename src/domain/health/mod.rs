//! Health `[health.score]`: six dimensions, 0–100 each, weighted. What is not known is left out
//! and shown as missing coverage; it is never zero and never green.

mod financial;
pub mod history;
mod outcomes;
mod relationship;
mod satisfaction;
mod support;
pub mod truth;
mod usage;
pub mod why;

use chrono::{Duration, NaiveDate};
use serde::{Deserialize, Serialize};

use super::account::{HealthOverride, Verdict};
use super::closed::closed;
use super::dossier::Dossier;
use super::policy::Policy;
use super::standing::{contract_start, effective_stage, effective_tier};
use super::when::Zone;
use crate::domain::checkin::wrapup::Sentiment;
use crate::domain::facts::feedback::OutcomeKind;
use crate::domain::freshness::DataFreshness;

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
    facts: Vec<(Dimension, Fact)>,
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

    /// The shortest way to green: the dimensions that lose most, each from its score to the score
    /// it would need. Empty where it is green already, or nothing is known.
    pub fn to_green(&self, policy: &Policy) -> Vec<(Dimension, u8, u8)> {
        // Where too little is known, no score makes it green: only data does.
        if self.band == Band::Unknown {
            return Vec::new();
        }
        let goal = f64::from(policy.yellow_max) + 0.5;
        let known = self.known();
        let mut now: f64 = Dimension::ALL.iter().filter_map(|d| self.points(*d)).sum();
        let mut out = Vec::new();
        for (dimension, loss) in self.losses() {
            if now >= goal || known <= 0.0 {
                break;
            }
            let part = &self.parts[dimension.index()];
            let Some(from) = part.score.filter(|_| loss > 0.0) else {
                continue;
            };
            let needed = (f64::from(from) + (goal - now) * known / part.weight)
                .ceil()
                .min(100.0);
            now += (needed - f64::from(from)) * part.weight / known;
            out.push((dimension, from, needed as u8));
        }
        out
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
    fn known(&self) -> f64 {
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

/// What a dimension says: a score if anything is known, and the facts either way.
pub(crate) struct Judged {
    score: Option<f64>,
    facts: Vec<Fact>,
    /// How much of its weight it keeps, by the age of its newest input: 1 while that is fresh.
    fresh: f64,
}

impl Judged {
    fn new(score: Option<f64>, facts: Vec<Fact>) -> Self {
        Self {
            score,
            facts,
            fresh: 1.0,
        }
    }

    fn fresh(self, fresh: f64) -> Self {
        Self { fresh, ..self }
    }
}

/// How much an input of this age still counts, where it is unknown after `unknown` days: all of it up
/// to the policy's share of them, then less each day, half at the end.
pub(crate) fn freshness(age: i64, unknown: i64, policy: &Policy) -> f64 {
    let stale = unknown as f64 * policy.stale_share;
    along(
        &[(stale, 1.0), ((unknown as f64).max(stale + 1.0), 0.5)],
        age as f64,
    )
}

/// The fact that says so, where an input counts less for its age.
pub(crate) fn ageing(input: Input, days: i64, fresh: f64) -> Option<Fact> {
    (fresh < 1.0).then(|| Fact::Ageing {
        input,
        days,
        percent: (fresh * 100.0).round() as u8,
    })
}

/// Scores an account as it stood on `day`: nothing dated later is looked at.
pub fn score(
    dossier: &Dossier,
    feeds: DataFreshness,
    policy: &Policy,
    day: NaiveDate,
    zone: Zone,
) -> Score {
    let tier = effective_tier(dossier, policy, day);
    let stage = effective_stage(dossier, day);
    let weights = policy.weights(tier, stage);
    let total: f64 = weights.iter().sum();
    let judged: [Judged; 6] = [
        usage::judge(dossier, feeds, policy, day),
        relationship::judge(dossier, policy, tier, day, zone),
        support::judge(dossier, feeds, policy, day, zone),
        satisfaction::judge(dossier, policy, day, zone),
        outcomes::judge(dossier, day),
        financial::judge(dossier, day),
    ];
    let mut index = 0;
    let mut all_facts = Vec::new();
    let parts = judged.map(
        |Judged {
             score,
             facts,
             fresh,
         }| {
            all_facts.extend(facts.into_iter().map(|fact| (Dimension::ALL[index], fact)));
            let weight = if total > 0.0 {
                weights[index] / total * 100.0
            } else {
                0.0
            };
            // What ages weighs less and is known less.
            let weight = if score.is_some() {
                weight * fresh
            } else {
                weight
            };
            index += 1;
            Part {
                score: score.map(|s| s.round().clamp(0.0, 100.0) as u8),
                weight,
            }
        },
    );
    let known: f64 = parts
        .iter()
        .filter(|p| p.score.is_some())
        .map(|p| p.weight)
        .sum();
    let sum: f64 = parts
        .iter()
        .filter_map(|p| p.score.map(|s| f64::from(s) * p.weight))
        .sum();
    let coverage = known.round().clamp(0.0, 100.0) as u8;
    let score = (known > 0.0).then(|| (sum / known).round() as u8);
    let young = contract_start(dossier)
        .is_some_and(|s| s <= day && day < s + Duration::days(policy.new_days));
    let needed = if young {
        policy.new_coverage
    } else {
        policy.min_coverage
    };
    let band = match score {
        Some(s) if coverage >= needed => band_of(s, policy),
        _ => Band::Unknown,
    };
    // In an account's first days a number from little is a number from nothing.
    let score = score.filter(|_| !young || coverage >= needed);
    let (band, held) = hold(dossier, policy, band, day, zone);
    Score {
        score,
        band,
        coverage,
        parts,
        facts: all_facts,
        held: held.map(Box::new),
    }
}

/// The band as it is shown: a person's word first, then how the last talk felt, then the numbers.
fn hold(
    dossier: &Dossier,
    policy: &Policy,
    by_numbers: Band,
    day: NaiveDate,
    zone: Zone,
) -> (Band, Option<Held>) {
    let held = |band: Band, by: Holder| (band, Some(Held { by_numbers, by }));
    if let Some(health_override) = dossier
        .account
        .health_override
        .as_ref()
        .filter(|r| r.stands(day))
    {
        let band = match health_override.verdict {
            Verdict::Red => Band::Red,
            Verdict::Yellow => Band::Yellow,
            Verdict::Green => Band::Green,
            Verdict::Lost => Band::Unknown,
        };
        return held(band, Holder::Person(HealthOverride::clone(health_override)));
    }
    let mood = dossier
        .checkins
        .iter()
        .filter_map(|c| Some((zone.day(c.ended()?), c.wrapup.sentiment?)))
        .filter(|(d, _)| *d <= day)
        .max_by_key(|(d, _)| *d);
    match mood.map(|(d, s)| ((day - d).num_days(), s)) {
        Some((days, sentiment))
            if by_numbers == Band::Green
                && policy.mood_caps
                && days <= policy.sentiment_unknown
                && sentiment <= Sentiment::Disappointed =>
        {
            held(Band::Yellow, Holder::Mood { sentiment, days })
        }
        _ => (by_numbers, None),
    }
}

pub fn band_of(score: u8, policy: &Policy) -> Band {
    if score <= policy.red_max {
        Band::Red
    } else if score <= policy.yellow_max {
        Band::Yellow
    } else {
        Band::Green
    }
}

/// Straight lines between the given points; flat beyond the ends.
pub(crate) fn along(points: &[(f64, f64)], x: f64) -> f64 {
    let Some(&(first_x, first_y)) = points.first() else {
        return 0.0;
    };
    if x <= first_x {
        return first_y;
    }
    for pair in points.windows(2) {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        if x <= x1 {
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0);
        }
    }
    points.last().map_or(0.0, |p| p.1)
}

#[cfg(test)]
mod tests;
