//! The rows that the desk shows, which the keeper has too: other terminals are answered by them, at once
//! and without a second copy of everything.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::ids::AccountId;
use crate::domain::summary::Row;

#[derive(Default)]
pub struct Portfolio {
    rows: BTreeMap<AccountId, Arc<Row>>,
    /// The day all of them are of; none while those of another day come in.
    day: Option<NaiveDate>,
}

impl Portfolio {
    pub fn new(rows: &[Arc<Row>], day: NaiveDate) -> Self {
        Self { rows: rows.iter().map(|r| (r.account.id.clone(), r.clone())).collect(), day: Some(day) }
    }

    /// Takes in rows that were computed anew, and answers them as they are shared with the desk.
    pub fn put(&mut self, rows: Vec<Row>) -> Vec<Arc<Row>> {
        let shared = |mut row: Row| {
            // The id that others hold already: one of its own would stand in the midst of the room that the
            // row before leaves.
            if let Some((id, _)) = self.rows.get_key_value(&row.account.id) {
                row.account.id = id.clone();
            }
            let row = Arc::new(row);
            self.rows.insert(row.account.id.clone(), row.clone());
            row
        };
        rows.into_iter().map(shared).collect()
    }

    pub fn remove(&mut self, gone: &[AccountId]) {
        for id in gone {
            self.rows.remove(id);
        }
    }

    /// From here on some rows are of another day than the others.
    pub fn begin(&mut self) {
        self.day = None;
    }

    pub fn finish(&mut self, day: NaiveDate) {
        self.day = Some(day);
    }

    pub fn get(&self, id: &AccountId) -> Option<&Row> {
        self.rows.get(id).map(|r| &**r)
    }

    /// By id. Their accounts are always as they stand in the store.
    pub fn rows(&self) -> impl Iterator<Item = &Arc<Row>> {
        self.rows.values()
    }

    /// All of them, where all are of this day.
    pub fn of(&self, day: NaiveDate) -> Option<Vec<Arc<Row>>> {
        (self.day == Some(day)).then(|| self.rows.values().cloned().collect())
    }
}
