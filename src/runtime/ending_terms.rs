//! The terms of an account that may be settled, for the desk and the command line.

use crate::app::outcomes::state::{Chosen, Terms};
use crate::domain::dossier::terms::{Term, to_settle};
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::domain::renewals::TermKey;
use crate::domain::when::Now;
use crate::store::Store;

/// Reads them; `None` if there is no such account.
///
/// # Errors
/// The store cannot be read.
pub fn read(store: &Store, id: &AccountId, now: Now) -> Result<Option<Terms>, Failure> {
    let Some(dossier) = store.dossier(id)? else {
        return Ok(None);
    };
    let first_use = store.first_use()?.map(|at| now.zone.day(at));
    Ok(Some(Terms {
        terms: to_settle(&dossier, now.today(), first_use),
        account: dossier.account,
        earlier: dossier.outcomes,
        steps: dossier.steps,
    }))
}

/// Reads those of the terms asked for that may be settled.
///
/// # Errors
/// The store cannot be read.
pub fn find(store: &Store, keys: &[TermKey], now: Now) -> Result<Vec<Chosen>, Failure> {
    let mut out = Vec::new();
    for (account, contract, ends_on) in keys {
        let found = read(store, account, now)?;
        let is = |term: &Term| term.ends_on == *ends_on && term.contract() == contract.as_ref();
        let at = |found: &Terms| found.terms.iter().position(|(term, _)| is(term));
        out.extend(found.and_then(|found| at(&found).map(|at| (found, at))));
    }
    Ok(out)
}
