//! What every stored record must answer for itself. The trait has no default methods, so that a new
//! kind that leaves a question open does not compile. It must not know which kinds there are: the list
//! of them is `records`.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::ids::AccountId;
use super::when::{Zone, end_of_day};

/// A group of records whose keys begin with one letter, and the name under which they are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shelf {
    /// The first byte of the keys in the store. It stands on disk: it never changes.
    pub letter: u8,
    /// The name in `store stats --json`.
    pub name: &'static str,
    /// The letter of an index of these records by id, which names the account of each.
    pub index: Option<u8>,
}

/// How records of a kind lie in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    /// Each under its own id: accounts, and what belongs to the desk.
    ById,
    /// Each under its account, then its own id.
    ByAccount,
    /// All of an account in one compressed list: small values are poison to the store.
    Folder,
}

/// What a record's writing and taking away mean to undo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// A person or an import said so: undo takes it back.
    Edit,
    /// The program remembers what it did (what a calendar was sent, when somebody looked). Undo and
    /// redo leave it alone, it changes no score, and of two states the later one stands.
    Mark,
}

/// What may be known of a record on a day of the past.
#[derive(Debug, Clone, Copy)]
pub struct AsOf {
    pub day: NaiveDate,
    /// The last second of that day in the user's zone.
    pub end: DateTime<Utc>,
    /// Statements without a date are left out: nobody knows whether they held then.
    pub drop_undated: bool,
}

impl AsOf {
    pub fn new(day: NaiveDate, zone: Zone, drop_undated: bool) -> Self {
        Self {
            day,
            end: end_of_day(day, zone),
            drop_undated,
        }
    }

    /// Whether a statement of this date was known; one without a date is, unless those are left out.
    pub fn knows(&self, date: Option<NaiveDate>) -> bool {
        date.map_or(!self.drop_undated, |d| d <= self.day)
    }

    /// As [`AsOf::knows`], of a moment.
    pub fn knows_at(&self, at: Option<DateTime<Utc>>) -> bool {
        at.map_or(!self.drop_undated, |at| at <= self.end)
    }
}

/// A stored record.
pub trait Recorded: Clone + PartialEq + Serialize + DeserializeOwned {
    /// What an edit or a mark of this kind means to undo.
    const NATURE: Nature;

    /// Its id: unique within its kind and account, and never empty.
    fn id(&self) -> &str;

    /// The account it belongs to; none for what belongs to the desk.
    fn account(&self) -> Option<&AccountId>;

    /// What people call it in lists and questions, from its own data. May be a key where it has no
    /// name.
    fn title(&self) -> String;

    /// What is to stand where `held` stands now: the record itself, or for what only ever rises the
    /// greater of the two.
    #[must_use]
    fn over(self, held: &Self) -> Self;

    /// The record as it stood at the end of a day, without what was said of it later; none when it was
    /// not there yet.
    fn as_of(&self, at: &AsOf) -> Option<Self>;

    /// The newest day on which something was observed that it holds. A date that was only planned
    /// (a renewal ahead, a due date) is no observation.
    fn newest(&self, zone: Zone) -> Option<NaiveDate>;

    /// The record as it may leave the desk: without private lines. None when nothing of it may.
    fn public(self) -> Option<Self>;
}
