//! Amounts and numbers as they are typed into forms and options.

use chrono::NaiveDate;

use super::{By, Refusal};
use crate::domain::money::{Currency, Money};
use crate::domain::text::visible;
use crate::services::dates;
use crate::services::import::values;
use crate::words;

/// An amount; one without a currency is in `held`. An empty text states none.
pub(super) fn money(
    field: &'static str,
    text: &str,
    held: Option<Currency>,
) -> Result<Option<Money>, Refusal> {
    let text = visible(text);
    if text.trim().is_empty() {
        return Ok(None);
    }
    let refuse = |words: fn(words::Lang) -> &'static str| Refusal::new(field, words);
    values::amount(&text).ok_or_else(|| refuse(words::problems::wrong_amount))?;
    let money = values::money(&text, held, false);
    money
        .map(Some)
        .ok_or_else(|| refuse(words::problems::wrong_currency))
}

/// An amount that is paid: none below nothing.
pub(super) fn payment(
    field: &'static str,
    text: &str,
    held: Option<Currency>,
) -> Result<Option<Money>, Refusal> {
    let money = money(field, text, held)?;
    if money.is_some_and(|m| m.minor < 0) {
        return Err(Refusal::new(field, words::problems::wrong_amount));
    }
    Ok(money)
}

/// A day. An empty text states none.
pub(super) fn day(field: &'static str, text: &str, by: &By) -> Result<Option<NaiveDate>, Refusal> {
    match text.trim() {
        "" => Ok(None),
        text => dates::read(text, by.now)
            .map(Some)
            .ok_or_else(|| Refusal::new(field, words::common::not_a_date)),
    }
}

/// A whole number of at least zero. An empty text states none.
pub(super) fn whole_number(field: &'static str, text: &str) -> Result<Option<u32>, Refusal> {
    /// More is a mistake, whatever is counted.
    const MOST: f64 = 1e9;
    if text.trim().is_empty() {
        return Ok(None);
    }
    values::amount(text)
        .filter(|n| *n >= 0.0 && n.fract() == 0.0 && *n < MOST)
        .map(|n| Some(n as u32))
        .ok_or_else(|| Refusal::new(field, words::problems::wrong_number))
}
