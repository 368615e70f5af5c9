//! Accounts: changed by field or several at once, and health overrides.

use super::{By, Refusal, actions, fields};
use crate::domain::account::{Account, HealthOverride, Verdict};
use crate::domain::account_field::AccountField;
use crate::domain::change::{Change, Label, Operation};
use crate::domain::text::clean_line;
use crate::services::dates;
use crate::words;

/// Sets one field from text; `None` if the value is unchanged.
///
/// # Errors
/// If the text is not valid for the field.
pub fn set_field(
    before: &Account,
    field: AccountField,
    text: &str,
    by: &mut By,
) -> Result<Option<Operation>, Refusal> {
    let after = fields::set(before, field, text, by.now)?;
    Ok(change(before, after, field.key(), by))
}

/// Changes an account; `None` if nothing changes. `part` is the key of the changed part, as in
/// [`Label::Edit`].
pub(super) fn change(
    before: &Account,
    after: Account,
    part: &str,
    by: &mut By,
) -> Option<Operation> {
    if *before == after {
        return None;
    }
    let label = Label::Edit {
        account: after.name.clone(),
        field: part.to_owned(),
    };
    Some(by.operation(label, vec![Change::update(before.clone(), after)]))
}

/// Applies one change to several accounts as one undoable step: `owner=…`, `tier=…`, `stage=…`,
/// `+tag` or `-tag`, separated by blanks.
///
/// # Errors
/// If a word is none of these, or no account changes.
pub fn edit_many(accounts: &[Account], text: &str, by: &mut By) -> Result<Operation, Refusal> {
    let unread = || Refusal::new("", words::portfolio::edit_selected_hint);
    let mut changes = Vec::new();
    for before in accounts {
        let mut after = before.clone();
        for word in text.split_whitespace() {
            if let Some(tag) = word.strip_prefix('+').filter(|x| !x.is_empty()) {
                if !after.tags.iter().any(|x| x == tag) {
                    after.tags.push(tag.to_owned());
                }
            } else if let Some(tag) = word.strip_prefix('-').filter(|x| !x.is_empty()) {
                after.tags.retain(|x| x != tag);
            } else {
                let (key, value) = word.split_once('=').ok_or_else(unread)?;
                let field = [AccountField::Owner, AccountField::Tier, AccountField::Stage]
                    .into_iter()
                    .find(|f| f.key() == key)
                    .ok_or_else(unread)?;
                after = fields::set(&after, field, value, by.now)?;
            }
        }
        if after != *before {
            changes.push(Change::update(before.clone(), after));
        }
    }
    if changes.is_empty() {
        return Err(unread());
    }
    let label = Label::EditMany {
        accounts: changes.len(),
        what: text.trim().to_owned(),
    };
    Ok(by.operation(label, changes))
}

/// A health override, as typed.
#[derive(Debug, Clone, Copy)]
pub struct Override<'a> {
    /// `None` removes the override.
    pub verdict: Option<Verdict>,
    pub reason: &'a str,
    /// The last day of the override; empty for no end.
    pub until: &'a str,
}

/// Overrides health by hand, or removes the override; `None` if nothing changes.
///
/// # Errors
/// If a verdict has no reason, or its end is not a date or has passed.
pub fn override_health(
    before: &Account,
    given: Override,
    by: &mut By,
) -> Result<Option<Operation>, Refusal> {
    let today = by.today();
    let until = actions::date("until", given.until, by.now, dates::read)?;
    if let Some(past) = until.filter(|d| *d < today) {
        return Err(Refusal::new("until", |lang| {
            words::health::until_past(lang, past)
        }));
    }
    let health_override = match given.verdict {
        None => None,
        Some(verdict) => {
            let reason = clean_line(given.reason);
            Refusal::of_long_line("reason", &reason)?;
            if reason.is_empty() {
                return Err(Refusal::new("reason", words::health::reason_missing));
            }
            Some(Box::new(HealthOverride {
                verdict,
                reason,
                author: by.name(),
                set: today,
                until,
            }))
        }
    };
    let after = Account {
        health_override,
        ..before.clone()
    };
    Ok(change(before, after, words::log::HEALTH, by))
}
