//! Values as they were before they were replaced, kept for those who read the store as of an earlier moment.
//! It must not know how the store is read.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::{Arc, Mutex, PoisonError, Weak};

/// Values as they stood, by key, of those that were written since; none where there was no such key.
#[derive(Default)]
pub(super) struct Before(Mutex<BTreeMap<Vec<u8>, Option<Vec<u8>>>>);

impl Before {
    fn keep(&self, key: &[u8], value: Option<&[u8]>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !kept.contains_key(key) {
            kept.insert(key.to_vec(), value.map(<[u8]>::to_vec));
        }
    }

    /// What is kept of a key; none where it was not written since.
    pub fn get(&self, key: &[u8]) -> Option<Option<Vec<u8>>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(key).cloned()
    }

    /// What is kept of the keys that begin with a prefix and come behind another, in their order.
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

/// All moments that are still looked at.
#[derive(Default)]
pub(super) struct Frozens(Vec<Weak<Before>>);

impl Frozens {
    /// To be called with each key before it is written, and its value until then.
    pub fn keep(&self, key: &[u8], value: Option<&[u8]>) {
        for before in self.0.iter().filter_map(Weak::upgrade) {
            before.keep(key, value);
        }
    }

    /// Begins to keep values for one more moment, and forgets the moments that nobody reads any more.
    pub fn add(&mut self, before: &Arc<Before>) {
        self.0.retain(|known| known.strong_count() > 0);
        self.0.push(Arc::downgrade(before));
    }

    /// Whether values have been kept for this moment ever since it was added.
    pub fn knows(&self, before: &Arc<Before>) -> bool {
        self.0
            .iter()
            .any(|known| std::ptr::eq(known.as_ptr(), Arc::as_ptr(before)))
    }
}
