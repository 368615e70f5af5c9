//! Satisfaction: what the customer said (NPS, CSAT) and how the last talk felt.

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDate};

use super::judged::{Judged, ageing, along, freshness};
use super::{Fact, Input};
use crate::domain::dossier::Dossier;
use crate::domain::facts::feedback::SurveyKind;
use crate::domain::policy::Policy;
use crate::domain::when::Zone;

/// NPS answer → points: detractors 0–6, passives 7–8, promoters 9–10.
const BY_NPS: [(f64, f64); 5] = [
    (0.0, 0.0),
    (6.0, 35.0),
    (7.0, 60.0),
    (9.0, 90.0),
    (10.0, 100.0),
];

pub fn judge(dossier: &Dossier, policy: &Policy, day: NaiveDate, zone: Zone) -> Judged {
    let mut facts = Vec::new();
    let mut parts: Vec<(f64, f64)> = Vec::new();
    // Of several inputs the freshest says how much the dimension counts.
    let mut freshest = 0.0_f64;

    let mood = dossier
        .checkins
        .iter()
        .filter_map(|c| Some((zone.day(c.ended()?), c.wrapup.sentiment?)))
        .filter(|(d, _)| *d <= day)
        .max_by_key(|(d, _)| *d);
    if let Some((date, sentiment)) = mood {
        let age = (day - date).num_days();
        if age <= policy.sentiment_unknown {
            facts.push(Fact::Mood {
                sentiment,
                days: age,
            });
            let fresh = freshness(age, policy.sentiment_unknown, policy);
            facts.extend(ageing(Input::Mood, age, fresh));
            freshest = freshest.max(fresh);
            parts.push((sentiment.points(), 0.5 * fresh));
        } else {
            facts.push(Fact::TooOld {
                input: Input::Mood,
                days: age,
            });
        }
    }

    let since = day - Duration::days(policy.survey_unknown);
    let recent = |kind: SurveyKind| {
        dossier
            .surveys
            .iter()
            .filter(move |s| s.kind == kind && s.in_range())
            .filter_map(move |s| Some((s.date?, s)))
            .filter(move |(d, _)| *d <= day && *d > since)
    };
    let mut surveyed: Option<NaiveDate> = None;
    // One person's latest answer counts, so that a frequent answerer does not outvote the rest.
    let mut latest: BTreeMap<&str, (NaiveDate, f64)> = BTreeMap::new();
    for (date, s) in recent(SurveyKind::Nps) {
        // Nobody's name is nobody's: anonymous answers are one each.
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
    if !latest.is_empty() {
        let mean = latest.values().map(|v| v.1).sum::<f64>() / latest.len() as f64;
        let newest = latest.values().map(|v| v.0).max().unwrap_or(day);
        facts.push(Fact::Nps {
            score: mean,
            people: latest.len(),
            days: (day - newest).num_days(),
        });
        surveyed = surveyed.max(Some(newest));
        parts.push((along(&BY_NPS, mean), 0.3));
    }
    let csat: Vec<(NaiveDate, f64)> = recent(SurveyKind::Csat)
        .map(|(d, s)| (d, s.score))
        .collect();
    if !csat.is_empty() {
        let mean = csat.iter().map(|c| c.1).sum::<f64>() / csat.len() as f64;
        facts.push(Fact::Csat {
            mean,
            count: csat.len(),
        });
        surveyed = surveyed.max(csat.iter().map(|c| c.0).max());
        parts.push(((mean - 1.0) * 25.0, 0.2));
    }
    match surveyed {
        Some(newest) => {
            let age = (day - newest).num_days();
            let fresh = freshness(age, policy.survey_unknown, policy);
            facts.extend(ageing(Input::Surveys, age, fresh));
            freshest = freshest.max(fresh);
            let from =
                parts.len() - usize::from(!latest.is_empty()) - usize::from(!csat.is_empty());
            parts[from..].iter_mut().for_each(|p| p.1 *= fresh);
        }
        // Older answers than count any more are told, and not judged.
        None => {
            let last = dossier
                .surveys
                .iter()
                .filter(|s| s.in_range())
                .filter_map(|s| s.date)
                .filter(|d| *d <= day)
                .max();
            facts.extend(last.map(|d| Fact::TooOld {
                input: Input::Surveys,
                days: (day - d).num_days(),
            }));
        }
    }
    if parts.is_empty() {
        return Judged::new(None, facts);
    }
    let weight: f64 = parts.iter().map(|p| p.1).sum();
    Judged::new(
        Some(parts.iter().map(|p| p.0 * p.1).sum::<f64>() / weight),
        facts,
    )
    .fresh(freshest)
}
