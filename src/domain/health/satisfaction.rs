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
const BY_NPS: [(f64, f64); 6] = [
    (0.0, 0.0),
    (6.0, 35.0),
    (7.0, 60.0),
    (8.0, 82.0),
    (9.0, 93.0),
    (10.0, 100.0),
];

/// A share of the weight for answers without a date: they are as old as their import, at least.
const UNDATED: f64 = 0.6;
/// Points by which the mood of a talk and CSAT may lift the dimension above its NPS part.
const ABOVE_NPS: f64 = 15.0;

/// The inputs so far: their facts, points and weights.
#[derive(Default)]
struct Feedback {
    facts: Vec<Fact>,
    /// Points (0–100), weight and freshness (0–1) of each input.
    parts: Vec<(f64, f64, f64)>,
    nps: Option<f64>,
}

pub fn score(dossier: &Dossier, policy: &Policy, day: NaiveDate, zone: Zone) -> DimensionScore {
    let mut feedback = Feedback::default();
    feedback.mood(last_mood(dossier, day, zone), policy, day);
    feedback.surveys(&dossier.surveys, policy, day);
    let Feedback { facts, parts, nps } = feedback;
    if parts.is_empty() {
        return DimensionScore::unknown(facts);
    }
    let weight: f64 = parts.iter().map(|p| p.1 * p.2).sum();
    let mean = parts.iter().map(|p| p.0 * p.1 * p.2).sum::<f64>() / weight;
    let points = nps.map_or(mean, |nps| mean.min(nps + ABOVE_NPS));
    // What is bad lowers the whole as fresh as it is; what is good raises it likewise.
    let fresh = |bad: bool| {
        let some = parts.iter().filter(|p| (p.0 < GOOD) == bad);
        some.map(|p| p.2).fold(0.0, f64::max)
    };
    let score = DimensionScore::new(points, facts);
    DimensionScore {
        lowers: fresh(true),
        raises: fresh(false),
        ..score
    }
}

/// Points of an input from which it is good.
const GOOD: f64 = 65.0;

impl Feedback {
    /// The mood of the last talk: half of the weight. A neutral talk says nothing.
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
        if sentiment == Sentiment::Neutral {
            return;
        }
        let fresh = age_weight(days, policy.sentiment_unknown, policy);
        self.facts.extend(ageing(Input::Mood, days, fresh));
        self.parts.push((sentiment.points(), 0.5, fresh));
    }

    /// NPS answers with 0.3 of the weight, CSAT answers with 0.2.
    fn surveys(&mut self, surveys: &[Survey], policy: &Policy, day: NaiveDate) {
        let in_range = || surveys.iter().filter(|s| s.in_range());
        let dated = || {
            let known = in_range().filter_map(|s| Some((s.date?, s)));
            known.filter(|(d, _)| *d <= day)
        };
        let since = day - Duration::days(policy.survey_unknown);
        for kind in [SurveyKind::Nps, SurveyKind::Csat] {
            let recent = dated().filter(|(date, s)| s.kind == kind && *date > since);
            let answers: Vec<(NaiveDate, &Survey)> = recent.collect();
            if let Some(newest) = answers.iter().map(|a| a.0).max() {
                let days = (day - newest).num_days();
                let fresh = age_weight(days, policy.survey_unknown, policy);
                self.of(kind, answers.into_iter(), Some(days), fresh, policy);
                self.facts.extend(ageing(Input::Surveys, days, fresh));
                continue;
            }
            // Answers without a date count only where none has one.
            if dated().any(|(_, s)| s.kind == kind) {
                let last = dated().map(|(d, _)| d).max();
                self.facts.extend(last.map(|d| Fact::TooOld {
                    input: Input::Surveys,
                    days: (day - d).num_days(),
                }));
                continue;
            }
            let undated = in_range().filter(|s| s.kind == kind && s.date.is_none());
            let undated: Vec<(NaiveDate, &Survey)> = undated.map(|s| (day, s)).collect();
            if !undated.is_empty() {
                self.of(kind, undated.into_iter(), None, UNDATED, policy);
            }
        }
    }

    /// Answers of one kind. `days` is the age of the newest one, where the answers have dates.
    fn of<'a>(
        &mut self,
        kind: SurveyKind,
        answers: impl Iterator<Item = (NaiveDate, &'a Survey)>,
        days: Option<i64>,
        fresh: f64,
        policy: &Policy,
    ) {
        if kind == SurveyKind::Csat {
            let scores: Vec<f64> = answers.map(|(_, s)| s.score).collect();
            let mean = scores.iter().sum::<f64>() / scores.len().max(1) as f64;
            self.facts.push(Fact::Csat {
                mean,
                count: scores.len(),
            });
            self.parts.push(((mean - 1.0) * 25.0, 0.2, fresh));
            return;
        }
        // By person, the oldest first.
        let mut of_person: BTreeMap<&str, Vec<(NaiveDate, f64)>> = BTreeMap::new();
        for (date, s) in answers {
            // An answer without a name counts as a person of its own.
            let who = if s.respondent.is_empty() {
                s.id.as_str()
            } else {
                s.respondent.as_str()
            };
            of_person.entry(who).or_default().push((date, s.score));
        }
        let people = of_person.len();
        let (mut latest, mut falls) = (Vec::new(), Vec::new());
        for answers in of_person.values_mut() {
            answers.sort_by_key(|a| a.0);
            let Some(((_, last), before)) = answers.split_last() else {
                continue;
            };
            latest.push(*last);
            if !before.is_empty() && days.is_some() {
                let usual = before.iter().map(|b| b.1).sum::<f64>() / before.len() as f64;
                falls.push((usual, *last));
            }
        }
        // Only the latest answer of each person counts, so that frequent answers do not outvote the
        // rest.
        let mean = latest.iter().sum::<f64>() / people.max(1) as f64;
        self.facts.push(match days {
            Some(days) => Fact::Nps {
                score: mean,
                people,
                days,
            },
            None => Fact::NpsUndated {
                score: mean,
                people,
            },
        });
        let mut points = along(&BY_NPS, mean);
        if !falls.is_empty() {
            let n = falls.len() as f64;
            let before = falls.iter().map(|f| f.0).sum::<f64>() / n;
            let now = falls.iter().map(|f| f.1).sum::<f64>() / n;
            let fallen = along(&policy.curves.nps_fall, before - now);
            if fallen < points {
                self.facts.push(Fact::NpsFall { before, now });
            }
            points = points.min(fallen);
        }
        self.nps = Some(points);
        self.parts.push((points, 0.3, fresh));
    }
}
