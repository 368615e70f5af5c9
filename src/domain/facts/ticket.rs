//! A support ticket.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::Oddities;
use crate::domain::closed::closed;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::recorded::{AsOf, Nature, Recorded};
use crate::domain::text::nfkc;
use crate::domain::when::Zone;

closed! {
    Status { Open = "open", Pending = "pending", Solved = "solved", Closed = "closed" }
}

closed! {
    Priority { Urgent = "urgent", High = "high", Normal = "normal", Low = "low" }
}

/// A support ticket, as imported.
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
    /// The customer's rating of the answer, 1–5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub csat: Option<f64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub oddities: Oddities,
}

impl Recorded for Ticket {
    const NATURE: Nature = Nature::Edit;

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn account(&self) -> Option<&AccountId> {
        Some(&self.account)
    }

    fn title(&self) -> String {
        if self.subject.is_empty() {
            self.id.to_string()
        } else {
            self.subject.clone()
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
        at.knows_at(self.opened).then(|| {
            let mut out = self.clone();
            out.first_answer = out.first_answer.filter(|a| *a <= at.end);
            if out.solved.is_some_and(|s| s > at.end) {
                (out.solved, out.csat, out.status) = (None, None, Status::Open);
            }
            if at.drop_undated && out.solved.is_none() {
                // Escalations and ratings carry no date.
                (out.escalated, out.csat) = (false, None);
            }
            out
        })
    }

    fn newest(&self, zone: Zone) -> Option<NaiveDate> {
        [self.opened, self.first_answer, self.solved]
            .into_iter()
            .flatten()
            .max()
            .map(|at| zone.day(at))
    }

    fn public(self) -> Option<Self> {
        Some(self)
    }
}

impl Ticket {
    pub fn is_open(&self) -> bool {
        matches!(self.status, Status::Open | Status::Pending)
    }

    /// Open at a moment by its dates, as a replay of the past may know it. A ticket solved without
    /// a date never counts as open. One that is open although it was solved was reopened at an
    /// unknown time, and counts as open from its beginning.
    pub fn open_at(&self, at: DateTime<Utc>) -> bool {
        self.opened.is_none_or(|o| o <= at)
            && (self.is_open() || self.solved.is_some_and(|s| s > at))
    }

    /// Hours from opening to solution; none where either is unknown or they are out of order.
    pub fn hours_to_solve(&self) -> Option<f64> {
        let hours = (self.solved? - self.opened?).num_minutes() as f64 / 60.0;
        (hours >= 0.0).then_some(hours)
    }

    /// The key by which two tickets are the same issue: the meaningful words of the subject,
    /// sorted. Numbers, signs, short Latin words and hiragana endings are left out.
    pub fn issue(&self) -> String {
        let folded = nfkc(if self.subject.is_empty() {
            &self.category
        } else {
            &self.subject
        })
        .to_lowercase();
        let hiragana = |c: char| ('\u{3041}'..='\u{309f}').contains(&c);
        let mut words: Vec<&str> = folded
            .split(|c: char| !c.is_alphabetic() || hiragana(c))
            .filter(|w| !w.is_empty() && (!w.is_ascii() || w.len() > 2))
            .collect();
        if words.is_empty() {
            words = folded
                .split(|c: char| !c.is_alphabetic())
                .filter(|w| !w.is_empty())
                .collect();
        }
        words.sort_unstable();
        words.concat()
    }
}

/// Texts at least this similar (0–1) are the same issue.
const ALIKE: f64 = 0.65;

/// Pairs of adjacent letters, sorted.
type Pairs = Vec<(char, char)>;

fn pairs(text: &str) -> Pairs {
    let mut out: Pairs = text.chars().zip(text.chars().skip(1)).collect();
    out.sort_unstable();
    out
}

/// The share of common pairs (Dice's coefficient), 0–1.
fn alike(a: &[(char, char)], b: &[(char, char)]) -> f64 {
    let (mut i, mut j, mut common) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, common) = (i + 1, j + 1, common + 1),
        }
    }
    if a.is_empty() || b.is_empty() {
        0.0
    } else {
        2.0 * f64::from(common) / (a.len() + b.len()) as f64
    }
}

/// Groups tickets by issue, in any wording. Pairs of letters compare Japanese and English
/// alike. Groups keep the given order; the largest comes first.
pub fn same_issue(tickets: &[&Ticket]) -> Vec<Vec<usize>> {
    /// Beyond this many issues only identical wordings are matched, so that the time stays bounded.
    const COMPARED: usize = 400;
    let mut of_issue: HashMap<String, usize> = HashMap::new();
    let mut groups: Vec<(Pairs, Vec<usize>)> = Vec::new();
    for (i, ticket) in tickets.iter().enumerate() {
        let issue = ticket.issue();
        if issue.is_empty() {
            continue;
        }
        let known = of_issue.get(&issue).copied().or_else(|| {
            let mine = pairs(&issue);
            groups
                .iter()
                .take(COMPARED)
                .position(|(theirs, _)| alike(theirs, &mine) >= ALIKE)
        });
        let at = known.unwrap_or_else(|| {
            groups.push((pairs(&issue), Vec::new()));
            groups.len() - 1
        });
        of_issue.insert(issue, at);
        groups[at].1.push(i);
    }
    let mut out: Vec<Vec<usize>> = groups.into_iter().map(|g| g.1).collect();
    out.sort_by_key(|g| std::cmp::Reverse(g.len()));
    out
}

/// An issue with three tickets or more: a warning in customer-success practice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeat {
    /// The subject of its last ticket.
    pub subject: String,
    pub tickets: Vec<RecordId>,
}

/// Issues with three tickets or more, the most frequent first.
pub fn repeats(tickets: &[Ticket]) -> Vec<Repeat> {
    let mut all: Vec<&Ticket> = tickets.iter().collect();
    all.sort_by_key(|t| t.opened);
    let subject = |t: &Ticket| {
        if t.subject.is_empty() {
            t.category.clone()
        } else {
            t.subject.clone()
        }
    };
    let repeat = |g: Vec<usize>| {
        Some(Repeat {
            subject: subject(all[*g.last()?]),
            tickets: g.iter().map(|i| all[*i].id.clone()).collect(),
        })
    };
    same_issue(&all)
        .into_iter()
        .filter(|g| g.len() >= 3)
        .filter_map(repeat)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reworded_subjects_are_similar_in_both_scripts() {
        let near = |a: &str, b: &str| alike(&pairs(a), &pairs(b)) >= ALIKE;
        assert!(near("ログインエラー", "ログインエラー発生"));
        assert!(near("exportfails", "exportfailsagain"));
        assert!(!near("ログインエラー", "請求書宛名変更"));
        assert!(!near("", "") && !near("a", "a"));
    }
}
