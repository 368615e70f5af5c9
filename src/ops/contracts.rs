//! Contracts by hand: what is paid, from when to when, and how it renews.

use chrono::NaiveDate;

use super::{By, Refusal, typed};
use crate::domain::account::Account;
use crate::domain::change::{Change, Label, Operation};
use crate::domain::facts::notice::Notice;
use crate::domain::facts::subscription::{Renews, Subscription, Tax};
use crate::domain::money::Money;
use crate::domain::text::visible;
use crate::domain::when::add_months;
use crate::services::{dates, lengths};
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
    pub fn of(s: &Subscription) -> Self {
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
            notice: s.notice.map(notice_as_typed).unwrap_or_default(),
        }
    }
}

fn notice_as_typed(notice: Notice) -> String {
    match notice {
        Notice::Days(days) => format!("{days} days"),
        Notice::Months(months) => format!("{months} months"),
        Notice::BusinessDays(days) => format!("{days} business days"),
    }
}

/// The contract that the typed fields make of one that is held, or of none.
///
/// # Errors
/// If a date, an amount or a length cannot be read, the end is before the start, or nothing is stated that makes a
/// contract: a start, an end or a value.
pub fn contract(
    account: &Account,
    held: Option<&Subscription>,
    given: Typed,
    by: &mut By,
) -> Result<Subscription, Refusal> {
    let day = |text: &str, field| match text.trim() {
        "" => Ok(None),
        text => dates::read(text, by.now)
            .map(Some)
            .ok_or_else(|| Refusal::new(field, words::common::not_a_date)),
    };
    let (start, end) = (day(given.start, field::START)?, day(given.end, field::END)?);
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
        Some(held) => held.clone(),
        None => Subscription::new(by.id(), account.id.clone()),
    };
    out.plan = visible(given.product);
    (out.start, out.end, out.arr, out.seats) = (start, end, arr, seats);
    (out.term_months, out.renews_for, out.notice, out.tax) =
        (term_months, renews_for, notice, given.tax);
    out.auto_renew = given.renews.map(|renews| renews == Renews::Itself);
    out.end = out.end.or(out.stated_end());
    if let Some(held) = held
        && held.arr != out.arr
        && held.arr.is_some()
        && let Some(until) = by.today().pred_opt()
        && held.start.is_none_or(|start| start <= until)
    {
        out.keep_earlier(held, until);
    }
    Ok(out)
}

/// The step that keeps a contract; none where nothing changed.
pub fn keep(
    account: &Account,
    held: Option<&Subscription>,
    contract: Subscription,
    by: &mut By,
) -> Option<Operation> {
    let change = match held {
        Some(held) if *held == contract => return None,
        Some(held) => Change::update(held.clone(), contract),
        None => Change::create(contract),
    };
    let label = Label::Contract {
        account: account.name.clone(),
    };
    Some(by.operation(label, vec![change]))
}

/// What follows from a contract, in words: its next end, the one after, and the last day to say no.
pub fn follows(s: &Subscription, today: NaiveDate, lang: words::Lang) -> String {
    let Some(end) = s.next_end(today) else {
        return match s.end {
            Some(end) => words::contracts::ended(lang, end),
            None => words::contracts::open_ended(lang).to_owned(),
        };
    };
    let last = s
        .notice
        .filter(|_| s.auto_renew != Some(false))
        .map(|n| n.last_day(end));
    let next = s.next_months().and_then(|months| {
        let behind = end.succ_opt()?;
        add_months(behind, i32::try_from(months).ok()?).pred_opt()
    });
    let parts = [
        Some(words::contracts::ends(lang, end)),
        last.map(|last| words::contracts::say_no_by(lang, last)),
        next.map(|next| words::contracts::then_until(lang, next)),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" · ")
}
