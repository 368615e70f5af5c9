//! The terms that are due in a period, and how many of them renewed: `[renewals]`. Money is summed by currency only.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::dossier::Dossier;
use super::dossier::terms::{self, Status, Term, TermsOn};
use super::facts::outcome::Outcome;
use super::facts::subscription::Subscription;
use super::ids::{AccountId, RecordId};
use super::money::{Currency, Money};

/// A commitment of fewer months is rolling: it is in no rate.
const ROLLING: u32 = 3;
/// Terms of a contract that are looked at: a century of months.
const MOST_TERMS: u32 = 1_200;
/// The shortest three months, days.
const STEP: i64 = 89;

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
}

/// The terms of an account whose last paid day is in the period, as of a day. Those that were moved forward since are
/// known by their outcomes.
pub fn due(
    d: &Dossier,
    (from, to): (NaiveDate, NaiveDate),
    day: NaiveDate,
    first_use: Option<NaiveDate>,
) -> Vec<Due> {
    let on = TermsOn::new(d, day, first_use);
    let present = on.terms();
    let is_present = |o: &Outcome| present.iter().any(|term| terms::is_of(o, term));
    let mut past: Vec<&Outcome> = d.outcomes.iter().filter(|o| !is_present(o)).collect();
    // What a person recorded stands over what an import moved.
    past.sort_by_key(|o| o.by_hand().is_none());
    let mut out: Vec<Due> = present.iter().map(|term| of_term(d, term, &on)).collect();
    for outcome in past {
        let known = |due: &Due| {
            outcome
                .settles
                .as_ref()
                .is_some_and(|s| (&due.contract, due.ends_on) == (&s.contract, s.ends_on))
        };
        if !out.iter().any(known) {
            out.extend(of_outcome(d, outcome));
        }
    }
    for s in d.subscriptions.iter().filter(|s| !s.trial) {
        out.extend(periods(d, s, (from, to), day));
    }
    out.retain(|due| (from..=to).contains(&due.ends_on));
    out
}

/// The periods of a subscription that runs until it is cancelled, whose last day is within these days: each goes on by
/// contract, and nobody confirmed the past ones.
fn periods(
    d: &Dossier,
    s: &Subscription,
    (from, to): (NaiveDate, NaiveDate),
    day: NaiveDate,
) -> Vec<Due> {
    let (Some(_), None, Some(months)) = (s.start, s.end, s.months()) else {
        return Vec::new();
    };
    let ends = (0..MOST_TERMS).map_while(|n| s.end_of_term(n));
    let ends = ends.take_while(|end| *end <= to);
    let due = |ends_on| Due {
        account: d.account.id.clone(),
        name: d.account.name.clone(),
        contract: Some(s.id.clone()),
        plan: s.plan.clone(),
        ends_on,
        due: s.arr,
        new: None,
        status: match ends_on >= day {
            true => Status::Open,
            false => Status::Unconfirmed,
        },
        rolling: months < ROLLING,
    };
    ends.filter(|end| *end >= from).map(due).collect()
}

fn of_term(d: &Dossier, term: &Term, on: &TermsOn) -> Due {
    let status = on.status(term);
    Due {
        account: d.account.id.clone(),
        name: d.account.name.clone(),
        contract: term.contract().cloned(),
        plan: term.plan().unwrap_or_default().to_owned(),
        ends_on: term.ends_on,
        due: term.value,
        new: on.new_value(term).filter(|_| status == Status::Renewed),
        status,
        rolling: term.months.is_some_and(|months| months < ROLLING),
    }
}

/// A term that is known by its outcome alone.
fn of_outcome(d: &Dossier, outcome: &Outcome) -> Option<Due> {
    let settles = outcome.settles.as_ref()?;
    let status = terms::status_of(outcome.kind);
    Some(Due {
        account: d.account.id.clone(),
        name: d.account.name.clone(),
        contract: settles.contract.clone(),
        plan: String::new(),
        ends_on: settles.ends_on,
        due: settles.due,
        new: settles.value.filter(|_| status == Status::Renewed),
        status,
        // Only the step of an import is known of its length.
        rolling: settles.by_import
            && settles
                .until
                .is_some_and(|until| (until - settles.ends_on).num_days() < STEP),
    })
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
    pub counts: [usize; 7],
    pub rate: Rate,
    /// Terms up to today that went on by contract: in no rate.
    pub unconfirmed: usize,
    pub values: BTreeMap<Currency, Values>,
    /// Terms in the rate whose value is not known, before or after: in the counts, never in the values.
    pub without_amount: usize,
    /// Rolling terms, which are in no other figure.
    pub rolling: usize,
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
            Status::Extended | Status::Open | Status::BeforeUse => return,
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
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn row(ends_on: &str, status: Status, due: Option<i64>, new: Option<i64>) -> Due {
        let money = |minor| Money {
            minor,
            currency: Currency::parse("JPY").expect("yen"),
        };
        Due {
            account: "a".into(),
            name: "A".into(),
            contract: None,
            plan: String::new(),
            ends_on: day(ends_on),
            due: due.map(money),
            new: new.map(money),
            status,
            rolling: false,
        }
    }

    #[test]
    fn a_rate_counts_overdue_terms_as_not_renewed_and_leaves_out_what_is_not_known() {
        let rows = [
            row("2026-10-31", Status::Renewed, Some(100), Some(150)),
            row("2026-10-31", Status::Renewed, Some(100), Some(80)),
            row("2026-11-10", Status::Lost, Some(50), None),
            row("2026-11-15", Status::Overdue, Some(70), None),
            row("2026-11-15", Status::Renewed, None, Some(10)),
            row("2026-11-16", Status::Extended, Some(1_000), None),
            row("2026-11-17", Status::Unconfirmed, Some(1_000), None),
            // Renewed early: not before its day.
            row("2026-12-31", Status::Renewed, Some(500), Some(500)),
            row("2026-12-31", Status::Open, Some(500), None),
            Due {
                rolling: true,
                ..row("2026-11-01", Status::Lost, Some(9), None)
            },
        ];
        let figures = Figures::of(&rows, day("2026-11-20"));
        assert_eq!(
            figures.rate,
            Rate {
                renewed: 3,
                lost: 1,
                overdue: 1
            }
        );
        let yen = figures.values.values().next().expect("yen");
        assert_eq!(
            *yen,
            Values {
                due: 320,
                kept: 180,
                net: 230
            }
        );
        assert_eq!((figures.without_amount, figures.rolling), (1, 1));
        assert_eq!(
            figures.counts.iter().sum::<usize>(),
            rows.len() - 1,
            "each is counted once"
        );
        assert_eq!(percent(yen.kept, yen.due), Some(56));
        assert_eq!(percent(999, 1_000), Some(99), "100 only where all is kept");
        assert_eq!(percent(0, 0), None);
    }

    #[test]
    fn a_renewal_in_another_currency_has_no_rate() {
        let mut changed = row("2026-10-31", Status::Renewed, Some(100), Some(1));
        changed.new = changed.new.map(|m| Money {
            currency: Currency::parse("USD").expect("dollars"),
            ..m
        });
        let figures = Figures::of(&[changed], day("2026-11-20"));
        assert_eq!((figures.without_amount, figures.values.len()), (1, 0));
    }

    #[test]
    fn a_subscription_without_an_end_goes_on_by_contract_at_each_period() {
        let of = |start: &str, months: u32, from: &str, to: &str, on: &str| {
            let json = format!(
                r#"{{"id":"s","account":"a","start":"{start}","term_months":{months},"period_months":1}}"#
            );
            let s: Subscription = serde_json::from_str(&json).expect("a subscription");
            let mut d = Dossier::new(crate::domain::account::Account::new("a".into(), "A"));
            d.subscriptions = vec![s];
            let found = due(&d, (day(from), day(to)), day(on), None);
            let of = |r: &Due| (r.ends_on.to_string(), r.status, r.rolling);
            found.iter().map(of).collect::<Vec<_>>()
        };
        let quarter = ("2026-10-01", "2026-12-31");
        let term = |end: &str, status| vec![(end.to_owned(), status, false)];
        let yearly = |on: &str| of("2023-11-15", 12, quarter.0, quarter.1, on);
        assert_eq!(
            yearly("2026-11-14"),
            term("2026-11-14", Status::Open),
            "the last day is paid"
        );
        assert_eq!(
            yearly("2026-11-15"),
            term("2026-11-14", Status::Unconfirmed)
        );
        assert_eq!(
            of("2023-08-31", 6, "2026-01-01", "2026-03-31", "2026-02-01"),
            term("2026-02-27", Status::Open)
        );
        assert_eq!(
            of("2026-10-05", 12, quarter.0, quarter.1, "2026-11-01"),
            [],
            "its first year runs"
        );
        let monthly = of("2026-01-01", 1, quarter.0, quarter.1, "2026-11-15");
        assert_eq!(monthly.len(), 3);
        assert!(monthly.iter().all(|(_, _, rolling)| *rolling));
    }
}
