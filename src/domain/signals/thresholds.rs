//! The numbers of the signals that a team may change: the checked form of `config/signals.toml`.

use super::{Kind, Severity};
use crate::domain::account::{Stage, Tier};

/// The settings of one signal.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    pub severity: Severity,
    /// A signal that holds again within this many days is still the same signal.
    pub cool_down: i64,
    pub off: bool,
    /// In the order of `Spec::numbers`.
    pub numbers: Vec<f64>,
}

/// Settings for a tier, a stage or both.
#[derive(Debug, Clone, PartialEq)]
pub struct Override {
    pub kind: Kind,
    pub tier: Option<Tier>,
    pub stage: Option<Stage>,
    pub setting: Setting,
}

/// The settings of all signals.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Thresholds {
    /// In the order of [`Kind::ALL`].
    pub settings: Vec<Setting>,
    /// The first matching one applies.
    pub overrides: Vec<Override>,
}

impl Thresholds {
    pub fn of(&self, kind: Kind, tier: Tier, stage: Stage) -> &Setting {
        let fits = |o: &&Override| {
            o.kind == kind && o.tier.is_none_or(|t| t == tier) && o.stage.is_none_or(|s| s == stage)
        };
        self.overrides
            .iter()
            .find(fits)
            .map_or(&self.settings[kind.index()], |o| &o.setting)
    }
}
