//! The stored data for an import that does not hold the store: it is asked for in batches of accounts.
//! Must not know who answers.

use std::cell::RefCell;
use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::Key;
use crate::domain::account::Account;
use crate::domain::edited::EditedField;
use crate::domain::facts::usage::Usage;
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::domain::records::Record;
use crate::services::import::ExistingData;
use crate::services::import::mapping::Through;

/// Accounts per request for records or usage. The accounts that follow by id are likely to be
/// needed soon, and the store's thread reads this many in a few milliseconds.
const AHEAD: usize = 20;
/// Accounts per request for keys.
const KEYS_AHEAD: usize = 200;
/// Most accounts cached; beyond this the cache is cleared.
const HELD: usize = 2_000;

/// Whoever reads the store. The answers follow the order of the accounts.
pub trait Fetch {
    /// # Errors
    /// Where the store cannot be read, or nobody answers.
    fn records(&self, accounts: Vec<AccountId>) -> Result<Vec<Vec<Record>>, Failure>;
    /// # Errors
    /// Where the store cannot be read, or nobody answers.
    fn keys(&self, through: Through, accounts: Vec<AccountId>) -> Result<Vec<Key>, Failure>;
    /// # Errors
    /// Where the store cannot be read, or nobody answers.
    fn usage(&self, accounts: Vec<AccountId>) -> Result<Vec<Usage>, Failure>;
    /// # Errors
    /// Where nobody answers.
    fn edited(&self, fields: Vec<EditedField>) -> Result<Vec<Option<DateTime<Utc>>>, Failure>;
}

/// The data behind a [`Fetch`].
pub struct Batches<F> {
    fetch: F,
    /// All accounts, by id.
    accounts: Vec<Account>,
    records: Ahead<Vec<Record>>,
    usage: Ahead<Usage>,
}

/// Prefetched data, by account.
type Ahead<T> = RefCell<HashMap<AccountId, T>>;

impl<F: Fetch> Batches<F> {
    /// `accounts` are all accounts, by id.
    pub fn new(fetch: F, accounts: Vec<Account>) -> Self {
        Self {
            fetch,
            accounts,
            records: Ahead::default(),
            usage: Ahead::default(),
        }
    }

    /// An account's data from the prefetched answers; otherwise requests it together with the
    /// following accounts.
    fn of<T: Default>(
        &self,
        account: &AccountId,
        ahead: &Ahead<T>,
        request: impl FnOnce(Vec<AccountId>) -> Result<Vec<T>, Failure>,
    ) -> Result<T, Failure> {
        let mut ahead = ahead.borrow_mut();
        if let Some(known) = ahead.remove(account) {
            return Ok(known);
        }
        if ahead.len() > HELD {
            ahead.clear();
        }
        let from = self.accounts.partition_point(|a| a.id <= *account);
        let next = self.accounts[from..].iter().map(|a| &a.id);
        let next = next.filter(|id| !ahead.contains_key(*id)).take(AHEAD - 1);
        let asked: Vec<AccountId> = std::iter::once(account).chain(next).cloned().collect();
        let found = request(asked.clone())?;
        ahead.extend(asked.into_iter().zip(found));
        Ok(ahead.remove(account).unwrap_or_default())
    }
}

impl<F: Fetch> ExistingData for Batches<F> {
    fn accounts(&self) -> Result<Vec<Account>, Failure> {
        Ok(self.accounts.clone())
    }

    fn records(&self, account: &AccountId) -> Result<Vec<Record>, Failure> {
        self.of(account, &self.records, |all| self.fetch.records(all))
    }

    fn keys(&self, through: Through) -> Result<Vec<Key>, Failure> {
        let mut out = Vec::new();
        for some in self.accounts.chunks(KEYS_AHEAD) {
            let accounts = some.iter().map(|a| a.id.clone()).collect();
            out.extend(self.fetch.keys(through, accounts)?);
        }
        Ok(out)
    }

    fn usage(&self, account: &AccountId) -> Result<Usage, Failure> {
        self.of(account, &self.usage, |all| self.fetch.usage(all))
    }

    fn edited(&self, fields: &[EditedField]) -> Result<Vec<Option<DateTime<Utc>>>, Failure> {
        self.fetch.edited(fields.to_vec())
    }
}
