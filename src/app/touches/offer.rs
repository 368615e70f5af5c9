//! A time to offer the customer.

use chrono::{Duration, NaiveDate, NaiveTime};

use super::chosen::length;
use crate::app::model::Model;
use crate::domain::cadence::plan::Planned;
use crate::domain::ids::AccountId;

/// Minutes between two candidate times.
const STEP: i64 = 30;
/// Number of days tried.
const DAYS: i64 = 20;

/// The time a touch already has; otherwise the first time from its day on without conflicts, or
/// with the fewest. Across time zones no hour may suit both sides.
pub fn proposed(model: &Model, account: &AccountId, touch: &Planned) -> String {
    if let Some(time) = touch.own.time {
        return written(touch.date, time);
    }
    let (now, hours) = (model.now, model.config.cadence.hours);
    let minutes = length(model, account, touch);
    let slots = (hours.1 - hours.0).num_minutes() / STEP;
    let first = touch.date.max(now.today());
    let days = (0..DAYS).map(|n| first + Duration::days(n));
    let times = days.flat_map(|day| {
        let time = move |n| (day, hours.0 + Duration::minutes(n * STEP));
        (0..slots).map(time)
    });
    let mut best: Option<(usize, String)> = None;
    for (day, time) in times {
        let start = now.zone.instant(day.and_time(time));
        if start <= now.at {
            continue;
        }
        let agreed = touch.own.agreed.as_ref();
        let desk = model.desk();
        let against = desk.conflicts(&model.book, account, touch.kind, agreed, start, minutes);
        if against.is_empty() {
            return written(day, time);
        }
        if best.as_ref().is_none_or(|b| against.len() < b.0) {
            best = Some((against.len(), written(day, time)));
        }
    }
    best.map_or_else(|| written(touch.date, hours.0), |b| b.1)
}

fn written(day: NaiveDate, time: NaiveTime) -> String {
    format!("{day} {}", time.format("%H:%M"))
}
