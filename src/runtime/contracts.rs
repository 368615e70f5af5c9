//! The contracts of an account, for the desk and the command line.

use chrono::NaiveDate;

use crate::app::contracts::state::Held;
use crate::domain::dossier::going_on::contracts_on;
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::store::Store;

/// Reads them, the newest first; `None` if there is no such account.
///
/// # Errors
/// The store cannot be read.
pub fn read(store: &Store, id: &AccountId, today: NaiveDate) -> Result<Option<Held>, Failure> {
    let Some(dossier) = store.dossier(id)? else {
        return Ok(None);
    };
    let mut stands = contracts_on(&dossier, today).into_owned();
    let mut contracts = dossier.subscriptions;
    for list in [&mut contracts, &mut stands] {
        list.sort_by(|a, b| (b.start, &b.id).cmp(&(a.start, &a.id)));
    }
    Ok(Some(Held {
        account: dossier.account,
        contracts,
        stands,
    }))
}
