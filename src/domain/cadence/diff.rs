//! The difference between two plans of an account: the effect of a change of tier, stage, renewal,
//! preferences or rhythm.

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

/// The plan of an account before or after an edit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Side {
    /// The touches of the twelve months.
    pub count: usize,
    pub next: Option<NaiveDate>,
    /// The rule of the next touch.
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

/// The kinds whose touches change. Agreed meetings are left out, because they stay.
pub fn diff(before: &[Planned], after: &[Planned]) -> Vec<Line> {
    let lines = Kind::ALL.iter().map(|kind| Line {
        kind: *kind,
        before: side(before, *kind),
        after: side(after, *kind),
    });
    lines.filter(|l| l.before != l.after).collect()
}
