//! The numbers a team may change: weights, bands, freshness, tiers. They ship in
//! `config/health.toml`; this is their checked form.

use super::account::{Stage, Tier};
use super::health::Dimension;
use super::money::{Currency, Money};

/// `[health.score]` and section 10 of the domain notes.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// Base weights by dimension; they need not add up to anything.
    pub weights: [f64; 6],
    /// Weights for one tier, one stage or both; the first rule that fits is used.
    pub overrides: Vec<WeightRule>,
    /// A score up to this is red.
    pub red_max: u8,
    /// A score up to this is yellow; above is green.
    pub yellow_max: u8,
    /// Below this coverage (percent) the band is unknown.
    pub min_coverage: u8,
    /// Coverage (percent) needed in the first `new_days` of an account.
    pub new_coverage: u8,
    pub new_days: i64,
    /// A customer whose last talk felt bad is not green.
    pub mood_caps: bool,
    /// Days after which an input is unknown.
    /// Share of the days below from which on an input counts less.
    pub stale_share: f64,
    pub usage_unknown: i64,
    pub support_unknown: i64,
    pub sentiment_unknown: i64,
    pub survey_unknown: i64,
    /// Days since the last conversation: good up to the first, fair up to the second.
    pub engaged_priority: (i64, i64),
    pub engaged_others: (i64, i64),
    /// Yearly value from which an account is of a tier, by currency, highest tier first.
    pub tier_arr: Vec<(Currency, [f64; 3])>,
    /// Seats from which an account is of a tier, when no value is known.
    pub tier_seats: [u32; 3],
}

#[derive(Debug, Clone, PartialEq)]
pub struct WeightRule {
    pub tier: Option<Tier>,
    pub stage: Option<Stage>,
    pub weights: [f64; 6],
}

impl Policy {
    pub fn weights(&self, tier: Tier, stage: Stage) -> [f64; 6] {
        self.overrides
            .iter()
            .find(|r| r.tier.is_none_or(|t| t == tier) && r.stage.is_none_or(|s| s == stage))
            .map_or(self.weights, |r| r.weights)
    }

    pub fn weight(&self, tier: Tier, stage: Stage, dimension: Dimension) -> f64 {
        self.weights(tier, stage)[dimension.index()]
    }

    /// The tier by yearly value, else by seats `[account.tiers]`.
    pub fn tier_of(&self, arr: Option<Money>, seats: Option<u32>) -> Tier {
        const TIERS: [Tier; 3] = [Tier::Enterprise, Tier::MidMarket, Tier::Smb];
        if let Some(money) = arr
            && let Some((_, floors)) = self.tier_arr.iter().find(|(c, _)| *c == money.currency)
        {
            return TIERS
                .iter()
                .zip(floors)
                .find(|(_, floor)| money.units() >= **floor)
                .map_or(Tier::TechTouch, |(t, _)| *t);
        }
        // Nothing known is not small: the middle of the road, until somebody says.
        let Some(seats) = seats else { return Tier::Smb };
        TIERS
            .iter()
            .zip(self.tier_seats)
            .find(|(_, floor)| seats >= *floor)
            .map_or(Tier::TechTouch, |(t, _)| *t)
    }
}
