//! A support ticket.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Oddities;
use crate::domain::closed::closed;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::text::nfkc;

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

    /// What makes two tickets "the same again": the words of the subject that carry meaning, in a
    /// fixed order. Numbers, signs, short Latin words and the endings written in hiragana say the
    /// same thing in many ways and are left out.
    pub fn issue(&self) -> String {
        let folded = nfkc(if self.subject.is_empty() { &self.category } else { &self.subject }).to_lowercase();
        let hiragana = |c: char| ('\u{3041}'..='\u{309f}').contains(&c);
        let mut words: Vec<&str> = folded.split(|c: char| !c.is_alphabetic() || hiragana(c)).filter(|w| !w.is_empty() && (!w.is_ascii() || w.len() > 2)).collect();
        if words.is_empty() {
            words = folded.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).collect();
        }
        words.sort_unstable();
        words.concat()
    }
}

/// How alike two texts must be to be the same issue: 0 is nothing in common, 1 the same.
const ALIKE: f64 = 0.65;

/// Groups tickets by issue, in any words: by the pairs of letters their folded texts share, which
/// works in Japanese and English alike. Each group is in the order given, largest groups first.
pub fn same_issue(tickets: &[&Ticket]) -> Vec<Vec<usize>> {
    let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
    for (i, ticket) in tickets.iter().enumerate() {
        let issue = ticket.issue();
        if issue.is_empty() {
            continue;
        }
        match groups.iter_mut().find(|(text, _)| *text == issue || strsim::sorensen_dice(text, &issue) >= ALIKE) {
            Some((_, members)) => members.push(i),
            None => groups.push((issue, vec![i])),
        }
    }
    let mut out: Vec<Vec<usize>> = groups.into_iter().map(|g| g.1).collect();
    out.sort_by_key(|g| std::cmp::Reverse(g.len()));
    out
}

/// Issues with three tickets or more `[signals]`: (subject of the last, count), most first.
pub fn repeats(tickets: &[Ticket]) -> Vec<(String, usize)> {
    let mut all: Vec<&Ticket> = tickets.iter().collect();
    all.sort_by_key(|t| t.opened);
    let subject = |t: &Ticket| if t.subject.is_empty() { t.category.clone() } else { t.subject.clone() };
    same_issue(&all).into_iter().filter(|g| g.len() >= 3).filter_map(|g| Some((subject(all[*g.last()?]), g.len()))).collect()
}
