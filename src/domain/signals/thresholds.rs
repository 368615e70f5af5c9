//! The numbers of the signals as a team has them: the checked form of `config/signals.toml`.

use super::{Kind, Severity};
use crate::domain::account::{Stage, Tier};

/// What a team may change about one signal.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    pub severity: Severity,
    /// Days in which it is the same signal, even where it paused in between.
    pub cool_down: i64,
    pub off: bool,
    /// In the order of [`Spec::numbers`].
    pub numbers: Vec<f64>,
}

/// Other numbers for a tier, a stage or both.
#[derive(Debug, Clone, PartialEq)]
pub struct Override {
    pub kind: Kind,
    pub tier: Option<Tier>,
    pub stage: Option<Stage>,
    pub setting: Setting,
}

/// `config/signals.toml`, checked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Thresholds {
    /// In the order of [`Kind::ALL`].
    pub settings: Vec<Setting>,
    /// The first that fits is used.
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
