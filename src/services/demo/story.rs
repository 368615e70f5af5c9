//! The story of an invented account, and its effect on usage.

use chrono::{Datelike, NaiveDate};
use fastrand::Rng;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Story {
    Steady,
    Growth,
    Decline,
    Seasonal,
    ChampionLeft,
    Escalation,
    Onboarding,
    Silent,
    Churned,
    /// Product data is missing: too little is known for a band.
    Unmeasured,
}

impl Story {
    /// The first dozen accounts show every story once, so that the smallest demo is varied.
    pub fn of(index: usize, rng: &mut Rng) -> Self {
        use Story::{
            ChampionLeft, Churned, Decline, Escalation, Growth, Onboarding, Seasonal, Silent,
            Steady, Unmeasured,
        };
        const FIRST: [Story; 12] = [
            Decline,
            Growth,
            Escalation,
            Steady,
            ChampionLeft,
            Seasonal,
            Onboarding,
            Unmeasured,
            Silent,
            Growth,
            Churned,
            Steady,
        ];
        if let Some(story) = FIRST.get(index) {
            return *story;
        }
        match rng.u32(0..100) {
            0..42 => Steady,
            42..62 => Growth,
            62..72 => Decline,
            72..80 => Seasonal,
            80..85 => ChampionLeft,
            85..89 => Escalation,
            89..94 => Onboarding,
            94..96 => Silent,
            96..98 => Unmeasured,
            _ => Churned,
        }
    }

    pub fn tags(self, japanese: bool) -> &'static [&'static str] {
        match (self, japanese) {
            (Story::Growth, _) => &["reference"],
            (Story::Seasonal, true) => &["小売"],
            (Story::Seasonal, false) => &["retail"],
            (Story::Decline, true) => &["要注意"],
            (Story::Decline, false) => &["watch"],
            _ => &[],
        }
    }

    /// Usage as a share of normal, `ago` days before today.
    pub fn level(self, ago: i64, date: NaiveDate) -> f64 {
        let ago = ago as f64;
        match self {
            Story::Steady | Story::Escalation | Story::Unmeasured => 1.0,
            Story::Growth => 1.15 - ago / 900.0,
            // Falls over the last ten weeks.
            Story::Decline => 1.0 - 0.62 * (1.0 - (ago / 70.0).min(1.0)),
            Story::Seasonal => {
                0.75 + 0.35 * (f64::from(date.ordinal()) / 365.0 * std::f64::consts::TAU).cos()
            }
            // The champion left five weeks ago.
            Story::ChampionLeft => {
                if ago > 35.0 {
                    1.0
                } else {
                    0.72 + 0.28 * ago / 35.0
                }
            }
            Story::Onboarding => (1.0 - ago / 45.0).clamp(0.05, 1.0),
            Story::Silent => {
                if ago > 24.0 {
                    0.5
                } else {
                    0.0
                }
            }
            Story::Churned => (0.15 + ago / 150.0).min(1.0),
        }
    }
}

/// Offices are quiet at weekends.
pub fn weekday(date: NaiveDate) -> f64 {
    match date.weekday().num_days_from_monday() {
        5 => 0.22,
        6 => 0.16,
        0 => 1.05,
        4 => 0.92,
        _ => 1.0,
    }
}
