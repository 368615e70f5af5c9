//! The context of an answer beside the store: the configuration, the author, language and form of
//! the request, and the time. This file must not know the questions.

use std::sync::Arc;

use super::portfolio::Portfolio;
use crate::config::Config;
use crate::domain::account::Account;
use crate::domain::failure::Failure;
use crate::domain::ids::Mint;
use crate::domain::standing::Row;
use crate::domain::when::Now;
use crate::ipc::Form;
use crate::ops::{Author, By, Refusal};
use crate::store::Store;
use crate::store::rows::{Scoring, riskiest_first};
use crate::words::Lang;

/// The context that every answer needs beside the store.
pub struct Context<'a> {
    pub config: &'a Arc<Config>,
    pub author: &'a Author,
    pub lang: Lang,
    pub form: Form,
    pub now: Now,
    /// The rows of the open desk; `None` if a command opened the store itself.
    pub held: Option<&'a Portfolio>,
    pub mint: &'a mut Mint,
}

impl Context<'_> {
    /// Who makes an operation, and when.
    pub fn by(&mut self) -> By<'_> {
        By {
            author: self.author,
            now: self.now,
            mint: self.mint,
        }
    }

    /// How rows are scored.
    pub fn scoring(&self) -> Scoring<'_> {
        Scoring {
            context: self.config.scoring_context(),
            policy_stamp: self.config.policy_stamp,
            now: self.now,
        }
    }

    /// The rows of the accounts in use, the riskiest first: the desk's if they are of today, else the store's.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn rows(&self, store: &mut Store) -> Result<Vec<Arc<Row>>, Failure> {
        let mut rows = self.rows_with_archived(store)?;
        rows.retain(|r| r.account.archived.is_none());
        Ok(rows)
    }

    /// As [`Self::rows`], with the archived accounts at the end.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn rows_with_archived(&self, store: &mut Store) -> Result<Vec<Arc<Row>>, Failure> {
        match self.held.and_then(|held| held.of(self.now.today())) {
            Some(mut rows) => {
                riskiest_first(&mut rows);
                Ok(rows)
            }
            None => {
                let rows = store.rows_alone(self.scoring())?;
                // The next answer need not open the store.
                store.write_rows(rows.clone(), self.scoring())?;
                Ok(rows)
            }
        }
    }

    /// All accounts, archived ones included: the desk's, else the store's.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn accounts(&self, store: &Store) -> Result<Vec<Account>, Failure> {
        match self.held {
            Some(held) => Ok(held.rows().map(|r| r.account.clone()).collect()),
            None => store.accounts(),
        }
    }

    /// An input that an operation refuses, as a failure of usage.
    pub fn refusal(&self, refusal: &Refusal) -> Failure {
        Failure::Usage {
            reason: refusal.words(self.lang).to_owned(),
        }
    }
}
