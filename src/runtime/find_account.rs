//! Finds the account that a text refers to, and its state. This file must not know the question.

use std::sync::Arc;

use super::context::Context;
use super::portfolio::Portfolio;
use crate::domain::account::Account;
use crate::domain::dossier::Dossier;
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::domain::search::{Meant, find, meant};
use crate::domain::standing::Standing;
use crate::store::Store;
use crate::store::index::Index;

/// The single account that a text matches: by id, name, alias or a part of one. An open desk
/// searches the accounts in memory.
///
/// # Errors
/// If the text matches no account, or several.
pub fn one(store: &Store, held: Option<&Portfolio>, text: &str) -> Result<Account, Failure> {
    match held {
        None => match by_index(store, text) {
            Some(account) => Ok(account),
            None => among(&store.accounts()?.iter().collect::<Vec<_>>(), text).cloned(),
        },
        Some(held) => {
            let accounts: Vec<&Account> = held.rows().map(|r| &r.account).collect();
            let id = &among(&accounts, text)?.id;
            store.account(id)?.ok_or_else(|| Failure::NotFound {
                what: text.to_owned(),
            })
        }
    }
}

/// The account that a text means beyond doubt, found without reading all accounts.
fn by_index(store: &Store, text: &str) -> Option<Account> {
    let row = Index::current(store.home())?.meant(text)?;
    store.account(&row.account.id).ok().flatten()
}

/// Like [`one`], among accounts in memory.
///
/// # Errors
/// If the text matches none of them, or several.
pub fn among<'a>(all: &[&'a Account], text: &str) -> Result<&'a Account, Failure> {
    let candidate = |a: &&Account| (a.id.clone(), a.name.clone());
    match meant(all.iter().copied(), text) {
        Meant::One(a) => Ok(a),
        Meant::Several(several) => Err(Failure::Ambiguous {
            text: text.into(),
            candidates: several.iter().map(candidate).collect(),
        }),
        Meant::None => {
            // The beginning of the text may still match.
            let short: String = text.chars().take(2).collect();
            let near = find(all.iter().copied(), &short)
                .into_iter()
                .take(3)
                .map(|(a, _)| candidate(&a))
                .collect();
            Err(Failure::NoSuchAccount {
                text: text.into(),
                near,
            })
        }
    }
}

/// An account's name and whether it is archived; its id if there is no such account.
///
/// # Errors
/// Where the store cannot be read.
pub fn name(store: &Store, context: &Context, id: &AccountId) -> Result<(String, bool), Failure> {
    let held = context.held.and_then(|held| held.get(id));
    let account = match held {
        Some(row) => Some(row.account.clone()),
        None => store.account(id)?,
    };
    Ok(account.map_or_else(
        || (id.to_string(), false),
        |a| (a.name, a.archived.is_some()),
    ))
}

/// The dossier of an account, and its standing now.
///
/// # Errors
/// If the account was deleted, or the store cannot be read.
pub fn standing(
    store: &mut Store,
    context: &Context,
    account: &Account,
) -> Result<(Dossier, Standing), Failure> {
    let (rows, _) = store.rows_of(std::slice::from_ref(&account.id), context.scoring())?;
    let dossier = store.dossier(&account.id)?;
    match (dossier, rows.into_iter().next()) {
        (Some(d), Some(row)) => Ok((d, Arc::unwrap_or_clone(row).standing)),
        _ => Err(Failure::NotFound {
            what: account.name.clone(),
        }),
    }
}
