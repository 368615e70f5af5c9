//! The terms of an account that may be settled, for the desk and the command line.

use crate::app::outcomes::state::Terms;
use crate::domain::dossier::terms::to_settle;
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
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
    }))
}
