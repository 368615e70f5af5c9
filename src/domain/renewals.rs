//! The terms that are due in a period, and how many of them renewed: `[renewals]`. Money is summed by currency only.

pub mod due;
pub mod quarter;

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::account::Tier;
use super::dossier::terms::Status;
use super::facts::step::{StepKind, Taken};
use super::health::Band;
use super::ids::{AccountId, RecordId};
use super::money::{Currency, Money, Totals};

/// A term that is due in a period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Due {
    pub account: AccountId,
    pub name: String,
    pub contract: Option<RecordId>,
    pub plan: String,
    pub ends_on: NaiveDate,
    /// The yearly value at its end.
    pub due: Option<Money>,
    /// The yearly value from then on, of a renewed term.
    pub new: Option<Money>,
    pub status: Status,
    pub rolling: bool,
    /// The extension that decides what becomes of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bridge: Option<Bridge>,
    /// The product or id of the contract into which it was merged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub into: Option<String>,
    /// The last step of its renewal, and its day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<Taken>,
    /// What it was a week ago, where that is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<Status>,
    /// How the account stands today; none where it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stands: Option<Stands>,
}

/// The extension of a term: it stays in the quarter in which the term was due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bridge {
    pub contract: Option<RecordId>,
    /// Its last paid day.
    pub until: NaiveDate,
}

/// What names a term: its account, its contract and its last paid day.
pub type TermKey = (AccountId, Option<RecordId>, NaiveDate);

/// What is shown of an account beside its terms.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stands {
    pub owner: String,
    pub tier: Tier,
    pub band: Band,
    /// Green, and without a high warning. Unknown is not healthy.
    pub healthy: bool,
}

impl Due {
    /// Whether a term that still runs is at risk: its account is red.
    pub fn is_at_risk(&self) -> bool {
        let red = self.stands.as_ref().is_some_and(|s| s.band == Band::Red);
        self.status == Status::Open && red
    }

    /// Whether a term that still runs is of a healthy account.
    pub fn is_healthy(&self) -> bool {
        self.status == Status::Open && self.stands.as_ref().is_some_and(|s| s.healthy)
    }

    /// Whether it ended before the first use, and the user said that nobody will look up what became of it.
    pub fn is_ignored(&self) -> bool {
        let ignored = self
            .step
            .is_some_and(|taken| taken.step == StepKind::Ignored);
        self.status == Status::BeforeUse && ignored
    }

    /// What names the term whose outcome is asked about: the extension, where it was extended.
    pub fn key(&self) -> TermKey {
        let own = (self.contract.clone(), self.ends_on);
        let (contract, ends_on) = match &self.bridge {
            Some(bridge) => (bridge.contract.clone(), bridge.until),
            None => own,
        };
        (self.account.clone(), contract, ends_on)
    }
}

/// Notes what each term was on an earlier day, where that is another status.
pub fn note_changes(rows: &mut [Due], earlier: &[Due]) {
    let was: HashMap<_, Status> = earlier.iter().map(|e| (e.key(), e.status)).collect();
    for row in rows {
        let was = was.get(&row.key()).copied();
        row.was = was.filter(|status| *status != row.status);
    }
}

/// Renewed of settled or overdue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Rate {
    pub renewed: usize,
    pub lost: usize,
    pub overdue: usize,
}

/// A currency's values of the terms up to today that are settled or overdue, in minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Values {
    /// Σb: what was due.
    pub due: i64,
    /// Σmin(n, b): what was kept of it.
    pub kept: i64,
    /// Σn: with what was added at the renewal.
    pub net: i64,
}

/// The figures of a period.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Figures {
    /// The number of due terms by status, in the order of [`Status::ALL`].
    pub counts: [usize; Status::ALL.len()],
    pub rate: Rate,
    /// Terms up to today that went on by contract: in no rate.
    pub unconfirmed: usize,
    pub values: BTreeMap<Currency, Values>,
    /// Terms in the rate whose value is not known, before or after: in the counts, never in the values.
    pub without_amount: usize,
    /// Rolling terms, which are in no other figure.
    pub rolling: usize,
    pub running: Running,
}

/// The terms of a period that still run. "At risk" and "not at risk" part them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Running {
    pub count: usize,
    pub at_risk: usize,
    pub healthy: usize,
    /// Their values, and those of the ones at risk and of the healthy ones.
    pub value: Totals,
    pub value_at_risk: Totals,
    pub value_healthy: Totals,
}

impl Running {
    fn add(&mut self, row: &Due) {
        let parts = [
            (true, &mut self.count, &mut self.value),
            (row.is_at_risk(), &mut self.at_risk, &mut self.value_at_risk),
            (row.is_healthy(), &mut self.healthy, &mut self.value_healthy),
        ];
        for (_, count, value) in parts.into_iter().filter(|(is, ..)| *is) {
            *count += 1;
            row.due.into_iter().for_each(|due| value.add(due));
        }
    }
}

impl Figures {
    pub fn of(rows: &[Due], day: NaiveDate) -> Self {
        let mut out = Self::default();
        for row in rows {
            if row.rolling {
                out.rolling += 1;
                continue;
            }
            out.counts[row.status.index()] += 1;
            if row.status == Status::Open {
                out.running.add(row);
            }
            if row.ends_on <= day {
                out.add(row);
            }
        }
        out
    }

    fn add(&mut self, row: &Due) {
        let count = match row.status {
            Status::Renewed => &mut self.rate.renewed,
            Status::Lost => &mut self.rate.lost,
            Status::Overdue => &mut self.rate.overdue,
            Status::Unconfirmed => {
                self.unconfirmed += 1;
                return;
            }
            Status::Extended | Status::Merged | Status::Open | Status::BeforeUse => return,
        };
        *count += 1;
        let new = match (row.due, row.status) {
            (Some(due), Status::Renewed) => row.new.filter(|new| new.currency == due.currency),
            (Some(due), _) => Some(Money { minor: 0, ..due }),
            (None, _) => None,
        };
        let Some((due, new)) = row.due.zip(new) else {
            self.without_amount += 1;
            return;
        };
        let values = self.values.entry(due.currency).or_default();
        values.due = values.due.saturating_add(due.minor);
        values.kept = values.kept.saturating_add(new.minor.min(due.minor));
        values.net = values.net.saturating_add(new.minor);
    }

    pub fn count(&self, status: Status) -> usize {
        self.counts[status.index()]
    }
}

impl Rate {
    /// Settled or overdue.
    pub fn all(self) -> usize {
        self.settled() + self.overdue
    }

    pub fn settled(self) -> usize {
        self.renewed + self.lost
    }
}

/// A share in percent, rounded down: 100 only where nothing is missing. None of nothing.
pub fn percent(part: i64, whole: i64) -> Option<i64> {
    (whole > 0)
        .then(|| i64::try_from(i128::from(part) * 100 / i128::from(whole)).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests;
