//! Reading: one account's dossier on demand, and what the desk keeps in memory.

use std::sync::atomic::Ordering;

use chrono::NaiveDate;
use serde::de::DeserializeOwned;

use super::tree::Pair;
use super::{FAR, Store, codec, keys};
use crate::domain::account::Account;
use crate::domain::action::Action;
use crate::domain::cadence::away::Away;
use crate::domain::cadence::touchpoint::Touchpoint;
use crate::domain::change::Record;
use crate::domain::checkin::Checkin;
use crate::domain::contact::Contact;
use crate::domain::dossier::Dossier;
use crate::domain::facts::feedback::Outcome;
use crate::domain::facts::subscription::Subscription;
use crate::domain::facts::usage::Usage;
use crate::domain::failure::Failure;
use crate::domain::health::history::History;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::note::Note;
use crate::domain::view::View;

impl Store {
    /// Everything about one account; none when there is no such account.
    pub fn dossier(&self, id: &AccountId) -> Result<Option<Dossier>, Failure> {
        let Some(account) = self.one::<Account>(&keys::of_account(keys::ACCOUNT, id))? else {
            return Ok(None);
        };
        let mut actions: Vec<Action> = self.many(keys::ACTION_OPEN, id)?;
        actions.extend(self.many::<Action>(keys::ACTION_CLOSED, id)?);
        let mut checkins: Vec<Checkin> = self.many(keys::CHECKIN_OPEN, id)?;
        checkins.extend(self.many::<Checkin>(keys::CHECKIN_DONE, id)?);
        let mut touchpoints: Vec<Touchpoint> = self.many(keys::MEETING_OPEN, id)?;
        touchpoints.extend(self.many::<Touchpoint>(keys::MEETING_OVER, id)?);
        Ok(Some(Dossier {
            account,
            contacts: self.folder(keys::CONTACTS, id)?,
            subscriptions: self.folder(keys::SUBSCRIPTIONS, id)?,
            tickets: self.folder(keys::TICKETS, id)?,
            surveys: self.folder(keys::SURVEYS, id)?,
            touches: self.folder(keys::TOUCHES, id)?,
            outcomes: self.folder(keys::OUTCOMES, id)?,
            notes: self.many(keys::NOTE, id)?,
            actions,
            checkins,
            touchpoints,
            usage: self.usage(id)?,
            history: self.history(id)?,
        }))
    }

    pub fn account(&self, id: &AccountId) -> Result<Option<Account>, Failure> {
        self.one(&keys::of_account(keys::ACCOUNT, id))
    }

    pub fn usage(&self, id: &AccountId) -> Result<Usage, Failure> {
        let Some(bytes) = self.get(&keys::of_account(keys::USAGE, id))? else {
            return Ok(Usage::default());
        };
        let usage = codec::unpressed(&bytes)
            .and_then(|raw| Usage::unpack(&raw).ok_or_else(|| format!("usage of {id}")));
        self.or_lost(usage.map_err(|reason| self.damaged(reason)))
    }

    pub(super) fn history(&self, id: &AccountId) -> Result<History, Failure> {
        match self.get(&keys::of_account(keys::HISTORY, id))? {
            Some(bytes) => self.or_lost(
                codec::unpressed(&bytes)
                    .and_then(|raw| codec::from_json(&raw))
                    .map_err(|reason| self.damaged(reason)),
            ),
            None => Ok(History::default()),
        }
    }

    pub fn subscriptions(&self, id: &AccountId) -> Result<Vec<Subscription>, Failure> {
        self.folder(keys::SUBSCRIPTIONS, id)
    }

    pub fn outcomes(&self, id: &AccountId) -> Result<Vec<Outcome>, Failure> {
        self.folder(keys::OUTCOMES, id)
    }

    pub fn contacts(&self, id: &AccountId) -> Result<Vec<Contact>, Failure> {
        self.folder(keys::CONTACTS, id)
    }

    /// An action by its id or the beginning of it, of any account.
    pub fn actions_like(&self, id: &str) -> Result<Vec<Action>, Failure> {
        let mut all: Vec<Action> = self.all(keys::ACTION_OPEN)?;
        all.extend(self.all::<Action>(keys::ACTION_CLOSED)?);
        Ok(all
            .into_iter()
            .filter(|a| a.id.as_str().to_lowercase().starts_with(&id.to_lowercase()))
            .collect())
    }

    /// Meetings that are agreed and yet to be.
    pub fn meetings(&self) -> Result<Vec<Touchpoint>, Failure> {
        self.all(keys::MEETING_OPEN)
    }

    /// Busy calendars and absences.
    pub fn away(&self) -> Result<Vec<Away>, Failure> {
        self.all(keys::AWAY)
    }

    pub fn note(&self, account: &AccountId, id: &RecordId) -> Result<Option<Note>, Failure> {
        self.one(&keys::of_record(keys::NOTE, account, id.as_str()))
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
        for pair in self.tree.walk([keys::NOTE]) {
            // Only those that are meant are read.
            let (key, _) = pair.map_err(|e| self.sled_failure(&e))?;
            if begins(&key) {
                out.extend(self.one::<Note>(&key)?);
            }
        }
        Ok(out)
    }

    /// What stands under the id of a record now.
    pub fn current(&self, record: &Record) -> Result<Option<Record>, Failure> {
        let held = |d: Dossier| -> Vec<Record> {
            let mut out: Vec<Record> = d.contacts.into_iter().map(Record::Contact).collect();
            out.extend(d.subscriptions.into_iter().map(Record::Subscription));
            out.extend(d.tickets.into_iter().map(Record::Ticket));
            out.extend(d.surveys.into_iter().map(Record::Survey));
            out.extend(d.touches.into_iter().map(Record::Touch));
            out.extend(d.outcomes.into_iter().map(Record::Outcome));
            out
        };
        Ok(match record {
            Record::Account(r) => self
                .one(&keys::of_account(keys::ACCOUNT, &r.id))?
                .map(Record::Account),
            Record::Note(r) => self
                .one(&keys::of_record(keys::NOTE, &r.account, r.id.as_str()))?
                .map(Record::Note),
            Record::Action(r) => {
                let open = self.one(&keys::of_record(
                    keys::ACTION_OPEN,
                    &r.account,
                    r.id.as_str(),
                ))?;
                let closed = self.one(&keys::of_record(
                    keys::ACTION_CLOSED,
                    &r.account,
                    r.id.as_str(),
                ))?;
                open.or(closed).map(Record::Action)
            }
            Record::Checkin(r) => {
                let open = self.one(&keys::of_record(
                    keys::CHECKIN_OPEN,
                    &r.account,
                    r.id.as_str(),
                ))?;
                let done = self.one(&keys::of_record(
                    keys::CHECKIN_DONE,
                    &r.account,
                    r.id.as_str(),
                ))?;
                open.or(done).map(Record::Checkin)
            }
            Record::View(r) => self
                .one(&keys::of_id(keys::VIEW, &r.name))?
                .map(Record::View),
            Record::Touchpoint(r) => {
                let open = self.one(&keys::of_record(
                    keys::MEETING_OPEN,
                    &r.account,
                    r.id.as_str(),
                ))?;
                let over = self.one(&keys::of_record(
                    keys::MEETING_OVER,
                    &r.account,
                    r.id.as_str(),
                ))?;
                open.or(over).map(Record::Touchpoint)
            }
            Record::Away(r) => self
                .one(&keys::of_id(keys::AWAY, &r.name))?
                .map(Record::Away),
            other => match other.account() {
                Some(account) => self.dossier(account)?.and_then(|d| {
                    held(d)
                        .into_iter()
                        .find(|h| h.kind() == other.kind() && h.id() == other.id())
                }),
                None => None,
            },
        })
    }

    /// All accounts, by id.
    pub fn accounts(&self) -> Result<Vec<Account>, Failure> {
        self.all(keys::ACCOUNT)
    }

    /// All accounts with the day their contract began, where it is known.
    pub fn contracts(&self) -> Result<Vec<(AccountId, Option<NaiveDate>)>, Failure> {
        let of_subscriptions = self.folders(keys::SUBSCRIPTIONS, &|all: Vec<Subscription>| {
            all.iter().filter_map(|s| s.start).min()
        })?;
        self.all_as(keys::ACCOUNT, &|a: Account| {
            let start = a.contract_start.or_else(|| {
                of_subscriptions
                    .binary_search_by(|(id, _)| id.cmp(&a.id))
                    .ok()
                    .map(|at| of_subscriptions[at].1)
            });
            Some((a.id, start))
        })
    }

    /// The outcomes of all accounts that have any, by account.
    pub fn all_outcomes(&self) -> Result<Vec<(AccountId, Vec<Outcome>)>, Failure> {
        self.folders(keys::OUTCOMES, &|all| {
            Some(all).filter(|all| !all.is_empty())
        })
    }

    /// Actions in hand: open ones, and promises that are kept but not told.
    pub fn open_actions(&self, asked: &dyn Fn(&Action) -> bool) -> Result<Vec<Action>, Failure> {
        self.all_as(keys::ACTION_OPEN, &|a| Some(a).filter(asked))
    }

    pub fn views(&self) -> Result<Vec<View>, Failure> {
        self.all(keys::VIEW)
    }

    /// Check-ins under way, and the newest finished ones.
    pub fn checkins(&self, finished: usize) -> Result<Vec<Checkin>, Failure> {
        let mut out: Vec<Checkin> = self.all(keys::CHECKIN_OPEN)?;
        for pair in self.tree.scan_back([keys::CHECKIN_TIME]).take(finished) {
            let (key, account) = pair.map_err(|e| self.sled_failure(&e))?;
            let account = AccountId::new(String::from_utf8_lossy(&account));
            let id = String::from_utf8_lossy(&key[1..]).into_owned();
            out.extend(self.one::<Checkin>(&keys::of_record(keys::CHECKIN_DONE, &account, &id))?);
        }
        Ok(out)
    }

    /// The ids of all accounts, in their order.
    pub(super) fn account_ids(&self) -> Result<Vec<AccountId>, Failure> {
        let ids = self
            .tree
            .walk([keys::ACCOUNT])
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

    pub(super) fn folder<T: DeserializeOwned>(
        &self,
        kind: u8,
        id: &AccountId,
    ) -> Result<Vec<T>, Failure> {
        match self.get(&keys::of_account(kind, id))? {
            Some(bytes) => {
                self.or_lost(codec::from_folder(&bytes).map_err(|reason| self.damaged(reason)))
            }
            None => Ok(Vec::new()),
        }
    }

    fn many<T: DeserializeOwned>(&self, kind: u8, id: &AccountId) -> Result<Vec<T>, Failure> {
        self.scan(self.tree.scan(keys::of_record(kind, id, "")), &Some::<T>)
    }

    fn all<T: DeserializeOwned>(&self, kind: u8) -> Result<Vec<T>, Failure> {
        self.all_as(kind, &Some::<T>)
    }

    /// Those of a kind that are `kept`, each as it comes.
    pub(super) fn all_as<V: DeserializeOwned, T>(
        &self,
        kind: u8,
        kept: &dyn Fn(V) -> Option<T>,
    ) -> Result<Vec<T>, Failure> {
        let mut seen = 0;
        let found = self.scan(self.tree.walk([kind]).inspect(|_| seen += 1), kept);
        if seen > FAR {
            self.looked_far();
        }
        found
    }

    /// More was read than is to stay in memory: see [`Store::reopen`].
    pub fn looked_far(&self) {
        self.swollen.store(true, Ordering::Relaxed);
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

    /// What is `kept` of the folders of a kind, in the order of their accounts.
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

    /// In a store that lost data, what cannot be read is left out instead of stopping everything.
    fn or_lost<T: Default>(&self, read: Result<T, Failure>) -> Result<T, Failure> {
        match read {
            Err(Failure::Damaged { .. }) if self.lost.is_some() => Ok(T::default()),
            other => other,
        }
    }

    fn damaged(&self, reason: String) -> Failure {
        Failure::Damaged {
            path: self.home.join("store").display().to_string(),
            reason,
        }
    }
}
