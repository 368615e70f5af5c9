//! A sample: one account as of a day before its ending, with its score and the inputs of a fit.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::account::Account;
use crate::domain::dossier::Dossier;
use crate::domain::dossier::effective::effective_tier;
use crate::domain::failure::Failure;
use crate::domain::freshness::DataFreshness;
use crate::domain::health::truth::Case;
use crate::domain::health::{self, Dimension, Score};
use crate::domain::ids::AccountId;
use crate::domain::policy::Policy;
use crate::domain::profile::columns;
use crate::domain::recorded::AsOf;
use crate::domain::when::Zone;

/// One account as of a day, with the inputs of a fit.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    pub case: Option<Case>,
    pub id: AccountId,
    pub positive: bool,
    pub day: NaiveDate,
    /// The dimensions, 0–100.
    pub parts: [Option<f64>; Dimension::COUNT],
    /// The score it had, to put a profile beside; none where it had none.
    pub score: Option<Box<Score>>,
    pub attributes: BTreeMap<String, String>,
}

/// Scores one account as of its day. An input dated after it ends the run, because the test would
/// know the future.
pub fn sample(
    d: &Dossier,
    freshness: DataFreshness,
    policy: &Policy,
    zone: Zone,
    snapshot: bool,
    positive: bool,
    day: NaiveDate,
) -> Result<Sample, Failure> {
    let mut then = d.as_of(&AsOf::new(day, zone, !snapshot));
    // The ending to predict is no input.
    then.outcomes.clear();
    let attributes = attributes(&d.account, &then.account, snapshot, day)?;
    if let Some((input, date)) = then
        .newest(zone)
        .filter(|(_, date)| *date > day && !snapshot)
    {
        return Err(Failure::Leak {
            input: input.to_owned(),
            account: d.account.name.clone(),
            recorded: date,
            outcome: day,
        });
    }
    let age = then.newest(zone).map(|(_, date)| (day - date).num_days());
    let score = health::score(&then, freshness, policy, day, zone);
    let tier = d
        .account
        .tier
        .unwrap_or_else(|| effective_tier(&then, policy, day));
    // Before rounding, so that close accounts still differ.
    let case = score.exact.map(|exact| Case {
        id: d.account.id.clone(),
        name: if positive {
            d.account.name.clone()
        } else {
            String::new()
        },
        tier,
        band: health::band_of(score.score.unwrap_or(0), policy),
        score: exact,
        age,
        positive,
    });
    Ok(Sample {
        case,
        id: d.account.id.clone(),
        positive,
        day,
        parts: std::array::from_fn(|i| score.parts[i].score.map(f64::from)),
        score: score.exact.is_some().then(|| Box::new(score)),
        attributes,
    })
}

/// The undated attributes of an account. With undated endings the data is a snapshot, and all
/// attributes count. Otherwise only attributes stated for an earlier day count; one stated for a
/// later day ends the run, because a fit on it would predict the past from the future.
fn attributes(
    now: &Account,
    then: &Account,
    snapshot: bool,
    day: NaiveDate,
) -> Result<BTreeMap<String, String>, Failure> {
    if let Some(recorded) = now.recorded.filter(|r| *r > day && !snapshot)
        && !now.attributes.is_empty()
    {
        let input = now
            .attributes
            .keys()
            .cloned()
            .collect::<Vec<_>>()
            .join(", ");
        return Err(Failure::Leak {
            input,
            account: now.name.clone(),
            recorded,
            outcome: day,
        });
    }
    if !snapshot && now.recorded.is_none() {
        return Ok(BTreeMap::new());
    }
    Ok(columns(then))
}
