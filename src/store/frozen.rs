//! The store's state at one moment, for work that is done in pieces while commits go on: the old
//! value of each key written meanwhile is kept until the work ends. This file must not know what
//! the work is.
//!
//! Each key is kept once: a long import during a backup costs as much memory as the values it
//! replaces.

use std::sync::Arc;

use super::before::Before;
use super::frames::Place;
use super::handle::Store;
use super::keys::{Meta, StoredFreshness};
use crate::domain::failure::Failure;

/// A moment in the store's life. While this value lives, the old values of later writes are kept.
pub struct Frozen {
    before: Arc<Before>,
    meta: Meta,
    freshness: StoredFreshness,
    /// The end of the journal at that moment.
    pub(super) journal: Place,
}

impl Frozen {
    /// The number of records in the tree at that moment.
    pub fn records(&self) -> u64 {
        self.meta.counts.values().map(|t| t.keys).sum()
    }
}

impl Store {
    /// Marks the present state of the store for reading later.
    pub fn freeze(&mut self) -> Frozen {
        let before = Arc::new(Before::default());
        self.frozens.add(&before);
        Frozen {
            before,
            meta: self.meta.clone(),
            freshness: self.freshness,
            journal: self.journal.next_place(),
        }
    }

    /// Reads the store's state at a moment.
    ///
    /// # Errors
    /// If the tree was rebuilt since: the moment is then lost.
    pub fn read_at<T>(
        &mut self,
        frozen: &Frozen,
        read: impl FnOnce(&Store) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        if !self.frozens.knows(&frozen.before) {
            return Err(Failure::Rebuilt);
        }
        let looking = Looking::begin(self, frozen);
        read(looking.store)
    }
}

/// Shows the store's state at a moment while it lives. Dropping it, also in a panic of sled,
/// returns to the present state.
struct Looking<'a> {
    store: &'a mut Store,
    now: (Meta, StoredFreshness),
}

impl<'a> Looking<'a> {
    fn begin(store: &'a mut Store, frozen: &Frozen) -> Self {
        let then = frozen.meta.clone();
        let now = (
            std::mem::replace(&mut store.meta, then),
            std::mem::replace(&mut store.freshness, frozen.freshness),
        );
        store.tree.look_at(Some(frozen.before.clone()));
        Self { store, now }
    }
}

impl Drop for Looking<'_> {
    fn drop(&mut self) {
        self.store.tree.look_at(None);
        std::mem::swap(&mut self.store.meta, &mut self.now.0);
        self.store.freshness = self.now.1;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::account::Account;
    use crate::domain::change::{Change, Label, Operation};
    use crate::domain::ids::{AccountId, Mint, RecordId};
    use crate::domain::note::{Kind, Note};
    use crate::domain::records::Record;
    use crate::store::Durability;

    /// Writes an account with a name, or a note of it with a text; without one it is removed.
    type Put = (bool, u8, Option<String>);

    fn record(is_note: bool, of: u8, text: &str) -> Record {
        let id = AccountId::new(format!("a{}", of % 4));
        if !is_note {
            return Account::new(id, text).into();
        }
        Note {
            id: RecordId::new(format!("n{of}")),
            account: id,
            kind: Kind::Quick,
            at: chrono::DateTime::UNIX_EPOCH,
            author: "me".into(),
            text: text.into(),
            tags: Vec::new(),
            quotes: Vec::new(),
            checkin: None,
            context: None,
        }
        .into()
    }

    fn put(store: &mut Store, n: usize, (is_note, of, text): &Put) {
        let before = store.current(&record(*is_note, *of, "")).expect("reads");
        let after = text.as_ref().map(|text| record(*is_note, *of, text));
        if before == after {
            return;
        }
        let op = Operation {
            id: format!("{n}").as_str().into(),
            at: chrono::DateTime::UNIX_EPOCH,
            actor: "me".into(),
            device: "test".into(),
            label: Label::Demo,
            group: None,
            changes: vec![Change { before, after }],
            usage: vec![],
        };
        store.commit(&op).expect("commits");
    }

    type Pairs = Vec<(Vec<u8>, Vec<u8>)>;

    fn pairs(found: impl Iterator<Item = crate::store::tree::Pair>) -> Pairs {
        let own = |pair: crate::store::tree::Pair| pair.map(|(k, v)| (k.to_vec(), v.to_vec()));
        // The meta record of the tree is tested elsewhere.
        let all = found.map(own).collect::<Result<Pairs, _>>().expect("reads");
        all.into_iter()
            .filter(|(k, _)| k != crate::store::keys::META)
            .collect()
    }

    /// Everything that can be read, through every method.
    fn seen(store: &Store, keys: &[Vec<u8>]) -> (Pairs, Vec<Pairs>, Vec<Option<Vec<u8>>>) {
        let all = pairs(store.tree.walk([]));
        let mut ways = vec![pairs(store.tree.walk_behind(None))];
        let mut back = pairs(store.tree.scan_back([]));
        back.reverse();
        ways.push(back);
        for key in keys {
            ways.push(pairs(store.tree.walk_behind(Some(key))));
            ways.push(pairs(store.tree.scan(&key[..1])));
            ways.push(pairs(store.tree.between(&key[..1], key)));
            let mut back = pairs(store.tree.scan_back(&key[..key.len().min(3)]));
            back.reverse();
            ways.push(back);
        }
        let values = keys
            .iter()
            .map(|key| store.get(key).expect("reads"))
            .collect();
        (all, ways, values)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn a_moment_is_seen_as_it_stood_whatever_is_written_since(
            first in prop::collection::vec((any::<bool>(), 0..8_u8, prop::option::of("[a-z]{1,9}")), 0..12),
            second in prop::collection::vec((any::<bool>(), 0..8_u8, prop::option::of("[a-z]{1,9}")), 0..12),
            third in prop::collection::vec((any::<bool>(), 0..8_u8, prop::option::of("[a-z]{1,9}")), 0..12),
        ) {
            let home = tempfile::tempdir().expect("a folder");
            let at = chrono::DateTime::UNIX_EPOCH;
            let (mut store, _) = Store::open(home.path(), Durability::Relaxed, &mut Mint::new(1), at).expect("opens");
            first.iter().enumerate().for_each(|(n, p)| put(&mut store, n, p));
            let one = store.freeze();
            second.iter().enumerate().for_each(|(n, p)| put(&mut store, 100 + n, p));
            let two = store.freeze();
            // Includes keys that were added later, and keys that were removed.
            let mut keys: Vec<Vec<u8>> = pairs(store.tree.walk([])).into_iter().map(|(k, _)| k).collect();
            keys.push(b"Aa".to_vec());
            let then = seen(&store, &keys);
            let (meta, problems) = (store.meta.clone(), store.check_counts().expect("counts"));
            prop_assert!(problems.is_empty());
            third.iter().enumerate().for_each(|(n, p)| put(&mut store, 200 + n, p));
            store.reopen().expect("opens afresh");
            let now = seen(&store, &keys);
            let again = store.read_at(&two, |store| {
                assert_eq!(store.meta, meta);
                assert_eq!(store.check_counts()?, Vec::<String>::new());
                Ok(seen(store, &keys))
            });
            prop_assert_eq!(again, Ok(then));
            let earlier = store.read_at(&one, |store| store.check_counts());
            prop_assert_eq!(earlier, Ok(vec![]));
            prop_assert_eq!(seen(&store, &keys), now, "and today's is seen again");
        }
    }

    #[test]
    fn a_rebuilt_store_rejects_an_earlier_moment() {
        let home = tempfile::tempdir().expect("a folder");
        let at = chrono::DateTime::UNIX_EPOCH;
        let mut mint = Mint::new(1);
        let open = |mint: &mut Mint| Store::open(home.path(), Durability::Full, mint, at);
        let (mut store, _) = open(&mut mint).expect("opens");
        let frozen = store.freeze();
        assert_eq!(store.read_at(&frozen, |_| Ok(())), Ok(()));
        let (mut store, _) = store.rebuild(&mut mint, at).expect("builds again");
        assert_eq!(store.read_at(&frozen, |_| Ok(())), Err(Failure::Rebuilt));
        let later = store.freeze();
        drop(frozen);
        assert_eq!(store.read_at(&later, |_| Ok(())), Ok(()));
    }
}
