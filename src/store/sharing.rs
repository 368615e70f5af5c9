//! Work on many items, shared among all processors.

use crate::domain::failure::Failure;

/// Runs a closure on every item, on all processors. Results are in the order of the items.
pub fn shared<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&[T]) -> Result<Vec<R>, Failure> + Sync,
) -> Result<Vec<R>, Failure> {
    /// Fewer items per thread are not worth starting it.
    const WORTH: usize = 64;
    let threads = std::thread::available_parallelism()
        .map_or(1, std::num::NonZero::get)
        .min(items.len() / WORTH)
        .max(1);
    let shares: Vec<&[T]> = items.chunks(items.len().div_ceil(threads).max(1)).collect();
    std::thread::scope(|scope| {
        let work = &work;
        let others: Vec<_> = shares
            .iter()
            .skip(1)
            .map(|some| scope.spawn(move || work(some)))
            .collect();
        let mut out = shares
            .first()
            .map_or_else(|| Ok(Vec::new()), |some| work(some))?;
        for other in others {
            out.extend(other.join().map_err(|_| Failure::Stuck)??);
        }
        Ok(out)
    })
}
