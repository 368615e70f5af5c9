//! A model from the columns of the accounts, fitted to the endings of others: what it says of an account is
//! the profile, a dimension of the health score.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::account::Account;
use super::text::half_width;

/// A logistic model of leaving, from the columns of the accounts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Its share of the score beside the other dimensions, 0–1.
    pub share: f64,
    /// The log odds of leaving before any column counts.
    pub base: f64,
    #[serde(rename = "column")]
    pub columns: Vec<Column>,
}

/// What one column adds to the log odds of leaving.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    pub name: String,
    /// By word; empty for a column of numbers.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub words: BTreeMap<String, f64>,
    /// For each unit that a number lies above `mean`.
    #[serde(default, skip_serializing_if = "is_nought")]
    pub per: f64,
    #[serde(default, skip_serializing_if = "is_nought")]
    pub mean: f64,
    /// Where the account has no value.
    #[serde(default, skip_serializing_if = "is_nought")]
    pub missing: f64,
}

fn is_nought(n: &f64) -> bool {
    *n == 0.0
}

impl Column {
    /// What a value adds; none where it says nothing.
    fn effect(&self, value: Option<&str>) -> Option<f64> {
        let Some(value) = value else {
            return (self.missing != 0.0).then_some(self.missing);
        };
        if self.words.is_empty() {
            number(value).map(|n| (n - self.mean) * self.per)
        } else {
            self.words.get(value).copied()
        }
    }
}

/// A cell as a number.
pub fn number(cell: &str) -> Option<f64> {
    let half: String = cell.trim().chars().map(half_width).collect();
    let plain = half.replace(',', "");
    plain.parse().ok().filter(|n: &f64| n.is_finite())
}

/// The columns of an account by name: its own, and the fields that tell accounts apart.
pub fn columns(account: &Account) -> BTreeMap<String, String> {
    let mut out = account.attributes.clone();
    let mut put = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|v| !v.is_empty()) {
            out.insert(name.to_owned(), value);
        }
    };
    put("plan", Some(account.plan.clone()));
    put("industry", Some(account.industry.clone()));
    put("country", Some(account.country.clone()));
    put("tier", account.tier.map(|t| t.key().to_owned()));
    put("seats", account.seats.map(|n| n.to_string()));
    put("term_months", account.term_months.map(|n| n.to_string()));
    // Each currency is a column of its own: amounts in two of them cannot be compared.
    for (name, money) in [
        ("arr", account.arr),
        ("lifetime_value", account.lifetime_value),
    ] {
        if let Some(money) = money {
            let name = format!("{name} {}", money.currency.code());
            put(&name, Some(money.units().to_string()));
        }
    }
    out
}

/// The share of accounts with such log odds that left, 0–1.
fn left(odds: f64) -> f64 {
    1.0 / (1.0 + (-odds).exp())
}

impl Profile {
    /// 100 less the percent of such accounts that left; none where no column says anything. The second
    /// value is each column with its effect on the points, the largest first.
    pub fn points(&self, columns: &BTreeMap<String, String>) -> Option<(f64, Vec<(String, f64)>)> {
        let effects: Vec<(&Column, f64)> = self
            .columns
            .iter()
            .filter_map(|c| {
                let value = columns.get(&c.name).map(String::as_str);
                Some((c, c.effect(value)?))
            })
            .collect();
        if effects.is_empty() {
            return None;
        }
        let odds = self.base + effects.iter().map(|(_, e)| e).sum::<f64>();
        let mut named: Vec<(String, f64)> = effects
            .iter()
            .map(|(c, e)| {
                let value = columns.get(&c.name).map_or("–", String::as_str);
                let points = (left(odds - e) - left(odds)) * 100.0;
                (format!("{} = {value}", c.name), points)
            })
            .collect();
        named.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        Some(((1.0 - left(odds)) * 100.0, named))
    }

    /// Mistakes in a written model.
    pub fn mistakes(&self) -> Vec<String> {
        let mut out = Vec::new();
        if !(0.0..=0.9).contains(&self.share) {
            out.push(format!("share = {}: a share from 0 to 0.9", self.share));
        }
        let numbers = self.columns.iter().flat_map(|c| {
            let words = c.words.values().copied();
            words.chain([c.per, c.mean, c.missing])
        });
        if numbers.chain([self.base]).any(|n| !n.is_finite()) {
            out.push("every number of a profile must be finite".into());
        }
        out
    }
}
