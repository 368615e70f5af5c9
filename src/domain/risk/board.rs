//! The board: the accounts at risk by lane of effort. What is at stake in each is its place in the portfolio's value,
//! currency by currency.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;

use super::policy::{RiskPolicy, Weights};
use super::{Chance, Lane, Level, lane};
use crate::domain::account::Account;
use crate::domain::ids::AccountId;
use crate::domain::money::{Currency, Money, Totals};
use crate::domain::portfolio::row::Row;

/// A part of what is at stake, in minor units of the account's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Arr,
    Lifetime,
    Expansion,
    /// Marks: a logo, a reference, a case study.
    Strategic {
        marks: u8,
    },
    Years {
        years: u8,
    },
}

/// What is at stake in an account in one currency, and its parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Stake {
    pub currency: Currency,
    /// Minor units.
    pub amount: i64,
    pub parts: Vec<(Part, i64)>,
}

/// What is at stake in an account: its yearly value and what adds to it, by currency. Nothing where no value is known.
pub fn stakes(row: &Row, weights: &Weights, today: NaiveDate) -> Vec<Stake> {
    let account: &Account = &row.account;
    let paid = row.standing.value.iter().filter(|m| m.minor > 0);
    let share = |of: i64, weight: f64| (of as f64 * weight).round() as i64;
    let stake = |paid: Money| {
        let same =
            |other: Option<Money>| other.filter(|m| m.currency == paid.currency && m.minor > 0);
        let mut parts = vec![(Part::Arr, paid.minor)];
        let other = [
            (
                Part::Lifetime,
                same(account.lifetime_value),
                weights.lifetime,
            ),
            (Part::Expansion, same(account.expansion), weights.expansion),
        ];
        parts.extend(
            other
                .into_iter()
                .filter_map(|(part, money, weight)| Some((part, share(money?.minor, weight)))),
        );
        let s = &account.strategic;
        let marks = [s.logo, s.referenceable, s.case_study];
        let marks = marks.into_iter().filter(|mark| *mark).count() as u8;
        parts.push((
            Part::Strategic { marks },
            share(paid.minor, weights.strategic * f64::from(marks)),
        ));
        let start = row.standing.anchors.start.filter(|start| *start <= today);
        let years = start
            .and_then(|start| today.years_since(start))
            .unwrap_or(0)
            .min(10) as u8;
        parts.push((
            Part::Years { years },
            share(paid.minor, weights.year * f64::from(years)),
        ));
        parts.retain(|(_, amount)| *amount > 0);
        Stake {
            currency: paid.currency,
            amount: parts.iter().map(|(_, amount)| amount).sum(),
            parts,
        }
    };
    paid.map(stake).collect()
}

/// How much each account of a portfolio weighs.
pub fn levels(
    rows: &[Arc<Row>],
    policy: &RiskPolicy,
    today: NaiveDate,
) -> HashMap<AccountId, Level> {
    let mut by_currency: BTreeMap<Currency, Vec<(i64, &AccountId)>> = BTreeMap::new();
    let mut out = HashMap::new();
    for row in rows.iter().filter(|row| row.standing.churned.is_none()) {
        let stakes = stakes(row, &policy.weights, today);
        if stakes.is_empty() {
            out.insert(
                row.account.id.clone(),
                RiskPolicy::of_tier(row.standing.tier),
            );
        }
        for stake in stakes {
            let all = by_currency.entry(stake.currency).or_default();
            all.push((stake.amount, &row.account.id));
        }
    }
    for all in by_currency.values_mut() {
        all.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        let total: i128 = all.iter().map(|(amount, _)| i128::from(*amount)).sum();
        let share = |percent: u8| total * i128::from(percent) / 100;
        let mut before: i128 = 0;
        for (amount, id) in all.iter() {
            // Who begins within the share belongs to it.
            let level = match before {
                n if n < share(policy.value_high) => Level::High,
                n if n < share(policy.value_medium) => Level::Medium,
                _ => Level::Low,
            };
            before += i128::from(*amount);
            let held = out.entry((*id).clone()).or_insert(level);
            // Of several currencies the higher level counts.
            *held = (*held).min(level);
        }
    }
    out
}

/// A card of the board.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    pub row: Arc<Row>,
    pub value: Level,
    pub lane: Lane,
}

/// The accounts at risk by lane.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Board {
    /// In the order of `Lane::ALL`.
    pub lanes: [Vec<Card>; 6],
}

impl Board {
    /// The board of a portfolio. In a lane the nearest day to say no comes first, then the likelier loss.
    pub fn of(rows: &[Arc<Row>], policy: &RiskPolicy, today: NaiveDate) -> Self {
        let levels = levels(rows, policy, today);
        let mut out = Self::default();
        for row in rows {
            let Some(risk) = &row.standing.risk else {
                continue;
            };
            let share = levels.get(&row.account.id).copied();
            let value = risk.value().or(share).unwrap_or(Level::Low);
            let lane = risk.moved().unwrap_or_else(|| lane(value, risk.chance()));
            let row = row.clone();
            out.lanes[lane.index()].push(Card { row, value, lane });
        }
        for lane in &mut out.lanes {
            lane.sort_by_cached_key(|card| {
                let s = &card.row.standing;
                let points = s.risk.as_ref().map_or(0, |risk| risk.points);
                let day = s.counts_down_to(today).unwrap_or(NaiveDate::MAX);
                (
                    day,
                    std::cmp::Reverse(points),
                    card.row.account.name.clone(),
                )
            });
        }
        out
    }

    pub fn cards(&self) -> impl Iterator<Item = &Card> {
        self.lanes.iter().flatten()
    }

    /// Keeps the cards for which a condition holds. What is at stake stays a share of the whole portfolio.
    pub fn retain(&mut self, keep: impl Fn(&Card) -> bool) {
        for lane in &mut self.lanes {
            lane.retain(&keep);
        }
    }

    /// How many accounts there are of each value and chance; the last column is of unknown chances.
    pub fn counts(&self) -> [[usize; 4]; 3] {
        let mut out = [[0; 4]; 3];
        for card in self.cards() {
            let chance = card
                .row
                .standing
                .risk
                .as_ref()
                .and_then(|risk| risk.chance());
            let column = chance.map_or(Chance::ALL.len(), |chance| chance.index());
            out[card.value.index()][column] += 1;
        }
        out
    }

    /// What the accounts of a lane pay, by currency.
    pub fn total(&self, lane: Lane) -> Totals {
        let mut out = Totals::default();
        for card in &self.lanes[lane.index()] {
            card.row.standing.value.iter().for_each(|m| out.add(m));
        }
        out
    }
}
