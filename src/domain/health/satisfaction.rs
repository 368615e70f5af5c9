//! The satisfaction dimension: surveys (NPS, CSAT) and the mood of the last talk.

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDate};

use super::dimension_score::{DimensionScore, UNDATED, age_weight, ageing, along};
use super::guarded::mean;
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

/// Points by which the mood of a talk and CSAT may lift the dimension above its NPS part.
const ABOVE_NPS: f64 = 15.0;

/// The inputs so far: their facts, points and weights.
#[derive(Default)]
struct Feedback {
    facts: Vec<Fact>,
    inputs: Vec<Given>,
    nps: Option<f64>,
}

/// One input.
struct Given {
    /// 0–100.
    points: f64,
    weight: f64,
    /// The freshness (0–1) of the newest answer that is not good, and of the newest that is not bad: each
    /// lowers or raises as fresh as it is.
    below: f64,
    above: f64,
    /// The freshness of the newest answer.
    fresh: f64,
    /// How many people are not content; a talk counts as several, because it was heard.
    people: usize,
}

pub fn score(dossier: &Dossier, policy: &Policy, day: NaiveDate, zone: Zone) -> DimensionScore {
    let mut feedback = Feedback::default();
    feedback.mood(last_mood(dossier, day, zone), policy, day);
    feedback.surveys(&dossier.surveys, policy, day);
    let Feedback { facts, inputs, nps } = feedback;
    let weighed = |of: &Given| {
        let (bad, good) = (of.points < BAD, of.points >= GOOD);
        let below = if good { 0.0 } else { of.weight * of.below };
        (
            of.points,
            below,
            if bad { 0.0 } else { of.weight * of.above },
        )
    };
    let all: Vec<(f64, f64, f64)> = inputs.iter().map(weighed).collect();
    let Some(mean) = mean(&all) else {
        return DimensionScore::unknown(facts);
    };
    let points = nps.map_or(mean, |nps| mean.min(nps + ABOVE_NPS));
    // One answer is one voice: it holds the whole down less than several do.
    let people: usize = inputs.iter().map(|i| i.people).sum();
    let firm = along(&[(1.0, 0.6), (FIRM as f64, 1.0)], people as f64);
    let lowers = inputs.iter().filter(|i| i.points < GOOD).map(|i| i.below);
    let raises = inputs.iter().filter(|i| i.points >= BAD).map(|i| i.above);
    DimensionScore {
        lowers: lowers.fold(0.0, f64::max),
        raises: raises.fold(0.0, f64::max),
        covers: inputs.iter().map(|i| i.fresh).fold(0.0, f64::max),
        firm,
        ..DimensionScore::new(points, facts)
    }
}

/// People whose answers hold the whole down in full.
const FIRM: usize = 3;
/// Days within which answers without a name are of one round of a survey.
const ROUND: i64 = 30;
/// Points of an input up to which it is bad news, and from which it is good news.
const BAD: f64 = 50.0;
const GOOD: f64 = 80.0;

/// The freshness of the newest of the answers that count; 0 where none does.
fn newest(
    answers: &[(NaiveDate, f64)],
    fresh: &dyn Fn(NaiveDate) -> f64,
    counts: impl Fn(f64) -> bool,
) -> f64 {
    let some = answers.iter().filter(|a| counts(a.1));
    some.map(|a| fresh(a.0)).fold(0.0, f64::max)
}

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
        self.inputs.push(Given {
            points: sentiment.points(),
            weight: 0.5,
            below: fresh,
            above: fresh,
            fresh,
            people: if sentiment < Sentiment::Neutral {
                FIRM
            } else {
                0
            },
        });
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
                let of = |date: NaiveDate| {
                    age_weight((day - date).num_days(), policy.survey_unknown, policy)
                };
                let days = (day - newest).num_days();
                self.of(kind, answers.into_iter(), Some(days), &of, policy);
                self.facts.extend(ageing(Input::Surveys, days, of(newest)));
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
                self.of(kind, undated.into_iter(), None, &|_| UNDATED, policy);
                let input = Input::Surveys;
                self.facts.push(Fact::Undated { input });
            }
        }
    }

    fn csat(&mut self, scores: &[(NaiveDate, f64)], fresh: &dyn Fn(NaiveDate) -> f64) {
        let plain = scores.iter().map(|s| s.1).sum::<f64>() / scores.len().max(1) as f64;
        let weighed = |(_, score): &(NaiveDate, f64)| {
            let below = if *score >= 4.0 { 0.0 } else { 1.0 };
            (*score, below, if *score <= 2.0 { 0.0 } else { 1.0 })
        };
        let guarded = mean(&scores.iter().map(weighed).collect::<Vec<_>>()).unwrap_or(plain);
        self.facts.push(Fact::Csat {
            mean: plain,
            count: scores.len(),
        });
        self.inputs.push(Given {
            points: (guarded - 1.0) * 25.0,
            weight: 0.2,
            below: newest(scores, fresh, |s| s < 4.0),
            above: newest(scores, fresh, |s| s > 2.0),
            fresh: newest(scores, fresh, |_| true),
            people: scores.iter().filter(|s| s.1 < 4.0).count(),
        });
    }

    /// Answers of one kind. `days` is the age of the newest one, where the answers have dates.
    fn of<'a>(
        &mut self,
        kind: SurveyKind,
        answers: impl Iterator<Item = (NaiveDate, &'a Survey)>,
        days: Option<i64>,
        fresh: &dyn Fn(NaiveDate) -> f64,
        policy: &Policy,
    ) {
        if kind == SurveyKind::Csat {
            let scores: Vec<(NaiveDate, f64)> = answers.map(|(d, s)| (d, s.score)).collect();
            return self.csat(&scores, fresh);
        }
        // By person, the oldest first. Answers without a name are compared as a whole.
        let mut of_person: BTreeMap<&str, Vec<(NaiveDate, f64)>> = BTreeMap::new();
        for (date, s) in answers {
            let of_one = of_person.entry(s.respondent.as_str()).or_default();
            of_one.push((date, s.score));
        }
        let (mut latest, mut falls) = (Vec::new(), Vec::new());
        for (who, mut answers) in of_person {
            answers.sort_by_key(|a| a.0);
            let newest = answers[answers.len() - 1].0;
            let same = if who.is_empty() { ROUND } else { 0 };
            let now = |a: &(NaiveDate, f64)| (newest - a.0).num_days() <= same;
            let from = answers.partition_point(|a| !now(a));
            // Of one person the last answer; of people without a name, those of the last round.
            let from = if who.is_empty() {
                from
            } else {
                answers.len() - 1
            };
            let (before, last) = answers.split_at(from);
            latest.extend_from_slice(last);
            if !before.is_empty() && days.is_some() {
                let mean = |some: &[(NaiveDate, f64)]| {
                    some.iter().map(|a| a.1).sum::<f64>() / some.len() as f64
                };
                falls.push((mean(before), mean(last)));
            }
        }
        let people = latest.len();
        // Only the latest answer of each person counts, so that frequent answers do not outvote the
        // rest.
        let plain = latest.iter().map(|l| l.1).sum::<f64>() / people as f64;
        // A detractor more never raises the mean of detractors, nor a promoter more lowers it.
        let weighed = |(_, score): &(NaiveDate, f64)| {
            let below = if *score >= 9.0 { 0.0 } else { 1.0 };
            (*score, below, if *score <= 6.0 { 0.0 } else { 1.0 })
        };
        let guarded = mean(&latest.iter().map(weighed).collect::<Vec<_>>()).unwrap_or(plain);
        self.facts.push(match days {
            Some(days) => Fact::Nps {
                score: plain,
                people,
                days,
            },
            None => Fact::NpsUndated {
                score: plain,
                people,
            },
        });
        let mut points = along(&BY_NPS, guarded);
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
        self.inputs.push(Given {
            points,
            weight: 0.3,
            below: newest(&latest, fresh, |s| s < 9.0),
            above: newest(&latest, fresh, |s| s > 6.0),
            fresh: newest(&latest, fresh, |_| true),
            people: latest.iter().filter(|l| l.1 < 9.0).count(),
        });
    }
}
