//! Usage of the product.

use chrono::{Duration, NaiveDate};

use super::block::Block;
use crate::domain::dossier::Dossier;
use crate::domain::facts::adoption::active_of_seats;
use crate::domain::facts::level::{Rhythm, months, rhythm};
use crate::domain::facts::usage::{Series, change, date_of};
use crate::domain::portfolio::row::Standing;
use crate::services::figures;
use crate::words::numbers::{number, signed};
use crate::words::{self, Lang};

pub fn usage(d: &Dossier, s: &Standing, t: Lang, today: NaiveDate) -> Block {
    let mut items = Vec::new();
    if let Some((active, seats)) = active_of_seats(&d.usage, s.seats, today) {
        items.push(words::account::active_of_seats(
            t,
            number(active),
            seats,
            number(active * 100.0 / f64::from(seats)),
        ));
    }
    items.extend(figures::adoption(t, &d.usage, today));
    if let Some((metric, series)) = d.usage.headline()
        // A running month is dated by its end; a value with a future date says nothing yet.
        && let Some(last) = series.between(NaiveDate::MIN, today).last().map(|p| date_of(p.0))
    {
        items.extend(headline(metric, series, last, t));
        items.extend(features(d, t, today));
    }
    Block {
        block: "usage",
        title: words::brief::usage(t),
        items,
        weight: 58,
    }
}

/// The headline metric against a month, a quarter and a year ago; none where it is unknown.
fn headline(metric: &str, series: &Series, last: NaiveDate, t: Lang) -> Option<String> {
    series.daily(metric, last, 30)?;
    let percent = |now: Option<f64>, before: Option<f64>| {
        change(now, before).map_or_else(
            || words::common::unknown(t).to_owned(),
            |p| format!("{}%", signed(p.round() as i64)),
        )
    };
    let against = |days_back: i64, span: i64| {
        percent(
            series.daily(metric, last, span),
            series.daily(metric, last - Duration::days(days_back), span),
        )
    };
    // For occasional usage thirty days say nothing.
    let year = if matches!(rhythm(series, last), Rhythm::Irregular(_)) {
        90
    } else {
        30
    };
    let (month, before) = months(metric, series, last);
    Some(format!(
        "{} · {}",
        words::brief::against(
            t,
            words::usage::metric_name(t, metric),
            percent(month, before),
            against(90, 90),
            against(365, year)
        ),
        words::dates::until_day(t, last)
    ))
}

/// The features used most in the last month of the data, and the unused ones.
fn features(d: &Dossier, t: Lang, today: NaiveDate) -> Vec<String> {
    let mut items = Vec::new();
    let until = d.usage.features_until(today);
    let used: Vec<(String, f64)> = until
        .map(|to| {
            d.usage
                .features()
                .map(|(f, s)| (f.to_owned(), s.sum(to, 30).unwrap_or(0.0)))
                .collect()
        })
        .unwrap_or_default();
    let mut most = used.clone();
    most.sort_by(|a, b| b.1.total_cmp(&a.1));
    let top: Vec<&str> = most
        .iter()
        .filter(|f| f.1 > 0.0)
        .take(3)
        .map(|f| f.0.as_str())
        .collect();
    if !top.is_empty() {
        items.push(words::brief::used(t, top.join(", ")));
    }
    let idle: Vec<&str> = used
        .iter()
        .filter(|f| f.1 == 0.0)
        .map(|f| f.0.as_str())
        .take(6)
        .collect();
    if !idle.is_empty() {
        items.push(words::brief::not_used(t, idle.join(", ")));
    }
    items
}
