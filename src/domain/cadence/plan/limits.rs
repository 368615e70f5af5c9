//! The limits that the contacts' preferences put on a plan.

use chrono::NaiveDate;

use super::builder::Builder;
use crate::domain::account::Tier;
use crate::domain::cadence::Kind;
use crate::domain::prefs::{Block, CAP_DAYS};

impl Builder<'_> {
    /// Frequencies, and the cap over all messages together: a touch beyond them is blocked, with
    /// the reason.
    pub fn hold_to_preferences(&mut self) {
        let prefs = &self.account.prefs;
        if prefs.frequency.is_empty() && prefs.cap.is_none() {
            return;
        }
        self.out.sort_by_key(|p| (p.date, p.kind, p.ideal));
        let mut sent: Vec<NaiveDate> = self.s.anchors.messages.to_vec();
        let mut last: [Option<NaiveDate>; Kind::COUNT] = self.s.anchors.last;
        for p in self
            .out
            .iter_mut()
            .filter(|p| p.own.agreed.is_none() && p.own.blocked.is_none())
        {
            let message = p.kind.message();
            if let Some(message) =
                message.filter(|_| !(p.kind == Kind::Review && self.s.tier == Tier::Enterprise))
                && let Some(frequency) = prefs.frequency.get(&message)
                && let Some(days) = frequency.days()
            {
                let same = |k: &Kind| k.message() == Some(message);
                let before = Kind::ALL
                    .iter()
                    .filter(|k| same(k))
                    .filter_map(|k| last[k.index()])
                    .max();
                if before.is_some_and(|b| (p.date - b).num_days() < days) {
                    p.own.blocked = Some(Block::TooOften {
                        message,
                        frequency: *frequency,
                    });
                    continue;
                }
            }
            if let Some(cap) = prefs.cap.filter(|_| !p.kind.is_talk()) {
                let near = sent
                    .iter()
                    .filter(|d| (p.date - **d).num_days() < CAP_DAYS)
                    .count();
                if near >= cap as usize {
                    p.own.blocked = Some(Block::Cap { cap });
                    continue;
                }
                sent.push(p.date);
            }
            last[p.kind.index()] = Some(p.date);
        }
    }
}
