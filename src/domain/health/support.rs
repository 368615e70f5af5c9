//! The support dimension: the number, age and severity of tickets. No tickets at all is not full
//! marks.

use chrono::{Duration, NaiveDate};

use super::dimension_score::{DimensionScore, age_weight, ageing};
use super::{Fact, Input};
use crate::domain::dossier::Dossier;
use crate::domain::freshness::DataFreshness;
use crate::domain::policy::Policy;
use crate::domain::when::Zone;

/// Points by tickets in 30 days: a few tickets mean an engaged customer, none may mean a silent
/// one, many mean trouble.
fn by_volume(count: usize) -> f64 {
    match count {
        0 => 80.0,
        1..=5 => 95.0,
        6..=15 => 60.0,
        _ => 30.0,
    }
}

pub fn score(
    dossier: &Dossier,
    freshness: DataFreshness,
    policy: &Policy,
    day: NaiveDate,
    zone: Zone,
) -> DimensionScore {
    let Some(feed) = freshness.tickets.map(|d| d.min(day)) else {
        return DimensionScore::new(None, Vec::new());
    };
    let age = (day - feed).num_days();
    if age > policy.support_unknown {
        return DimensionScore::new(None, vec![Fact::SupportStale { days: age }]);
    }
    let end = zone.instant(
        (day + Duration::days(1))
            .and_hms_opt(0, 0, 0)
            .unwrap_or_default(),
    ) - Duration::seconds(1);
    let month = end - Duration::days(30);
    let mut facts = Vec::new();
    let recent = dossier
        .tickets
        .iter()
        .filter(|t| t.opened.is_some_and(|o| o > month && o <= end))
        .count();
    facts.push(Fact::TicketsThisMonth { count: recent });
    let mut points = by_volume(recent);

    let open: Vec<_> = dossier.tickets.iter().filter(|t| t.open_at(end)).collect();
    if !open.is_empty() {
        // In calendar days: a ticket of this morning is 0 days old.
        let oldest = open
            .iter()
            .filter_map(|t| t.opened)
            .min()
            .map_or(0, |o| (day - zone.day(o)).num_days());
        facts.push(Fact::OpenTickets {
            count: open.len(),
            oldest_days: oldest,
        });
        // A ticket open for two days is a warning; one open for a week counts twice.
        points -= if oldest >= 7 {
            20.0
        } else if oldest >= 2 {
            10.0
        } else {
            0.0
        };
    }
    let escalated = open.iter().filter(|t| t.escalated).count();
    if escalated > 0 {
        facts.push(Fact::Escalated { count: escalated });
        points -= 30.0 + 10.0 * (escalated - 1) as f64;
    }
    let quarter = end - Duration::days(90);
    let ratings: Vec<f64> = dossier
        .tickets
        .iter()
        .filter(|t| {
            t.solved
                .or(t.opened)
                .is_some_and(|d| d > quarter && d <= end)
        })
        .filter_map(|t| t.csat.filter(|c| (1.0..=5.0).contains(c)))
        .collect();
    if !ratings.is_empty() {
        let mean = ratings.iter().sum::<f64>() / ratings.len() as f64;
        facts.push(Fact::TicketRating {
            mean,
            count: ratings.len(),
        });
        points -= if mean < 3.0 { 15.0 } else { 0.0 };
    }
    let fresh = age_weight(age, policy.support_unknown, policy);
    facts.extend(ageing(Input::Tickets, age, fresh));
    DimensionScore::new(Some(points.clamp(0.0, 100.0)), facts).fresh(fresh)
}
