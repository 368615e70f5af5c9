//! Active users or the main usage metric fell sharply month on month, more than this account's
//! normal variation.

use super::super::{Evidence, Found, View};
use crate::domain::facts::level;

pub const NUMBERS: &[&str] = &["percent", "least", "strong"];

pub fn find(view: &View) -> Option<Found> {
    let (metric, series) = view.dossier.usage.headline()?;
    let fell = |v: &View| {
        let shift = level::shift(metric, series, v.day)
            .filter(|s| s.percent <= -v.n("percent") && s.before >= v.n("least") && s.unusual)?;
        // A feed that stopped is no fall: the last number must be recent.
        let age = (v.day
            - series
                .between(chrono::NaiveDate::MIN, v.day)
                .last()
                .map(|p| crate::domain::facts::usage::date_of(p.0))?)
        .num_days();
        (age <= level::WINDOW + 7).then_some(shift)
    };
    let now = fell(view)?;
    let date = view.since(|v| fell(v).is_some());
    let evidence = Evidence::Change {
        metric: metric.to_owned(),
        before: now.before,
        now: now.now,
        percent: now.percent,
        per: now.per,
    };
    Some(
        Found::new(date, now.confidence, evidence)
            .strong(now.percent <= -view.n("strong"))
            .row("usage", metric),
    )
}
