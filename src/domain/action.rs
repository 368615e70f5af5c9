//! An action item: the work, its owner, its due date, and its history.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::closed::closed;
use super::ids::{AccountId, RecordId};
use super::recorded::{AsOf, Nature, Recorded};
use super::when::Zone;

closed! {
    Status { Open = "open", Doing = "doing", Waiting = "waiting", Done = "done", Dropped = "dropped" }
}

closed! {
    Priority { High = "high", Normal = "normal", Low = "low" }
}

closed! {
    /// The side that has to act.
    Side { Us = "us", Customer = "customer", Internal = "internal" }
}

/// One change in an action's life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub at: DateTime<Utc>,
    pub what: StepKind,
}

/// One change in the history of an action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum StepKind {
    Status {
        from: Status,
        to: Status,
    },
    Due {
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
    },
    Owner {
        from: String,
        to: String,
    },
}

/// A task that came out of a check-in, of ours or of the customer's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    pub id: RecordId,
    pub account: AccountId,
    pub what: String,
    pub side: Side,
    /// Empty when only the side is known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    pub status: Status,
    pub priority: Priority,
    /// Promised to the customer. Lists keep promises apart from tasks: a broken one costs trust.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub promised: bool,
    /// The day on which the customer was informed that it is done. A promise counts as kept only
    /// then.
    #[serde(rename = "told", default, skip_serializing_if = "Option::is_none")]
    pub informed_on: Option<NaiveDate>,
    /// Evidence that it is done: a link, a ticket, a document.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub proof: String,
    /// It came from a line that stays inside: the customer reads of it only where the user allows it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub inside: bool,
    /// The note or check-in it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<RecordId>,
    pub created: DateTime<Utc>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<Step>,
}

impl Recorded for Action {
    const NATURE: Nature = Nature::Edit;

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn account(&self) -> Option<&AccountId> {
        Some(&self.account)
    }

    fn title(&self) -> String {
        self.what.clone()
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
        if self.created > at.end {
            return None;
        }
        let mut out = self.clone();
        for step in self.history.iter().rev().take_while(|s| s.at > at.end) {
            match &step.what {
                StepKind::Status { from, .. } => out.status = *from,
                StepKind::Due { from, .. } => out.due = *from,
                StepKind::Owner { from, .. } => out.owner = from.clone(),
            }
        }
        out.history.retain(|s| s.at <= at.end);
        out.informed_on = out.informed_on.filter(|d| *d <= at.day);
        Some(out)
    }

    fn newest(&self, zone: Zone) -> Option<NaiveDate> {
        let steps = self.history.iter().map(|s| s.at);
        let happened = steps.chain([self.created]).max().map(|at| zone.day(at));
        happened.max(self.informed_on)
    }

    fn public(self) -> Option<Self> {
        Some(self)
    }
}

impl Action {
    pub fn is_open(&self) -> bool {
        !matches!(self.status, Status::Done | Status::Dropped)
    }

    /// Done and promised, and the customer has not been informed.
    pub fn owes_reply(&self) -> bool {
        self.status == Status::Done
            && self.promised
            && self.side == Side::Us
            && self.informed_on.is_none()
    }

    /// Open, or done and the customer not yet informed.
    pub fn needs_attention(&self) -> bool {
        self.is_open() || self.owes_reply()
    }

    /// The due date it had first.
    pub fn first_due(&self) -> Option<NaiveDate> {
        let first = self.history.iter().find_map(|s| {
            if let StepKind::Due {
                from: Some(from), ..
            } = s.what
            {
                Some(from)
            } else {
                None
            }
        });
        first.or(self.due)
    }

    /// How many times the due date was moved to a later day.
    pub fn slips(&self) -> usize {
        self.history
            .iter()
            .filter(
                |s| matches!(s.what, StepKind::Due { from: Some(from), to: Some(to) } if to > from),
            )
            .count()
    }

    /// A promise, by us or by the customer: the entries of the promise ledger.
    pub fn is_promise(&self) -> bool {
        self.promised || self.side == Side::Customer
    }

    /// Overdue from the day after the due date.
    pub fn overdue(&self, today: NaiveDate) -> bool {
        self.is_open() && self.due.is_some_and(|due| due < today)
    }

    #[must_use]
    pub fn with_status(&self, to: Status, at: DateTime<Utc>) -> Action {
        let mut next = self.clone();
        if to != self.status {
            next.history.push(Step {
                at,
                what: StepKind::Status {
                    from: self.status,
                    to,
                },
            });
            next.status = to;
        }
        next
    }

    #[must_use]
    pub fn with_owner(&self, to: String, at: DateTime<Utc>) -> Action {
        let mut next = self.clone();
        if to != self.owner {
            next.history.push(Step {
                at,
                what: StepKind::Owner {
                    from: self.owner.clone(),
                    to: to.clone(),
                },
            });
            next.owner = to;
        }
        next
    }

    #[must_use]
    pub fn with_due(&self, to: Option<NaiveDate>, at: DateTime<Utc>) -> Action {
        let mut next = self.clone();
        if to != self.due {
            next.history.push(Step {
                at,
                what: StepKind::Due { from: self.due, to },
            });
            next.due = to;
        }
        next
    }
}

/// The order of every list of actions: open before closed, then by due date, priority and age.
pub fn urgency(a: &Action) -> (bool, NaiveDate, Priority, DateTime<Utc>) {
    (
        !a.is_open(),
        a.due.unwrap_or(NaiveDate::MAX),
        a.priority,
        a.created,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn an_action_is_overdue_only_after_its_day_and_keeps_its_history() {
        let at = Utc.with_ymd_and_hms(2026, 11, 20, 1, 0, 0).unwrap();
        let due = NaiveDate::from_ymd_opt(2026, 11, 22);
        let action = Action {
            id: "1".into(),
            account: "a".into(),
            what: "send".into(),
            side: Side::Us,
            owner: String::new(),
            due,
            status: Status::Open,
            priority: Priority::Normal,
            promised: true,
            informed_on: None,
            proof: Default::default(),
            inside: false,
            source: None,
            created: at,
            history: Default::default(),
        };
        let day = |d| NaiveDate::from_ymd_opt(2026, 11, d).expect("day");
        assert!(!action.overdue(day(22)));
        assert!(action.overdue(day(23)));
        let done = action.with_status(Status::Done, at);
        assert!(!done.overdue(day(23)));
        assert_eq!(done.history.len(), 1);
        assert_eq!(done.with_status(Status::Done, at), done);
        // Done without informing the customer still needs attention.
        assert!(done.needs_attention() && done.owes_reply());
        assert!(
            !Action {
                informed_on: Some(day(23)),
                ..done.clone()
            }
            .needs_attention()
        );
        let late = action
            .with_due(Some(day(25)), at)
            .with_due(Some(day(24)), at)
            .with_due(Some(day(28)), at);
        assert_eq!((late.first_due(), late.slips()), (due, 2));
    }
}
