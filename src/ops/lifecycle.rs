//! The life of an account: created, edited in several fields, archived and restored, merged with another that is the
//! same customer, deleted. Each is one undoable step.

use std::collections::HashSet;

use super::{By, Refusal, accounts, fields};
use crate::domain::account::Account;
use crate::domain::account_field::AccountField;
use crate::domain::change::{Change, Label, Operation, UsageChange};
use crate::domain::dossier::Dossier;
use crate::domain::facts::usage::{Day, Usage};
use crate::domain::ids::AccountId;
use crate::domain::lookalike::name_words;
use crate::domain::merging::merged;
use crate::domain::recorded::Nature;
use crate::domain::records::{Kind, Record};
use crate::domain::text::visible;
use crate::words;

/// A new account as typed: each field with its text. An empty text states nothing.
pub type Typed<'a> = &'a [(AccountField, &'a str)];

/// The longest id that a person may state, characters.
const LONGEST_ID: usize = 80;

/// Builds a new account. Without an owner it belongs to its author; an import may change that. Without an id, one is
/// made from the name; `taken` says which ids are in use.
///
/// # Errors
/// If the name is missing, a text is not valid for its field, or the id is in use or too long.
pub fn draft(
    id: &str,
    typed: Typed,
    taken: &dyn Fn(&str) -> bool,
    by: &By,
) -> Result<Account, Refusal> {
    let of = |field| {
        typed
            .iter()
            .find(|(f, _)| *f == field)
            .map(|(_, text)| *text)
    };
    let name = visible(of(AccountField::Name).unwrap_or_default());
    if name.is_empty() {
        return Err(Refusal::new("name", words::common::name_empty));
    }
    let id = visible(id);
    if id.chars().count() > LONGEST_ID {
        return Err(Refusal::new("id", |lang| {
            words::lifecycle::id_too_long(lang, LONGEST_ID)
        }));
    }
    if !id.is_empty() && taken(&id) {
        return Err(Refusal::new("id", |lang| {
            words::lifecycle::id_taken(lang, &id)
        }));
    }
    let id = if id.is_empty() {
        id_of(&name, taken)
    } else {
        id
    };
    let mut account = Account {
        owner: by.name(),
        ..Account::new(AccountId::new(id), name)
    };
    for (field, text) in typed.iter().filter(|(_, text)| !text.trim().is_empty()) {
        account = fields::set(&account, *field, text, by.now)?;
    }
    Ok(account)
}

/// An id made from a name, as people would write it: `acme-east` for "Acme East, Inc.". A number follows where it is
/// in use.
fn id_of(name: &str, taken: &dyn Fn(&str) -> bool) -> String {
    let words = name_words(name).join("-");
    let id: String = if words.is_empty() { "account" } else { &words }
        .chars()
        .take(LONGEST_ID - 8)
        .collect();
    if !taken(&id) {
        return id;
    }
    (2..)
        .map(|n| format!("{id}-{n}"))
        .find(|id| !taken(id))
        .unwrap_or(id)
}

/// Creates a drafted account.
pub fn create(account: Account, by: &mut By) -> Operation {
    let label = Label::NewAccount {
        account: account.name.clone(),
    };
    by.operation(label, vec![Change::create(account)])
}

/// Sets several fields from text as one step; `None` if nothing changes.
///
/// # Errors
/// If a text is not valid for its field.
pub fn edit(before: &Account, typed: Typed, by: &mut By) -> Result<Option<Operation>, Refusal> {
    let mut after = before.clone();
    let mut changed: Vec<&str> = Vec::new();
    for (field, text) in typed {
        let next = fields::set(&after, *field, text, by.now)?;
        if next != after {
            changed.push(field.key());
        }
        after = next;
    }
    Ok(accounts::change(before, after, &changed.join(","), by))
}

/// Archives an account: it leaves every list and total, and keeps its records.
///
/// # Errors
/// If it is archived already.
pub fn archive(before: &Account, by: &mut By) -> Result<Operation, Refusal> {
    if let Some(day) = before.archived {
        return Err(Refusal::new("", |lang| {
            words::lifecycle::archived_already(lang, &before.name, day)
        }));
    }
    let after = Account {
        archived: Some(by.today()),
        ..before.clone()
    };
    let label = Label::Archive {
        account: before.name.clone(),
    };
    Ok(by.operation(label, vec![Change::update(before.clone(), after)]))
}

/// Brings an archived account back into the lists.
///
/// # Errors
/// If it is not archived.
pub fn unarchive(before: &Account, by: &mut By) -> Result<Operation, Refusal> {
    if before.archived.is_none() {
        return Err(Refusal::new("", |lang| {
            words::lifecycle::not_archived(lang, &before.name)
        }));
    }
    let after = Account {
        archived: None,
        ..before.clone()
    };
    let label = Label::Unarchive {
        account: before.name.clone(),
    };
    Ok(by.operation(label, vec![Change::update(before.clone(), after)]))
}

/// Whether two accounts may be merged.
///
/// # Errors
/// If they are one, or the kept one is archived: the other's records would leave every list unseen.
pub fn may_merge(kept: &Account, other: &Account) -> Result<(), Refusal> {
    if kept.id == other.id {
        return Err(Refusal::new("", words::lifecycle::same_account));
    }
    if kept.archived.is_some() {
        return Err(Refusal::new("", |lang| {
            words::lifecycle::kept_is_archived(lang, &kept.name)
        }));
    }
    Ok(())
}

/// Merges two accounts: the kept one takes the other's records and its values where it has none; the other
/// disappears. Where both have a record with one id or a usage value of one day, that of the kept one stays.
///
/// What the program remembers of the other (sent calendars, looks) stays under the other's id, because undo passes
/// over it.
///
/// # Errors
/// As [`may_merge`].
pub fn merge(kept: &Dossier, other: &Dossier, by: &mut By) -> Result<Operation, Refusal> {
    may_merge(&kept.account, &other.account)?;
    let id = &kept.account.id;
    let held: HashSet<(Kind, String)> = kept
        .records()
        .map(|r| (r.kind(), r.id().to_owned()))
        .collect();
    let (mut changes, mut usage) = removal(other);
    let moved = records_of(other)
        .map(|r| r.of_other(id))
        .filter(|r| !held.contains(&(r.kind(), r.id().to_owned())))
        .map(Change::create);
    changes.extend(moved);
    changes.push(Change::update(
        kept.account.clone(),
        merged(&kept.account, &other.account),
    ));
    usage.extend(usage_taken(id, &kept.usage, &other.usage));
    let label = Label::Merge {
        kept: kept.account.name.clone(),
        other: other.account.name.clone(),
    };
    Ok(by.part(label, None, changes, usage))
}

/// The days of usage that the kept account has not.
fn usage_taken(id: &AccountId, kept: &Usage, other: &Usage) -> Vec<UsageChange> {
    let taken = other.0.iter().filter_map(|(metric, series)| {
        let held = kept.0.get(metric);
        let new = |(day, _): &&(Day, f64)| held.is_none_or(|held| held.get(*day).is_none());
        let days: Vec<(Day, f64)> = series.points().iter().filter(new).copied().collect();
        (!days.is_empty()).then(|| UsageChange {
            account: id.clone(),
            metric: metric.clone(),
            before: days.iter().map(|(day, _)| (*day, None)).collect(),
            after: days
                .iter()
                .map(|(day, value)| (*day, Some(*value)))
                .collect(),
        })
    });
    taken.collect()
}

/// Deletes an account with all its records.
pub fn delete(d: &Dossier, by: &mut By) -> Operation {
    let (changes, usage) = removal(d);
    let label = Label::DeleteAccount {
        account: d.account.name.clone(),
    };
    by.part(label, None, changes, usage)
}

/// The removal of an account and its records, the last first: an undo creates them in their order again.
fn removal(d: &Dossier) -> (Vec<Change>, Vec<UsageChange>) {
    let mut records: Vec<Record> = records_of(d).collect();
    records.reverse();
    let account = std::iter::once(d.account.clone().into());
    let changes = records.into_iter().chain(account).map(|r| Change {
        before: Some(r),
        after: None,
    });
    let usage = d.usage.0.iter().map(|(metric, series)| UsageChange {
        account: d.account.id.clone(),
        metric: metric.clone(),
        before: series
            .points()
            .iter()
            .map(|(day, v)| (*day, Some(*v)))
            .collect(),
        after: series
            .points()
            .iter()
            .map(|(day, _)| (*day, None))
            .collect(),
    });
    (changes.collect(), usage.collect())
}

/// The records of an account that undo brings back, without the account itself.
fn records_of(d: &Dossier) -> impl Iterator<Item = Record> + '_ {
    d.records().skip(1).filter(|r| r.nature() == Nature::Edit)
}
