//! The tree writes for a changed record, under its own key or in the folder of its account. This
//! file must not know the kinds: each kind names its key group.

use std::collections::{BTreeMap, HashMap};

use super::codec;
use super::handle::Store;
use super::keys::{self, Writes};
use crate::domain::change::Change;
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::domain::recorded::{Keeping, Nature};
use crate::domain::records::{Kind, Listed, VisitKind};

impl Store {
    /// The writes of all changes. Changes in one folder are made together, so that it is read and
    /// written once.
    pub(super) fn apply_changes(
        &self,
        changes: &[Change],
        writes: &mut Writes,
    ) -> Result<(), Failure> {
        let mut folders: BTreeMap<(Kind, &AccountId), Vec<&Change>> = BTreeMap::new();
        for change in changes {
            let Some(record) = change.record() else {
                continue;
            };
            record.kind().visit(Single {
                store: self,
                change,
                writes,
            })?;
            if let Some(account) = record.account() {
                folders
                    .entry((record.kind(), account))
                    .or_default()
                    .push(change);
            }
        }
        for ((kind, account), changes) in folders {
            kind.visit(Folder {
                store: self,
                account,
                changes: &changes,
                writes,
            })?;
        }
        Ok(())
    }
}

/// Writes a record that has its own key. Records in folders are written by [`Folder`].
struct Single<'a> {
    store: &'a Store,
    change: &'a Change,
    writes: &'a mut Writes,
}

impl VisitKind for Single<'_> {
    type Out = Result<(), Failure>;

    fn visit<R: Listed>(self) -> Self::Out {
        if R::KEEPING == Keeping::Folder {
            return Ok(());
        }
        let (before, after) = self.change.typed::<R>();
        // The key of a record changes when an action is done or a check-in finishes.
        if let Some(before) = before {
            self.writes.insert(keys::of(before), None);
            if let Some(index) = before.key_group().index {
                self.writes.insert(keys::of_id(index, before.id()), None);
            }
        }
        let Some(after) = after else { return Ok(()) };
        let key = keys::of(after);
        let held = match R::NATURE {
            Nature::Mark => self.store.one::<R>(&key)?,
            Nature::Edit => None,
        };
        if let (Some(index), Some(account)) = (after.key_group().index, after.account()) {
            let value = account.as_str().as_bytes().to_vec();
            self.writes
                .insert(keys::of_id(index, after.id()), Some(value));
        }
        let value = match held {
            Some(held) => codec::json(&after.clone().over(&held)),
            None => codec::json(after),
        };
        self.writes.insert(key, Some(value));
        Ok(())
    }
}

/// Adds records to the folder of their account or removes them. An empty folder is deleted.
struct Folder<'a> {
    store: &'a Store,
    account: &'a AccountId,
    changes: &'a [&'a Change],
    writes: &'a mut Writes,
}

impl VisitKind for Folder<'_> {
    type Out = Result<(), Failure>;

    fn visit<R: Listed>(self) -> Self::Out {
        if R::KEEPING != Keeping::Folder {
            return Ok(());
        }
        let key = keys::of_account(keys::letter::<R>(0), self.account);
        let held: Vec<R> = match self.store.get(&key)? {
            Some(bytes) => {
                codec::from_folder(&bytes).map_err(|reason| self.store.damaged(reason))?
            }
            None => Vec::new(),
        };
        let mut all: Vec<Option<R>> = held.into_iter().map(Some).collect();
        let mut places: HashMap<String, usize> = all
            .iter()
            .enumerate()
            .filter_map(|(i, r)| Some((r.as_ref()?.id().to_owned(), i)))
            .collect();
        for change in self.changes {
            let (before, after) = change.typed::<R>();
            let Some(record) = after.or(before) else {
                continue;
            };
            match places.get(record.id()) {
                Some(&i) => {
                    let held = all[i].take();
                    all[i] = after.cloned().map(|after| match held {
                        Some(held) => after.over(&held),
                        None => after,
                    });
                }
                None => {
                    places.insert(record.id().to_owned(), all.len());
                    all.push(after.cloned());
                }
            }
        }
        let all: Vec<R> = all.into_iter().flatten().collect();
        let value = (!all.is_empty()).then(|| codec::folder(&all));
        self.writes.insert(key, value);
        Ok(())
    }
}
