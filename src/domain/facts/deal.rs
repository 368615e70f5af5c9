//! A deal: an opportunity of the sales team with an account, as the CRM states it. A deal is no
//! contract: it never changes the account's value, stage or health.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Oddities;
use crate::domain::closed::closed;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::money::Money;
use crate::domain::recorded::{AsOf, Nature, Recorded};
use crate::domain::when::Zone;

closed! {
    /// What the deal would bring: a first contract, the next term of one, or more of one.
    DealKind { New = "new-business", Renewal = "renewal", Expansion = "expansion" }
}

closed! {
    /// Whether the deal is decided. The CRM's own words for the steps before are in [`Deal::stage`].
    DealState { Open = "open", Won = "won", Lost = "lost" }
}

/// An opportunity, as imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deal {
    pub id: RecordId,
    pub account: AccountId,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The step of the sales process in the CRM's words; every company has its own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub stage: String,
    pub state: DealState,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// The day it is expected to be decided; for a decided one, the day it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub close: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<DealKind>,
    /// In percent, 0–100, as the CRM states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probability: Option<u8>,
    /// The seller.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub oddities: Oddities,
}

impl Recorded for Deal {
    const NATURE: Nature = Nature::Edit;

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn account(&self) -> Option<&AccountId> {
        Some(&self.account)
    }

    fn title(&self) -> String {
        if self.name.is_empty() {
            self.id.to_string()
        } else {
            self.name.clone()
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
        let decided = self.decided();
        if decided.is_some_and(|d| d <= at.day) {
            return Some(self.clone());
        }
        at.knows(self.created).then(|| {
            let mut out = self.clone();
            // The stage, chances and plan are overwritten until the decision, and the decision
            // itself came later.
            if self.state != DealState::Open || at.drop_undated {
                (out.state, out.close) = (DealState::Open, None);
                (out.stage, out.probability) = (String::new(), None);
            }
            if at.drop_undated {
                out.amount = None;
            }
            out
        })
    }

    fn newest(&self, _zone: Zone) -> Option<NaiveDate> {
        self.created.max(self.decided())
    }

    fn public(self) -> Option<Self> {
        Some(self)
    }
}

impl Deal {
    /// The day it was won or lost; none while it is open, or where the CRM states no day.
    pub fn decided(&self) -> Option<NaiveDate> {
        self.close.filter(|_| self.state != DealState::Open)
    }
}

/// Deals as they are read: open ones first, the nearest decision first and those without a day
/// last; then the decided ones, the latest first.
pub fn in_order(deals: &[Deal]) -> Vec<&Deal> {
    let mut out: Vec<&Deal> = deals.iter().collect();
    out.sort_by(|a, b| {
        let open = |d: &Deal| d.state == DealState::Open;
        open(b).cmp(&open(a)).then_with(|| {
            let by_day = (a.close.is_none(), a.close).cmp(&(b.close.is_none(), b.close));
            let by_day = if open(a) {
                by_day
            } else {
                b.close.cmp(&a.close)
            };
            by_day.then_with(|| a.id.cmp(&b.id))
        })
    });
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;

    fn day(m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, m, d).expect("day")
    }

    fn deal(id: &str, state: DealState, close: Option<NaiveDate>) -> Deal {
        Deal {
            id: id.into(),
            account: "a".into(),
            name: String::new(),
            stage: "Negotiation".into(),
            state,
            amount: Some(Money::of(100.0, Currency::USD)),
            close,
            kind: None,
            probability: Some(60),
            owner: String::new(),
            created: Some(day(1, 10)),
            oddities: vec![],
        }
    }

    fn at(day: NaiveDate, drop_undated: bool) -> AsOf {
        AsOf {
            day,
            end: day.and_hms_opt(23, 59, 59).expect("time").and_utc(),
            plans: false,
            drop_undated,
        }
    }

    #[test]
    fn an_earlier_day_does_not_know_the_decision() {
        let won = deal("d", DealState::Won, Some(day(6, 30)));
        assert_eq!(won.as_of(&at(day(1, 9), false)), None, "not created yet");
        let then = won.as_of(&at(day(5, 1), false)).expect("it exists");
        assert_eq!((then.state, then.close), (DealState::Open, None));
        assert_eq!((then.stage.as_str(), then.probability), ("", None));
        let later = won.as_of(&at(day(6, 30), true)).expect("it exists");
        assert_eq!(later, won);
        let open = deal("d", DealState::Open, Some(day(6, 30)));
        let strict = open.as_of(&at(day(5, 1), true)).expect("it exists");
        assert_eq!((strict.close, strict.amount), (None, None), "plans change");
        assert_eq!(open.as_of(&at(day(5, 1), false)), Some(open.clone()));
        let undated = Deal {
            created: None,
            ..open
        };
        assert_eq!(undated.as_of(&at(day(5, 1), true)), None);
    }

    #[test]
    fn the_next_decision_comes_first() {
        let deals = [
            deal("lost", DealState::Lost, Some(day(2, 1))),
            deal("undated", DealState::Open, None),
            deal("won", DealState::Won, Some(day(3, 1))),
            deal("later", DealState::Open, Some(day(9, 1))),
            deal("next", DealState::Open, Some(day(7, 1))),
        ];
        let ids: Vec<&str> = in_order(&deals).iter().map(|d| d.id.as_str()).collect();
        assert_eq!(ids, ["next", "later", "undated", "won", "lost"]);
    }
}
