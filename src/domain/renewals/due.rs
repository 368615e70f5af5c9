//! The terms of an account that are due in a period, and what became of each.

use chrono::NaiveDate;

use super::{Bridge, Due};
use crate::domain::dossier::Dossier;
use crate::domain::dossier::steps;
use crate::domain::dossier::terms::{self, Status, Term, TermsOn};
use crate::domain::facts::outcome::Outcome;
use crate::domain::facts::subscription::Subscription;
use crate::domain::ids::RecordId;

/// A commitment of fewer months is rolling: it is in no rate.
const ROLLING: u32 = 3;
/// Terms of a contract that are looked at: a century of months.
const MOST_TERMS: u32 = 1_200;
/// The shortest three months, days.
const STEP: i64 = 89;

/// The terms of an account whose last paid day is in the period, as of a day. Those that were moved forward since are
/// known by their outcomes.
pub fn due(
    d: &Dossier,
    (from, to): (NaiveDate, NaiveDate),
    day: NaiveDate,
    first_use: Option<NaiveDate>,
) -> Vec<Due> {
    let on = TermsOn::new(d, day, first_use);
    let present = on.terms();
    let is_present = |o: &Outcome| present.iter().any(|term| terms::is_of(o, term));
    let mut past: Vec<&Outcome> = d.outcomes.iter().filter(|o| !is_present(o)).collect();
    // What a person recorded stands over what an import moved.
    past.sort_by_key(|o| o.by_hand().is_none());
    let mut out: Vec<Due> = present.iter().map(|term| of_term(d, term, &on)).collect();
    for outcome in past {
        let known = |due: &Due| {
            outcome
                .settles
                .as_ref()
                .is_some_and(|s| (&due.contract, due.ends_on) == (&s.contract, s.ends_on))
        };
        if !out.iter().any(known) {
            out.extend(of_outcome(d, outcome));
        }
    }
    bridged(d, &on, &mut out);
    for s in d.subscriptions.iter().filter(|s| !s.trial) {
        let said = |due: &Due| {
            d.outcomes.iter().any(|o| {
                let of = o.settles.as_ref();
                of.is_some_and(|s| (&due.contract, due.ends_on) == (&s.contract, s.ends_on))
            })
        };
        out.extend(
            periods(d, s, (from, to), &on)
                .into_iter()
                .filter(|due| !said(due)),
        );
    }
    out.retain(|due| (from..=to).contains(&due.ends_on));
    out
}

/// Puts what became of an extension to the term that it extends: that is due once, in its own quarter.
fn bridged(d: &Dossier, on: &TermsOn, out: &mut Vec<Due>) {
    for outcome in &d.outcomes {
        let Some(settles) = outcome.settles.as_ref() else {
            continue;
        };
        let bridge = on.terms().iter().find(|term| terms::extends(outcome, term));
        let is_of_bridge = |due: &Due| match bridge {
            Some(bridge) => {
                (due.contract.as_ref(), due.ends_on) == (bridge.contract(), bridge.ends_on)
            }
            // Of the account's own fields the present term alone is known, and the outcomes of the others.
            None => {
                let of_fields = settles.contract.is_none() && due.contract.is_none();
                of_fields && settles.until == Some(due.ends_on)
            }
        };
        let is_extended = |due: &Due| {
            let of = (&settles.contract, settles.ends_on);
            due.status == Status::Extended && (&due.contract, due.ends_on) == of
        };
        let Some(at) = out.iter().position(is_of_bridge) else {
            continue;
        };
        if !out.iter().any(is_extended) {
            continue;
        }
        let then = out.remove(at);
        for due in out.iter_mut().filter(|due| is_extended(due)) {
            if matches!(
                then.status,
                Status::Renewed | Status::Lost | Status::Overdue | Status::Unconfirmed
            ) {
                (due.status, due.new) = (then.status, then.new);
            }
            due.step = then.step;
            due.bridge = Some(Bridge {
                contract: then.contract.clone(),
                until: then.ends_on,
            });
        }
    }
}

/// The periods of a subscription that runs until it is cancelled or goes on by itself, whose last day is within these
/// days: nobody confirmed the past ones.
fn periods(
    d: &Dossier,
    s: &Subscription,
    (from, to): (NaiveDate, NaiveDate),
    on: &TermsOn,
) -> Vec<Due> {
    let day = on.day();
    let Some(months) = s.start.and(s.months()) else {
        return Vec::new();
    };
    let open_ended = (0..MOST_TERMS).map_while(|n| s.end_of_term(n));
    let is_open = s.end.is_none();
    let open_ended = open_ended.filter(|_| is_open);
    let goes_on = on.goes_on(s);
    let stops = on.stops_on(s).filter(|_| goes_on);
    let by_itself = s.ends_by_itself().filter(|_| goes_on);
    let by_itself = by_itself.take_while(|end| stops.is_none_or(|stops| *end <= stops));
    let ends = open_ended.chain(by_itself);
    let ends = ends.take_while(|end| *end <= to);
    let due = |ends_on| Due {
        account: d.account.id.clone(),
        name: d.account.name.clone(),
        contract: Some(s.id.clone()),
        plan: s.plan.clone(),
        ends_on,
        due: s.arr,
        new: None,
        status: match ends_on >= day {
            true => Status::Open,
            false if stops == Some(ends_on) => Status::Overdue,
            false => Status::Unconfirmed,
        },
        rolling: months < ROLLING,
        bridge: None,
        into: None,
        step: None,
        was: None,
        stands: None,
    };
    ends.filter(|end| *end >= from).map(due).collect()
}

fn of_term(d: &Dossier, term: &Term, on: &TermsOn) -> Due {
    let status = on.status(term);
    let said = d.outcomes.iter().find(|o| terms::is_of(o, term));
    let said = said.and_then(|o| o.settles.as_ref());
    let agreed = match term.merged() {
        Some(merged) => merged.agreed,
        None => said.and_then(|s| s.agreed),
    };
    let ran_on = said.is_some_and(|s| s.open_ended) && term.months.is_none();
    Due {
        account: d.account.id.clone(),
        name: d.account.name.clone(),
        contract: term.contract().cloned(),
        plan: term.plan().unwrap_or_default().to_owned(),
        ends_on: agreed.unwrap_or(term.ends_on),
        due: term.due(),
        new: on.new_value(term).filter(|_| status == Status::Renewed),
        status,
        rolling: ran_on || term.months.is_some_and(|months| months < ROLLING),
        bridge: None,
        into: term.merged().map(|merged| name_of(d, &merged.into)),
        step: steps::last(d, term, on.day()),
        was: None,
        stands: None,
    }
}

/// The product of a contract, or its id.
fn name_of(d: &Dossier, id: &RecordId) -> String {
    let of = d.subscriptions.iter().find(|s| s.id == *id);
    match of.map(|s| s.plan.as_str()).filter(|plan| !plan.is_empty()) {
        Some(plan) => plan.to_owned(),
        None => id.to_string(),
    }
}

/// A term that is known by its outcome alone.
fn of_outcome(d: &Dossier, outcome: &Outcome) -> Option<Due> {
    let settles = outcome.settles.as_ref()?;
    let status = terms::status_of(outcome.kind);
    Some(Due {
        account: d.account.id.clone(),
        name: d.account.name.clone(),
        contract: settles.contract.clone(),
        plan: String::new(),
        ends_on: settles.ends_on,
        due: settles.due,
        new: settles.value.filter(|_| status == Status::Renewed),
        status,
        // Only the step of an import is known of its length.
        rolling: settles.by_import
            && settles
                .until
                .is_some_and(|until| (until - settles.ends_on).num_days() < STEP),
        bridge: None,
        into: None,
        step: None,
        was: None,
        stands: None,
    })
}
