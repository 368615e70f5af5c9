//! The rows of the desk, shared with the store's thread. It answers other terminals from them, at
//! once and without a second copy.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::ids::AccountId;
use crate::domain::standing::Row;

#[derive(Default)]
pub struct Portfolio {
    /// By id if `sorted`: a start does not wait for sorting.
    rows: Vec<Arc<Row>>,
    sorted: bool,
    /// The day of all rows.
    day: Option<NaiveDate>,
}

impl Portfolio {
    pub fn new(rows: &[Arc<Row>], day: NaiveDate) -> Self {
        Self {
            rows: rows.to_vec(),
            sorted: false,
            day: Some(day),
        }
    }

    /// Sorts the rows. Call it before a search for accounts.
    pub fn sort(&mut self) {
        if !std::mem::replace(&mut self.sorted, true) {
            self.rows.sort_by(|a, b| a.account.id.cmp(&b.account.id));
        }
    }

    fn place(&self, id: &AccountId) -> Option<usize> {
        self.rows.binary_search_by(|r| r.account.id.cmp(id)).ok()
    }

    /// Replaces the rows with recomputed ones.
    pub fn put(&mut self, rows: &[Arc<Row>]) {
        self.sort();
        for row in rows {
            match self.place(&row.account.id) {
                Some(at) => self.rows[at] = row.clone(),
                None => {
                    let at = self.rows.partition_point(|r| r.account.id < row.account.id);
                    self.rows.insert(at, row.clone());
                }
            }
        }
    }

    pub fn remove(&mut self, gone: &[AccountId]) {
        if gone.is_empty() {
            return;
        }
        let gone: HashSet<&AccountId> = gone.iter().collect();
        self.rows.retain(|r| !gone.contains(&r.account.id));
    }

    pub fn get(&self, id: &AccountId) -> Option<&Row> {
        self.place(id).map(|at| &*self.rows[at])
    }

    /// The accounts in the rows are always those in the store.
    pub fn rows(&self) -> impl Iterator<Item = &Arc<Row>> {
        self.rows.iter()
    }

    /// All rows, if they are of this day.
    pub fn of(&self, day: NaiveDate) -> Option<Vec<Arc<Row>>> {
        (self.day == Some(day)).then(|| self.rows.clone())
    }
}
