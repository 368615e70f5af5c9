//! Usage rose sharply month on month, more than this account's normal variation.

use super::super::{Evidence, Found, View};
use crate::domain::dossier::start::contract_start;
use crate::domain::facts::level;

pub const NUMBERS: &[&str] = &["percent", "least"];

pub fn find(view: &View) -> Option<Found> {
    let (metric, series) = view.dossier.usage.headline()?;
    // Usage of new customers rises anyway.
    let start = contract_start(view.dossier);
    let rose = |v: &View| {
        let established = start.is_none_or(|s| (v.day - s).num_days() > 4 * level::WINDOW);
        level::shift(metric, series, v.day).filter(|s| {
            established && s.percent >= v.n("percent") && s.before >= v.n("least") && s.unusual
        })
    };
    let now = rose(view)?;
    let last = series
        .between(chrono::NaiveDate::MIN, view.day)
        .last()
        .map(|p| crate::domain::facts::usage::date_of(p.0))?;
    if (view.day - last).num_days() > level::WINDOW + 7 {
        return None;
    }
    let evidence = Evidence::Change {
        metric: metric.to_owned(),
        before: now.before,
        now: now.now,
        percent: now.percent,
        per: now.per,
    };
    Some(
        Found::new(view.since(|v| rose(v).is_some()), now.confidence, evidence)
            .row("usage", metric),
    )
}
