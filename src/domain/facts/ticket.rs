//! A support ticket.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Oddities;
use crate::domain::closed::closed;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::text::fold;

closed! {
    Status { Open = "open", Pending = "pending", Solved = "solved", Closed = "closed" }
}

closed! {
    Priority { Urgent = "urgent", High = "high", Normal = "normal", Low = "low" }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ticket {
    pub id: RecordId,
    pub account: AccountId,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub subject: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub body: String,
    pub status: Status,
    pub priority: Priority,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened: Option<DateTime<Utc>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_answer: Option<DateTime<Utc>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub solved: Option<DateTime<Utc>>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub escalated: bool,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub category: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub requester: String,
    /// Satisfaction with the answer, 1–5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub csat: Option<f64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub oddities: Oddities,
}

impl Ticket {
    pub fn is_open(&self) -> bool {
        matches!(self.status, Status::Open | Status::Pending)
    }

    /// Open at that moment, judged by its dates: what a replay of the past may know. A ticket
    /// marked solved without a date is never counted as open.
    pub fn open_at(&self, at: DateTime<Utc>) -> bool {
        let opened = self.opened.is_none_or(|o| o <= at);
        match self.solved {
            Some(solved) => opened && solved > at,
            None => opened && self.is_open(),
        }
    }

    /// Hours from opening to solution, where both are known and in order.
    pub fn hours_to_solve(&self) -> Option<f64> {
        let hours = (self.solved? - self.opened?).num_minutes() as f64 / 60.0;
        (hours >= 0.0).then_some(hours)
    }

    /// What makes two tickets "the same again": the subject folded, without numbers and signs.
    pub fn issue(&self) -> String {
        let text = if self.subject.is_empty() { &self.category } else { &self.subject };
        fold(text).chars().filter(|c| c.is_alphabetic()).collect()
    }
}

/// Tickets of the same issue, three or more of them `[signals]`: (subject, count), most first.
pub fn repeats(tickets: &[Ticket]) -> Vec<(String, usize)> {
    let mut seen: BTreeMap<String, (String, usize)> = BTreeMap::new();
    for t in tickets {
        let issue = t.issue();
        if !issue.is_empty() {
            let entry = seen.entry(issue).or_insert_with(|| (if t.subject.is_empty() { t.category.clone() } else { t.subject.clone() }, 0));
            entry.1 += 1;
        }
    }
    let mut out: Vec<_> = seen.into_values().filter(|(_, n)| *n >= 3).collect();
    out.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    out
}
