//! Reading: one account's dossier on demand, and what the desk keeps in memory.

use std::sync::atomic::Ordering;

use chrono::NaiveDate;
use serde::de::DeserializeOwned;

use super::handle::{LARGE_READ, Store};
use super::keys::{OPEN, OVER};
use super::tree::Pair;
use super::{codec, keys};
use crate::domain::account::Account;
use crate::domain::action::Action;
use crate::domain::cadence::absence::Absence;
use crate::domain::cadence::touchpoint::Touchpoint;
use crate::domain::checkin::Checkin;
use crate::domain::facts::outcome::Outcome;
use crate::domain::facts::subscription::Subscription;
use crate::domain::failure::Failure;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::note::Note;
use crate::domain::recorded::Keeping;
use crate::domain::records::{Kind, Listed, Record, Visit, VisitKind};
use crate::domain::settings::dismissal::Dismissal;

impl Store {
    pub fn account(&self, id: &AccountId) -> Result<Option<Account>, Failure> {
        self.one(&keys::of_account(keys::letter::<Account>(0), id))
    }

    /// All records of a kind.
    pub fn every<R: Listed>(&self) -> Result<Vec<R>, Failure> {
        let mut out = Vec::new();
        for group in R::KEY_GROUPS {
            match R::KEEPING {
                Keeping::Folder => out.extend(
                    self.folders(group.letter, &|all: Vec<R>| Some(all))?
                        .into_iter()
                        .flat_map(|(_, all)| all),
                ),
                Keeping::ByAccount | Keeping::ById => out.extend(self.all::<R>(group.letter)?),
            }
        }
        Ok(out)
    }

    /// An action by its id or the beginning of it, of any account.
    pub fn actions_like(&self, id: &str) -> Result<Vec<Action>, Failure> {
        let id = id.to_lowercase();
        let mut all: Vec<Action> = self.every()?;
        all.retain(|a| a.id.as_str().to_lowercase().starts_with(&id));
        Ok(all)
    }

    /// Agreed meetings that are still to come.
    pub fn meetings(&self) -> Result<Vec<Touchpoint>, Failure> {
        self.all(keys::letter::<Touchpoint>(OPEN))
    }

    /// What was dismissed as a false alarm or marked as a risk.
    pub fn dismissed(&self) -> Result<Vec<Dismissal>, Failure> {
        self.every()
    }

    /// Busy calendars and absences.
    pub fn absences(&self) -> Result<Vec<Absence>, Failure> {
        self.every()
    }

    pub fn note(&self, account: &AccountId, id: &RecordId) -> Result<Option<Note>, Failure> {
        self.one(&keys::of_record(
            keys::letter::<Note>(0),
            account,
            id.as_str(),
        ))
    }

    /// A note by its id or the beginning of it.
    pub fn notes_like(&self, id: &str) -> Result<Vec<Note>, Failure> {
        let id = id.to_lowercase();
        let begins = |key: &[u8]| {
            key.iter().rposition(|b| *b == 0).is_some_and(|at| {
                String::from_utf8_lossy(&key[at + 1..])
                    .to_lowercase()
                    .starts_with(&id)
            })
        };
        let mut out = Vec::new();
        for pair in self.tree.walk([keys::letter::<Note>(0)]) {
            // Read only the matching ones.
            let (key, _) = pair.map_err(|e| self.sled_failure(&e))?;
            if begins(&key) {
                out.extend(self.one::<Note>(&key)?);
            }
        }
        Ok(out)
    }

    /// All records that belong to the desk and to no account.
    pub fn of_desk(&self) -> Result<Vec<Record>, Failure> {
        struct OfDesk<'a>(&'a Store);
        impl VisitKind for OfDesk<'_> {
            type Out = Result<Vec<Record>, Failure>;
            fn visit<R: Listed>(self) -> Self::Out {
                if R::KEEPING != Keeping::ById || R::KIND == Kind::Account {
                    return Ok(Vec::new());
                }
                Ok(self.0.every::<R>()?.into_iter().map(Into::into).collect())
            }
        }
        let mut out = Vec::new();
        for kind in Kind::ALL {
            out.extend(kind.visit(OfDesk(self))?);
        }
        Ok(out)
    }

    /// The stored record with the same id, in any key group of its kind.
    pub fn current(&self, record: &Record) -> Result<Option<Record>, Failure> {
        struct Current<'a>(&'a Store);
        impl Visit for Current<'_> {
            type Out = Result<Option<Record>, Failure>;
            fn visit<R: Listed>(self, record: &R) -> Self::Out {
                if let (Keeping::Folder, Some(account)) = (R::KEEPING, record.account()) {
                    let all = self.0.list::<R>(account)?;
                    return Ok(all
                        .into_iter()
                        .find(|r| r.id() == record.id())
                        .map(Into::into));
                }
                for group in R::KEY_GROUPS {
                    if let Some(found) = self.0.one::<R>(&keys::at(group.letter, record))? {
                        return Ok(Some(found.into()));
                    }
                }
                Ok(None)
            }
        }
        record.visit(Current(self))
    }

    /// All accounts, by id.
    pub fn accounts(&self) -> Result<Vec<Account>, Failure> {
        self.every()
    }

    /// All accounts with the start of their contract, if known.
    pub fn contracts(&self) -> Result<Vec<(AccountId, Option<NaiveDate>)>, Failure> {
        let of_subscriptions = self.folders(keys::letter::<Subscription>(0), &|all: Vec<
            Subscription,
        >| {
            all.iter().filter_map(|s| s.start).min()
        })?;
        self.all_as(keys::letter::<Account>(0), &|a: Account| {
            let start = a.contract_start.or_else(|| {
                of_subscriptions
                    .binary_search_by(|(id, _)| id.cmp(&a.id))
                    .ok()
                    .map(|at| of_subscriptions[at].1)
            });
            Some((a.id, start))
        })
    }

    /// The outcomes of all accounts with any, by account.
    pub fn all_outcomes(&self) -> Result<Vec<(AccountId, Vec<Outcome>)>, Failure> {
        self.folders(keys::letter::<Outcome>(0), &|all| {
            Some(all).filter(|all| !all.is_empty())
        })
    }

    /// Actions that need attention: open ones, and fulfilled promises of which the customer was not
    /// informed.
    pub fn open_actions(&self, asked: &dyn Fn(&Action) -> bool) -> Result<Vec<Action>, Failure> {
        self.all_as(keys::letter::<Action>(OPEN), &|a| Some(a).filter(asked))
    }

    /// Check-ins in progress, and the newest finished ones.
    pub fn checkins(&self, finished: usize) -> Result<Vec<Checkin>, Failure> {
        let mut out: Vec<Checkin> = self.all(keys::letter::<Checkin>(OPEN))?;
        let over = &Checkin::KEY_GROUPS[OVER];
        let Some(index) = over.index else {
            return Ok(out);
        };
        for pair in self.tree.scan_back([index]).take(finished) {
            let (key, account) = pair.map_err(|e| self.sled_failure(&e))?;
            let account = AccountId::new(String::from_utf8_lossy(&account));
            let id = String::from_utf8_lossy(&key[1..]).into_owned();
            out.extend(self.one::<Checkin>(&keys::of_record(
                keys::letter::<Checkin>(OVER),
                &account,
                &id,
            ))?);
        }
        Ok(out)
    }

    /// The ids of all accounts, in their order.
    pub fn account_ids(&self) -> Result<Vec<AccountId>, Failure> {
        // Not `walk`: who asks for all accounts reads them next, and reopens the tree when that left too much in memory.
        let ids = self
            .tree
            .scan([keys::letter::<Account>(0)])
            .map(|pair| pair.map(|(key, _)| AccountId::new(String::from_utf8_lossy(&key[1..]))));
        ids.collect::<Result<_, _>>()
            .map_err(|e| self.sled_failure(&e))
    }

    pub(super) fn one<T: DeserializeOwned>(&self, key: &[u8]) -> Result<Option<T>, Failure> {
        let Some(bytes) = self.get(key)? else {
            return Ok(None);
        };
        self.or_lost(
            codec::from_json(&bytes)
                .map(Some)
                .map_err(|reason| self.damaged(reason)),
        )
    }

    fn all<T: DeserializeOwned>(&self, kind: u8) -> Result<Vec<T>, Failure> {
        self.all_as(kind, &Some::<T>)
    }

    /// Records of a kind for which `kept` returns a value, in key order.
    pub(super) fn all_as<V: DeserializeOwned, T>(
        &self,
        kind: u8,
        kept: &dyn Fn(V) -> Option<T>,
    ) -> Result<Vec<T>, Failure> {
        let mut seen = 0;
        let found = self.scan(self.tree.walk([kind]).inspect(|_| seen += 1), kept);
        if seen > LARGE_READ {
            self.mark_for_reopening();
        }
        found
    }

    /// Records that reading left too many pages in memory: see [`Store::reopen`].
    pub fn mark_for_reopening(&self) {
        self.reopen_due.store(true, Ordering::Relaxed);
    }

    fn scan<V: DeserializeOwned, T>(
        &self,
        pairs: impl Iterator<Item = Pair>,
        kept: &dyn Fn(V) -> Option<T>,
    ) -> Result<Vec<T>, Failure> {
        pairs
            .filter_map(|pair| {
                let value = pair
                    .map_err(|e| self.sled_failure(&e))
                    .and_then(|(_, value)| {
                        codec::from_json(&value)
                            .map(kept)
                            .map_err(|reason| self.damaged(reason))
                    });
                self.or_lost(value).transpose()
            })
            .collect()
    }

    /// The values that `kept` returns for the folders of a kind, in the order of their accounts.
    fn folders<V: DeserializeOwned, T>(
        &self,
        kind: u8,
        kept: &dyn Fn(Vec<V>) -> Option<T>,
    ) -> Result<Vec<(AccountId, T)>, Failure> {
        let mut out = Vec::new();
        for pair in self.tree.walk([kind]) {
            let (key, value) = pair.map_err(|e| self.sled_failure(&e))?;
            let folder =
                self.or_lost(codec::from_folder(&value).map_err(|reason| self.damaged(reason)))?;
            out.extend(
                kept(folder)
                    .map(|value| (AccountId::new(String::from_utf8_lossy(&key[1..])), value)),
            );
        }
        Ok(out)
    }

    /// A store that lost data skips unreadable values instead of failing.
    pub(super) fn or_lost<T: Default>(&self, read: Result<T, Failure>) -> Result<T, Failure> {
        match read {
            Err(Failure::Damaged { .. }) if self.lost.is_some() => Ok(T::default()),
            other => other,
        }
    }

    pub(super) fn damaged(&self, reason: String) -> Failure {
        Failure::Damaged {
            path: self.home.join("store").display().to_string(),
            reason,
        }
    }
}
