//! Putting lists in order: what belongs to one account, or is shown once. The standard
//! library's stable sort is compiled anew for every type and every key, eight kilobytes of it, and there
//! are a hundred of those: here it is compiled once, over places. What is sorted for a key pressed or for
//! each of many accounts uses it directly.

use std::cmp::Ordering;

/// Stable, like `sort_by` and `sort_by_key`.
pub trait InOrder<T> {
    fn order_by(&mut self, compare: impl Fn(&T, &T) -> Ordering);

    fn order_by_key<K: Ord>(&mut self, key: impl Fn(&T) -> K) {
        self.order_by(|a, b| key(a).cmp(&key(b)));
    }
}

impl<T> InOrder<T> for [T] {
    fn order_by(&mut self, compare: impl Fn(&T, &T) -> Ordering) {
        let mut from = sorted(self.len(), &|a, b| compare(&self[a], &self[b]));
        // Each place gets what belongs there, round by round: `from` says whence, and itself once it is done.
        for first in 0..from.len() {
            let mut at = first;
            while from[at] != first {
                let next = from[at];
                self.swap(at, next);
                from[at] = at;
                at = next;
            }
            from[at] = at;
        }
    }
}

/// The places from 0 in the order of what stands there.
fn sorted(len: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..len).collect();
    places.sort_by(|a, b| compare(*a, *b));
    places
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_is_the_stable_sort(mut list in prop::collection::vec((0..8_u8, any::<u16>()), 0..60)) {
            let (mut wanted, mut backwards) = (list.clone(), list.clone());
            wanted.sort_by_key(|x| x.0);
            list.order_by_key(|x| x.0);
            prop_assert_eq!(&list, &wanted);
            wanted.sort_by_key(|x| std::cmp::Reverse(x.1));
            backwards.order_by_key(|x| x.0);
            backwards.order_by(|a, b| b.1.cmp(&a.1));
            prop_assert_eq!(backwards, wanted);
        }
    }
}
