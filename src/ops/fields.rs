//! Setting one field of an account from typed text.

use chrono::NaiveDate;

use super::{Refusal, typed};
use crate::domain::account::{Account, Stage, Tier};
use crate::domain::account_field::AccountField;
use crate::domain::colleague::{People, Person, Role};
use crate::domain::limits::LIST;
use crate::domain::text::visible;
use crate::domain::when::Now;
use crate::services::dates;
use crate::services::import::values;
use crate::words::{self, Lang};

/// The account with the field set. An empty text removes the value.
///
/// # Errors
/// If the text is not valid for the field.
pub fn set(
    account: &Account,
    field: AccountField,
    text: &str,
    now: Now,
) -> Result<Account, Refusal> {
    Refusal::of_long_text(field.key(), text)?;
    let text = visible(text);
    if !matches!(field, AccountField::Tags | AccountField::People) {
        Refusal::of_long_line(field.key(), &text)?;
    }
    let mut next = account.clone();
    match field {
        AccountField::Name if text.is_empty() => {
            return Err(Refusal::new(field.key(), words::problems::wrong_empty));
        }
        AccountField::Name => next.name = text,
        AccountField::Reading => next.reading = text,
        AccountField::Domain => next.domain = text,
        AccountField::Industry => next.industry = text,
        AccountField::Country => next.country = text,
        AccountField::Owner => next.owner = text,
        AccountField::People => next.people = people(&text)?,
        AccountField::Plan => next.plan = text,
        AccountField::Tier => {
            next.tier = one_of(field, &text, Tier::parse, Tier::ALL.iter().map(|t| t.key()))?
        }
        AccountField::Stage => {
            let keys = Stage::ALL.iter().map(|s| s.key());
            next.stage = one_of(field, &text, Stage::parse, keys)?
        }
        // An amount without a currency keeps the account's currency.
        AccountField::Arr => {
            next.arr = typed::money(field.key(), &text, account.arr.map(|m| m.currency))?;
        }
        AccountField::Start => next.contract_start = date(field, &text, now)?,
        AccountField::Renewal => next.renewal = date(field, &text, now)?,
        AccountField::Term => next.term_months = typed::whole_number(field.key(), &text)?,
        AccountField::Employees => next.employees = typed::whole_number(field.key(), &text)?,
        AccountField::Seats => next.seats = typed::whole_number(field.key(), &text)?,
        AccountField::Tags => {
            let tags = text.split([',', '、', ';']).map(str::trim);
            let tags: Vec<&str> = tags.filter(|t| !t.is_empty()).collect();
            if tags.len() > LIST {
                return Err(Refusal::new(field.key(), |lang| {
                    words::problems::list_too_long(lang, LIST)
                }));
            }
            for tag in &tags {
                Refusal::of_long_line(field.key(), tag)?;
            }
            next.tags = tags.into_iter().map(str::to_owned).collect();
        }
        AccountField::Escalated => {
            next.escalated = values::truth(&text).ok_or_else(|| {
                Refusal::new(field.key(), |lang| {
                    words::problems::wrong_one_of(lang, "yes · no")
                })
            })?
        }
    }
    Ok(next)
}

/// People as `role: Name <mail> 9:00-17:30`, separated by semicolons. A role is named in either language.
fn people(text: &str) -> Result<People, Refusal> {
    let field = AccountField::People.key();
    let mut out = People::default();
    for one in text.split([';', '；']).filter(|one| !one.trim().is_empty()) {
        let (named, person) = one.split_once([':', '：']).unwrap_or(("", one));
        let named = named.trim();
        let is = |role: &&Role| {
            let words = [Lang::En, Lang::Ja].map(|lang| role.words(lang));
            words.iter().any(|w| w.eq_ignore_ascii_case(named))
        };
        let role = Role::parse(named).or_else(|| Role::ALL.iter().find(is).copied());
        let Some(role) = role else {
            let keys: Vec<&str> = Role::ALL.iter().map(|r| r.key()).collect();
            return Err(Refusal::new(field, |lang| {
                words::problems::wrong_role(lang, named, keys.join(" · "))
            }));
        };
        let person = Person::read(person)
            .map_err(|why| Refusal::new(field, |lang| words::problems::wrong_person(lang, &why)))?;
        out.set(role, person);
    }
    Ok(out)
}

fn one_of<T>(
    field: AccountField,
    text: &str,
    parse: fn(&str) -> Option<T>,
    keys: impl Iterator<Item = &'static str>,
) -> Result<Option<T>, Refusal> {
    if text.is_empty() {
        return Ok(None);
    }
    parse(text).map(Some).ok_or_else(|| {
        let keys: Vec<&str> = keys.collect();
        Refusal::new(field.key(), |lang| {
            words::problems::wrong_one_of(lang, keys.join(" · "))
        })
    })
}

fn date(field: AccountField, text: &str, now: Now) -> Result<Option<NaiveDate>, Refusal> {
    if text.is_empty() {
        return Ok(None);
    }
    dates::read(text, now)
        .map(Some)
        .ok_or_else(|| Refusal::new(field.key(), words::common::not_a_date))
}
