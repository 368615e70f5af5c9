//! Integrations: which of them carry data, and which have fallen silent.

use chrono::{Duration, NaiveDate};

use super::usage::{Series, Usage, date_of, day_number};

/// The days over which an integration's pauses are measured.
const MONTH: i64 = 30;

/// An integration and the days since it last carried data; 0 while it is alive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Integration<'a> {
    pub name: &'a str,
    pub silent: i64,
}

/// When an integration last carried data, on how many days of the month before, and its longest
/// pause then. A pause as long as usual, such as a weekend, is no silence.
pub struct Traffic {
    pub last: NaiveDate,
    pub days: usize,
    longest_pause: i64,
}

impl Traffic {
    pub fn of(series: &Series, day: NaiveDate) -> Option<Self> {
        let used: Vec<i32> = series
            .between(NaiveDate::MIN, day)
            .iter()
            .filter(|p| p.1 > 0.0)
            .map(|p| p.0)
            .collect();
        let last = date_of(*used.last()?);
        let since = day_number(last - Duration::days(MONTH));
        let month: Vec<i32> = used.into_iter().filter(|d| *d > since).collect();
        let longest_pause = month
            .windows(2)
            .map(|w| i64::from(w[1] - w[0]))
            .max()
            .unwrap_or(1);
        Some(Self {
            last,
            days: month.len(),
            longest_pause,
        })
    }

    /// The days without data after which it counts as silent; at least `least`. One day is added to
    /// the longest pause, two where pauses are usual: a holiday prolongs them.
    pub fn limit(&self, least: i64) -> i64 {
        // After a single day of data in a month its spacing is unknown.
        let longest_pause = if self.days < 2 {
            MONTH + MONTH / 2
        } else {
            self.longest_pause
        };
        least.max(longest_pause + 1 + i64::from(longest_pause > 1))
    }
}

/// Integrations that ever carried data, silent ones first.
pub fn integrations(usage: &Usage, day: NaiveDate) -> Vec<Integration<'_>> {
    const LEAST: i64 = 8;
    let Some(newest) = usage.last_day().map(|d| d.min(day)) else {
        return Vec::new();
    };
    let integration = |(name, series)| {
        let traffic = Traffic::of(series, day)?;
        let quiet = (newest - traffic.last).num_days();
        Some(Integration {
            name,
            silent: if quiet >= traffic.limit(LEAST) {
                quiet
            } else {
                0
            },
        })
    };
    let mut out: Vec<Integration> = usage.integrations().filter_map(integration).collect();
    out.sort_by_key(|l| std::cmp::Reverse(l.silent));
    out
}
