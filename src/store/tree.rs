//! The sled tree: opened so that damage is an error, reopened when it holds too much memory, and
//! read in an earlier state where a reader needs that (see `frozen`).

use std::cmp::Ordering;
use std::ops::Bound;
use std::path::Path;
use std::sync::Arc;

use super::before::Before;
use super::codec;
use super::files::private_dir;
use super::keys::{self, Meta};
use super::panics::shielded;
use crate::domain::failure::Failure;

pub(super) type Pair = sled::Result<(sled::IVec, sled::IVec)>;

/// An error of sled as a failure at a path.
pub(super) fn sled_failure(path: &Path, error: &sled::Error) -> Failure {
    match error {
        sled::Error::Io(e) => Failure::io(path, e),
        other => Failure::Damaged {
            path: path.display().to_string(),
            reason: other.to_string(),
        },
    }
}

/// The longest wait for a flush. The slowest disk needs less.
pub(super) const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);

/// After a disk error sled's own iterators repeat the same error forever. This one ends after it.
fn until_error<T>(
    pairs: impl Iterator<Item = sled::Result<T>>,
) -> impl Iterator<Item = sled::Result<T>> {
    let mut over = false;
    pairs.take_while(move |pair| !std::mem::replace(&mut over, pair.is_err()))
}

/// Size of a value per additional read.
const LARGE: usize = 1024;

/// Reads a value this many more times. sled drops a page from memory after sixty-four reads of
/// other pages with the same last byte. If each page were read only once, sixteen thousand pages
/// would stay, some with fifty kilobytes of values. Further reads of large values make sled drop
/// pages sooner.
fn touch(tree: &sled::Tree, key: &[u8], times: usize) -> sled::Result<()> {
    (0..times).try_for_each(|_| tree.contains_key(key).map(drop))
}

/// Merges the pairs of the tree with the old values, which take precedence, in key order or in
/// reverse.
fn seen_with(
    pairs: impl Iterator<Item = Pair>,
    before: Vec<(Vec<u8>, Option<Vec<u8>>)>,
    from_the_end: bool,
) -> impl Iterator<Item = Pair> {
    let mut pairs = pairs.peekable();
    let mut before = before.into_iter().peekable();
    std::iter::from_fn(move || {
        loop {
            let Some((key, _)) = before.peek() else {
                return pairs.next();
            };
            let order = match pairs.peek() {
                Some(Ok((now, _))) if from_the_end => key[..].cmp(&now[..]),
                Some(Ok((now, _))) => now[..].cmp(&key[..]),
                Some(Err(_)) => return pairs.next(),
                None => Ordering::Greater,
            };
            match order {
                Ordering::Less => return pairs.next(),
                // The old value replaces the present one.
                Ordering::Equal => drop(pairs.next()),
                Ordering::Greater => {}
            }
            if let Some((key, Some(value))) = before.next() {
                return Some(Ok((key.into(), value.into())));
            }
        }
    })
}

/// The tree and its database.
pub(super) struct Tree {
    /// `None` only if reopening failed.
    parts: Option<(sled::Db, sled::Tree)>,
    /// The old values that hide the present ones.
    seen: Option<Arc<Before>>,
}

impl Tree {
    fn parts(&self) -> &(sled::Db, sled::Tree) {
        self.parts
            .as_ref()
            .expect("a tree that could not be opened afresh is not used")
    }

    pub fn db(&self) -> &sled::Db {
        &self.parts().0
    }

    /// Switches between an earlier state and the present one.
    pub fn look_at(&mut self, before: Option<Arc<Before>>) {
        self.seen = before;
    }

    /// The old values of the keys with a prefix that sort after a given key.
    fn seen(&self, prefix: &[u8], behind: Bound<&[u8]>) -> Vec<(Vec<u8>, Option<Vec<u8>>)> {
        let seen = self.seen.as_ref();
        seen.map(|before| before.beginning(prefix, behind))
            .unwrap_or_default()
    }

    pub fn get(&self, key: &[u8]) -> sled::Result<Option<sled::IVec>> {
        if let Some(value) = self.seen.as_ref().and_then(|before| before.get(key)) {
            return Ok(value.map(Into::into));
        }
        let tree = &self.parts().1;
        let value = tree.get(key)?;
        value
            .iter()
            .try_for_each(|value| touch(tree, key, value.len() / LARGE))?;
        Ok(value)
    }

    pub fn apply_batch(&self, batch: sled::Batch) -> sled::Result<()> {
        self.parts().1.apply_batch(batch)
    }

    /// The pairs whose key has a prefix, in key order.
    pub fn scan(&self, prefix: impl AsRef<[u8]>) -> impl Iterator<Item = Pair> {
        let before = self.seen(prefix.as_ref(), Bound::Unbounded);
        seen_with(
            until_error(self.parts().1.scan_prefix(prefix)),
            before,
            false,
        )
    }

    /// The pairs whose key is from one to before another, both of which begin with the same letter. Unlike
    /// [`Tree::walk`], it may leave pages in memory.
    pub fn between(&self, from: &[u8], end: &[u8]) -> impl Iterator<Item = Pair> {
        let mut before = self.seen(&from[..1], Bound::Unbounded);
        before.retain(|(key, _)| (from..end).contains(&&key[..]));
        let pairs = self.parts().1.range(from..end);
        seen_with(until_error(pairs), before, false)
    }

    /// [`Tree::scan`] in reverse order.
    pub fn scan_back(&self, prefix: impl AsRef<[u8]>) -> impl Iterator<Item = Pair> {
        let mut before = self.seen(prefix.as_ref(), Bound::Unbounded);
        before.reverse();
        seen_with(
            until_error(self.parts().1.scan_prefix(prefix).rev()),
            before,
            true,
        )
    }

    /// [`Tree::scan`] for a large part of the tree: it leaves hardly any pages in memory.
    pub fn walk(&self, prefix: impl AsRef<[u8]>) -> impl Iterator<Item = Pair> {
        let before = self.seen(prefix.as_ref(), Bound::Unbounded);
        let pairs = self.parts().1.scan_prefix(prefix);
        seen_with(until_error(self.touched(pairs)), before, false)
    }

    /// Like [`Tree::walk`] over the whole tree, after a key.
    pub fn walk_behind(&self, key: Option<&[u8]>) -> impl Iterator<Item = Pair> {
        let behind = key.map_or(Bound::Unbounded, Bound::Excluded);
        let before = self.seen(&[], behind);
        let pairs = self.parts().1.range::<&[u8], _>((behind, Bound::Unbounded));
        seen_with(until_error(self.touched(pairs)), before, false)
    }

    fn touched(&self, pairs: sled::Iter) -> impl Iterator<Item = Pair> {
        let tree = &self.parts().1;
        pairs.map(|pair| {
            pair.and_then(|(key, value)| {
                touch(tree, &key, 1 + value.len() / LARGE).map(|()| (key, value))
            })
        })
    }

    /// Never closes the tree, even when it is dropped: closing could block forever.
    pub fn leak(&self) {
        std::mem::forget(self.parts.clone());
    }

    /// Closes it and opens it again.
    pub fn reopen(&mut self, path: &Path) -> Result<(), Failure> {
        self.close();
        self.parts = open(path)?.0.parts.take();
        Ok(())
    }

    /// sled flushes when it is dropped, and may hang there after a failed sync. So a thread drops
    /// it, and the wait for that thread is limited. Acknowledged data is on disk before.
    fn close(&mut self) {
        let Some(parts) = self.parts.take() else {
            return;
        };
        let (sender, receiver) = std::sync::mpsc::channel();
        let close = move || {
            drop(parts);
            let _ = sender.send(());
        };
        if std::thread::Builder::new()
            .name("sled-close".into())
            .spawn(close)
            .is_ok()
        {
            let _ = receiver.recv_timeout(PATIENCE);
        }
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        self.close();
    }
}

/// Opens sled so that a damaged file is an error and no panic. Returns the tree with its meta
/// record.
pub(super) fn open(path: &Path) -> Result<(Tree, Option<Meta>), Failure> {
    private_dir(path)?;
    shielded(path.parent().unwrap_or(path), || {
        let db = open_db(path)?;
        let tree = db.open_tree("book").map_err(|e| sled_failure(path, &e))?;
        let meta = match tree.get(keys::META).map_err(|e| sled_failure(path, &e))? {
            Some(bytes) => Some(codec::from_json(&bytes).map_err(|reason| Failure::Damaged {
                path: path.display().to_string(),
                reason,
            })?),
            None => None,
        };
        let tree = Tree {
            parts: Some((db, tree)),
            seen: None,
        };
        Ok((tree, meta))
    })
}

/// Opens the database. No other process has it open, but a tree that was just dropped releases its
/// file only when sled's thread ends: wait for that.
fn open_db(path: &Path) -> Result<sled::Db, Failure> {
    const PATIENCE: u32 = 100;
    // Every commit flushes itself, so sled's flush thread, which wakes five times a second, is off.
    let config = sled::Config::new()
        .path(path)
        .cache_capacity(16 * 1024 * 1024)
        .flush_every_ms(None);
    let mut tries = 0;
    loop {
        match unhurried(|| config.open()) {
            Err(sled::Error::Io(e))
                if tries < PATIENCE && e.to_string().contains("could not acquire lock") =>
            {
                tries += 1;
                std::thread::sleep(std::time::Duration::from_millis(20));
            }
            other => return other.map_err(|e| sled_failure(path, &e)),
        }
    }
}

/// sled's seven threads each wake once a second, and no setting changes that. They inherit the
/// timer slack of the thread that starts them: with a long slack the kernel wakes them together,
/// when it is awake for something else.
fn unhurried<T>(open: impl FnOnce() -> T) -> T {
    #[cfg(target_os = "linux")]
    let _ = rustix::thread::set_current_timer_slack(std::num::NonZeroU64::new(60_000_000_000));
    let opened = open();
    #[cfg(target_os = "linux")]
    let _ = rustix::thread::set_current_timer_slack(None);
    opened
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iteration_ends_after_an_error() {
        let failing = (0..3).map(Ok).chain(std::iter::repeat_with(|| {
            Err(sled::Error::Unsupported("a disk that failed".into()))
        }));
        let said: Vec<_> = until_error(failing).collect();
        assert_eq!(
            (said.len(), said.iter().filter(|r| r.is_ok()).count()),
            (4, 3)
        );
        // An iteration that skips errors must end as well.
        let failing = std::iter::repeat_with(|| {
            Err::<u8, _>(sled::Error::Unsupported("a disk that failed".into()))
        });
        assert_eq!(until_error(failing).filter_map(Result::ok).next(), None);
    }
}
