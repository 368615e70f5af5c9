//! Many more tickets in two weeks than usual for this account.

use chrono::{Duration, NaiveDate};

use super::super::{Evidence, Found, View};
use crate::domain::facts::level::median;

pub const NUMBERS: &[&str] = &["days", "factor", "least"];

/// The most and the fewest earlier windows that give the usual number.
const WINDOWS: i64 = 8;
const LEAST: usize = 4;

pub fn find(view: &View) -> Option<Found> {
    let mut opened: Vec<(NaiveDate, &str)> = view
        .dossier
        .tickets
        .iter()
        .filter_map(|t| Some((view.zone.day(t.opened?), t.id.as_str())))
        .collect();
    opened.sort_unstable();
    let days = view.days("days").max(1);
    // Before the first ticket they may not have been recorded.
    let known_from = opened.first()?.0;
    let count = |to: NaiveDate| {
        opened
            .iter()
            .filter(|(d, _)| *d <= to && (to - *d).num_days() < days)
            .count()
    };
    let spiked = |v: &View| {
        let now = count(v.day);
        let ends = (1..=WINDOWS)
            .map(|w| v.day - Duration::days(w * days))
            .filter(|end| *end - Duration::days(days - 1) >= known_from);
        let mut before: Vec<f64> = ends.map(|end| count(end) as f64).collect();
        if before.len() < LEAST {
            return None;
        }
        let usual = median(&mut before)?;
        (now as f64 >= v.n("least") && now as f64 > usual * v.n("factor")).then_some((now, usual))
    };
    let (now, usual) = spiked(view)?;
    let strong = now as f64 > usual.max(1.0) * view.n("factor") * 2.0;
    let rows = opened
        .iter()
        .filter(|(d, _)| view.within(*d, days))
        .map(|o| o.1);
    Some(
        Found::new(
            view.since(|v| spiked(v).is_some()),
            80,
            Evidence::Count {
                now,
                usual: Some(usual),
                days,
            },
        )
        .strong(strong)
        .rows("ticket", rows),
    )
}
