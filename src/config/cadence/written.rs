//! `config/cadence.toml` as written, before it is checked.

use serde::Deserialize;
use toml::{Spanned, Table};

use crate::domain::checkin::agenda::Words;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    pub floor_days: Option<Spanned<i64>>,
    pub slack_percent: Option<Spanned<i64>>,
    pub slack_most_days: Option<Spanned<i64>>,
    pub catch_up_days: Option<Spanned<i64>>,
    pub budget_hours: Option<Spanned<f64>>,
    pub target_percent: Option<Spanned<i64>>,
    pub hours: Option<Hours>,
    pub holidays: Option<Holidays>,
    pub closure: Option<Vec<Spanned<WrittenClosure>>>,
    pub blackout: Option<Vec<Spanned<WrittenBlackout>>>,
    pub minutes: Option<Spanned<Table>>,
    pub check_in_minutes: Option<Spanned<Table>>,
    pub trouble: Option<Spanned<Table>>,
    pub slowest: Option<Spanned<Table>>,
    pub intervals: Option<Vec<Spanned<Table>>>,
    pub step: Option<Vec<Spanned<WrittenSteps>>>,
    pub renewal: Option<Vec<Spanned<WrittenRenewal>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    pub weekdays: Option<Spanned<Vec<String>>>,
    pub from: Option<Spanned<String>>,
    pub to: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holidays {
    pub country: Option<Spanned<String>>,
    pub region: Option<Spanned<String>>,
    #[serde(default)]
    pub add: Vec<Spanned<Added>>,
    #[serde(default)]
    pub remove: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Added {
    pub date: String,
    #[serde(default)]
    pub name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenClosure {
    pub name: Words,
    pub from: String,
    pub to: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenBlackout {
    pub name: Words,
    pub from: String,
    pub to: String,
    #[serde(default)]
    pub places: Vec<Spanned<String>>,
    #[serde(default)]
    pub industries: Vec<String>,
    #[serde(default)]
    pub kinds: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenSteps {
    pub kind: String,
    #[serde(default)]
    pub tiers: Vec<String>,
    pub days: Vec<i64>,
    pub slack: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenRenewal {
    pub days: i64,
    pub latest: i64,
    pub kind: String,
    #[serde(default)]
    pub tiers: Vec<String>,
}
