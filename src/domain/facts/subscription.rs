//! A subscription: its value, seats and renewals.

use chrono::{Duration, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Oddities;
use super::amendment::{Earlier, Merged};
use super::notice::Notice;
use crate::domain::closed::closed;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::money::{Money, Totals};
use crate::domain::recorded::{AsOf, Nature, Recorded};
use crate::domain::when::Zone;
use crate::domain::when::add_months;

closed! {
    /// Whether a contract renews by itself or by a signature.
    Renews { Itself = "by-itself", Signed = "by-signature" }
}

closed! {
    /// Whether an amount is before or with consumption tax.
    Tax { Before = "before", With = "with" }
}

/// A subscription of an account: product, term, seats, value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    pub id: RecordId,
    pub account: AccountId,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub plan: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<NaiveDate>,
    /// The last paid day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<NaiveDate>,
    /// Yearly value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arr: Option<Money>,
    /// None where the source does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax: Option<Tax>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seats: Option<u32>,
    /// What it paid before, the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Earlier>,
    /// Months between bills. It says nothing of the term, but that what is paid for a year is committed for a year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period_months: Option<u32>,
    /// Months of the term, where it is stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term_months: Option<u32>,
    /// Months for which it renews, where that is another length.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renews_for: Option<u32>,
    /// How long before its end the customer has to say no.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<Notice>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_renew: Option<bool>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub trial: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub downgraded: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub past_due: bool,
    /// The contract into which it was merged within its term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged: Option<Merged>,
    /// Its end had passed when it became known: it is no date on which it renews by itself.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub had_ended: bool,
    /// A person made it: a renewal, or a contract typed anew.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_hand: bool,
    /// The ids of other systems for a contract that a person made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub known_as: Vec<RecordId>,
    /// What imports say of it, where a person changed it since: a file that says the same again changes nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub imported: Option<Box<Subscription>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub oddities: Oddities,
}

/// Terms in a century of months.
const MOST: u32 = 1_200;

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
            out.end = out.end.filter(|e| at.plans || *e <= at.day);
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

    /// A subscription without any statement.
    pub fn new(id: RecordId, account: AccountId) -> Self {
        Self {
            id,
            account,
            plan: String::new(),
            start: None,
            end: None,
            arr: None,
            tax: None,
            seats: None,
            earlier: Vec::new(),
            period_months: None,
            term_months: None,
            renews_for: None,
            notice: None,
            auto_renew: None,
            trial: false,
            downgraded: false,
            past_due: false,
            merged: None,
            had_ended: false,
            by_hand: false,
            known_as: Vec::new(),
            imported: None,
            oddities: Oddities::new(),
        }
    }

    /// This contract as the ground of a change by a person: it keeps what imports say.
    #[must_use]
    pub fn to_be_edited(&self) -> Self {
        let is_imported = !self.by_hand || !self.known_as.is_empty();
        let imported = self.imported.clone();
        Self {
            imported: imported.or_else(|| is_imported.then(|| Box::new(self.clone()))),
            ..self.clone()
        }
    }

    /// How it renews; none where the source does not say.
    pub fn renews(&self) -> Option<Renews> {
        let renews = |by_itself| {
            if by_itself {
                Renews::Itself
            } else {
                Renews::Signed
            }
        };
        self.auto_renew.map(renews)
    }

    /// The yearly value on a day.
    pub fn arr_on(&self, day: NaiveDate) -> Option<Money> {
        let before = self.earlier.iter().find(|e| e.until >= day);
        before.map_or(self.arr, |e| e.arr)
    }

    /// The seats on a day; none where they are not stated.
    pub fn seats_on(&self, day: NaiveDate) -> Option<u32> {
        let before = self.earlier.iter().find(|e| e.until >= day);
        before.map_or(self.seats, |e| e.seats)
    }

    /// The day from which the last change within it holds.
    pub fn last_changed_on(&self) -> Option<NaiveDate> {
        self.earlier.last().map(Earlier::changed_on)
    }

    /// The yearly value that is due at an end: with what was taken off in the last 120 days, because a downgrade shortly
    /// before a renewal is one at the renewal. Rule: `[renewals]`.
    pub fn due_at(&self, end: NaiveDate) -> Option<Money> {
        const SHORTLY: Duration = Duration::days(120);
        let value = self.arr_on(end)?;
        let near = |e: &&Earlier| e.until < end && e.until >= end - SHORTLY;
        let taken_off = self.earlier.iter().filter(near).filter_map(|e| {
            let (before, after) = e.arr.zip(self.arr_on(e.until.succ_opt()?))?;
            let same = before.currency == value.currency && after.currency == value.currency;
            same.then(|| before.minor.saturating_sub(after.minor).max(0))
        });
        let minor = taken_off.fold(value.minor, i64::saturating_add);
        Some(Money { minor, ..value })
    }

    /// Notes what was paid until a day. A second change on the same day takes the place of the first.
    pub fn keep_earlier(&mut self, before: &Self, until: NaiveDate) {
        if self.earlier.iter().any(|e| e.until >= until) {
            return;
        }
        self.earlier.push(Earlier {
            until,
            arr: before.arr,
            seats: before.seats,
            decided: None,
            why: String::new(),
        });
    }

    /// Months to which the customer is committed: as stated, else from start to end, else a year that is billed at
    /// once. None where it runs until it is cancelled.
    pub fn months(&self) -> Option<u32> {
        const YEAR: u32 = 12;
        let dated = || {
            let days = (self.end? - self.start?).num_days();
            Some(u32::try_from((days + 15) / 30).unwrap_or(0))
        };
        let billed = self.period_months.filter(|months| *months >= YEAR);
        let stated = self.term_months.filter(|months| *months > 0);
        let dated = dated().filter(|months| *months > 0);
        stated.or(dated).or(billed)
    }

    /// The months of the term that follows this one.
    pub fn next_months(&self) -> Option<u32> {
        self.renews_for
            .filter(|months| *months > 0)
            .or(self.months())
    }

    /// The last day of the customer's first or `n`-th later term, where the end is not stated but its length is.
    pub fn end_of_term(&self, n: u32) -> Option<NaiveDate> {
        let (start, first) = (self.start?, self.months().filter(|m| *m > 0)?);
        let months = first.checked_add(self.next_months()?.checked_mul(n)?)?;
        // Counted from the start each time, so that a 31st does not become a 28th for good.
        add_months(start, i32::try_from(months).ok()?).pred_opt()
    }

    /// Whether its last paid day is over and it may have gone on: it renews by itself, and nothing here ended it.
    pub fn may_go_on(&self, day: NaiveDate) -> bool {
        let ends = self.auto_renew == Some(true) && !self.had_ended && self.merged.is_none();
        ends && !self.trial && self.end.is_some_and(|end| end < day)
    }

    /// The last paid days of the terms for which it goes on by itself, the first after its own end.
    pub fn ends_by_itself(&self) -> impl Iterator<Item = NaiveDate> {
        let from = self.end.and_then(|end| end.succ_opt());
        let length = self.next_months().and_then(|m| i32::try_from(m).ok());
        from.zip(length).into_iter().flat_map(|(from, length)| {
            (1..MOST as i32).map_while(move |n| {
                let behind = add_months(from, length.checked_mul(n)?);
                behind.pred_opt()
            })
        })
    }

    /// The last paid day, where only the length of the term is stated and it does not renew by itself.
    pub fn stated_end(&self) -> Option<NaiveDate> {
        let ends = self.term_months.is_some() && self.auto_renew != Some(true);
        ends.then(|| self.end_of_term(0)).flatten()
    }

    /// The last day of the term before the one that runs, where the end is not stated but its length is.
    pub fn last_end(&self, on: NaiveDate) -> Option<NaiveDate> {
        let ends = (0..MOST).map_while(|n| self.end_of_term(n));
        ends.take_while(|end| *end < on)
            .last()
            .filter(|_| self.end.is_none())
    }

    /// The next last day of a term, `on` included: the stated end, or that of whole terms after the start. None for
    /// trials, inactive subscriptions, and what runs until it is cancelled.
    pub fn next_end(&self, on: NaiveDate) -> Option<NaiveDate> {
        if !self.active(on) || self.trial {
            return None;
        }
        if let Some(end) = self.end {
            return Some(end);
        }
        (0..MOST)
            .map_while(|n| self.end_of_term(n))
            .find(|end| *end >= on)
    }
}

/// The yearly value of active subscriptions by currency. Trials have none.
pub fn arr(subscriptions: &[Subscription], on: NaiveDate) -> Totals {
    let mut totals = Totals::default();
    for s in subscriptions.iter().filter(|s| s.active(on) && !s.trial) {
        if let Some(arr) = s.arr_on(on) {
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
    running.map(|s| s.seats_on(day).map(u64::from)).sum()
}

#[cfg(test)]
mod tests;
