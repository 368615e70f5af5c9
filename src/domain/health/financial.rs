//! The financial dimension: whether the contract is paid, and whether it grows or shrinks.

use chrono::NaiveDate;

use super::Fact;
use super::dimension_score::{DimensionScore, along};
use crate::domain::dossier::Dossier;
use crate::domain::dossier::churn::is_part;
use crate::domain::dossier::going_on::contracts_on;
use crate::domain::facts::outcome::{Outcome, OutcomeKind};
use crate::domain::facts::subscription::arr;
use crate::domain::when::add_months;

/// A churn or downgrade counts for a year, days.
const LOSS_DAYS: i64 = 365;

const BY_CHANGE: [(f64, f64); 4] = [(-50.0, 10.0), (-10.0, 50.0), (0.0, 80.0), (10.0, 100.0)];

pub fn score(dossier: &Dossier, day: NaiveDate) -> DimensionScore {
    let loss = dossier
        .outcomes
        .iter()
        .filter(|o| matches!(o.kind, OutcomeKind::Churned | OutcomeKind::Downgraded))
        .filter_map(|o| Some((o.date?, kind(dossier, o))))
        .filter(|(d, _)| *d <= day && (day - *d).num_days() <= LOSS_DAYS)
        .max();
    let lost = loss.map(|(date, kind)| Fact::Outcome {
        kind,
        days: (day - date).num_days(),
    });
    let DimensionScore {
        score: points,
        mut facts,
        ..
    } = paid(dossier, day);
    let unpaid = points.is_none();
    // A loss within the year counts even where other subscriptions run.
    let points = match (points, loss) {
        (points, None) => points,
        (points, Some((_, OutcomeKind::Churned))) => Some(points.unwrap_or(20.0).min(20.0)),
        (points, Some(_)) => Some(points.unwrap_or(40.0).min(40.0)),
    };
    facts.extend(lost);
    match points {
        // Where no subscription is known, the loss is all that is known.
        Some(points) => DimensionScore::new(points, facts).only(unpaid, false),
        None => DimensionScore::unknown(facts),
    }
}

/// What an outcome says of the account: a part that ends is a downgrade, as long as another contract goes on.
fn kind(dossier: &Dossier, o: &Outcome) -> OutcomeKind {
    match is_part(dossier, o) {
        true => OutcomeKind::Downgraded,
        false => o.kind,
    }
}

fn paid(dossier: &Dossier, day: NaiveDate) -> DimensionScore {
    let contracts = contracts_on(dossier, day);
    let known: Vec<_> = contracts
        .iter()
        .filter(|s| s.start.is_none_or(|d| d <= day) && !s.trial)
        .collect();
    if known.is_empty() {
        return DimensionScore::unknown(Vec::new());
    }
    let running: Vec<_> = known.iter().filter(|s| s.active(day)).collect();
    if running.is_empty() {
        return DimensionScore::new(0.0, vec![Fact::AllEnded]);
    }
    let mut facts = vec![Fact::Paying {
        subscriptions: running.len(),
    }];
    let mut points: f64 = 80.0;
    let year_ago = add_months(day, -12);
    let before = arr(&contracts_on(dossier, year_ago), year_ago).single();
    let now = arr(&contracts, day).single();
    if let (Some(before), Some(now)) = (before, now)
        && before.currency == now.currency
        && before.minor > 0
    {
        let percent = (now.minor - before.minor) as f64 / before.minor as f64 * 100.0;
        if percent != 0.0 {
            facts.push(Fact::ArrChange { percent });
        }
        points = along(&BY_CHANGE, percent);
    }
    let downgraded = running.iter().filter(|s| s.downgraded).count();
    if downgraded > 0 {
        facts.push(Fact::Downgraded { count: downgraded });
        points = points.min(60.0);
    }
    let late = running.iter().filter(|s| s.past_due).count();
    if late > 0 {
        facts.push(Fact::PastDue { count: late });
        points = points.min(20.0);
    }
    DimensionScore::new(points, facts)
}
