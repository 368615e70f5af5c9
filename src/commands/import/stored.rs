//! The stored data for an import preview while a client holds the store: each answer is JSON lines,
//! one per account or key. Must not depend on how the import uses it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::domain::account::Account;
use crate::domain::edited::EditedField;
use crate::domain::facts::usage::date_of;
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::domain::records::Record;
use crate::ipc::compact;
use crate::runtime::context::Context;
use crate::runtime::importing::{Key, keys_of};
use crate::runtime::listing::{List, Listing};
use crate::runtime::question::{Ask, Question};
use crate::runtime::said::Said;
use crate::services::import::ExistingData;
use crate::services::import::mapping::Through;
use crate::store::Store;

/// The questions that an import asks.
pub const QUESTIONS: &[Question] = &[
    Question::of::<Accounts>(),
    Question::of::<Records>(),
    Question::of::<Keys>(),
    Question::of::<Usages>(),
    Question::of::<Edited>(),
];

/// Days of each metric in the socket format.
pub type Series = BTreeMap<String, Vec<(NaiveDate, f64)>>;

/// An answer of JSON lines.
fn lines<T: Serialize + Send + 'static>(context: &Context, items: Vec<T>) -> Said {
    let make = move |out: &mut Listing| {
        items.iter().try_for_each(|item| {
            out.line(&|| compact(item))?;
            out.value(&|| json!(item))
        })
    };
    Said::List(List::new(context.form, "", make))
}

/// All accounts, by id.
#[derive(Serialize, Deserialize)]
pub struct Accounts {}

impl Ask for Accounts {
    const ASK: &'static str = "stored-accounts";

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        // Not the desk's rows: they hold the beginnings of long attributes only.
        let accounts: Vec<Account> = store.accounts()?;
        Ok(lines(context, accounts))
    }
}

/// The records of some accounts, one line per account.
#[derive(Serialize, Deserialize)]
pub struct Records {
    pub accounts: Vec<AccountId>,
}

impl Ask for Records {
    const ASK: &'static str = "stored-records";

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let of = |id| ExistingData::records(&*store, id);
        let all: Vec<Vec<Record>> = self.accounts.iter().map(of).collect::<Result<_, _>>()?;
        Ok(lines(context, all))
    }
}

/// The keys of some accounts in another table.
#[derive(Serialize, Deserialize)]
pub struct Keys {
    pub through: Through,
    pub accounts: Vec<AccountId>,
}

impl Ask for Keys {
    const ASK: &'static str = "stored-keys";

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let mut all: Vec<Key> = Vec::new();
        for account in self.accounts {
            all.extend(keys_of(store, account, self.through)?);
        }
        Ok(lines(context, all))
    }
}

/// When fields were last edited by hand, one line per field.
#[derive(Serialize, Deserialize)]
pub struct Edited {
    pub fields: Vec<EditedField>,
}

impl Ask for Edited {
    const ASK: &'static str = "stored-edits";

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        Ok(lines(context, store.last_edits(&self.fields)))
    }
}

/// The usage of some accounts, one line per account.
#[derive(Serialize, Deserialize)]
pub struct Usages {
    pub accounts: Vec<AccountId>,
}

impl Ask for Usages {
    const ASK: &'static str = "stored-usage";

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let mut all: Vec<Series> = Vec::new();
        for account in &self.accounts {
            let metrics = store.usage(account)?.0.into_iter();
            let days = metrics.map(|(metric, series)| {
                let points = series.points().iter();
                (metric, points.map(|(day, v)| (date_of(*day), *v)).collect())
            });
            all.push(days.collect());
        }
        Ok(lines(context, all))
    }
}
