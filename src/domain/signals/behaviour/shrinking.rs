//! The customer uses less of the product: seats returned, a smaller plan, features dropped.

use chrono::{Duration, NaiveDate};

use super::super::{Evidence, Found, View};
use crate::domain::dossier::going_on::contracts_on;
use crate::domain::facts::rhythm::Per;
use crate::domain::facts::subscription::seats_on;
use crate::domain::facts::usage::{FEATURE, Series};

pub const NUMBERS: &[&str] = &["days", "percent", "features"];

pub fn find(view: &View) -> Option<Found> {
    seats(view).or_else(|| features(view))
}

fn seats(view: &View) -> Option<Found> {
    let all = &contracts_on(view.dossier, view.day);
    let seats_on = |day: NaiveDate| seats_on(all, day);
    let before = seats_on(view.day - Duration::days(view.days("days")))? as f64;
    let now = seats_on(view.day)? as f64;
    let percent = (now - before) / before.max(1.0) * 100.0;
    if percent > -view.n("percent") {
        return None;
    }
    // The day on which subscriptions began or ended and fewer seats remained.
    let change_points = all
        .iter()
        .flat_map(|s| [s.start, s.end.and_then(|e| e.succ_opt())])
        .flatten()
        .filter(|d| view.within(*d, view.days("days")));
    let date = change_points
        .filter(|d| seats_on(*d) < seats_on(*d - Duration::days(1)))
        .max()?;
    Some(
        Found::new(
            date,
            90,
            Evidence::Change {
                metric: "seats".into(),
                before,
                now,
                percent,
                per: Per::Day,
            },
        )
        .rows(
            "subscription",
            all.iter()
                .filter(|s| s.active(view.day))
                .map(|s| s.id.as_str()),
        ),
    )
}

/// Features in regular use in the two months before and not used once in the last four weeks.
fn features(view: &View) -> Option<Found> {
    const MONTH: i64 = 28;
    /// Days of use in two months from which a feature is in regular use: fewer come and go by chance.
    const REGULAR: usize = 6;
    let newest = view
        .dossier
        .usage
        .features_until(view.day)
        .filter(|newest| view.fresh(*newest))?;
    let used = |to: NaiveDate, days: i64, least: usize| -> Vec<&str> {
        let often = |s: &Series| {
            let some = s.between(to - Duration::days(days - 1), to);
            some.iter().filter(|p| p.1 > 0.0).count() >= least
        };
        let features = view.dossier.usage.features();
        features.filter(|(_, s)| often(s)).map(|(n, _)| n).collect()
    };
    let (before, now) = (
        used(newest - Duration::days(MONTH), 2 * MONTH, REGULAR),
        used(newest, MONTH, 1),
    );
    let dropped: Vec<&str> = before
        .iter()
        .filter(|f| !now.contains(f))
        .copied()
        .collect();
    if (dropped.len() as f64) < view.n("features") || now.is_empty() {
        return None;
    }
    let (b, n) = (before.len() as f64, (before.len() - dropped.len()) as f64);
    let last = |f: &str| {
        view.dossier
            .usage
            .0
            .get(&format!("{FEATURE}{f}"))
            .and_then(|s| {
                Some(
                    s.between(NaiveDate::MIN, view.day)
                        .iter()
                        .rev()
                        .find(|p| p.1 > 0.0)?
                        .0,
                )
            })
    };
    let date = dropped
        .iter()
        .filter_map(|f| last(f))
        .max()
        .map(crate::domain::facts::usage::date_of)?
        + Duration::days(MONTH);
    let rows: Vec<String> = dropped.iter().map(|f| format!("{FEATURE}{f}")).collect();
    let evidence = Evidence::Change {
        metric: "features".into(),
        before: b,
        now: n,
        percent: (n - b) / b * 100.0,
        per: Per::Day,
    };
    Some(
        Found::new(date.min(view.day), 65, evidence).rows("usage", rows.iter().map(String::as_str)),
    )
}
