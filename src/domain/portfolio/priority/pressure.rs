//! Pressure: how much an account needs attention, 0–100, and why. Risk × value × nearness of the
//! renewal × silence.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::domain::cadence::schedule::{AccountScope, Desk};
use crate::domain::health::Band;
use crate::domain::money::Currency;
use crate::domain::portfolio::book::Book;
use crate::domain::portfolio::row::{Row, Standing};
use crate::domain::risk::case::Step;
use crate::domain::signals::{self, Kind as SignalKind};

/// A reason why an account needs attention. The words floor phrases it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum Reason {
    Health {
        band: Band,
        score: Option<u8>,
    },
    Escalated,
    /// The number of warnings, and the most severe one.
    Signals {
        count: usize,
        worst: SignalKind,
    },
    Renewal {
        days: i64,
    },
    /// Days until the last one on which the customer can say no to a renewal.
    Notice {
        days: i64,
    },
    Silence {
        days: i64,
    },
    /// Days since the earliest term ended without an outcome, and how many such terms there are.
    Ended {
        days: i64,
        terms: u16,
    },
    Overdue {
        actions: u32,
    },
    /// The next step of its rescue, when that is due at the user's place, and whether it is late.
    Case {
        step: Step,
        due: Option<NaiveDateTime>,
        late: bool,
        today: NaiveDate,
    },
}

/// The place of a yearly value among all values in its currency: different currencies are never
/// compared.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scale(BTreeMap<Currency, Vec<i64>>);

impl Scale {
    pub fn of(rows: &[Arc<Row>]) -> Self {
        let mut by_currency: BTreeMap<Currency, Vec<i64>> = BTreeMap::new();
        for money in rows
            .iter()
            .filter(|r| r.standing.churned.is_none())
            .filter_map(|r| r.standing.arr)
        {
            by_currency
                .entry(money.currency)
                .or_default()
                .push(money.minor);
        }
        by_currency.values_mut().for_each(|v| v.sort_unstable());
        Self(by_currency)
    }

    /// 0.5 for the smallest value to 1 for the largest; 0.7 where it is unknown.
    pub fn weight(&self, s: &Standing) -> f64 {
        const UNKNOWN: f64 = 0.7;
        let Some(money) = s.arr else { return UNKNOWN };
        let Some(all) = self.0.get(&money.currency).filter(|all| all.len() > 1) else {
            return UNKNOWN;
        };
        0.5 + 0.5 * all.partition_point(|v| *v < money.minor) as f64 / (all.len() - 1) as f64
    }
}

fn rests(s: &Standing) -> bool {
    s.churned.is_some() || s.health.is_accepted_loss()
}

fn is_escalated(s: &Standing) -> bool {
    s.escalated || s.escalated_tickets > 0
}

/// The account went without a conversation for longer than its tier allows.
fn is_quiet(s: &Standing) -> bool {
    s.signals.iter().any(|x| x.kind == SignalKind::NoTouch)
}

/// Days until the renewal, or the last day to say no to it, where it is near enough to matter.
fn renews_in(s: &Standing, today: NaiveDate) -> Option<i64> {
    s.counts_down_to(today)
        .filter(|_| !s.is_signed())
        .map(|r| (r - today).num_days())
        .filter(|d| (0..=120).contains(d))
}

/// The accounts `me` looks after today: the user's own, those without an owner, and those the user
/// covers.
pub fn ours<'a>(book: &Book, me: &'a str, desk: &'a Desk) -> impl Fn(&Row) -> bool + use<'a> {
    let mine = matches!(AccountScope::mine(book, me), AccountScope::Of(_));
    let today = desk.now.today();
    move |r: &Row| {
        let owner = r.account.owner.as_str();
        !mine || owner.is_empty() || desk.calendars.on_duty(owner, today) == me
    }
}

/// The pressure of an account today, 0–100. A churned account has none.
pub fn points(s: &Standing, scale: &Scale, today: NaiveDate) -> f64 {
    unweighed(s, today) * scale.weight(s)
}

/// The pressure before it is multiplied by the weight of the value, which only lowers it.
pub fn unweighed(s: &Standing, today: NaiveDate) -> f64 {
    if rests(s) {
        return 0.0;
    }
    let mut risk = match s.health.band {
        Band::Red => 0.75,
        Band::Yellow => 0.4,
        Band::Unknown => 0.3,
        Band::Green => 0.08,
    };
    if is_escalated(s) {
        risk += 0.3;
    }
    risk += 0.08 * signals::troubles(s.signals.iter()).count().min(4) as f64;
    let renewal = match renews_in(s, today) {
        Some(..=30) => 1.6,
        Some(31..=60) => 1.4,
        Some(61..=90) => 1.25,
        Some(_) => 1.1,
        None => 1.0,
    };
    let silence = if is_quiet(s) { 1.25 } else { 1.0 };
    // The largest product of the factors.
    const MOST: f64 = 1.6 * 1.25;
    risk.min(1.0) * renewal * silence / MOST * 100.0
}

/// Why an account needs attention, the most severe reason first; empty for a churned account.
pub fn reasons(s: &Standing, today: NaiveDate) -> Vec<Reason> {
    let mut out = Vec::new();
    if rests(s) {
        return out;
    }
    if is_escalated(s) {
        out.push(Reason::Escalated);
    }
    if matches!(s.health.band, Band::Red | Band::Yellow) {
        out.push(Reason::Health {
            band: s.health.band,
            score: s.health.score,
        });
    }
    let mut troubles = signals::troubles(s.signals.iter());
    if let Some(worst) = troubles.next() {
        out.push(Reason::Signals {
            count: 1 + troubles.count(),
            worst: worst.kind,
        });
    }
    out.extend(renews_in(s, today).map(|days| match s.may_say_no(today) {
        true => Reason::Notice { days },
        false => Reason::Renewal { days },
    }));
    if let Some(last) = s.last_touch.filter(|_| is_quiet(s)) {
        out.push(Reason::Silence {
            days: (today - last).num_days(),
        });
    }
    if s.overdue_actions > 0 {
        out.push(Reason::Overdue {
            actions: s.overdue_actions,
        });
    }
    out
}
