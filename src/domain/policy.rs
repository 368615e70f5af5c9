//! The numbers of the health score that a team may change: weights, bands, freshness, tiers.
//! `config/health.toml` ships them; this is their checked form.

use serde::Serialize;

use super::account::{Stage, Tier};
use super::curves::Curves;
use super::health::Dimension;
use super::money::{Currency, Money};
use super::profile::Profile;
use super::text::hash;

/// The rules of the health score. The shipped values follow common customer-success practice; the
/// back-test shows how well they predict for this team.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// Base weights by dimension; they need not add up to anything.
    pub weights: [f64; 6],
    /// Weights for a tier, a stage or both; the first matching rule applies.
    pub overrides: Vec<WeightRule>,
    /// Scores up to this value (0–100) are red.
    pub red_max: u8,
    /// Scores up to this value are yellow; higher ones are green.
    pub yellow_max: u8,
    /// Below this coverage, percent, the band is unknown.
    pub min_coverage: u8,
    /// Coverage, percent, that an account needs in its first `new_days`.
    pub new_coverage: u8,
    pub new_days: i64,
    /// An account is not green while the last talk with the customer felt bad.
    pub mood_caps: bool,
    /// The share (0–1) of the days below after which an input begins to count less. Each
    /// `…_unknown` is the number of days after which an input counts as unknown.
    pub stale_share: f64,
    pub usage_unknown: i64,
    pub support_unknown: i64,
    pub sentiment_unknown: i64,
    pub survey_unknown: i64,
    /// Days since the last conversation, for Enterprise and for other tiers: good up to the first
    /// number, fair up to the second.
    pub engaged_priority: (i64, i64),
    pub engaged_others: (i64, i64),
    /// The least yearly value of Enterprise, Mid-market and SMB, by currency.
    pub tier_arr: Vec<(Currency, [f64; 3])>,
    /// The least seats of Enterprise, Mid-market and SMB, used where no value is known.
    pub tier_seats: [u32; 3],
    /// How numbers become points.
    pub curves: Curves,
    /// A model from the accounts' columns, where one was accepted.
    pub profile: Option<Profile>,
}

/// Weights of the six dimensions for accounts of a tier and stage; none means any.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WeightRule {
    pub tier: Option<Tier>,
    pub stage: Option<Stage>,
    pub weights: [f64; 6],
}

/// The numbers of a policy as they are hashed. Field names, their order and the form of each value
/// never change: the hash is stored with every recorded score.
#[derive(Serialize)]
struct Versioned<'a> {
    weights: &'a [f64; 6],
    overrides: &'a [WeightRule],
    red_max: u8,
    yellow_max: u8,
    min_coverage: u8,
    new_coverage: u8,
    new_days: i64,
    mood_caps: bool,
    stale_share: f64,
    usage_unknown: i64,
    support_unknown: i64,
    sentiment_unknown: i64,
    survey_unknown: i64,
    engaged_priority: (i64, i64),
    engaged_others: (i64, i64),
    tier_arr: &'a [(Currency, [f64; 3])],
    tier_seats: [u32; 3],
    curves: &'a Curves,
    method: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    profile: &'a Option<Profile>,
}

/// Rises when the score is computed in another way from the same numbers.
const METHOD: u32 = 2;

impl Policy {
    /// A number that identifies these rules; never 0. Each recorded score carries it, so that a
    /// change of the rules is distinguished from a change at the customer.
    pub fn version(&self) -> u64 {
        // The full pattern makes a new field of the policy fail to compile until it is added here.
        let Policy {
            weights,
            overrides,
            red_max,
            yellow_max,
            min_coverage,
            new_coverage,
            new_days,
            mood_caps,
            stale_share,
            usage_unknown,
            support_unknown,
            sentiment_unknown,
            survey_unknown,
            engaged_priority,
            engaged_others,
            tier_arr,
            tier_seats,
            curves,
            profile,
        } = self;
        let versioned = Versioned {
            weights,
            overrides,
            red_max: *red_max,
            yellow_max: *yellow_max,
            min_coverage: *min_coverage,
            new_coverage: *new_coverage,
            new_days: *new_days,
            mood_caps: *mood_caps,
            stale_share: *stale_share,
            usage_unknown: *usage_unknown,
            support_unknown: *support_unknown,
            sentiment_unknown: *sentiment_unknown,
            survey_unknown: *survey_unknown,
            engaged_priority: *engaged_priority,
            engaged_others: *engaged_others,
            tier_arr,
            tier_seats: *tier_seats,
            curves,
            method: METHOD,
            profile,
        };
        // Serialising numbers, keys and lists cannot fail.
        hash(&serde_json::to_string(&versioned).unwrap_or_default()).max(1)
    }

    /// The weights of all dimensions, that of the profile by its share.
    pub fn weights(&self, tier: Tier, stage: Stage) -> [f64; Dimension::COUNT] {
        let six = self
            .overrides
            .iter()
            .find(|r| r.tier.is_none_or(|t| t == tier) && r.stage.is_none_or(|s| s == stage))
            .map_or(self.weights, |r| r.weights);
        let share = self.profile.as_ref().map_or(0.0, |p| p.share);
        let mut out = [0.0; Dimension::COUNT];
        out[..six.len()].copy_from_slice(&six);
        out[Dimension::Profile.index()] = six.iter().sum::<f64>() * share / (1.0 - share);
        out
    }

    /// The tier by yearly value, else by seats.
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
        // An account without value and seats counts as SMB until somebody states its tier.
        let Some(seats) = seats else { return Tier::Smb };
        TIERS
            .iter()
            .zip(self.tier_seats)
            .find(|(_, floor)| seats >= *floor)
            .map_or(Tier::TechTouch, |(t, _)| *t)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy() -> Policy {
        Policy {
            weights: [40.0, 20.0, 10.0, 15.0, 10.0, 5.0],
            overrides: vec![WeightRule {
                tier: Some(Tier::Smb),
                stage: None,
                weights: [50.0, 12.5, 10.0, 15.0, 10.0, 2.5],
            }],
            red_max: 50,
            yellow_max: 75,
            min_coverage: 40,
            new_coverage: 60,
            new_days: 30,
            mood_caps: true,
            stale_share: 0.5,
            usage_unknown: 60,
            support_unknown: 30,
            sentiment_unknown: 120,
            survey_unknown: 180,
            engaged_priority: (35, 60),
            engaged_others: (65, 90),
            tier_arr: vec![(Currency::USD, [100_000.0, 20_000.0, 2_000.0])],
            tier_seats: [500, 100, 10],
            curves: Curves::default(),
            profile: None,
        }
    }

    /// The value is stored with every score: for the same rules it never changes, whatever happens
    /// to the Rust names.
    #[test]
    fn the_version_of_a_policy_is_pinned() {
        assert_eq!(policy().version(), 6_506_309_709_376_850_870);
        let stricter = Policy {
            red_max: 51,
            ..policy()
        };
        assert_ne!(stricter.version(), policy().version());
    }
}
