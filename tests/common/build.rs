//! Builders for records, operations and stores. They fill in what the test does not care about.

use std::path::Path;

use chrono::{DateTime, NaiveDate, Utc};
use kenshin::testing::domain::change::{Change, Label, Operation};
use kenshin::testing::domain::ids::Mint;
use kenshin::testing::store::{Durability, Store};

pub fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).expect("a valid date")
}

/// An operation by one person, without a group and usage.
pub fn operation(id: &str, at: DateTime<Utc>, changes: Vec<Change>) -> Operation {
    Operation {
        id: id.into(),
        at,
        actor: "me".into(),
        device: "test".into(),
        label: Label::Note {
            account: "A".into(),
        },
        group: None,
        changes,
        usage: vec![],
    }
}

/// Opens a store whose writes are durable only after a sync.
pub fn store(home: &Path, at: DateTime<Utc>) -> Store {
    Store::open(home, Durability::Relaxed, &mut Mint::new(7), at)
        .expect("the store opens")
        .0
}
