//! What finds a row without reading it: its name as it is searched, its band, and whether it is in use.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::codec;
use super::sharing::shared;
use crate::domain::account::Account;
use crate::domain::failure::Failure;
use crate::domain::health::Band;
use crate::domain::search::Haystack;
use crate::domain::standing::Row;
use crate::domain::text::fold;

/// One row, in a line of its own. In this order in an array, so that ten thousand take little time to read.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Lean(
    /// The account's id.
    pub Box<str>,
    pub Band,
    pub Place,
    pub Haystack,
    /// Other names, folded.
    pub Vec<String>,
);

/// Whether an account is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Place {
    #[serde(rename = "u")]
    InUse,
    #[serde(rename = "l")]
    Lost,
    #[serde(rename = "a")]
    Archived,
}

fn lean(row: &Row) -> Lean {
    let account: &Account = &row.account;
    let place = match (account.archived.is_some(), row.standing.churned.is_some()) {
        (true, _) => Place::Archived,
        (false, true) => Place::Lost,
        (false, false) => Place::InUse,
    };
    Lean(
        account.id.as_str().into(),
        row.standing.health.band,
        place,
        Haystack::of(account),
        account.aliases.iter().map(|a| fold(a)).collect(),
    )
}

/// The lines of all rows, in their order.
pub(super) fn lines(rows: &[Arc<Row>]) -> Result<Vec<u8>, Failure> {
    let encode = |some: &[Arc<Row>]| Ok(some.iter().map(|row| codec::json(&lean(row))).collect());
    let lines: Vec<Vec<u8>> = shared(rows, encode)?;
    Ok(lines.join(&b'\n'))
}

/// Reads lines on all processors; `None` if one of them is unreadable.
pub(super) fn read(lines: &[&str]) -> Option<Vec<Lean>> {
    let read = |some: &[&str]| Ok(some.iter().map(|line| one(line)).collect());
    let read: Vec<Option<Lean>> = shared(lines, read).ok()?;
    read.into_iter().collect()
}

/// A line; `None` if it is unreadable.
pub(super) fn one(line: &str) -> Option<Lean> {
    codec::from_json(line.as_bytes()).ok()
}
