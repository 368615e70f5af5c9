//! The data for plans, read from the store: rows, agreed meetings, absences. This file must not
//! know who plans.

use std::sync::Arc;

use super::context::Context;
use crate::domain::account::Account;
use crate::domain::book::Book;
use crate::domain::cadence::touchpoint::Touchpoint;
use crate::domain::failure::Failure;
use crate::domain::portfolio::held::HeldRecords;
use crate::domain::standing::Row;
use crate::store::Store;

/// Days to plan ahead.
pub const YEAR: i64 = 365;

/// The data for plans, read from the store. Any thread can build a book from it.
pub struct Basis {
    rows: Vec<Arc<Row>>,
    meetings: Vec<Touchpoint>,
    held: HeldRecords,
}

impl Basis {
    /// Data of all accounts.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn of(store: &mut Store, context: &Context) -> Result<Self, Failure> {
        Ok(Self {
            rows: context.rows_with_archived(store)?,
            meetings: store.meetings()?,
            held: HeldRecords::read(store)?,
        })
    }

    /// Data of one account, whose row need not wait for the others.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn of_one(
        store: &mut Store,
        context: &Context,
        account: &Account,
    ) -> Result<Self, Failure> {
        let (rows, _) = store.rows_of(std::slice::from_ref(&account.id), context.scoring())?;
        Ok(Self {
            rows,
            meetings: store.meetings()?,
            held: HeldRecords::read(store)?,
        })
    }

    pub fn book(self) -> Book {
        let mut book = Book::new(self.rows);
        book.set_meetings(self.meetings);
        book.held = self.held;
        book
    }
}
