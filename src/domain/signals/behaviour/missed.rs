//! Several meetings were declined, moved or missed.

use super::super::{Evidence, Found, View};
use crate::domain::facts::touch::TouchKind;

pub const NUMBERS: &[&str] = &["days", "times", "strong"];

pub fn find(view: &View) -> Option<Found> {
    let touches = view.touches(view.days("days"));
    let missed: Vec<_> = touches
        .iter()
        .filter(|(_, t)| t.is_missed() && t.kind != TouchKind::Training)
        .collect();
    let times = (view.n("times") as usize).max(1);
    let (date, _) = missed.get(times - 1)?;
    let (last_date, last) = missed.last()?;
    let mut found = Found::new(
        *date,
        85,
        Evidence::Count {
            now: missed.len(),
            usual: None,
            days: view.days("days"),
        },
    )
    .strong(missed.len() as f64 >= view.n("strong"));
    found.evidence.push(Evidence::Meeting {
        date: *last_date,
        summary: last.summary.lines().next().unwrap_or_default().to_owned(),
    });
    Some(found.rows("touch", missed.iter().map(|(_, t)| t.id.as_str())))
}
