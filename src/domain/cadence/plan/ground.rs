//! The input of a plan besides the account: the policy, the working days, today.

use chrono::{Duration, NaiveDate};

use crate::domain::cadence::calendar::Calendar;
use crate::domain::cadence::policy::Policy;
use crate::domain::when::Zone;

/// The input of all plans.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    pub policy: &'a Policy,
    pub calendar: &'a Calendar,
    pub today: NaiveDate,
    pub zone: Zone,
}

/// The last day a touch may be on, by its latest day.
pub fn end_of(ground: &Ground, latest: NaiveDate) -> NaiveDate {
    if latest < ground.today {
        ground.today + Duration::days(ground.policy.catch_up)
    } else {
        latest
    }
}
