//! The existing data, as an import reads it.

use chrono::{DateTime, NaiveDate, Utc};

use super::mapping::Through;
use crate::domain::account::Account;
use crate::domain::edited::EditedField;
use crate::domain::facts::usage::Usage;
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::domain::records::Record;

/// Read access to the existing data. The store and tests implement it.
pub trait ExistingData {
    fn accounts(&self) -> Result<Vec<Account>, Failure>;
    /// The records of one account that imports may change.
    fn records(&self, account: &AccountId) -> Result<Vec<Record>, Failure>;
    /// The keys of another table: key, account, and the first day of the contract where it has one.
    fn keys(
        &self,
        through: Through,
    ) -> Result<Vec<(String, AccountId, Option<NaiveDate>)>, Failure>;
    fn usage(&self, account: &AccountId) -> Result<Usage, Failure>;
    /// When each field was last edited by hand, as far back as the journal goes. The answers follow the
    /// order of the fields.
    fn edited(&self, fields: &[EditedField]) -> Result<Vec<Option<DateTime<Utc>>>, Failure>;
}
