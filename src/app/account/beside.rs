//! What an account has beside its fields: its contracts, other names, and columns of its file without a field. Each is as
//! many lines as it needs, so that the list of the overview scrolls through all of it.

use chrono::NaiveDate;

use crate::app::kit::wrap;
use crate::domain::dossier::Dossier;

/// A line below the fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// A contract: its product and value; by its place among the account's.
    Contract(usize),
    /// When it ends and what follows.
    Ends(usize),
    /// A change of its value or seats, by its place.
    Change(usize, usize),
    /// A step of a renewal, by its place among the account's.
    Step(usize),
    /// Other ids and names of the account.
    Alias(String),
    /// A header with its whole value.
    Attribute { header: String, value: String },
    /// A header whose value follows in lines of its own.
    Header(String),
    /// A line of a long value.
    Text(String),
}

/// The longest header and value that stand in one line, columns.
const HEADER: usize = 16;
const VALUE: usize = 21;
/// Columns of a line of a long value: they fit beside the score, and on a narrow terminal.
const COLUMNS: usize = 36;

/// Contracts that ended so many days ago are shown in the list of contracts only.
const ENDED: i64 = 365;

/// The lines of an account.
pub fn lines(d: &Dossier, today: NaiveDate) -> Vec<Line> {
    let account = &d.account;
    let mut out = contracts(d, today);
    let names = account.aliases.iter().cloned().map(Line::Alias);
    out.extend(names);
    for (header, value) in &account.attributes {
        if wrap::width(header) <= HEADER && wrap::width(value) <= VALUE {
            let (header, value) = (header.clone(), value.clone());
            out.push(Line::Attribute { header, value });
        } else {
            out.push(Line::Header(header.clone()));
            out.extend(wrap::lines(value, COLUMNS).into_iter().map(Line::Text));
        }
    }
    out
}

/// The contracts that run, begin later or ended within a year, the newest first.
fn contracts(d: &Dossier, today: NaiveDate) -> Vec<Line> {
    let recent = |end: Option<NaiveDate>| end.is_none_or(|end| (today - end).num_days() <= ENDED);
    let all = d.subscriptions.iter().enumerate();
    let mut shown: Vec<_> = all.filter(|(_, s)| recent(s.end)).collect();
    shown.sort_by(|(_, a), (_, b)| (b.start, &b.id).cmp(&(a.start, &a.id)));
    let mut out = Vec::new();
    for (at, s) in shown {
        out.extend([Line::Contract(at), Line::Ends(at)]);
        out.extend((0..s.earlier.len()).map(|change| Line::Change(at, change)));
        let steps = d.steps.iter().enumerate();
        let mut steps: Vec<_> = steps
            .filter(|(_, step)| step.contract.as_ref() == Some(&s.id))
            .collect();
        steps.sort_by_key(|(_, step)| step.on);
        out.extend(steps.into_iter().map(|(step, _)| Line::Step(step)));
    }
    let stated = d
        .steps
        .iter()
        .enumerate()
        .filter(|(_, s)| s.contract.is_none());
    out.extend(stated.map(|(step, _)| Line::Step(step)));
    out
}
