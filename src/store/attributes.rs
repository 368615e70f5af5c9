//! The whole of attributes that rows hold cut (see `portfolio::attributes`).

use std::borrow::Cow;

use super::handle::Store;
use crate::domain::account::Account;
use crate::domain::change::{Change, Operation};
use crate::domain::failure::Failure;

impl Store {
    /// The operation with stored attributes where a change was made from an account of the rows.
    pub(super) fn with_whole_attributes<'a>(
        &self,
        op: &'a Operation,
    ) -> Result<Cow<'a, Operation>, Failure> {
        let is_cut = |change: &Change| {
            let (before, after) = change.typed::<Account>();
            before.into_iter().chain(after).any(|a| a.excerpt)
        };
        if !op.changes.iter().any(is_cut) {
            return Ok(Cow::Borrowed(op));
        }
        let mut op = op.clone();
        for change in op.changes.iter_mut().filter(|c| is_cut(c)) {
            let (before, after) = change.typed::<Account>();
            let whole = |account: Option<&Account>| {
                let whole = account.map(|a| self.with_attributes(a.clone()));
                whole.transpose().map(|a| a.map(Into::into))
            };
            *change = Change {
                before: whole(before)?,
                after: whole(after)?,
            };
        }
        Ok(Cow::Owned(op))
    }

    fn with_attributes(&self, mut account: Account) -> Result<Account, Failure> {
        if account.excerpt {
            if let Some(stored) = self.account(&account.id)? {
                account.attributes = stored.attributes;
            }
            account.excerpt = false;
        }
        Ok(account)
    }
}
