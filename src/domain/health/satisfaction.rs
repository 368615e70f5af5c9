//! Satisfaction: what the customer said (NPS, CSAT) and how the last talk felt.

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDate};

use super::{Fact, Judged, along};
use crate::domain::dossier::Dossier;
use crate::domain::facts::feedback::SurveyKind;
use crate::domain::policy::Policy;
use crate::domain::when::Zone;

/// NPS answer → points: detractors 0–6, passives 7–8, promoters 9–10.
const BY_NPS: [(f64, f64); 5] = [(0.0, 0.0), (6.0, 35.0), (7.0, 60.0), (9.0, 90.0), (10.0, 100.0)];

pub fn judge(dossier: &Dossier, policy: &Policy, day: NaiveDate, zone: Zone) -> Judged {
    let mut facts = Vec::new();
    let mut parts: Vec<(f64, f64)> = Vec::new();

    let mood = dossier.checkins.iter().filter_map(|c| Some((zone.day(c.ended()?), c.wrapup.sentiment?))).filter(|(d, _)| *d <= day).max_by_key(|(d, _)| *d);
    if let Some((date, sentiment)) = mood {
        let age = (day - date).num_days();
        if age <= policy.sentiment_unknown {
            facts.push(Fact::Mood { sentiment, days: age });
            parts.push((sentiment.points(), 0.5));
        }
    }

    let since = day - Duration::days(policy.survey_unknown);
    let recent = |kind: SurveyKind| {
        dossier.surveys.iter().filter(move |s| s.kind == kind && s.in_range()).filter_map(move |s| Some((s.date?, s))).filter(move |(d, _)| *d <= day && *d > since)
    };
    // One person's latest answer counts, so that a frequent answerer does not outvote the rest.
    let mut latest: BTreeMap<&str, (NaiveDate, f64)> = BTreeMap::new();
    for (date, s) in recent(SurveyKind::Nps) {
        // Nobody's name is nobody's: anonymous answers are one each.
        let who = if s.respondent.is_empty() { s.id.as_str() } else { s.respondent.as_str() };
        let entry = latest.entry(who).or_insert((date, s.score));
        if date >= entry.0 {
            *entry = (date, s.score);
        }
    }
    if !latest.is_empty() {
        let mean = latest.values().map(|v| v.1).sum::<f64>() / latest.len() as f64;
        let newest = latest.values().map(|v| v.0).max().unwrap_or(day);
        facts.push(Fact::Nps { score: mean, days: (day - newest).num_days() });
        parts.push((along(&BY_NPS, mean), 0.3));
    }
    let csat: Vec<f64> = recent(SurveyKind::Csat).map(|(_, s)| s.score).collect();
    if !csat.is_empty() {
        let mean = csat.iter().sum::<f64>() / csat.len() as f64;
        facts.push(Fact::Csat { mean, count: csat.len() });
        parts.push(((mean - 1.0) * 25.0, 0.2));
    }
    if parts.is_empty() {
        return (None, facts);
    }
    let weight: f64 = parts.iter().map(|p| p.1).sum();
    (Some(parts.iter().map(|p| p.0 * p.1).sum::<f64>() / weight), facts)
}
