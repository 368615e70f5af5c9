//! How many accounts of each tier use each feature. It is counted when an account is first compared with its
//! peers, and again only after rows with other features came in: every opening of an account asks for it.
//! Must not depend on the book.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use super::row::Row;
use crate::domain::account::Tier;

/// The counts of one tier.
#[derive(Debug, Clone, Default)]
pub struct TierUse {
    /// Accounts whose features are known.
    pub known: usize,
    /// Accounts that used a feature in the last month, by feature.
    pub users: BTreeMap<String, usize>,
}

/// The counts of all tiers; none before they are asked for.
#[derive(Debug, Clone, Default)]
pub struct FeatureUse(OnceLock<HashMap<Tier, TierUse>>);

/// The counts follow from the rows, so that two books with equal rows are equal.
impl PartialEq for FeatureUse {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl FeatureUse {
    /// The counts of a tier, its accounts all included.
    pub fn of(&self, rows: &[Arc<Row>], tier: Tier) -> Option<&TierUse> {
        self.0.get_or_init(|| count(rows)).get(&tier)
    }

    /// Forgets the counts if a row that comes in changes them.
    pub fn follow(&mut self, before: Option<&Row>, after: &Row) {
        let (after, before) = (&after.standing, before.map(|row| &row.standing));
        let same = match before {
            Some(before) => before.tier == after.tier && before.features == after.features,
            None => after.features.is_empty(),
        };
        if !same {
            self.0.take();
        }
    }
}

fn count(rows: &[Arc<Row>]) -> HashMap<Tier, TierUse> {
    let mut tiers: HashMap<Tier, TierUse> = HashMap::new();
    for row in rows.iter().filter(|r| !r.standing.features.is_empty()) {
        let tier = tiers.entry(row.standing.tier).or_default();
        tier.known += 1;
        for feature in &row.standing.features {
            match tier.users.get_mut(feature) {
                Some(users) => *users += 1,
                None => {
                    tier.users.insert(feature.clone(), 1);
                }
            }
        }
    }
    tiers
}
