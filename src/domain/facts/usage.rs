//! Usage: one value a day for each metric. Packed as delta + zig-zag + varint, because one key a
//! day would cost fifty times the room (see ARCHITECTURE.md, "Store").

mod packing;

use std::collections::BTreeMap;

use chrono::{Datelike, Duration, NaiveDate};

pub use packing::{get, put};

/// The metric that counts people who used the product that day.
pub const ACTIVE_USERS: &str = "active_users";
/// The same for a week and for a month, beside the count of a day: a person counts once in each.
pub const WEEKLY_USERS: &str = "weekly_active_users";
pub const MONTHLY_USERS: &str = "monthly_active_users";
/// The metric that counts sign-ins.
pub const LOGINS: &str = "logins";
/// The metric that counts anything done, when nothing better is known.
pub const EVENTS: &str = "events";
/// Metrics of one feature each carry this prefix.
pub const FEATURE: &str = "feature:";
/// Metrics of what was begun and finished carry this one: `workflow:NAME_started` and `_completed`.
pub const WORKFLOW: &str = "workflow:";
/// Metrics of what runs through one integration carry this one.
pub const INTEGRATION: &str = "integration:";

/// Days as counted by the Common Era calendar: a date without a calendar.
pub type Day = i32;

pub fn day_number(date: NaiveDate) -> Day {
    date.num_days_from_ce()
}

pub fn date_of(day: Day) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(day).unwrap_or_default()
}

/// Values by day, in order of the day, each day once. A missing day is unknown, not zero.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Series(Vec<(Day, f64)>);

impl Series {
    /// Sorts; of two values for one day the later in the list wins.
    pub fn from_points(mut points: Vec<(Day, f64)>) -> Self {
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
        let low = self.0.partition_point(|p| p.0 < day_number(from));
        let high = self.0.partition_point(|p| p.0 <= day_number(to));
        &self.0[low..high.max(low)]
    }

    /// The mean of the known days in the `days` that end on `to`, or none when nothing is known.
    pub fn mean(&self, to: NaiveDate, days: i64) -> Option<f64> {
        let points = self.between(to - Duration::days(days - 1), to);
        if points.is_empty() {
            None
        } else {
            Some(points.iter().map(|p| p.1).sum::<f64>() / points.len() as f64)
        }
    }

    /// What a day of the window was like. For something counted (events, uses of a feature) a day
    /// without a row between the first and the last is a day without events, as an event log has
    /// it; for people and other levels it is unknown and left out.
    pub fn daily(&self, metric: &str, to: NaiveDate, days: i64) -> Option<f64> {
        if !is_count(metric) {
            return self.mean(to, days);
        }
        let (first, last) = (date_of(self.0.first()?.0), date_of(self.0.last()?.0));
        let from = (to - Duration::days(days - 1)).max(first);
        let until = to.min(last);
        let covered = (until - from).num_days() + 1;
        // The sum of nothing is minus nought.
        (covered > 0).then(|| {
            (self.between(from, until).iter().map(|p| p.1).sum::<f64>() + 0.0) / covered as f64
        })
    }

    /// The sum over the known days of a window, or none when nothing is known.
    pub fn sum(&self, to: NaiveDate, days: i64) -> Option<f64> {
        let points = self.between(to - Duration::days(days - 1), to);
        if points.is_empty() {
            None
        } else {
            Some(points.iter().map(|p| p.1).sum())
        }
    }

    /// Sets the given days, or forgets those whose value is none; answers what stood there before.
    pub fn merge(&mut self, changes: &[(Day, Option<f64>)]) -> Vec<(Day, Option<f64>)> {
        let before = changes.iter().map(|(d, _)| (*d, self.get(*d))).collect();
        let mut map: BTreeMap<Day, f64> = self.0.drain(..).collect();
        for (day, value) in changes {
            match value {
                Some(v) => map.insert(*day, *v),
                None => map.remove(day),
            };
        }
        self.0 = map.into_iter().collect();
        before
    }
}

/// Metrics that count things, as an event log does.
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
    /// The metric that speaks for the account as a whole: active users, else sign-ins, else
    /// events, else the first that is not a single feature.
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

    /// Workflows of which it is known how many were begun and how many finished: name, begun, finished.
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

    /// What was known at the end of a day: metrics without an earlier value are left out.
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

    /// The day up to which features are known: the newest row of any of them. None where the account's
    /// other numbers go on for two months more: then their export stopped, and nothing says what is used.
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

/// `now` against `before` in percent; none when either is unknown or there was nothing before.
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
        fn undoing_a_merge_gives_the_old_series(series in series(), changes in proptest::collection::btree_map(700_000..700_100_i32, proptest::option::of(0.0..9.0_f64), 0..50)) {
            let changes: Vec<_> = changes.into_iter().collect();
            let mut after = series.clone();
            let before = after.merge(&changes);
            after.merge(&before);
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
