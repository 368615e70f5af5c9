//! The satisfaction dimension: surveys (NPS, CSAT) and the mood of the last talk.

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDate};

use super::dimension_score::{DimensionScore, age_weight, ageing, along};
use super::{Fact, Input};
use crate::domain::checkin::wrapup::Sentiment;
use crate::domain::dossier::Dossier;
use crate::domain::dossier::talks::last_mood;
use crate::domain::facts::feedback::{Survey, SurveyKind};
use crate::domain::policy::Policy;
use crate::domain::when::Zone;

/// Points by NPS answer: detractors 0–6, passives 7–8, promoters 9–10.
const BY_NPS: [(f64, f64); 5] = [
    (0.0, 0.0),
    (6.0, 35.0),
    (7.0, 60.0),
    (9.0, 90.0),
    (10.0, 100.0),
];

/// The inputs so far: their facts, points and weights.
struct Feedback {
    facts: Vec<Fact>,
    /// Points (0–100) and weight of each input.
    parts: Vec<(f64, f64)>,
    /// The freshness of the freshest input, 0–1: it sets how much the whole dimension counts.
    freshest: f64,
}

pub fn score(dossier: &Dossier, policy: &Policy, day: NaiveDate, zone: Zone) -> DimensionScore {
    let mut feedback = Feedback {
        facts: Vec::new(),
        parts: Vec::new(),
        freshest: 0.0,
    };
    feedback.mood(last_mood(dossier, day, zone), policy, day);
    feedback.surveys(&dossier.surveys, policy, day);
    let Feedback {
        facts,
        parts,
        freshest,
    } = feedback;
    if parts.is_empty() {
        return DimensionScore::new(None, facts);
    }
    let weight: f64 = parts.iter().map(|p| p.1).sum();
    let points = parts.iter().map(|p| p.0 * p.1).sum::<f64>() / weight;
    DimensionScore::new(Some(points), facts).fresh(freshest)
}

impl Feedback {
    /// The mood of the last talk: half of the weight.
    fn mood(&mut self, last: Option<(NaiveDate, Sentiment)>, policy: &Policy, day: NaiveDate) {
        let Some((date, sentiment)) = last else {
            return;
        };
        let days = (day - date).num_days();
        if days > policy.sentiment_unknown {
            return self.facts.push(Fact::TooOld {
                input: Input::Mood,
                days,
            });
        }
        self.facts.push(Fact::Mood { sentiment, days });
        let fresh = age_weight(days, policy.sentiment_unknown, policy);
        self.facts.extend(ageing(Input::Mood, days, fresh));
        self.freshest = self.freshest.max(fresh);
        self.parts.push((sentiment.points(), 0.5 * fresh));
    }

    /// NPS answers with 0.3 of the weight, CSAT answers with 0.2.
    fn surveys(&mut self, surveys: &[Survey], policy: &Policy, day: NaiveDate) {
        let dated = || {
            let in_range = surveys.iter().filter(|s| s.in_range());
            in_range
                .filter_map(|s| Some((s.date?, s)))
                .filter(|(d, _)| *d <= day)
        };
        let since = day - Duration::days(policy.survey_unknown);
        let recent =
            |kind: SurveyKind| dated().filter(move |(date, s)| s.kind == kind && *date > since);
        let first = self.parts.len();
        let nps = self.nps(recent(SurveyKind::Nps), day);
        let csat = self.csat(recent(SurveyKind::Csat));
        let Some(newest) = nps.max(csat) else {
            // Answers too old to count are mentioned, and not scored.
            let last = dated().map(|(d, _)| d).max();
            return self.facts.extend(last.map(|d| Fact::TooOld {
                input: Input::Surveys,
                days: (day - d).num_days(),
            }));
        };
        let days = (day - newest).num_days();
        let fresh = age_weight(days, policy.survey_unknown, policy);
        self.facts.extend(ageing(Input::Surveys, days, fresh));
        self.freshest = self.freshest.max(fresh);
        self.parts[first..].iter_mut().for_each(|p| p.1 *= fresh);
    }

    /// Only the latest answer of each person counts, so that frequent answers do not outvote the
    /// rest. Returns the day of the newest.
    fn nps<'a>(
        &mut self,
        answers: impl Iterator<Item = (NaiveDate, &'a Survey)>,
        day: NaiveDate,
    ) -> Option<NaiveDate> {
        let mut latest: BTreeMap<&str, (NaiveDate, f64)> = BTreeMap::new();
        for (date, s) in answers {
            // An answer without a name counts as a person of its own.
            let who = if s.respondent.is_empty() {
                s.id.as_str()
            } else {
                s.respondent.as_str()
            };
            let entry = latest.entry(who).or_insert((date, s.score));
            if date >= entry.0 {
                *entry = (date, s.score);
            }
        }
        let newest = latest.values().map(|v| v.0).max()?;
        let mean = latest.values().map(|v| v.1).sum::<f64>() / latest.len() as f64;
        self.facts.push(Fact::Nps {
            score: mean,
            people: latest.len(),
            days: (day - newest).num_days(),
        });
        self.parts.push((along(&BY_NPS, mean), 0.3));
        Some(newest)
    }

    /// Returns the day of the newest answer.
    fn csat<'a>(
        &mut self,
        answers: impl Iterator<Item = (NaiveDate, &'a Survey)>,
    ) -> Option<NaiveDate> {
        let scores: Vec<(NaiveDate, f64)> = answers.map(|(d, s)| (d, s.score)).collect();
        let newest = scores.iter().map(|c| c.0).max()?;
        let mean = scores.iter().map(|c| c.1).sum::<f64>() / scores.len() as f64;
        self.facts.push(Fact::Csat {
            mean,
            count: scores.len(),
        });
        self.parts.push(((mean - 1.0) * 25.0, 0.2));
        Some(newest)
    }
}
