//! What evidence weighs: `config/risk.toml`.

use std::collections::BTreeMap;

use super::Level;
use crate::domain::account::Tier;
use crate::domain::signals::{Kind, Severity};

/// The points of evidence, and the limits between levels.
#[derive(Debug, Clone, PartialEq)]
pub struct RiskPolicy {
    /// Points for the health band, for each point of a fallen score, and so on.
    pub points: Points,
    /// Points of signals by severity, in the order of `Severity::ALL`.
    pub signal: [u8; 3],
    /// Points of single kinds of signals, whatever their severity.
    pub signals: BTreeMap<Kind, u8>,
    /// From how many points the likelihood is medium, and high.
    pub medium: u8,
    pub high: u8,
    /// The share of a currency's value that the most valuable accounts make: high, and with the next ones medium, percent.
    pub value_high: u8,
    pub value_medium: u8,
    pub weights: Weights,
    /// Days after which a person's word is old.
    pub old_after: u16,
}

/// Points of evidence that is no signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Points {
    pub band_red: u8,
    pub band_yellow: u8,
    /// The score fell by ten points or more within 30 days.
    pub falling: u8,
    /// The same within 90 days.
    pub sliding: u8,
    pub notice: u8,
    pub leaving: u8,
    /// A term ended, and nobody said what became of it.
    pub ended: u8,
    pub escalated: u8,
    /// The judgement after the last talk.
    pub judged_at_risk: u8,
    pub judged_watch: u8,
}

/// What adds to the yearly value that is at stake.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights {
    /// The share of the lifetime value, and of the value of a possible expansion.
    pub lifetime: f64,
    pub expansion: f64,
    /// The share of the yearly value for each strategic mark, and for each year of the relationship.
    pub strategic: f64,
    pub year: f64,
}

impl RiskPolicy {
    pub fn of_signal(&self, kind: Kind, severity: Severity) -> u8 {
        match self.signals.get(&kind) {
            Some(points) => *points,
            None => self.signal[severity.index()],
        }
    }

    /// The level of so many points.
    pub fn level(&self, points: u8) -> Level {
        match points {
            n if n >= self.high => Level::High,
            n if n >= self.medium => Level::Medium,
            _ => Level::Low,
        }
    }

    /// What is at stake in an account whose value is not known.
    pub fn of_tier(tier: Tier) -> Level {
        match tier {
            Tier::Enterprise => Level::High,
            Tier::MidMarket => Level::Medium,
            Tier::Smb | Tier::TechTouch => Level::Low,
        }
    }
}
