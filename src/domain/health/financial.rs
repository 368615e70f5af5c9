//! Financial: is it paid, and does it grow or shrink.

use chrono::NaiveDate;

use super::{Fact, Judged, along};
use crate::domain::dossier::Dossier;
use crate::domain::facts::subscription::arr;
use crate::domain::when::add_months;

const BY_CHANGE: [(f64, f64); 4] = [(-50.0, 10.0), (-10.0, 50.0), (0.0, 80.0), (10.0, 100.0)];

pub fn judge(dossier: &Dossier, day: NaiveDate) -> Judged {
    let known: Vec<_> = dossier.subscriptions.iter().filter(|s| s.start.is_none_or(|d| d <= day) && !s.trial).collect();
    if known.is_empty() {
        return (None, Vec::new());
    }
    let running: Vec<_> = known.iter().filter(|s| s.active(day)).collect();
    if running.is_empty() {
        return (Some(0.0), vec![Fact::AllEnded]);
    }
    let mut facts = vec![Fact::Paying { subscriptions: running.len() }];
    let mut points: f64 = 80.0;
    let before = arr(&dossier.subscriptions, add_months(day, -12)).single();
    let now = arr(&dossier.subscriptions, day).single();
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
    (Some(points), facts)
}
