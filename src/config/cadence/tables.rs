//! Reads the tables of the cadence: minutes and intervals by kind, tier and stage, and the steps.

use std::collections::BTreeMap;

use toml::{Spanned, Table};

use super::reader::Reader;
use super::written::{WrittenRenewal, WrittenSteps};
use crate::domain::account::{Stage, Tier};
use crate::domain::cadence::policy::{Effort, Intervals, RenewalStep, Steps};
use crate::domain::cadence::{Every, Kind};

impl Reader {
    pub fn minutes(&mut self, table: Option<Spanned<Table>>) {
        let Some(table) = table else { return };
        let at = table.span().start;
        for (name, value) in table.into_inner() {
            let parts: Option<Vec<u32>> = value.as_array().map(|a| {
                a.iter()
                    .filter_map(|v| {
                        v.as_integer()
                            .and_then(|n| u32::try_from(n).ok())
                            .filter(|n| *n <= 600)
                    })
                    .collect()
            });
            match (Kind::parse(&name), parts.as_deref()) {
                (Some(kind), Some([talk, prepare, follow_up])) => {
                    self.policy.effort[kind.index()] = Effort {
                        talk: *talk,
                        prepare: *prepare,
                        follow_up: *follow_up,
                    }
                }
                (None, _) => {
                    self.wrong(at, not_a("kind", &name, Kind::ALL.iter().map(|k| k.key())))
                }
                (Some(_), _) => self.wrong(
                    at,
                    format!(
                        "{name} = {value}: minutes of the talk, before and after it, each up to 600"
                    ),
                ),
            }
        }
    }

    pub fn talks(&mut self, table: Option<Spanned<Table>>) {
        let Some(table) = table else { return };
        let at = table.span().start;
        for (name, value) in table.into_inner() {
            let minutes = value
                .as_integer()
                .and_then(|n| u32::try_from(n).ok())
                .filter(|n| (1..=600).contains(n));
            match (Tier::parse(&name), minutes) {
                (Some(tier), Some(minutes)) => drop(self.policy.talk_of_tier.insert(tier, minutes)),
                (None, _) => {
                    self.wrong(at, not_a("tier", &name, Tier::ALL.iter().map(|k| k.key())))
                }
                (Some(_), None) => {
                    self.wrong(at, format!("{name} = {value}: minutes from 1 to 600"))
                }
            }
        }
    }

    pub fn by_tier(&mut self, table: Option<Spanned<Table>>) -> BTreeMap<Tier, Every> {
        let mut out = BTreeMap::new();
        let Some(table) = table else { return out };
        let at = table.span().start;
        for (name, value) in table.into_inner() {
            match (Tier::parse(&name), value.as_str().and_then(Every::parse)) {
                (Some(tier), Some(every)) => drop(out.insert(tier, every)),
                (None, _) => {
                    self.wrong(at, not_a("tier", &name, Tier::ALL.iter().map(|k| k.key())))
                }
                (Some(_), None) => self.wrong(at, format!("{name} = {value}: an interval like 2w")),
            }
        }
        out
    }

    pub fn intervals(&mut self, table: Spanned<Table>) {
        let at = table.span().start;
        let mut table = table.into_inner();
        let mut word = |name: &str| {
            table
                .remove(name)
                .map(|v| v.as_str().unwrap_or_default().to_owned())
        };
        let (tier, stage) = (word("tier"), word("stage"));
        let mut out = Intervals {
            tier: tier.as_deref().and_then(Tier::parse),
            stage: stage.as_deref().and_then(Stage::parse),
            every: BTreeMap::new(),
        };
        if let Some(text) = tier.filter(|_| out.tier.is_none()) {
            self.wrong(at, not_a("tier", &text, Tier::ALL.iter().map(|k| k.key())));
        }
        if let Some(text) = stage.filter(|_| out.stage.is_none()) {
            self.wrong(
                at,
                not_a("stage", &text, Stage::ALL.iter().map(|k| k.key())),
            );
        }
        for (name, value) in table {
            let every = match value.as_str() {
                Some("none") => Some(None),
                Some(text) => Every::parse(text).map(Some),
                None => None,
            };
            match (Kind::parse(&name), every) {
                (Some(kind), Some(every)) => drop(out.every.insert(kind, every)),
                (None, _) => {
                    self.wrong(at, not_a("kind", &name, Kind::ALL.iter().map(|k| k.key())))
                }
                (Some(_), None) => self.wrong(
                    at,
                    format!("{name} = {value}: an interval like 2w, or \"none\""),
                ),
            }
        }
        self.policy.intervals.push(out);
    }

    pub fn kind_and_tiers(
        &mut self,
        at: usize,
        kind: &str,
        tiers: &[String],
    ) -> Option<(Kind, Vec<Tier>)> {
        let mut known = Vec::new();
        for text in tiers {
            match Tier::parse(text) {
                Some(tier) => known.push(tier),
                None => self.wrong(at, not_a("tier", text, Tier::ALL.iter().map(|k| k.key()))),
            }
        }
        let found = Kind::parse(kind);
        if found.is_none() {
            self.wrong(at, not_a("kind", kind, Kind::ALL.iter().map(|k| k.key())));
        }
        Some((found?, known))
    }

    pub fn steps(&mut self, steps: Spanned<WrittenSteps>) {
        let at = steps.span().start;
        let steps = steps.into_inner();
        if steps.days.is_empty()
            || !steps.days.is_sorted()
            || steps.days.iter().any(|d| !(0..=730).contains(d))
            || !(0..=90).contains(&steps.slack)
        {
            self.wrong(at, "days: rising, from 0 to 730; slack: from 0 to 90");
        }
        if let Some((kind, tiers)) = self.kind_and_tiers(at, &steps.kind, &steps.tiers) {
            self.policy.steps.push(Steps {
                kind,
                tiers,
                days: steps.days,
                slack: steps.slack,
            });
        }
    }

    pub fn renewal(&mut self, step: Spanned<WrittenRenewal>) {
        let at = step.span().start;
        let step = step.into_inner();
        if !(1..=365).contains(&step.days) || !(0..=step.days).contains(&step.latest) {
            self.wrong(at, "days: from 1 to 365; latest: from 0 to days");
        }
        if let Some((kind, tiers)) = self.kind_and_tiers(at, &step.kind, &step.tiers) {
            self.policy.renewal.push(RenewalStep {
                days: step.days,
                latest: step.latest,
                kind,
                tiers,
            });
        }
    }
}

pub fn not_a<'a>(what: &str, text: &str, all: impl Iterator<Item = &'a str>) -> String {
    format!(
        "`{text}` is not a {what}: {}",
        all.collect::<Vec<_>>().join(", ")
    )
}
