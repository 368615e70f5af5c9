//! Tickets take longer to resolve than before.

use super::super::{Evidence, Found, View};
use crate::domain::facts::level::median;

pub const NUMBERS: &[&str] = &["days", "factor", "hours", "least"];

pub fn find(view: &View) -> Option<Found> {
    let days = view.days("days").max(1);
    let solved: Vec<(chrono::NaiveDate, f64, &str)> = view
        .dossier
        .tickets
        .iter()
        .filter_map(|t| Some((view.zone.day(t.solved?), t.hours_to_solve()?, t.id.as_str())))
        .collect();
    let slower = |v: &View| {
        let mut now: Vec<f64> = solved
            .iter()
            .filter(|s| v.within(s.0, days))
            .map(|s| s.1)
            .collect();
        let earlier = v.on(v.day - chrono::Duration::days(days));
        let mut before: Vec<f64> = solved
            .iter()
            .filter(|s| earlier.within(s.0, 2 * days))
            .map(|s| s.1)
            .collect();
        if (now.len().min(before.len()) as f64) < v.n("least") {
            return None;
        }
        let (now, before) = (median(&mut now)?, median(&mut before)?);
        (now >= before * v.n("factor") && now - before >= v.n("hours")).then_some((before, now))
    };
    let (before, now) = slower(view)?;
    let rows = solved
        .iter()
        .filter(|s| view.within(s.0, days))
        .map(|s| s.2);
    Some(
        Found::new(
            view.since(|v| slower(v).is_some()),
            70,
            Evidence::Hours { before, now },
        )
        .rows("ticket", rows),
    )
}
