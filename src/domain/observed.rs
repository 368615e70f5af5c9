//! What an account was on a day: `[observations]`. Recorded on the day, or recomputed later from what was known on it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::account::{Stage, Tier};
use super::dossier::Dossier;
use super::facts::ticket::Priority;
use super::health::Band;
use super::health::history::{Entry, Parts};
use super::money::Totals;
use super::signals::{Kind, Severity};
use super::standing::Standing;

/// An account on a day. The short names keep the blocks on disk small.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Observed {
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub score: Option<u8>,
    #[serde(rename = "b")]
    pub band: Band,
    /// The share of the score's weight that rests on data, percent.
    #[serde(rename = "c", default, skip_serializing_if = "is_nought")]
    pub coverage: u8,
    /// The scores of the dimensions, in the order of `Dimension::ALL`.
    #[serde(rename = "p", default)]
    pub parts: Parts,
    /// The signals that held.
    #[serde(rename = "g", default, skip_serializing_if = "Vec::is_empty")]
    pub signals: Vec<(Kind, Severity)>,
    #[serde(rename = "r", default, skip_serializing_if = "Option::is_none")]
    pub renewal: Option<NaiveDate>,
    /// The last day to say no to it, where that is known.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub decide_by: Option<NaiveDate>,
    /// The yearly value by currency.
    #[serde(rename = "v", default, skip_serializing_if = "Totals::is_empty")]
    pub value: Totals,
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<Tier>,
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    #[serde(rename = "o", default, skip_serializing_if = "String::is_empty")]
    pub owner: String,
    /// Open tickets, in the order of `Priority::ALL`.
    #[serde(rename = "k", default, skip_serializing_if = "no_tickets")]
    pub tickets: [u16; 4],
    /// Promises that were late.
    #[serde(rename = "l", default, skip_serializing_if = "is_none_late")]
    pub late_promises: u16,
    #[serde(rename = "h", default, skip_serializing_if = "Option::is_none")]
    pub last_touch: Option<NaiveDate>,
    /// Usage against its own level before, in percent of change.
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    pub usage_change: Option<i32>,
    /// The customer had left.
    #[serde(rename = "x", default, skip_serializing_if = "std::ops::Not::not")]
    pub churned: bool,
}

fn is_nought(n: &u8) -> bool {
    *n == 0
}

fn is_none_late(n: &u16) -> bool {
    *n == 0
}

fn no_tickets(tickets: &[u16; 4]) -> bool {
    *tickets == [0; 4]
}

impl Observed {
    /// From a score that was recorded before whole days were noted: nothing else is known of that day.
    pub fn of_score(entry: &Entry) -> Self {
        Self {
            score: entry.score,
            band: entry.band,
            coverage: entry.coverage,
            parts: entry.parts,
            signals: Vec::new(),
            renewal: None,
            decide_by: None,
            value: Totals::default(),
            tier: None,
            stage: None,
            owner: String::new(),
            tickets: [0; 4],
            late_promises: 0,
            last_touch: None,
            usage_change: None,
            churned: false,
        }
    }

    /// From an account's records and its standing on a day.
    pub fn of(d: &Dossier, s: &Standing, day: NaiveDate) -> Self {
        let mut tickets = [0_u16; 4];
        for ticket in d.tickets.iter().filter(|t| t.is_open()) {
            let at = Priority::ALL.iter().position(|p| *p == ticket.priority);
            let count = &mut tickets[at.unwrap_or_default()];
            *count = count.saturating_add(1);
        }
        let late = d
            .actions
            .iter()
            .filter(|a| a.is_open() && a.promised && a.overdue(day));
        Self {
            score: s.health.score,
            band: s.health.band,
            coverage: s.health.coverage,
            parts: std::array::from_fn(|i| s.health.parts[i].score),
            signals: s
                .signals
                .iter()
                .map(|signal| (signal.kind, signal.severity))
                .collect(),
            renewal: s.renewal,
            decide_by: s.decide_by,
            value: s.value.clone(),
            tier: Some(s.tier),
            stage: Some(s.stage),
            owner: d.account.owner.clone(),
            tickets,
            late_promises: u16::try_from(late.count()).unwrap_or(u16::MAX),
            last_touch: s.last_touch,
            usage_change: s.usage_change,
            churned: s.churned.is_some(),
        }
    }
}

/// How a day is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Known {
    /// Noted on the day itself.
    Recorded,
    /// Computed later from what was known on the day: the program did not run on it.
    Recomputed,
    /// Only its score was recorded, before whole days were noted: the band, coverage and parts with it are known, and
    /// nothing else.
    Scored,
}

/// Some accounts of a day, as they are kept and exported.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Block {
    pub day: NaiveDate,
    /// Its number, of so many.
    pub block: u16,
    pub of: u16,
    pub known: Known,
    /// The day whose block it is a change of: an account that is not among the rows was as on that day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<NaiveDate>,
    pub rows: Vec<(super::ids::AccountId, Observed)>,
    /// Accounts of the base that were there no longer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<super::ids::AccountId>,
}
