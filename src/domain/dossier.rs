//! All data of one account, read when it is opened or scored: a list for each kind of record that
//! belongs to an account (see `records`), its usage and its recorded scores.

pub mod churn;
pub mod effective;
pub mod going_on;
pub mod start;
pub mod steps;
pub mod talks;
pub mod terms;

use super::account::Account;
use super::change::Change;
use super::facts::usage::Usage;
use super::health::history::History;
use super::ids::AccountId;
use super::recorded::{AsOf, Recorded};
use super::records::{Listed, Record, records};
use super::when::Zone;

/// The source a dossier is read from.
pub trait Source {
    type Error;

    /// All records of a kind that an account has.
    fn list<R: Listed>(&self, account: &AccountId) -> Result<Vec<R>, Self::Error>;
    fn usage(&self, account: &AccountId) -> Result<Usage, Self::Error>;
    fn history(&self, account: &AccountId) -> Result<History, Self::Error>;
}

macro_rules! dossier {
    (
        account { $($account:tt)* }
        of_account { $($kind:ident $name:literal $slot:ident $type:path: $keeping:ident $groups:tt;)+ }
        of_desk { $($desk:tt)* }
    ) => {
        #[derive(Debug, Clone, PartialEq)]
        pub struct Dossier {
            pub account: Account,
            $(pub $slot: Vec<$type>,)+
            pub usage: Usage,
            pub history: History,
        }

        impl Dossier {
            pub fn new(account: Account) -> Self {
                Self {
                    account,
                    $($slot: Vec::new(),)+
                    usage: Usage::default(),
                    history: History::default(),
                }
            }

            /// Reads all data of an account.
            pub fn gather<S: Source>(account: Account, from: &S) -> Result<Self, S::Error> {
                Ok(Self {
                    $($slot: from.list(&account.id)?,)+
                    usage: from.usage(&account.id)?,
                    history: from.history(&account.id)?,
                    account,
                })
            }

            /// Its records, the account first.
            pub fn records(&self) -> impl Iterator<Item = Record> + '_ {
                std::iter::once(self.account.clone().into())
                    $(.chain(self.$slot.iter().cloned().map(Record::from)))+
            }

            /// Applies a change of one of its records without reading it again. A new or changed
            /// record comes last in its list.
            pub fn apply(&mut self, change: &Change) {
                if let Some(account) = change.after_as::<Account>() {
                    self.account = account.clone();
                }
                $(replace(&mut self.$slot, change);)+
            }

            /// The account as of the end of a day: without later records, and without
            /// later changes of earlier ones.
            #[must_use]
            pub fn as_of(&self, at: &AsOf) -> Self {
                Self {
                    account: self.account.as_of(at).unwrap_or_else(|| self.account.clone()),
                    $($slot: self.$slot.iter().filter_map(|r| r.as_of(at)).collect(),)+
                    usage: self.usage.until(at.day),
                    history: self.history.until(at.day),
                }
            }
        }
    };
}
records!(dossier);

fn replace<R: Listed>(list: &mut Vec<R>, change: &Change) {
    let (before, after) = change.typed::<R>();
    for stale in before.iter().chain(after.iter()) {
        list.retain(|r| r.id() != stale.id());
    }
    list.extend(after.cloned());
}

impl Dossier {
    /// The newest day on which anything in it was observed, and the kind of that record. A replay
    /// of an earlier day must not hold a newer one.
    pub fn newest(&self, zone: Zone) -> Option<(&'static str, chrono::NaiveDate)> {
        let usage = self.usage.last_day().map(|day| ("usage", day));
        self.records()
            .filter_map(|r| Some((r.kind().key(), r.newest(zone)?)))
            .chain(usage)
            .max_by_key(|(_, day)| *day)
    }
}
