//! Contracts by hand: what is paid, from when to when, and how it renews.

use chrono::NaiveDate;

use super::{By, Refusal, typed};
use crate::domain::account::Account;
use crate::domain::change::{Change, Label, Operation};
use crate::domain::facts::amendment::Earlier;
use crate::domain::facts::subscription::{Renews, Subscription, Tax};
use crate::domain::money::Money;
use crate::domain::text::visible;
use crate::services::lengths;
use crate::words;

/// A contract as typed. An empty text states nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Typed<'a> {
    pub product: &'a str,
    pub start: &'a str,
    /// The last paid day.
    pub end: &'a str,
    /// The yearly value.
    pub value: &'a str,
    pub tax: Option<Tax>,
    pub seats: &'a str,
    /// The length of the term.
    pub term: &'a str,
    /// The length for which it renews.
    pub renews_for: &'a str,
    pub notice: &'a str,
    pub renews: Option<Renews>,
    /// The day from which another value or other seats hold; empty: today. The first day of the term corrects it.
    pub from: &'a str,
    /// Why they change.
    pub why: &'a str,
}

/// The fields of [`Typed`], as forms and refusals name them.
pub mod field {
    pub const PRODUCT: &str = "product";
    pub const START: &str = "start";
    pub const END: &str = "end";
    pub const VALUE: &str = "value";
    pub const SEATS: &str = "seats";
    pub const TERM: &str = "term";
    pub const RENEWS_FOR: &str = "renews-for";
    pub const NOTICE: &str = "notice";
    pub const FROM: &str = "from";
    pub const WHY: &str = "why";
}

/// A contract as it is typed again.
pub struct AsTyped {
    pub product: String,
    pub start: String,
    pub end: String,
    pub value: String,
    pub seats: String,
    pub term: String,
    pub renews_for: String,
    pub notice: String,
}

impl AsTyped {
    pub fn of(s: &Subscription, lang: words::Lang) -> Self {
        let day = |day: Option<NaiveDate>| day.map(|d| d.to_string()).unwrap_or_default();
        let number = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
        Self {
            product: s.plan.clone(),
            start: day(s.start),
            end: day(s.end),
            value: s.arr.map(Money::exact).unwrap_or_default(),
            seats: number(s.seats),
            term: number(s.term_months),
            renews_for: number(s.renews_for),
            notice: s
                .notice
                .map(|n| words::contracts::notice(lang, n))
                .unwrap_or_default(),
        }
    }
}

/// The contract that the typed fields make of one that is held, or of none.
///
/// # Errors
/// If a date, an amount or a length cannot be read, the end is before the start, nothing is stated that makes a
/// contract (a start, an end or a value), or a change is to hold from a day outside the term or before an earlier one.
pub fn contract(
    account: &Account,
    held: Option<&Subscription>,
    given: Typed,
    by: &mut By,
) -> Result<Subscription, Refusal> {
    let start = typed::day(field::START, given.start, by)?;
    let end = typed::day(field::END, given.end, by)?;
    let from = typed::day(field::FROM, given.from, by)?;
    if start.zip(end).is_some_and(|(start, end)| end < start) {
        return Err(Refusal::new(field::END, words::contracts::end_before_start));
    }
    let months = |text: &str, field| match text.trim() {
        "" => Ok(None),
        text => lengths::months(text)
            .map(Some)
            .ok_or_else(|| Refusal::new(field, words::contracts::no_length)),
    };
    let notice = match given.notice.trim() {
        "" => None,
        text => Some(
            lengths::notice(text, false)
                .ok_or_else(|| Refusal::new(field::NOTICE, words::contracts::no_length))?,
        ),
    };
    let seats = typed::whole_number(field::SEATS, given.seats)?;
    let currency = held.and_then(|s| s.arr).or(account.arr).map(|m| m.currency);
    let arr = typed::payment(field::VALUE, given.value, currency)?;
    if start.is_none() && end.is_none() && arr.is_none() {
        return Err(Refusal::new(field::START, words::contracts::says_nothing));
    }
    Refusal::of_long_text(field::PRODUCT, given.product)?;
    let (term_months, renews_for) = (
        months(given.term, field::TERM)?,
        months(given.renews_for, field::RENEWS_FOR)?,
    );
    let mut out = match held {
        Some(held) => held.to_be_edited(),
        None => Subscription {
            by_hand: true,
            ..Subscription::new(by.id(), account.id.clone())
        },
    };
    out.plan = visible(given.product);
    (out.start, out.end, out.arr, out.seats) = (start, end, arr, seats);
    (out.term_months, out.renews_for, out.notice, out.tax) =
        (term_months, renews_for, notice, given.tax);
    out.auto_renew = given.renews.map(|renews| renews == Renews::Itself);
    out.end = out.end.or(out.stated_end());
    if held.is_none_or(|held| held.end != out.end) {
        out.had_ended = out.end.is_some_and(|end| end < by.today());
    }
    match held {
        Some(held) => amend(held, &mut out, from, given.why, by)?,
        None if from.is_none() => {}
        None => {
            return Err(Refusal::new(
                field::FROM,
                words::contracts::nothing_to_change,
            ));
        }
    }
    Ok(out)
}

/// Another value or other seats hold from a day within the term; what was paid until then is kept. Where the first day
/// of the term is given they are corrected. A change that is kept already, from that same day, is corrected too. Rule:
/// `[amendment]`.
fn amend(
    held: &Subscription,
    out: &mut Subscription,
    from: Option<NaiveDate>,
    why: &str,
    by: &By,
) -> Result<(), Refusal> {
    let refuse = |words: fn(words::Lang) -> &'static str| Err(Refusal::new(field::FROM, words));
    Refusal::of_long_text(field::WHY, why)?;
    let why = visible(why);
    let stated = held.arr.is_some() || held.seats.is_some();
    let is_same = (held.arr, held.seats) == (out.arr, out.seats);
    if !stated || is_same {
        return match from {
            Some(_) => refuse(words::contracts::nothing_to_change),
            None => Ok(()),
        };
    }
    let given = from.is_some();
    let from = from.unwrap_or(by.today());
    if let Some(last) = out.last_changed_on() {
        if from < last {
            return Err(Refusal::new(field::FROM, |lang| {
                words::contracts::changed_later(lang, last)
            }));
        }
        if from == last {
            if let Some(change) = out.earlier.last_mut().filter(|_| !why.is_empty()) {
                change.why = why;
            }
            return Ok(());
        }
    }
    // One that went on by itself has not ended.
    match (out.start, out.end.filter(|_| !out.may_go_on(from))) {
        (Some(start), _) if from < start && given => {
            return refuse(words::contracts::change_before_start);
        }
        (_, Some(end)) if from > end && given => return refuse(words::contracts::change_after_end),
        // The whole term, or one that is over: what was typed before was wrong.
        (Some(start), _) if from <= start => return Ok(()),
        (_, Some(end)) if from > end => return Ok(()),
        _ => {}
    }
    let Some(until) = from.pred_opt() else {
        return Ok(());
    };
    out.earlier.push(Earlier {
        until,
        arr: held.arr,
        seats: held.seats,
        decided: Some(by.today()).filter(|today| *today != from),
        why,
    });
    Ok(())
}

/// The step that keeps a contract; none where nothing changed.
pub fn keep(
    account: &Account,
    held: Option<&Subscription>,
    contract: Subscription,
    by: &mut By,
) -> Option<Operation> {
    let change = match held {
        Some(held) if held.to_be_edited() == contract => return None,
        Some(held) => Change::update(held.clone(), contract),
        None => Change::create(contract),
    };
    let label = Label::Contract {
        account: account.name.clone(),
    };
    Some(by.operation(label, vec![change]))
}
