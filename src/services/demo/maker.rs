//! Shared parts of the demo: the setting, the random numbers of one account, and the result.

use chrono::{Duration, NaiveDate, NaiveTime};
use fastrand::Rng;

use crate::domain::change::{Change, UsageChange};
use crate::domain::checkin::agenda::Template;
use crate::domain::ids::RecordId;
use crate::domain::when::Now;

/// One invented account as changes.
pub struct Made {
    pub changes: Vec<Change>,
    pub usage: Vec<UsageChange>,
}

/// The input of the generator.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    pub seed: u64,
    pub now: Now,
    pub me: &'a str,
    pub templates: &'a [Template],
    /// Names and notes mostly in Japanese, otherwise mostly in English.
    pub japanese: bool,
}

pub(super) struct Maker<'a> {
    pub rng: &'a mut Rng,
    pub setting: Setting<'a>,
    pub today: NaiveDate,
    pub n: u32,
    pub index: usize,
}

impl Maker<'_> {
    /// An id that is the same in every run.
    pub fn id(&mut self, kind: &str) -> RecordId {
        self.n += 1;
        RecordId::new(format!("demo-{kind}-{:05}-{:03}", self.index, self.n))
    }

    pub fn chance(&mut self, percent: u32) -> bool {
        self.rng.u32(0..100) < percent
    }

    pub fn pick<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.rng.usize(0..all.len())]
    }

    pub fn at(&mut self, days_ago: i64) -> chrono::DateTime<chrono::Utc> {
        let time = NaiveTime::from_hms_opt(self.rng.u32(9..18), self.rng.u32(0..4) * 15, 0)
            .unwrap_or_default();
        self.setting
            .now
            .zone
            .instant((self.today - Duration::days(days_ago)).and_time(time))
            .min(self.setting.now.at - Duration::minutes(5))
    }
}
