//! The rows that the desk shows, which the keeper has too: other terminals are answered by them, at once
//! and without a second copy of everything.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::ids::AccountId;
use crate::domain::standing::Row;

#[derive(Default)]
pub struct Portfolio {
    /// By id once they are `sorted`: a start does not wait for that.
    rows: Vec<Arc<Row>>,
    sorted: bool,
    /// The day all of them are of.
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

    /// To be called before accounts are looked for.
    pub fn sort(&mut self) {
        if !std::mem::replace(&mut self.sorted, true) {
            self.rows.sort_by(|a, b| a.account.id.cmp(&b.account.id));
        }
    }

    fn place(&self, id: &AccountId) -> Option<usize> {
        self.rows.binary_search_by(|r| r.account.id.cmp(id)).ok()
    }

    /// Takes in rows that were computed anew, and answers them as they are shared with the desk.
    pub fn put(&mut self, rows: Vec<Row>) -> Vec<Arc<Row>> {
        self.sort();
        let rows: Vec<Arc<Row>> = rows.into_iter().map(Arc::new).collect();
        for row in &rows {
            match self.place(&row.account.id) {
                Some(at) => self.rows[at] = row.clone(),
                None => {
                    let at = self.rows.partition_point(|r| r.account.id < row.account.id);
                    self.rows.insert(at, row.clone());
                }
            }
        }
        rows
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

    /// Their accounts are always as they stand in the store.
    pub fn rows(&self) -> impl Iterator<Item = &Arc<Row>> {
        self.rows.iter()
    }

    /// All of them, where all are of this day.
    pub fn of(&self, day: NaiveDate) -> Option<Vec<Arc<Row>>> {
        (self.day == Some(day)).then(|| self.rows.clone())
    }
}
