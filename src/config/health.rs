//! `config/health.toml` as a checked [`Policy`].

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::file::{self, Mistake};
use crate::domain::account::{Stage, Tier};
use crate::domain::curves::Curves;
use crate::domain::money::Currency;
use crate::domain::policy::{Policy, WeightRule};
use crate::domain::profile::Profile;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    weights: Spanned<Weights>,
    #[serde(default, rename = "override")]
    overrides: Vec<Override>,
    bands: Spanned<Bands>,
    freshness: Freshness,
    engaged: Engaged,
    tiers: Tiers,
    #[serde(default = "shipped")]
    points: Spanned<Curves>,
    profile: Option<Spanned<Profile>>,
}

fn shipped() -> Spanned<Curves> {
    Spanned::new(0..0, Curves::default())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Weights {
    usage: f64,
    relationship: f64,
    support: f64,
    satisfaction: f64,
    outcomes: f64,
    financial: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Override {
    tier: Option<Tier>,
    stage: Option<Stage>,
    weights: Spanned<Weights>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bands {
    red_max: u8,
    yellow_max: u8,
    min_coverage: u8,
    new_days: i64,
    new_coverage: u8,
    #[serde(default = "yes")]
    mood_caps: bool,
}

fn half() -> f64 {
    0.5
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Freshness {
    #[serde(default = "half")]
    stale: f64,
    usage: i64,
    support: i64,
    sentiment: i64,
    survey: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Engaged {
    priority: (i64, i64),
    others: (i64, i64),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tiers {
    seats: [u32; 3],
    #[serde(default)]
    arr: BTreeMap<Spanned<String>, [f64; 3]>,
}

/// The six weights in the order of `Dimension::ALL`.
fn weights(w: &Spanned<Weights>, mistakes: &mut Vec<Mistake>) -> [f64; 6] {
    let Weights {
        usage,
        relationship,
        support,
        satisfaction,
        outcomes,
        financial,
    } = *w.get_ref();
    let all = [
        usage,
        relationship,
        support,
        satisfaction,
        outcomes,
        financial,
    ];
    if all.iter().any(|v| *v < 0.0 || !v.is_finite()) {
        mistakes.push((w.span().start, "a weight cannot be negative".into()));
    } else if all.iter().sum::<f64>() <= 0.0 {
        mistakes.push((
            w.span().start,
            "at least one weight must be above zero".into(),
        ));
    }
    all
}

/// Ten years: no setting needs more days.
const MOST_DAYS: i64 = 3_650;

/// Reports days and shares outside their range.
fn out_of_range(written: &Written, text: &str, mistakes: &mut Vec<Mistake>) {
    let bands = written.bands.get_ref();
    let days = [
        ("new_days", bands.new_days),
        ("usage", written.freshness.usage),
        ("support", written.freshness.support),
        ("sentiment", written.freshness.sentiment),
        ("survey", written.freshness.survey),
        ("priority", written.engaged.priority.0),
        ("priority", written.engaged.priority.1),
        ("others", written.engaged.others.0),
        ("others", written.engaged.others.1),
    ];
    for (name, n) in days {
        if !(0..=MOST_DAYS).contains(&n) {
            let line = text
                .lines()
                .position(|l| l.trim_start().starts_with(name))
                .map_or(0, |l| text.lines().take(l).map(|l| l.len() + 1).sum());
            mistakes.push((
                line,
                format!("{name} = {n}: a number of days from 0 to {MOST_DAYS}"),
            ));
        }
    }
    if !(0.0..=1.0).contains(&written.freshness.stale) {
        let at = text.find("stale").unwrap_or(0);
        mistakes.push((
            at,
            format!("stale = {}: a share from 0 to 1", written.freshness.stale),
        ));
    }
}

pub fn parse(text: &str) -> Result<Policy, Vec<Mistake>> {
    let written: Written = file::parse(text)?;
    let mut mistakes = Vec::new();
    let base = weights(&written.weights, &mut mistakes);
    let overrides = written
        .overrides
        .iter()
        .map(|o| WeightRule {
            tier: o.tier,
            stage: o.stage,
            weights: weights(&o.weights, &mut mistakes),
        })
        .collect();
    let bands = written.bands.get_ref();
    if bands.red_max >= bands.yellow_max || bands.yellow_max >= 100 {
        mistakes.push((
            written.bands.span().start,
            "bands must rise: red_max < yellow_max < 100".into(),
        ));
    }
    let mut tier_arr = Vec::new();
    for (code, floors) in &written.tiers.arr {
        match Currency::parse(code.get_ref()) {
            Some(currency) => tier_arr.push((currency, *floors)),
            None => mistakes.push((
                code.span().start,
                format!("`{}` is not a currency code", code.get_ref()),
            )),
        }
    }
    out_of_range(&written, text, &mut mistakes);
    let points = written.points.get_ref().mistakes();
    mistakes.extend(points.into_iter().map(|m| (written.points.span().start, m)));
    if let Some(profile) = &written.profile {
        let found = profile.get_ref().mistakes().into_iter();
        mistakes.extend(found.map(|m| (profile.span().start, m)));
    }
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    Ok(Policy {
        weights: base,
        overrides,
        red_max: bands.red_max,
        yellow_max: bands.yellow_max,
        min_coverage: bands.min_coverage,
        new_coverage: bands.new_coverage,
        new_days: bands.new_days,
        mood_caps: bands.mood_caps,
        stale_share: written.freshness.stale,
        usage_unknown: written.freshness.usage,
        support_unknown: written.freshness.support,
        sentiment_unknown: written.freshness.sentiment,
        survey_unknown: written.freshness.survey,
        engaged_priority: written.engaged.priority,
        engaged_others: written.engaged.others,
        tier_arr,
        tier_seats: written.tiers.seats,
        curves: written.points.into_inner(),
        profile: written.profile.map(Spanned::into_inner),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file without points, as users have it, means the same as the shipped one.
    #[test]
    fn points_that_are_left_out_are_the_shipped_ones() {
        let shipped = include_str!("../../config/health.toml");
        let (before, _) = shipped.split_once("[points]").expect("points");
        let (with, without) = (parse(shipped), parse(before));
        assert_eq!(with.expect("sound").curves, Curves::default());
        assert_eq!(without.expect("sound").curves, Curves::default());
    }

    #[test]
    fn wrong_points_are_named() {
        let shipped = include_str!("../../config/health.toml");
        for (right, wrong) in [
            ("level = [[0.3, 0]", "level = [[0.9, 0]"),
            ("usage_worst = 0.7", "usage_worst = 7"),
            ("silence = [[14, 15], [30, 0]]", "silence = []"),
            ("burden = [[0, 100]", "burden = [[0, 101]"),
        ] {
            assert!(shipped.contains(right), "{right}");
            let name = right.split(' ').next().expect("a name");
            let mistakes = parse(&shipped.replace(right, wrong)).expect_err("refused");
            assert!(mistakes[0].1.contains(name), "{mistakes:?}");
        }
    }
}
