//! Whether a customer churned. Reads one dossier; knows no scores and no plans.

use chrono::{Duration, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Dossier;
use crate::domain::facts::outcome::{Outcome, OutcomeKind};
use crate::domain::ids::RecordId;

/// An imported outcome belongs to a term that ends at most this many days after it, or ...
pub const BEFORE: i64 = 120;
/// ... at most this many days before it.
pub const AFTER: i64 = 60;

/// A churn, with its day where that is known. Many exports state only that the customer left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Left {
    On(NaiveDate),
    Sometime,
}

impl Left {
    /// The day, where it is known.
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            Left::On(day) => Some(day),
            Left::Sometime => None,
        }
    }
}

/// Whether the customer churned. A subscription that is paid until an end says no; else the latest dated outcome
/// decides. Against a subscription that runs until it is cancelled it counts where it is the newer statement: many
/// billing tables never close a row. An undated churn counts only where nothing else is known, since it is unknown which
/// came first.
pub fn churned(dossier: &Dossier, day: NaiveDate) -> Option<Left> {
    let running = || dossier.subscriptions.iter().filter(|s| s.active(day));
    if running().any(|s| s.end.is_some() || s.start.is_none()) {
        return None;
    }
    let last_start = running().filter_map(|s| s.start).max();
    let left = by_outcome(dossier, day)?;
    let is_newer =
        |left: &Left| last_start.is_none_or(|start| left.day().is_some_and(|on| on > start));
    Some(left).filter(is_newer)
}

/// What the outcomes alone say.
fn by_outcome(dossier: &Dossier, day: NaiveDate) -> Option<Left> {
    let gone = |o: &Outcome| o.kind == OutcomeKind::Churned;
    // The last paid day of a lost term is still paid.
    let over = |o: &&Outcome| match &o.settles {
        Some(term) if gone(o) => term.ends_on < day,
        Some(_) => o.date.is_none_or(|date| date <= day),
        None => o.date.is_some_and(|date| date <= day),
    };
    let counts = |o: &&Outcome| !is_overruled(dossier, o) && !is_part(dossier, o);
    let dated = dossier.outcomes.iter().filter(over).filter(counts);
    match dated.max_by_key(|o| (o.effective(), o.by_hand().is_some())) {
        Some(last) => last.effective().filter(|_| gone(last)).map(Left::On),
        None if dossier.outcomes.iter().any(|o| o.by_hand().is_some()) => None,
        None => dossier
            .outcomes
            .iter()
            .any(|o| o.date.is_none() && gone(o))
            .then_some(Left::Sometime),
    }
}

/// A hand-made outcome stands over an imported one of the same term; what came later than the decision and the end
/// is news.
fn is_overruled(dossier: &Dossier, o: &Outcome) -> bool {
    /// An import may date the end of a term some days late.
    const LATE: Duration = Duration::days(7);
    let Some(date) = o.date.filter(|_| o.by_hand().is_none()) else {
        return false;
    };
    dossier.outcomes.iter().any(|said| {
        said.by_hand().is_some_and(|term| {
            let near = (-BEFORE..=AFTER).contains(&(date - term.ends_on).num_days());
            near && said.date.max(Some(term.ends_on + LATE)) >= Some(date)
        })
    })
}

/// Whether a loss is of one contract while another that ran with it has no such outcome: that is no loss of the account.
pub fn is_part(dossier: &Dossier, o: &Outcome) -> bool {
    /// What ended longer before has gone already.
    const WITH: Duration = Duration::days(30);
    let Some((term, lost)) = o
        .by_hand()
        .and_then(|term| Some((term, term.contract.as_ref()?)))
    else {
        return false;
    };
    let is_lost = |id: &RecordId, end: NaiveDate| {
        dossier.outcomes.iter().any(|o| {
            let settles = o.settles.as_ref();
            o.kind == OutcomeKind::Churned
                && settles.is_some_and(|s| s.contract.as_ref() == Some(id) && s.ends_on == end)
        })
    };
    o.kind == OutcomeKind::Churned
        && dossier.subscriptions.iter().any(|s| {
            let goes_on = |end: NaiveDate| end >= term.ends_on - WITH && !is_lost(&s.id, end);
            s.id != *lost && !s.trial && s.end.is_none_or(goes_on)
        })
}
