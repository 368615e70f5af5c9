//! The profile: what the columns of an account say of its future, where the policy has a model of them.

use super::Fact;
use super::dimension_score::DimensionScore;
use crate::domain::account::Account;
use crate::domain::profile::{Profile, columns};

/// Columns that the score names.
const NAMED: usize = 3;
/// Points that a column must be worth to be named.
const WORTH: f64 = 1.0;

/// The dimension of an account; unknown without a model.
pub fn score(account: &Account, profile: Option<&Profile>) -> DimensionScore {
    let Some((points, effects)) = profile.and_then(|p| p.points(&columns(account))) else {
        return DimensionScore::unknown(Vec::new());
    };
    let mut facts = vec![Fact::Alike {
        percent: (100.0 - points).round() as u8,
    }];
    let worth = effects
        .into_iter()
        .filter(|(_, points)| points.abs() >= WORTH);
    facts.extend(
        worth
            .take(NAMED)
            .map(|(column, points)| Fact::Column { column, points }),
    );
    // What an account is holds nothing down: only what happens there does.
    DimensionScore::new(points, facts).firm(0.0)
}
