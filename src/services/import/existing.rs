//! What an import asks of the data that is there already.

use chrono::NaiveDate;

use super::mapping::Through;
use crate::domain::account::Account;
use crate::domain::facts::usage::Usage;
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::domain::records::Record;

/// What the store holds already; the store implements it, and tests do.
pub trait ExistingData {
    fn accounts(&self) -> Result<Vec<Account>, Failure>;
    /// All records of one account that imports may touch.
    fn records(&self, account: &AccountId) -> Result<Vec<Record>, Failure>;
    /// Keys of another table: key, account, and the first day of the contract where it has one.
    fn keys(
        &self,
        through: Through,
    ) -> Result<Vec<(String, AccountId, Option<NaiveDate>)>, Failure>;
    fn usage(&self, account: &AccountId) -> Result<Usage, Failure>;
}
