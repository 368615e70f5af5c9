//! The start: what was due before the first use of the program is caught up from then on, and was
//! never late. Nobody could have recorded it, so it is no failure.

use chrono::{Duration, NaiveDate};

use super::plan::Rule;
use super::policy::Policy;

/// The day of the first use, and the days for catching up.
#[derive(Debug, Clone, Copy, Default)]
pub struct Start {
    first: Option<NaiveDate>,
    catch_up: i64,
}

/// Days to catch up what cannot wait: a step of the first weeks, a renewal step, a sign of life.
const SOON: i64 = 7;

impl Start {
    /// None as the first use: it is unknown, and everything counts as it is.
    pub fn of(first: Option<NaiveDate>, policy: &Policy) -> Self {
        Self {
            first,
            catch_up: policy.catch_up,
        }
    }

    /// The latest day of a touch by an interval.
    pub fn latest(&self, ideal: NaiveDate, latest: NaiveDate) -> NaiveDate {
        self.within(ideal, latest, self.catch_up)
    }

    /// The latest day of a touch by its rule.
    pub fn latest_by(&self, rule: &Rule, ideal: NaiveDate, latest: NaiveDate) -> NaiveDate {
        match rule {
            Rule::Interval { .. }
            | Rule::Deviation { .. }
            | Rule::Preference { .. }
            | Rule::Recurrence => self.latest(ideal, latest),
            Rule::Trouble { every } => self.within(ideal, latest, every.length()),
            Rule::Onboarding { .. } | Rule::Floor { .. } | Rule::Paused => {
                self.within(ideal, latest, SOON)
            }
            // The contract sets the date, and no step comes after it.
            Rule::Renewal { days } => {
                let date = ideal + Duration::days(i64::from(*days));
                self.within(ideal, latest, SOON).min(date).max(latest)
            }
            Rule::Promoter
            | Rule::Milestone
            | Rule::HealthyReview
            | Rule::Growing
            | Rule::Agreed => latest,
        }
    }

    fn within(&self, ideal: NaiveDate, latest: NaiveDate, days: i64) -> NaiveDate {
        match self.first.filter(|first| ideal < *first) {
            Some(first) => latest.max(first + Duration::days(days.min(self.catch_up))),
            None => latest,
        }
    }

    /// Whether a day is before the first use.
    pub fn is_after(&self, day: NaiveDate) -> bool {
        self.first.is_some_and(|first| day < first)
    }
}
