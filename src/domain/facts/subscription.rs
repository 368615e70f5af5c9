//! A subscription: its value, seats and renewals.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Oddities;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::money::{Money, Totals};
use crate::domain::recorded::{AsOf, Nature, Recorded};
use crate::domain::when::Zone;
use crate::domain::when::add_months;

/// A subscription of an account: product, term, seats, value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    pub id: RecordId,
    pub account: AccountId,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub plan: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<NaiveDate>,
    /// Yearly value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arr: Option<Money>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seats: Option<u32>,
    /// Months between renewals, where billing states them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period_months: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_renew: Option<bool>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub trial: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub downgraded: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub past_due: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub oddities: Oddities,
}

impl Recorded for Subscription {
    const NATURE: Nature = Nature::Edit;

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn account(&self) -> Option<&AccountId> {
        Some(&self.account)
    }

    fn title(&self) -> String {
        if self.plan.is_empty() {
            self.id.to_string()
        } else {
            self.plan.clone()
        }
    }

    fn over(self, _held: &Self) -> Self {
        self
    }

    fn of_other(self, account: &AccountId) -> Self {
        Self {
            account: account.clone(),
            ..self
        }
    }

    fn as_of(&self, at: &AsOf) -> Option<Self> {
        at.knows(self.start).then(|| {
            let mut out = self.clone();
            // A future end may be the very outcome a replay should predict.
            out.end = out.end.filter(|e| *e <= at.day);
            if at.drop_undated {
                (out.downgraded, out.past_due) = (false, false);
            }
            out
        })
    }

    fn newest(&self, _zone: Zone) -> Option<NaiveDate> {
        self.start.max(self.end)
    }

    fn public(self) -> Option<Self> {
        Some(self)
    }
}

impl Subscription {
    /// Active on a day: started, and not ended before it. The last day is paid.
    pub fn active(&self, on: NaiveDate) -> bool {
        self.start.is_none_or(|s| s <= on) && self.end.is_none_or(|e| e >= on)
    }

    /// Months of one period: as billing states them, else from start to end.
    pub fn months(&self) -> Option<u32> {
        self.period_months.or_else(|| {
            Some(u32::try_from(((self.end? - self.start?).num_days() + 15) / 30).unwrap_or(0))
        })
    }

    /// The next day a period ends, `on` included: the stated end, or the start plus whole periods.
    /// None for trials and inactive subscriptions.
    pub fn next_renewal(&self, on: NaiveDate) -> Option<NaiveDate> {
        if !self.active(on) || self.trial {
            return None;
        }
        if let Some(end) = self.end {
            return Some(end);
        }
        let (start, period) = (
            self.start?,
            i32::try_from(self.period_months?).ok().filter(|p| *p > 0)?,
        );
        let months = (on.years_since(start)? as i32) * 12;
        let mut periods = months / period;
        loop {
            // Counted from the start each time, so that a 31st does not become a 28th for good.
            let next = add_months(start, periods * period);
            if next >= on && next > start {
                return Some(next);
            }
            periods += 1;
        }
    }
}

/// The yearly value of active subscriptions by currency. Trials have none.
pub fn arr(subscriptions: &[Subscription], on: NaiveDate) -> Totals {
    let mut totals = Totals::default();
    for s in subscriptions.iter().filter(|s| s.active(on) && !s.trial) {
        if let Some(arr) = s.arr {
            totals.add(arr);
        }
    }
    totals
}

/// The paid seats on a day; none where one active subscription does not state them.
pub fn seats_on(subscriptions: &[Subscription], day: NaiveDate) -> Option<u64> {
    let mut running = subscriptions
        .iter()
        .filter(|s| s.active(day) && !s.trial)
        .peekable();
    running.peek()?;
    running.map(|s| s.seats.map(u64::from)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).expect("day")
    }

    fn sub(start: NaiveDate, months: u32) -> Subscription {
        Subscription {
            id: "s".into(),
            account: "a".into(),
            plan: String::new(),
            start: Some(start),
            end: None,
            arr: None,
            seats: None,
            period_months: Some(months),
            auto_renew: None,
            trial: false,
            downgraded: false,
            past_due: false,
            oddities: vec![],
        }
    }

    #[test]
    fn a_renewal_is_the_next_period_end_after_today() {
        assert_eq!(
            sub(day(2023, 8, 31), 12).next_renewal(day(2026, 11, 22)),
            Some(day(2027, 8, 31))
        );
        assert_eq!(
            sub(day(2024, 1, 31), 1).next_renewal(day(2026, 2, 20)),
            Some(day(2026, 2, 28))
        );
        assert_eq!(
            sub(day(2024, 1, 31), 1).next_renewal(day(2026, 2, 28)),
            Some(day(2026, 2, 28)),
            "the day itself"
        );
        assert_eq!(
            sub(day(2026, 11, 22), 12).next_renewal(day(2026, 11, 22)),
            Some(day(2027, 11, 22))
        );
    }

    #[test]
    fn an_ended_subscription_does_not_renew() {
        let ended = Subscription {
            end: Some(day(2024, 4, 12)),
            ..sub(day(2023, 12, 23), 1)
        };
        assert_eq!(ended.next_renewal(day(2026, 11, 22)), None);
        assert_eq!(ended.next_renewal(day(2024, 4, 1)), Some(day(2024, 4, 12)));
    }
}
