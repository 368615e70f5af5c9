//! Integrations: which of them carry something, and which have fallen silent.

use chrono::{Duration, NaiveDate};

use super::usage::{Series, Usage, date_of, day_number};

/// Days in which the pauses of an integration are looked at.
const MONTH: i64 = 30;

/// An integration, and for how many days it has carried nothing; 0 while it is alive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Integration<'a> {
    pub name: &'a str,
    pub silent: i64,
}

/// When an integration carried something last, on how many days of the month before, and the longest
/// pause between them: a weekend is no silence to one that longest_pause on weekends.
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

    /// Days without anything after which it is silent, at least `least`: a holiday makes a pause longer.
    pub fn limit(&self, least: i64) -> i64 {
        // Of one that came once in a month nobody knows how often it comes.
        let longest_pause = if self.days < 2 {
            MONTH + MONTH / 2
        } else {
            self.longest_pause
        };
        least.max(longest_pause + 1 + i64::from(longest_pause > 1))
    }
}

/// Integrations that ever carried something, those that are silent first.
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
