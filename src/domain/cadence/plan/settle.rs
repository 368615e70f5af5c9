//! One touch of a kind at a time: of several rules that ask for the same kind, the strictest stands
//! and names the others, and an agreed meeting settles them all.

use chrono::{Duration, NaiveDate};

use super::builder::Builder;
use super::touch::{Planned, Rule};
use crate::domain::cadence::Kind;

/// A meeting agreed for at most this many days ahead settles what is due, whatever its rule.
const NEAR: i64 = 31;

/// The days within which a rule asks again.
fn length(rule: &Rule) -> i64 {
    match rule {
        Rule::Interval { every, .. }
        | Rule::Deviation { every }
        | Rule::Preference { every }
        | Rule::Trouble { every } => every.length(),
        Rule::Floor { days } => i64::from(*days),
        _ => NEAR,
    }
}

/// Whether a meeting, agreed for a day and perhaps for the touch itself, settles a due touch.
fn settles(meeting: &Planned, due: &Planned, today: NaiveDate) -> bool {
    // A sign of life is owed meanwhile, too.
    let alive = matches!(due.rule, Rule::Floor { .. } | Rule::Paused);
    let until = match due.rule {
        // After the renewal date no talk about it helps.
        Rule::Renewal { days } => due.ideal + Duration::days(i64::from(days)),
        _ => today + Duration::days(length(&due.rule).max(NEAR)),
    };
    !alive && (meeting.ideal == due.ideal || meeting.date <= until)
}

impl Builder<'_> {
    /// Leaves at most one due touch of each kind, agreed meetings aside.
    pub fn settle(&mut self) {
        for kind in Kind::ALL {
            self.settle_kind(*kind);
        }
    }

    fn settle_kind(&mut self, kind: Kind) {
        let today = self.g.today;
        let due: Vec<usize> = (0..self.out.len())
            .filter(|i| {
                let p = &self.out[*i];
                p.kind == kind && p.own.agreed.is_none() && p.ideal <= today
            })
            .collect();
        let settled = |i: &usize| {
            self.out.iter().any(|m| {
                m.kind == kind && m.own.agreed.is_some() && settles(m, &self.out[*i], today)
            })
        };
        let open: Vec<usize> = due.iter().copied().filter(|i| !settled(i)).collect();
        let strictest = open.iter().copied().min_by_key(|i| {
            let p = &self.out[*i];
            (p.latest, length(&p.rule), p.ideal)
        });
        if let Some(stands) = strictest {
            let mut also: Vec<Rule> = self.out[stands].own.also.to_vec();
            for i in open.iter().filter(|i| **i != stands) {
                let other = &self.out[*i];
                also.extend(other.own.also.iter().copied().chain([other.rule]));
            }
            also.dedup();
            self.out[stands].own.also = also.into();
        }
        let gone = |i: usize| due.contains(&i) && strictest != Some(i);
        let mut at = 0..self.out.len();
        self.out.retain(|_| !gone(at.next().unwrap_or(0)));
        let mut at = 0..self.natural.len();
        self.natural.retain(|_| !gone(at.next().unwrap_or(0)));
    }
}
