//! Merging and deleting accounts at the store, for the desk and for commands: what a step would do, and doing it.
//! Both read the records of the moment, so that nothing that came in between is left behind.

use crate::domain::change::Operation;
use crate::domain::dossier::Dossier;
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::domain::merging::{Ending, Weighed};
use crate::ops::lifecycle::{delete, may_merge, merge};
use crate::ops::{By, Refusal};
use crate::store::Store;

/// Why a step was not possible.
pub enum Refused {
    Refusal(Refusal),
    Failure(Failure),
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        Refused::Failure(failure)
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Refused::Refusal(refusal)
    }
}

/// What a step would do.
///
/// # Errors
/// If it is refused, an account does not exist, or the store cannot be read.
pub fn weigh(store: &Store, ending: &Ending) -> Result<Weighed, Refused> {
    Ok(match ending {
        Ending::Merge { kept, other } => {
            let (kept, other) = (dossier(store, kept)?, dossier(store, other)?);
            may_merge(&kept.account, &other.account)?;
            Weighed::merge(&kept, &other)
        }
        Ending::Delete(id) => Weighed::delete(&dossier(store, id)?),
    })
}

/// Writes a step.
///
/// # Errors
/// As [`weigh`], or if the store cannot be written.
pub fn end(store: &mut Store, ending: &Ending, by: &mut By) -> Result<Operation, Refused> {
    let operation = match ending {
        Ending::Merge { kept, other } => {
            merge(&dossier(store, kept)?, &dossier(store, other)?, by)?
        }
        Ending::Delete(id) => delete(&dossier(store, id)?, by),
    };
    store.commit(&operation)?;
    Ok(operation)
}

fn dossier(store: &Store, id: &AccountId) -> Result<Dossier, Failure> {
    store.dossier(id)?.ok_or_else(|| Failure::NotFound {
        what: id.to_string(),
    })
}
