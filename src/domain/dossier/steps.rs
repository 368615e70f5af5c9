//! How far the renewal of a term has come: the last step that was taken.

use chrono::NaiveDate;

use super::Dossier;
use super::effective::next_contract;
use super::terms::{Term, is_step_of};
use crate::domain::facts::step::{RenewalStep, Taken};

/// The last step of a term up to a day; of one day the one that goes further.
pub fn last(d: &Dossier, term: &Term, day: NaiveDate) -> Option<Taken> {
    newest(d.steps.iter().filter(|s| is_step_of(s, term)), day)
}

/// The last step of the renewal that comes next.
pub fn of_next(d: &Dossier, day: NaiveDate) -> Option<Taken> {
    if d.steps.is_empty() {
        return None;
    }
    let next = next_contract(d, day);
    let contract = next.as_ref().map(|s| &s.id);
    let end = match &next {
        Some(s) => s.next_end(day),
        None => d.account.renewal.and_then(|on| on.pred_opt()),
    };
    let of = |s: &&RenewalStep| {
        s.contract.as_ref() == contract && s.ends_on.is_none_or(|on| Some(on) == end)
    };
    newest(d.steps.iter().filter(of), day)
}

fn newest<'a>(steps: impl Iterator<Item = &'a RenewalStep>, day: NaiveDate) -> Option<Taken> {
    let taken = steps.filter(|s| s.on <= day);
    taken
        .map(|s| (s.on, s.kind.index(), s.kind))
        .max_by_key(|(on, rank, _)| (*on, *rank))
        .map(|(on, _, step)| Taken { step, on })
}
