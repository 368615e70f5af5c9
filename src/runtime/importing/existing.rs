//! The stored data, as an import reads it.

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::account::Account;
use crate::domain::contact::Contact;
use crate::domain::edited::EditedField;
use crate::domain::facts::subscription::Subscription;
use crate::domain::facts::usage::Usage;
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::domain::records::Record;
use crate::services::import::ExistingData;
use crate::services::import::mapping::Through;
use crate::store::Store;

impl ExistingData for Store {
    fn accounts(&self) -> Result<Vec<Account>, Failure> {
        Store::accounts(self)
    }

    fn records(&self, account: &AccountId) -> Result<Vec<Record>, Failure> {
        let Some(d) = self.dossier(account)? else {
            return Ok(Vec::new());
        };
        Ok(d.records().collect())
    }

    fn keys(&self, through: Through) -> Result<Vec<Key>, Failure> {
        let mut out = Vec::new();
        for account in Store::accounts(self)? {
            out.extend(keys_of(self, account.id, through)?);
        }
        Ok(out)
    }

    fn usage(&self, account: &AccountId) -> Result<Usage, Failure> {
        Store::usage(self, account)
    }

    fn edited(&self, fields: &[EditedField]) -> Result<Vec<Option<DateTime<Utc>>>, Failure> {
        Ok(self.last_edits(fields))
    }
}

/// A key of another table, its account, and the start of the contract if known.
pub type Key = (String, AccountId, Option<NaiveDate>);

/// The keys of one account.
///
/// # Errors
/// Where the store cannot be read.
pub fn keys_of(store: &Store, account: AccountId, through: Through) -> Result<Vec<Key>, Failure> {
    let mut out: Vec<Key> = Vec::new();
    match through {
        Through::Subscription => {
            for s in store.list::<Subscription>(&account)? {
                for id in std::iter::once(&s.id).chain(&s.known_as) {
                    out.push((id.to_string(), account.clone(), s.start));
                }
            }
        }
        Through::Contact => {
            for c in store.list::<Contact>(&account)? {
                out.push((c.id.to_string(), account.clone(), None));
                if !c.email.is_empty() {
                    out.push((c.email, account.clone(), None));
                }
            }
        }
    }
    Ok(out)
}
