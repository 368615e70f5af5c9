//! What became of a term: renewed, extended or lost, as one undoable step. A renewal appends a term and never overwrites
//! one. Rules: `[outcome]`, `[term]`.

use chrono::{Duration, NaiveDate};

use super::{By, Refusal, typed};
use crate::domain::account::Account;
use crate::domain::change::{Change, Label, Operation};
use crate::domain::dossier::terms::{Source, Status, Term, extends, is_of, is_step_of};
use crate::domain::facts::outcome::{Became, Cause, Outcome, OutcomeKind, Settles};
use crate::domain::facts::step::{RenewalStep, StepKind};
use crate::domain::facts::subscription::Subscription;
use crate::domain::money::Money;
use crate::domain::text::visible;
use crate::services::dates;
use crate::words;

/// The longest extension, days.
pub const BRIDGE: i64 = 90;

/// An outcome as typed. An empty text states nothing: the same value, the same length, today.
#[derive(Debug, Clone, Copy, Default)]
pub struct Typed<'a> {
    pub value: &'a str,
    pub until: &'a str,
    pub decided: &'a str,
    pub cause: Option<Cause>,
    pub rival: &'a str,
    pub words: &'a str,
    pub said_by: &'a str,
}

/// The fields of [`Typed`], as forms and refusals name them.
pub mod field {
    pub const VALUE: &str = "value";
    pub const UNTIL: &str = "until";
    pub const DECIDED: &str = "decided";
}

/// Records what became of a term. `earlier` are the account's outcomes.
///
/// # Errors
/// If an amount or a date cannot be read, what follows does not end after the term, an extension is too long or the
/// second in a row, or the day is to come.
pub fn settle(
    account: &Account,
    earlier: &[Outcome],
    term: &Term,
    became: Became,
    given: Typed,
    by: &mut By,
) -> Result<Operation, Refusal> {
    let texts = [given.words, given.rival, given.said_by];
    for text in texts {
        Refusal::of_long_text("", text)?;
    }
    if became == Became::Lost && !given.value.trim().is_empty() {
        return Err(Refusal::new(field::VALUE, words::outcomes::nothing_follows));
    }
    if became == Became::Extended && term.is_open_ended() {
        return Err(Refusal::new("", words::outcomes::runs_on));
    }
    let value = value(term, given.value)?;
    let decided = decided(given.decided, by)?;
    let last = match became {
        Became::Lost => last_paid(term, given.until, by)?,
        Became::Renewed | Became::Extended => term.ends_on,
    };
    let until = match became {
        Became::Lost => None,
        Became::Renewed | Became::Extended => Some(until(term, became, given.until, by)?),
    };
    if became == Became::Extended && earlier.iter().any(|o| extends(o, term)) {
        return Err(Refusal::new("", words::outcomes::extended_twice));
    }
    let settles = Settles {
        contract: term.contract().cloned(),
        ends_on: last,
        agreed: Some(term.ends_on).filter(|agreed| *agreed != last && !term.is_open_ended()),
        due: term.due(),
        value: value.filter(|_| became != Became::Lost),
        until,
        cause: given.cause,
        rival: visible(given.rival),
        said_by: visible(given.said_by),
        open_ended: term.is_open_ended(),
        by_import: false,
    };
    let outcome = Outcome {
        id: by.id(),
        account: account.id.clone(),
        kind: became.kind(),
        date: Some(decided),
        reason: String::new(),
        comment: given.words.trim().to_owned(),
        amount: None,
        settles: Some(settles),
        oddities: Vec::new(),
    };
    let mut changes = vec![Change::create(outcome)];
    changes.extend(gone_by(account, term, decided, by));
    // What was recorded for it before is corrected.
    let corrected = earlier.iter().filter(|o| is_of(o, term)).cloned();
    changes.extend(corrected.map(Change::remove));
    match until {
        Some(until) => changes.extend(next(account, term, value, until, by)),
        None => changes.extend(ended(account, term, last)),
    }
    let label = Label::Outcome {
        account: account.name.clone(),
        kind: became.kind(),
    };
    Ok(by.operation(label, changes))
}

/// The ends at which the contract went on by itself before this term: each was a renewal.
fn gone_by(account: &Account, term: &Term, decided: NaiveDate, by: &mut By) -> Vec<Change> {
    let Source::Subscription(s) = &term.source else {
        return Vec::new();
    };
    let Some(first) = s.end.filter(|end| *end < term.ends_on) else {
        return Vec::new();
    };
    let mut ends = vec![first];
    ends.extend(s.ends_by_itself().take_while(|end| *end <= term.ends_on));
    let renewed = ends.windows(2).map(|pair| {
        let settles = Settles {
            contract: Some(s.id.clone()),
            ends_on: pair[0],
            agreed: None,
            due: s.due_at(pair[0]),
            value: s.arr_on(pair[1]),
            until: Some(pair[1]),
            cause: None,
            rival: String::new(),
            said_by: String::new(),
            open_ended: false,
            by_import: false,
        };
        Change::create(Outcome {
            id: by.id(),
            account: account.id.clone(),
            kind: OutcomeKind::Renewed,
            date: Some(decided),
            reason: String::new(),
            comment: String::new(),
            amount: None,
            settles: Some(settles),
            oddities: Vec::new(),
        })
    });
    renewed.collect()
}

/// Keeps a step of a term's renewal. `known` are the account's steps: one of the same kind and day is corrected.
///
/// # Errors
/// If the outcome of the term is recorded, the day cannot be read or is to come, or what only an outcome has is typed.
pub fn step(
    account: &Account,
    known: &[RenewalStep],
    (term, status): (&Term, Status),
    kind: StepKind,
    given: Typed,
    by: &mut By,
) -> Result<Operation, Refusal> {
    for text in [given.words, given.said_by] {
        Refusal::of_long_text("", text)?;
    }
    if status.is_settled() {
        return Err(Refusal::new("", words::outcomes::step_settled));
    }
    if kind == StepKind::Ignored && status != Status::BeforeUse {
        return Err(Refusal::new("step", words::outcomes::only_before_use));
    }
    if let Some(field) = [(field::VALUE, given.value), (field::UNTIL, given.until)]
        .into_iter()
        .find_map(|(field, text)| (!text.trim().is_empty()).then_some(field))
    {
        return Err(Refusal::new(field, words::outcomes::step_says_no_terms));
    }
    let on = decided(given.decided, by)?;
    let same = |s: &&RenewalStep| s.kind == kind && s.on == on && is_step_of(s, term);
    let held = known.iter().find(same);
    let step = RenewalStep {
        id: held.map_or_else(|| by.id(), |s| s.id.clone()),
        account: account.id.clone(),
        contract: term.contract().cloned(),
        // A contract without a length has no term to which it could belong.
        ends_on: Some(term.ends_on).filter(|_| !term.is_open_ended() || term.months.is_some()),
        kind,
        on,
        words: given.words.trim().to_owned(),
        said_by: visible(given.said_by),
    };
    let change = match held {
        Some(held) => Change::update(held.clone(), step),
        None => Change::create(step),
    };
    let account = account.name.clone();
    Ok(by.operation(Label::RenewalStep { account, kind }, vec![change]))
}

/// The day of a decision or a step: as typed, else today.
fn decided(text: &str, by: &By) -> Result<NaiveDate, Refusal> {
    let day = match text.trim() {
        "" => by.today(),
        // A day without a year is the last such day, unless only a coming one can be meant.
        text => dates::read_past(text, by.now)
            .or_else(|| dates::read(text, by.now))
            .ok_or_else(|| Refusal::new(field::DECIDED, words::common::not_a_date))?,
    };
    if day > by.today() {
        return Err(Refusal::new(field::DECIDED, words::outcomes::decided_later));
    }
    Ok(day)
}

/// The yearly value from then on: as typed, else the same.
fn value(term: &Term, text: &str) -> Result<Option<Money>, Refusal> {
    if text.trim().is_empty() {
        return Ok(term.value);
    }
    typed::payment(field::VALUE, text, term.value.map(|m| m.currency))
}

/// The last paid day of a lost term: as typed, else its end. It may end before what was agreed.
fn last_paid(term: &Term, text: &str, by: &By) -> Result<NaiveDate, Refusal> {
    let Some(last) = typed::day(field::UNTIL, text, by)? else {
        return Ok(term.ends_on);
    };
    let starts_on = term.starts_on;
    if let Some(start) = starts_on.filter(|start| last < *start) {
        return Err(Refusal::new(field::UNTIL, |lang| {
            words::outcomes::before_start(lang, start)
        }));
    }
    if last > term.ends_on && !term.is_open_ended() {
        let ends_on = term.ends_on;
        return Err(Refusal::new(field::UNTIL, |lang| {
            words::outcomes::lost_after_end(lang, ends_on)
        }));
    }
    Ok(last)
}

/// The contract with the day on which it ends, where that is another than was agreed.
fn ended(account: &Account, term: &Term, last: NaiveDate) -> Option<Change> {
    match &term.source {
        Source::Subscription(s) if s.end != Some(last) => {
            let ended = Subscription {
                end: Some(last),
                ..s.to_be_edited()
            };
            Some(Change::update((**s).clone(), ended))
        }
        Source::Account if term.ends_on != last => {
            let ended = Account {
                renewal: last.succ_opt(),
                ..account.clone()
            };
            Some(Change::update(account.clone(), ended))
        }
        Source::Subscription(_) | Source::Account => None,
    }
}

/// The last paid day of what follows.
fn until(term: &Term, became: Became, text: &str, by: &By) -> Result<NaiveDate, Refusal> {
    let until = match (typed::day(field::UNTIL, text, by)?, became) {
        (Some(until), _) => until,
        (None, Became::Extended) => {
            return Err(Refusal::new(field::UNTIL, words::outcomes::until_when));
        }
        (None, _) => term.next_end(),
    };
    if until <= term.ends_on {
        let ends_on = term.ends_on;
        return Err(Refusal::new(field::UNTIL, |lang| {
            words::outcomes::before_end(lang, ends_on)
        }));
    }
    let latest = term.ends_on + Duration::days(BRIDGE);
    if became == Became::Extended && until > latest {
        return Err(Refusal::new(field::UNTIL, |lang| {
            words::outcomes::bridge_too_long(lang, BRIDGE, latest)
        }));
    }
    Ok(until)
}

/// The term that follows: a subscription of its own, or new dates of the contract that the account's fields state. A
/// contract that runs until it is cancelled goes on as it is, unless its value changes.
fn next(
    account: &Account,
    term: &Term,
    value: Option<Money>,
    until: NaiveDate,
    by: &mut By,
) -> Vec<Change> {
    let day_after = |day: NaiveDate| day + Duration::days(1);
    match &term.source {
        Source::Subscription(s) if s.end.is_none() && s.arr == value => Vec::new(),
        Source::Subscription(s) => {
            let next = Change::create(Subscription {
                id: by.id(),
                start: Some(day_after(term.ends_on)),
                end: s.end.map(|_| until),
                arr: value,
                earlier: Vec::new(),
                term_months: None,
                downgraded: false,
                past_due: false,
                merged: None,
                had_ended: false,
                by_hand: true,
                known_as: Vec::new(),
                imported: None,
                oddities: Vec::new(),
                ..(**s).clone()
            });
            ended(account, term, term.ends_on)
                .into_iter()
                .chain([next])
                .collect()
        }
        Source::Account => vec![Change::update(
            account.clone(),
            Account {
                renewal: Some(day_after(until)),
                arr: value,
                ..account.clone()
            },
        )],
    }
}

/// What an operation says of a term, with what follows.
pub fn said(operation: &Operation, lang: words::Lang) -> Option<String> {
    let mut steps = operation.changes.iter();
    if let Some(step) = steps.find_map(|c| c.after_as::<RenewalStep>()) {
        let kind = step.kind.words(lang);
        return Some(words::outcomes::step_kept(lang, kind, step.on));
    }
    let outcome = operation
        .changes
        .iter()
        .find_map(|c| c.after_as::<Outcome>())?;
    let settles = outcome.settles.as_ref()?;
    Some(match (outcome.kind, settles.until, settles.value) {
        (OutcomeKind::Extended, Some(until), _) => words::outcomes::extended_until(lang, until),
        (OutcomeKind::Churned, ..) => words::outcomes::lost_on(lang, settles.ends_on),
        (_, Some(until), Some(value)) => words::outcomes::renewed_at(lang, until, value.short()),
        (_, Some(until), None) => words::outcomes::renewed_until(lang, until),
        (_, None, _) => return None,
    })
}

#[cfg(test)]
mod tests;
