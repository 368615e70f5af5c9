//! The store's data for an import preview while the client holds the store: requested from the
//! client. Must not depend on how the import uses it.

use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;

use super::stored::{Accounts, Edited, Keys, Records, Series, Usages};
use crate::commands::asking::{Desk, DeskReply};
use crate::domain::edited::EditedField;
use crate::domain::facts::usage::Usage;
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::domain::records::Record;
use crate::ipc::Form;
use crate::runtime::importing::{Batches, Fetch, Key};
use crate::runtime::question::Ask;
use crate::services::export::series;
use crate::services::import::mapping::Through;

/// The data of a running client.
pub struct DeskData {
    desk: Desk,
}

impl DeskData {
    /// Connects to the client; `None` if no client answers.
    ///
    /// # Errors
    /// If the client cannot list its accounts.
    pub fn begin(desk: Desk) -> Result<Option<Batches<Self>>, Failure> {
        let accounts = match lines(&desk, &Accounts {}) {
            Err(Failure::NoAnswer) => return Ok(None),
            accounts => accounts?,
        };
        Ok(Some(Batches::new(Self { desk }, accounts)))
    }
}

impl Fetch for DeskData {
    fn records(&self, accounts: Vec<AccountId>) -> Result<Vec<Vec<Record>>, Failure> {
        lines(&self.desk, &Records { accounts })
    }

    fn keys(&self, through: Through, accounts: Vec<AccountId>) -> Result<Vec<Key>, Failure> {
        lines(&self.desk, &Keys { through, accounts })
    }

    fn usage(&self, accounts: Vec<AccountId>) -> Result<Vec<Usage>, Failure> {
        let all: Vec<Series> = lines(&self.desk, &Usages { accounts })?;
        let of = |metrics: Series| {
            let metrics = metrics.into_iter();
            Usage(
                metrics
                    .map(|(metric, days)| (metric, series(&days)))
                    .collect(),
            )
        };
        Ok(all.into_iter().map(of).collect())
    }

    fn edited(&self, fields: Vec<EditedField>) -> Result<Vec<Option<DateTime<Utc>>>, Failure> {
        lines(&self.desk, &Edited { fields })
    }
}

/// The parsed lines of an answer.
fn lines<T: DeserializeOwned>(desk: &Desk, request: &impl Ask) -> Result<Vec<T>, Failure> {
    let answer = match desk.ask(request, Form::Words)? {
        DeskReply::Answer(answer) => answer,
        DeskReply::NoDesk => return Err(Failure::NoAnswer),
        DeskReply::Hung => return Err(Failure::Hung),
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
