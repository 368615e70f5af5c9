//! The trait of every stored record. The trait has no default methods, so that a new kind
//! with a missing answer does not compile. The list of kinds is in `records`; this file does not
//! know it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::ids::AccountId;
use super::when::{Zone, end_of_day};

/// A group of records whose keys begin with one letter, and the name under which statistics count
/// it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyGroup {
    /// The first byte of its keys. It is on disk and never changes.
    pub letter: u8,
    /// The name in `store stats --json`.
    pub name: &'static str,
    /// The first byte of an index from these records' ids to their accounts.
    pub index: Option<u8>,
}

/// How records of a kind are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    /// Each under its own id: accounts, and records of the desk.
    ById,
    /// Each under its account, then its own id.
    ByAccount,
    /// All of an account in one compressed list: the store handles many small values badly.
    Folder,
}

/// How undo treats a write or a removal of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// A statement of a person or an import. Undo reverts it.
    Edit,
    /// The program's record of its own work (a calendar it sent, the last time a brief was opened).
    /// Undo and redo skip it, it changes no score, and of two states the later one wins.
    Mark,
}

/// The limits of what is known on a day in the past.
#[derive(Debug, Clone, Copy)]
pub struct AsOf {
    pub day: NaiveDate,
    /// The last second of that day in the user's zone.
    pub end: DateTime<Utc>,
    /// Leaves out statements without a date: they may have been made later.
    pub drop_undated: bool,
    /// Keeps days to come that were stated: the end of a contract. A back-test leaves them out, because a later end may
    /// be what it should predict.
    pub plans: bool,
}

impl AsOf {
    pub fn new(day: NaiveDate, zone: Zone, drop_undated: bool) -> Self {
        Self {
            day,
            end: end_of_day(day, zone),
            drop_undated,
            plans: false,
        }
    }

    /// With the days to come that were stated.
    #[must_use]
    pub fn with_plans(self) -> Self {
        Self {
            plans: true,
            ..self
        }
    }

    /// Whether a statement of this date was known. One without a date was known, unless such are
    /// dropped.
    pub fn knows(&self, date: Option<NaiveDate>) -> bool {
        date.map_or(!self.drop_undated, |d| d <= self.day)
    }

    /// As [`AsOf::knows`], for a moment.
    pub fn knows_at(&self, at: Option<DateTime<Utc>>) -> bool {
        at.map_or(!self.drop_undated, |at| at <= self.end)
    }
}

/// A stored record.
pub trait Recorded: Clone + PartialEq + Serialize + DeserializeOwned {
    /// How undo treats records of this kind.
    const NATURE: Nature;

    /// Its id: unique within its kind and account, never empty.
    fn id(&self) -> &str;

    /// The account it belongs to; none for records of the desk.
    fn account(&self) -> Option<&AccountId>;

    /// Its name in lists and questions, from its own data; a key where it has no name.
    fn title(&self) -> String;

    /// The record to store where `held` is stored now: the record itself, or the greater of the two
    /// for values that only rise.
    #[must_use]
    fn over(self, held: &Self) -> Self;

    /// The record as one of another account, when two accounts are merged. Records of the desk stay as they are.
    #[must_use]
    fn of_other(self, account: &AccountId) -> Self;

    /// The record as of the end of a day, without later statements; none when it did not
    /// exist yet.
    fn as_of(&self, at: &AsOf) -> Option<Self>;

    /// The newest day on which anything in it was observed. Planned dates (a renewal, a due date)
    /// are no observations.
    fn newest(&self, zone: Zone) -> Option<NaiveDate>;

    /// The record without private lines, as it may leave the desk; none when none of it may.
    fn public(self) -> Option<Self>;
}

/// A kind of record that the desk holds in memory for all accounts (see `portfolio::held`).
pub trait Held: Recorded {
    /// What tells its records apart.
    type Key: Ord + Clone;

    fn key(&self) -> Self::Key;
}
