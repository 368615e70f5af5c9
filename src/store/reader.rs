//! Reading what belongs to an account: from the tree key by key, or for many accounts at once. The second walks once
//! through each key group, which takes a fraction of the time of a look-up for each list of each account.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use sled::IVec;

use super::handle::Store;
use super::heard::Heard;
use super::keys;
use super::sharing::shared;
use super::tree::Tree;
use super::{codec, packed_history};
use crate::domain::account::Account;
use crate::domain::dossier::{Dossier, Source};
use crate::domain::facts::usage::Usage;
use crate::domain::failure::Failure;
use crate::domain::health::history::History;
use crate::domain::ids::AccountId;
use crate::domain::recorded::Keeping;
use crate::domain::records::{Kind, Listed};

/// Where the bytes of values come from.
pub(super) trait Values {
    fn value(&self, key: &[u8]) -> sled::Result<Option<IVec>>;

    /// The values whose key begins so, in key order.
    fn beginning(&self, prefix: &[u8]) -> sled::Result<Vec<IVec>>;
}

impl Values for Tree {
    fn value(&self, key: &[u8]) -> sled::Result<Option<IVec>> {
        self.get(key)
    }

    fn beginning(&self, prefix: &[u8]) -> sled::Result<Vec<IVec>> {
        self.scan(prefix).map(|pair| pair.map(|(_, v)| v)).collect()
    }
}

/// All values of some accounts, by the letter of their key group, in key order.
pub(super) struct Together(BTreeMap<u8, Vec<(IVec, IVec)>>);

impl Together {
    /// Reads the values of all accounts from the first to the last of these, which are in the order of the store.
    pub fn read(tree: &Tree, ids: &[AccountId]) -> sled::Result<Self> {
        let mut out = BTreeMap::new();
        let (Some(first), Some(last)) = (ids.first(), ids.last()) else {
            return Ok(Self(out));
        };
        let of_accounts = Kind::ALL.iter().flat_map(|kind| kind.key_groups());
        let letters = of_accounts.map(|group| group.letter);
        for letter in letters.chain([keys::USAGE, keys::HISTORY, keys::HEARD]) {
            let from = keys::of_account(letter, first);
            // Behind the records of the last account, and before an account whose id begins with its id.
            let mut end = keys::of_account(letter, last);
            end.push(1);
            let pairs = tree.between(&from, &end).collect::<Result<_, _>>()?;
            out.insert(letter, pairs);
        }
        Ok(Self(out))
    }

    fn group(&self, key: &[u8]) -> &[(IVec, IVec)] {
        let letter = key.first().unwrap_or(&0);
        self.0.get(letter).map_or(&[], Vec::as_slice)
    }
}

impl Values for Together {
    fn value(&self, key: &[u8]) -> sled::Result<Option<IVec>> {
        let group = self.group(key);
        let at = group.binary_search_by(|(k, _)| (**k).cmp(key));
        Ok(at.ok().map(|at| group[at].1.clone()))
    }

    fn beginning(&self, prefix: &[u8]) -> sled::Result<Vec<IVec>> {
        let group = self.group(prefix);
        let start = group.partition_point(|(key, _)| &**key < prefix);
        let found = group[start..].iter();
        let found = found.take_while(|(key, _)| key.starts_with(prefix));
        Ok(found.map(|(_, value)| value.clone()).collect())
    }
}

/// Reads accounts from a source of values.
pub(super) struct Reader<'a, V> {
    pub store: &'a Store,
    pub values: &'a V,
}

impl<V: Values> Reader<'_, V> {
    fn value(&self, key: &[u8]) -> Result<Option<IVec>, Failure> {
        let value = self.values.value(key);
        value.map_err(|e| self.store.sled_failure(&e))
    }

    /// Everything about one account; none when there is no such account.
    pub fn dossier(&self, id: &AccountId) -> Result<Option<Dossier>, Failure> {
        let account = keys::of_account(keys::letter::<Account>(0), id);
        let Some(bytes) = self.value(&account)? else {
            return Ok(None);
        };
        let account = self.store.decoded(codec::from_json(&bytes).map(Some))?;
        account.map(|a| Dossier::gather(a, self)).transpose()
    }

    /// What was heard in the lines of an account under the rules of this stamp.
    pub fn heard(&self, id: &AccountId, stamp: u64) -> Heard {
        let found = self.value(&keys::of_account(keys::HEARD, id));
        let found = found.ok().flatten();
        found.map_or_else(Heard::default, |bytes| Heard::of(&bytes, stamp))
    }

    fn folder<T: DeserializeOwned>(&self, kind: u8, id: &AccountId) -> Result<Vec<T>, Failure> {
        match self.value(&keys::of_account(kind, id))? {
            Some(bytes) => self.store.decoded(codec::from_folder(&bytes)),
            None => Ok(Vec::new()),
        }
    }

    fn many<T: DeserializeOwned>(&self, kind: u8, id: &AccountId) -> Result<Vec<T>, Failure> {
        let values = self.values.beginning(&keys::of_record(kind, id, ""));
        let values = values.map_err(|e| self.store.sled_failure(&e))?;
        let read = |value: &IVec| {
            let one = codec::from_json(value).map(Some);
            self.store.decoded(one).transpose()
        };
        values.iter().filter_map(read).collect()
    }
}

impl<V: Values> Source for Reader<'_, V> {
    type Error = Failure;

    /// All records of a kind of an account, in the order of the key groups.
    fn list<R: Listed>(&self, account: &AccountId) -> Result<Vec<R>, Failure> {
        let mut out = Vec::new();
        for group in R::KEY_GROUPS {
            match R::KEEPING {
                Keeping::Folder => out.extend(self.folder::<R>(group.letter, account)?),
                Keeping::ByAccount => out.extend(self.many::<R>(group.letter, account)?),
                // They belong to no account.
                Keeping::ById => {}
            }
        }
        Ok(out)
    }

    fn usage(&self, id: &AccountId) -> Result<Usage, Failure> {
        let Some(bytes) = self.value(&keys::of_account(keys::USAGE, id))? else {
            return Ok(Usage::default());
        };
        let usage = codec::unpressed(&bytes)
            .and_then(|raw| Usage::unpack(&raw).ok_or_else(|| format!("usage of {id}")));
        self.store.decoded(usage)
    }

    fn history(&self, id: &AccountId) -> Result<History, Failure> {
        let Some(bytes) = self.value(&keys::of_account(keys::HISTORY, id))? else {
            return Ok(History::default());
        };
        let history = codec::unpressed(&bytes).and_then(|raw| packed_history::unpack(&raw));
        self.store.decoded(history)
    }
}

impl Store {
    /// Reads accounts key by key.
    pub(super) fn reader(&self) -> Reader<'_, Tree> {
        Reader {
            store: self,
            values: &self.tree,
        }
    }

    /// A decoded value. A store that lost data skips unreadable values instead of failing.
    fn decoded<T: Default>(&self, read: Result<T, String>) -> Result<T, Failure> {
        self.or_lost(read.map_err(|reason| self.damaged(reason)))
    }

    /// Everything about one account; none when there is no such account.
    pub fn dossier(&self, id: &AccountId) -> Result<Option<Dossier>, Failure> {
        self.reader().dossier(id)
    }

    /// What a closure takes from each account, on all processors, in the order of the accounts.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn from_all<T: Send>(
        &self,
        take: impl Fn(&Dossier) -> Vec<T> + Sync,
    ) -> Result<Vec<T>, Failure> {
        /// Accounts in memory at a time.
        const AT_ONCE: usize = 1_000;
        let mut out = Vec::new();
        for piece in self.account_ids()?.chunks(AT_ONCE) {
            out.extend(shared(piece, |some| {
                let values = Together::read(&self.tree, some);
                let values = &values.map_err(|e| self.sled_failure(&e))?;
                let reader = Reader {
                    store: self,
                    values,
                };
                let mut taken = Vec::new();
                for id in some {
                    taken.extend(reader.dossier(id)?.iter().flat_map(&take));
                }
                Ok(taken)
            })?);
        }
        self.mark_for_reopening();
        Ok(out)
    }

    pub fn usage(&self, id: &AccountId) -> Result<Usage, Failure> {
        self.reader().usage(id)
    }

    pub(super) fn history(&self, id: &AccountId) -> Result<History, Failure> {
        self.reader().history(id)
    }

    /// All records of a kind of an account, in the order of the key groups.
    pub fn list<R: Listed>(&self, account: &AccountId) -> Result<Vec<R>, Failure> {
        self.reader().list(account)
    }

    /// What was heard in the lines of an account under the rules of this stamp.
    pub(super) fn heard(&self, id: &AccountId, stamp: u64) -> Heard {
        self.reader().heard(id, stamp)
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use proptest::prelude::*;

    use super::*;
    use crate::domain::change::{Change, Label, Operation, UsageChange};
    use crate::domain::contact::Contact;
    use crate::domain::ids::Mint;
    use crate::domain::note::{Kind as NoteKind, Note};
    use crate::domain::records::Record;
    use crate::store::handle::Durability;

    /// Ids that begin with each other, or sort close to the byte between an id and its record.
    const IDS: [&str; 6] = ["a", "a-", "a0", "ab", "b", "あ"];

    fn note(account: &AccountId, n: usize) -> Record {
        let note = Note {
            id: format!("n{n}").as_str().into(),
            account: account.clone(),
            kind: NoteKind::Quick,
            at: DateTime::UNIX_EPOCH,
            author: "me".into(),
            text: format!("text {n}"),
            tags: Vec::new(),
            quotes: Vec::new(),
            checkin: None,
            context: None,
        };
        note.into()
    }

    fn contact(account: &AccountId, n: usize) -> Record {
        let json =
            format!(r#"{{"id":"c{n}","account":"{account}","name":"P{n}","status":"active"}}"#);
        let contact: Contact = serde_json::from_str(&json).expect("a contact");
        contact.into()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn accounts_read_together_are_as_read_one_by_one(
            filled in prop::collection::vec((0..IDS.len(), 0..3_u8), 0..24),
            present in prop::collection::vec(any::<bool>(), IDS.len()),
        ) {
            let home = tempfile::tempdir().expect("a folder");
            let at = DateTime::UNIX_EPOCH;
            let opened = Store::open(home.path(), Durability::Relaxed, &mut Mint::new(1), at);
            let mut store = opened.expect("opens").0;
            let ids = IDS.map(AccountId::new);
            let there = ids.iter().zip(&present).filter(|(_, there)| **there);
            let mut changes: Vec<Change> =
                there.map(|(id, _)| Change::create(Account::new(id.clone(), "A"))).collect();
            let mut usage = Vec::new();
            // Records of an account that is gone must not reach its neighbours.
            for (n, (of, what)) in filled.iter().enumerate() {
                match what {
                    0 => changes.push(Change { before: None, after: Some(note(&ids[*of], n)) }),
                    1 => changes.push(Change { before: None, after: Some(contact(&ids[*of], n)) }),
                    _ => {
                        usage.push(UsageChange {
                            account: ids[*of].clone(),
                            metric: format!("m{n}"),
                            before: Vec::new(),
                            after: vec![(700_000, Some(n as f64))],
                        });
                    }
                }
            }
            let op = Operation {
                id: "1".into(),
                at,
                actor: "me".into(),
                device: "test".into(),
                label: Label::Demo,
                group: None,
                changes,
                usage,
            };
            store.commit(&op).expect("commits");
            let ids = store.account_ids().expect("reads");
            for start in 0..ids.len() {
                for end in start + 1..=ids.len() {
                    let values = &Together::read(&store.tree, &ids[start..end]).expect("reads");
                    let reader = Reader { store: &store, values };
                    for id in &ids[start..end] {
                        let alone = store.dossier(id).expect("reads");
                        prop_assert_eq!(reader.dossier(id).expect("reads"), alone);
                    }
                }
            }
        }
    }
}
