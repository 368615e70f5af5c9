//! The whole of attributes that rows hold cut (see `portfolio::attributes`).

use std::borrow::Cow;

use super::handle::Store;
use super::keys;
use crate::domain::account::Account;
use crate::domain::change::Operation;
use crate::domain::failure::Failure;
use crate::domain::portfolio::attributes::{Answers, AttributeText};
use crate::domain::records::Record;

impl Store {
    /// The accounts with attributes that hold each text.
    pub fn holding(&self, asked: &[AttributeText]) -> Result<Answers, Failure> {
        if asked.is_empty() {
            return Ok(Answers::default());
        }
        // One account after the other: the texts of all of them would not stay small.
        let held_by = |account: Account| {
            let held = asked.iter().filter(|a| a.is_in(&account));
            let held: Vec<AttributeText> = held.cloned().collect();
            (!held.is_empty()).then_some((account.id, held))
        };
        let holders = self.all_as(keys::letter::<Account>(0), &held_by)?;
        Ok(Answers::new(asked, holders))
    }

    /// The operation with stored attributes where a change was made from an account of the rows.
    pub(super) fn with_whole_attributes<'a>(
        &self,
        op: &'a Operation,
    ) -> Result<Cow<'a, Operation>, Failure> {
        let is_cut =
            |record: &Option<Record>| matches!(record, Some(Record::Account(a)) if a.excerpt);
        if !op
            .changes
            .iter()
            .any(|c| is_cut(&c.before) || is_cut(&c.after))
        {
            return Ok(Cow::Borrowed(op));
        }
        let mut op = op.clone();
        for change in &mut op.changes {
            for record in [&mut change.before, &mut change.after] {
                if let Some(Record::Account(account)) = record
                    && account.excerpt
                {
                    self.put_attributes_back(account)?;
                }
            }
        }
        Ok(Cow::Owned(op))
    }

    fn put_attributes_back(&self, account: &mut Account) -> Result<(), Failure> {
        if let Some(stored) = self.account(&account.id)? {
            account.attributes = stored.attributes;
        }
        account.excerpt = false;
        Ok(())
    }
}
