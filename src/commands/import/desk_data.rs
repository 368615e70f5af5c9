//! The store's data for an import preview while the client holds the store: requested from the
//! client in batches of accounts. Must not depend on how the import uses it.

use std::cell::RefCell;
use std::collections::HashMap;

use serde::de::DeserializeOwned;

use super::stored::{Accounts, Keys, Records, Series, Usages};
use crate::commands::asking::{Desk, DeskReply};
use crate::domain::account::Account;
use crate::domain::facts::usage::Usage;
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::domain::records::Record;
use crate::ipc::Form;
use crate::runtime::importing::Key;
use crate::runtime::question::Ask;
use crate::services::export::series;
use crate::services::import::ExistingData;
use crate::services::import::mapping::Through;

/// Accounts per request for records or usage. The accounts that follow by id are likely to be
/// needed soon, and the store's thread reads this many in a few milliseconds.
const AHEAD: usize = 20;
/// Accounts per request for keys.
const KEYS_AHEAD: usize = 200;
/// Most accounts cached; beyond this the cache is cleared.
const HELD: usize = 2_000;

/// The data of a running client.
pub struct DeskData {
    desk: Desk,
    accounts: Vec<Account>,
    records: Ahead<Vec<Record>>,
    usage: Ahead<Series>,
}

/// Prefetched data, by account.
type Ahead<T> = RefCell<HashMap<AccountId, T>>;

impl DeskData {
    /// Connects to the client; `None` if no client answers.
    ///
    /// # Errors
    /// If the client cannot list its accounts.
    pub fn begin(desk: Desk) -> Result<Option<Self>, Failure> {
        let accounts = match lines(&desk, &Accounts {}) {
            Err(Failure::NoAnswer) => return Ok(None),
            accounts => accounts?,
        };
        Ok(Some(Self {
            desk,
            accounts,
            records: Ahead::default(),
            usage: Ahead::default(),
        }))
    }

    /// An account's data from the prefetched answers; otherwise requests it together with the
    /// following accounts.
    fn of<T, R>(
        &self,
        account: &AccountId,
        ahead: &Ahead<T>,
        request: impl FnOnce(Vec<AccountId>) -> R,
    ) -> Result<T, Failure>
    where
        T: DeserializeOwned + Default,
        R: Ask,
    {
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
        let found: Vec<T> = lines(&self.desk, &request(asked.clone()))?;
        ahead.extend(asked.into_iter().zip(found));
        Ok(ahead.remove(account).unwrap_or_default())
    }
}

impl ExistingData for DeskData {
    fn accounts(&self) -> Result<Vec<Account>, Failure> {
        Ok(self.accounts.clone())
    }

    fn records(&self, account: &AccountId) -> Result<Vec<Record>, Failure> {
        self.of(account, &self.records, |accounts| Records { accounts })
    }

    fn keys(&self, through: Through) -> Result<Vec<Key>, Failure> {
        let mut out = Vec::new();
        for some in self.accounts.chunks(KEYS_AHEAD) {
            let accounts = some.iter().map(|a| a.id.clone()).collect();
            out.extend(lines(&self.desk, &Keys { through, accounts })?);
        }
        Ok(out)
    }

    fn usage(&self, account: &AccountId) -> Result<Usage, Failure> {
        let metrics = self.of(account, &self.usage, |accounts| Usages { accounts })?;
        let metrics = metrics.into_iter();
        Ok(Usage(
            metrics
                .map(|(metric, days)| (metric, series(&days)))
                .collect(),
        ))
    }
}

/// The parsed lines of an answer.
fn lines<T: DeserializeOwned>(desk: &Desk, request: &impl Ask) -> Result<Vec<T>, Failure> {
    let answer = match desk.ask(request, Form::Words)? {
        DeskReply::Answer(answer) => answer,
        DeskReply::NoDesk => return Err(Failure::NoAnswer),
    };
    if answer.exit != 0 {
        return Err(Failure::Refused {
            reason: answer.error,
        });
    }
    let read = |line: &str| {
        serde_json::from_str(line).map_err(|e| Failure::Refused {
            reason: e.to_string(),
        })
    };
    answer.out.lines().map(read).collect()
}
