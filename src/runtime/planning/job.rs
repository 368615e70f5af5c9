//! What the planning of an import asks of the store's thread.

use std::sync::mpsc::Sender;

use chrono::{DateTime, Utc};

use crate::domain::account::Account;
use crate::domain::edited::EditedField;
use crate::domain::facts::usage::Usage;
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::domain::records::Record;
use crate::runtime::importing::Key;
use crate::services::import::Plan;
use crate::services::import::mapping::Through;

/// A short job for the store's thread. The answer goes to the sender; whoever asked may have gone.
pub enum ImportJob {
    /// All accounts, with the number of the last operation of the store.
    Accounts(Reply<(u64, Vec<Account>)>),
    Records(Vec<AccountId>, Reply<Vec<Vec<Record>>>),
    Keys(Through, Vec<AccountId>, Reply<Vec<Key>>),
    Usage(Vec<AccountId>, Reply<Vec<Usage>>),
    /// When fields were last edited by hand.
    Edited(Vec<EditedField>, Reply<Vec<Option<DateTime<Utc>>>>),
    /// Writes a plan, if nothing was written since it was made.
    Write {
        plan: Box<Plan>,
        /// The number of the last operation when the plan was made.
        seq: u64,
        reply: Reply<Written>,
    },
}

/// Takes the answer to a job.
pub type Reply<T> = Sender<Result<T, Failure>>;

/// What became of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    Done {
        /// The file with the rejected rows.
        rejects_file: Option<String>,
    },
    /// Something else was written since the plan was made: it must be made anew.
    Outdated,
}
