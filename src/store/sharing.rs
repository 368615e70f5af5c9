//! Work on many items, shared among all processors.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::domain::failure::Failure;

/// Runs a closure on every item, on all processors. Results are in the order of the items.
///
/// # Errors
/// The first failure of the closure.
pub fn shared<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&[T]) -> Result<Vec<R>, Failure> + Sync,
) -> Result<Vec<R>, Failure> {
    /// Fewer items per thread are not worth starting it.
    const WORTH: usize = 64;
    /// Shares for each thread: who is done early takes another one.
    const SHARES: usize = 8;
    let threads = std::thread::available_parallelism()
        .map_or(1, std::num::NonZero::get)
        .min(items.len() / WORTH)
        .max(1);
    if threads == 1 {
        return work(items);
    }
    let shares: Vec<&[T]> = items
        .chunks(items.len().div_ceil(threads * SHARES))
        .collect();
    let next = AtomicUsize::new(0);
    let take = || {
        let mut done = Vec::new();
        while let at = next.fetch_add(1, Ordering::Relaxed)
            && let Some(share) = shares.get(at)
        {
            done.push((at, work(share)?));
        }
        Ok::<_, Failure>(done)
    };
    let mut done = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(take)).collect();
        let mut done = take()?;
        for other in others {
            done.extend(other.join().map_err(|_| Failure::Stuck)??);
        }
        Ok::<_, Failure>(done)
    })?;
    done.sort_unstable_by_key(|(at, _)| *at);
    Ok(done.into_iter().flat_map(|(_, some)| some).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_in_the_order_of_the_items() {
        for count in [0, 1, 63, 64, 129, 1_000, 1_001] {
            let items: Vec<usize> = (0..count).collect();
            let doubled = shared(&items, |some| Ok(some.iter().map(|n| n * 2).collect()));
            let doubled: Vec<usize> = doubled.expect("no failure");
            assert_eq!(doubled, items.iter().map(|n| n * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_failure_of_any_share_is_told() {
        let items: Vec<usize> = (0..1_000).collect();
        for bad in [0, 500, 999] {
            let told = shared(&items, |some| match some.contains(&bad) {
                true => Err(Failure::Stuck),
                false => Ok(some.to_vec()),
            });
            assert!(told.is_err(), "{bad}");
        }
    }
}
