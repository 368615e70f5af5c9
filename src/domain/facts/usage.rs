//! Usage: one value a day for each metric. `packing` stores it compactly.

mod packing;

use std::collections::BTreeMap;

use chrono::{Datelike, Duration, NaiveDate};

pub use packing::{get, pack_points, put, unpack_points, whole, zag, zig};

/// The metric that counts the people who used the product on a day.
pub const ACTIVE_USERS: &str = "active_users";
/// The same per week and per month: each person counts once in each.
pub const WEEKLY_USERS: &str = "weekly_active_users";
/// The metric of people active in a month; each counts once.
pub const MONTHLY_USERS: &str = "monthly_active_users";
/// The metric that counts sign-ins.
pub const LOGINS: &str = "logins";
/// The metric that counts any activity, used where no better one is known.
pub const EVENTS: &str = "events";
/// The prefix of feature metrics.
pub const FEATURE: &str = "feature:";
/// The prefix of workflow metrics: `workflow:NAME_started` and `workflow:NAME_completed`.
pub const WORKFLOW: &str = "workflow:";
/// The prefix of integration metrics.
pub const INTEGRATION: &str = "integration:";

/// A day as its number in the Common Era.
pub type Day = i32;

/// The number of a date.
pub fn day_number(date: NaiveDate) -> Day {
    date.num_days_from_ce()
}

/// The date of a day number.
pub fn date_of(day: Day) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(day).unwrap_or_default()
}

/// Values by day, sorted, one a day. A missing day is unknown, not zero.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Series(Vec<(Day, f64)>);

impl Series {
    /// Sorts. Of two values for one day the later one in the list counts.
    pub fn from_points(mut points: Vec<(Day, f64)>) -> Self {
        if points.is_sorted_by(|a, b| a.0 < b.0) {
            return Self(points);
        }
        points.sort_by_key(|p| p.0);
        let mut out: Vec<(Day, f64)> = Vec::with_capacity(points.len());
        for p in points {
            match out.last_mut() {
                Some(last) if last.0 == p.0 => *last = p,
                _ => out.push(p),
            }
        }
        Self(out)
    }

    pub fn points(&self) -> &[(Day, f64)] {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn last_day(&self) -> Option<NaiveDate> {
        self.0.last().map(|p| date_of(p.0))
    }

    pub fn get(&self, day: Day) -> Option<f64> {
        self.0
            .binary_search_by_key(&day, |p| p.0)
            .ok()
            .map(|i| self.0[i].1)
    }

    /// The known days from `from` to `to`, both included.
    pub fn between(&self, from: NaiveDate, to: NaiveDate) -> &[(Day, f64)] {
        let (from, to) = (day_number(from), day_number(to));
        let low = self.0.partition_point(|p| p.0 < from);
        let high = self.0.partition_point(|p| p.0 <= to);
        &self.0[low..high.max(low)]
    }

    /// The mean of the known days in the `days` that end on `to`; none when no day is known.
    pub fn mean(&self, to: NaiveDate, days: i64) -> Option<f64> {
        let points = self.between(to - Duration::days(days - 1), to);
        if points.is_empty() {
            None
        } else {
            Some(points.iter().map(|p| p.1).sum::<f64>() / points.len() as f64)
        }
    }

    /// The value per day of the window that ends on `to`. Counted things (events, feature uses)
    /// count zero on days without a row between first and last; people and other levels are unknown
    /// then.
    pub fn daily(&self, metric: &str, to: NaiveDate, days: i64) -> Option<f64> {
        if !is_count(metric) {
            return self.mean(to, days);
        }
        let (first, last) = (date_of(self.0.first()?.0), date_of(self.0.last()?.0));
        let from = (to - Duration::days(days - 1)).max(first);
        let until = to.min(last);
        let covered = (until - from).num_days() + 1;
        // The sum of an empty list is -0.0.
        (covered > 0).then(|| {
            (self.between(from, until).iter().map(|p| p.1).sum::<f64>() + 0.0) / covered as f64
        })
    }

    /// The sum over the known days of a window; none when no day is known.
    pub fn sum(&self, to: NaiveDate, days: i64) -> Option<f64> {
        let points = self.between(to - Duration::days(days - 1), to);
        if points.is_empty() {
            None
        } else {
            Some(points.iter().map(|p| p.1).sum())
        }
    }

    /// Sets the given days, or removes those without a value. Of two changes of one day the later
    /// one in the list counts.
    pub fn merge(&mut self, changes: &[(Day, Option<f64>)]) {
        if !changes.is_sorted_by(|a, b| a.0 < b.0) {
            let last: BTreeMap<Day, Option<f64>> = changes.iter().copied().collect();
            return self.merge(&last.into_iter().collect::<Vec<_>>());
        }
        if self
            .0
            .last()
            .is_none_or(|last| changes.first().is_some_and(|c| c.0 > last.0))
        {
            // Most imports add later days.
            let set = changes
                .iter()
                .filter_map(|(day, value)| Some((*day, (*value)?)));
            return self.0.extend(set);
        }
        let mut out = Vec::with_capacity(self.0.len() + changes.len());
        let mut held = self.0.iter().copied().peekable();
        for (day, value) in changes {
            while let Some(point) = held.next_if(|p| p.0 < *day) {
                out.push(point);
            }
            held.next_if(|p| p.0 == *day);
            out.extend(value.map(|value| (*day, value)));
        }
        out.extend(held);
        self.0 = out;
    }
}

/// Metrics that count events, as a log does.
pub(crate) fn is_count(metric: &str) -> bool {
    metric == EVENTS
        || metric == LOGINS
        || metric.starts_with(FEATURE)
        || metric.starts_with(INTEGRATION)
        || metric.starts_with(WORKFLOW)
}

/// All metrics of one account.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Usage(pub BTreeMap<String, Series>);

impl Usage {
    /// The metric that represents the account: active users, else sign-ins, else events, else the
    /// first that is no feature, integration or workflow.
    pub fn headline(&self) -> Option<(&str, &Series)> {
        [ACTIVE_USERS, LOGINS, EVENTS]
            .iter()
            .find_map(|m| self.0.get_key_value(*m))
            .or_else(|| {
                self.0.iter().find(|(m, _)| {
                    ![FEATURE, INTEGRATION, WORKFLOW]
                        .iter()
                        .any(|family| m.starts_with(family))
                })
            })
            .or_else(|| self.0.iter().next())
            .map(|(m, s)| (m.as_str(), s))
    }

    pub fn features(&self) -> impl Iterator<Item = (&str, &Series)> {
        self.0
            .iter()
            .filter_map(|(m, s)| m.strip_prefix(FEATURE).map(|f| (f, s)))
    }

    pub fn integrations(&self) -> impl Iterator<Item = (&str, &Series)> {
        self.0
            .iter()
            .filter_map(|(m, s)| m.strip_prefix(INTEGRATION).map(|f| (f, s)))
    }

    /// Workflows with both counts: name, started, completed.
    pub fn workflows(&self) -> impl Iterator<Item = (&str, &Series, &Series)> {
        self.0.iter().filter_map(|(metric, begun)| {
            let name = metric.strip_prefix(WORKFLOW)?.strip_suffix("_started")?;
            Some((
                name,
                begun,
                self.0.get(&format!("{WORKFLOW}{name}_completed"))?,
            ))
        })
    }

    /// What was known at the end of a day. Metrics without an earlier value are left out.
    #[must_use]
    pub fn until(&self, day: NaiveDate) -> Self {
        let known = self.0.iter().filter_map(|(metric, series)| {
            let points = series.between(NaiveDate::MIN, day).to_vec();
            (!points.is_empty()).then(|| (metric.clone(), Series::from_points(points)))
        });
        Self(known.collect())
    }

    /// The latest day of any metric.
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.0.values().filter_map(Series::last_day).max()
    }

    /// The newest row of any feature. None where the account's other numbers go on for 60 days
    /// more: then the export of features stopped and their use is unknown.
    pub fn features_until(&self, day: NaiveDate) -> Option<NaiveDate> {
        const STALE: i64 = 60;
        let newest = date_of(
            self.features()
                .filter_map(|(_, s)| Some(s.between(NaiveDate::MIN, day).last()?.0))
                .max()?,
        );
        ((self.last_day()?.min(day) - newest).num_days() <= STALE).then_some(newest)
    }
}

/// The change from `before` to `now` in percent; none when either is unknown or `before` is zero.
pub fn change(now: Option<f64>, before: Option<f64>) -> Option<f64> {
    match (now, before) {
        (Some(n), Some(b)) if b > 0.0 => Some((n - b) / b * 100.0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn series() -> impl Strategy<Value = Series> {
        proptest::collection::vec(
            (
                700_000..760_000_i32,
                prop_oneof![
                    (-1_000_000..1_000_000_i64).prop_map(|n| n as f64),
                    -1e6..1e6_f64
                ],
            ),
            0..400,
        )
        .prop_map(Series::from_points)
    }

    proptest! {
        #[test]
        fn undoing_a_merge_restores_the_old_series(series in series(), changes in proptest::collection::btree_map(700_000..700_100_i32, proptest::option::of(0.0..9.0_f64), 0..50)) {
            let changes: Vec<_> = changes.into_iter().collect();
            let mut after = series.clone();
            let before: Vec<_> = changes.iter().map(|(day, _)| (*day, series.get(*day))).collect();
            after.merge(&changes);
            for (day, value) in &changes {
                prop_assert_eq!(after.get(*day), *value);
            }
            let turned: Vec<_> = before.iter().rev().copied().collect();
            after.merge(&turned);
            prop_assert_eq!(after, series);
        }
    }

    #[test]
    fn a_day_without_events_counts_between_the_first_and_the_last() {
        let (first, last) = (date_of(735_000), date_of(735_039));
        let log = Series::from_points(vec![(735_000, 19.0), (735_039, 6.0)]);
        assert_eq!(
            log.daily(EVENTS, last, 30),
            Some(0.2),
            "six events in thirty days"
        );
        assert_eq!(
            log.daily(EVENTS, last - Duration::days(30), 30),
            Some(1.9),
            "the log begins in that window"
        );
        assert_eq!(
            log.daily(ACTIVE_USERS, last, 30),
            Some(6.0),
            "people on a day without a row are unknown"
        );
        assert_eq!(log.daily(EVENTS, first - Duration::days(1), 30), None);
    }

    #[test]
    fn a_missing_day_is_not_zero() {
        let day = date_of(735_000);
        let series = Series::from_points(vec![(735_000, 10.0), (734_998, 20.0)]);
        assert_eq!(series.mean(day, 3), Some(15.0));
        assert_eq!(series.mean(day - Duration::days(10), 3), None);
        assert_eq!(change(Some(5.0), Some(0.0)), None);
    }
}
