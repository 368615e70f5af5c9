//! What a change of tier, stage, renewal, wishes or rhythm does to the plan of an account.

use chrono::NaiveDate;

use super::Kind;
use super::plan::{Planned, Rule};

/// One kind of touch, before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub kind: Kind,
    pub before: Side,
    pub after: Side,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Side {
    /// Touches in the twelve months.
    pub count: usize,
    pub next: Option<NaiveDate>,
    /// By which rule the next one is.
    pub rule: Option<Rule>,
    pub blocked: bool,
}

fn side(plan: &[Planned], kind: Kind) -> Side {
    let all: Vec<&Planned> = plan
        .iter()
        .filter(|p| p.kind == kind && p.own.agreed.is_none())
        .collect();
    Side {
        count: all.iter().filter(|p| p.counts()).count(),
        next: all.first().map(|p| p.date),
        rule: all.first().map(|p| p.rule),
        blocked: all.first().is_some_and(|p| p.own.blocked.is_some()),
    }
}

/// Kinds whose touches change; what was agreed is in none of them, for it stays.
pub fn diff(before: &[Planned], after: &[Planned]) -> Vec<Line> {
    let lines = Kind::ALL.iter().map(|kind| Line {
        kind: *kind,
        before: side(before, *kind),
        after: side(after, *kind),
    });
    lines.filter(|l| l.before != l.after).collect()
}
