//! Old values that were replaced, for readers of the store's state at an earlier moment. This file
//! must not know how the store is read.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::{Arc, Mutex, PoisonError, Weak};

/// The old values of the keys written since a moment; `None` for a key that did not exist then.
#[derive(Default)]
pub(super) struct Before(Mutex<BTreeMap<Vec<u8>, Option<Vec<u8>>>>);

impl Before {
    fn keep(&self, key: &[u8], value: Option<&[u8]>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !kept.contains_key(key) {
            kept.insert(key.to_vec(), value.map(<[u8]>::to_vec));
        }
    }

    /// The old value of a key; `None` if the key was not written since.
    pub fn get(&self, key: &[u8]) -> Option<Option<Vec<u8>>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(key).cloned()
    }

    /// The old values of the keys with a prefix that sort after a given key, in key order.
    pub fn beginning(
        &self,
        prefix: &[u8],
        behind: Bound<&[u8]>,
    ) -> Vec<(Vec<u8>, Option<Vec<u8>>)> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let from = match behind {
            Bound::Excluded(key) if key >= prefix => Bound::Excluded(key),
            _ => Bound::Included(prefix),
        };
        kept.range::<[u8], _>((from, Bound::Unbounded))
            .take_while(|(key, _)| key.starts_with(prefix))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect()
    }
}

/// The moments that have readers.
#[derive(Default)]
pub(super) struct Frozens(Vec<Weak<Before>>);

impl Frozens {
    /// Call this before each write, with the key and its present value.
    pub fn keep(&self, key: &[u8], value: Option<&[u8]>) {
        for before in self.0.iter().filter_map(Weak::upgrade) {
            before.keep(key, value);
        }
    }

    /// Adds a moment, and drops the moments without readers.
    pub fn add(&mut self, before: &Arc<Before>) {
        self.0.retain(|known| known.strong_count() > 0);
        self.0.push(Arc::downgrade(before));
    }

    /// Whether the old values since this moment are complete.
    pub fn knows(&self, before: &Arc<Before>) -> bool {
        self.0
            .iter()
            .any(|known| std::ptr::eq(known.as_ptr(), Arc::as_ptr(before)))
    }
}
