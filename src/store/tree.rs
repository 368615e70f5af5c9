//! The sled tree: opened so that damage is an error, opened afresh where it holds too much, and seen as it
//! stood at a moment of before where somebody looks at that (see `frozen`).

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

/// What sled says went wrong, as a failure at a path.
pub(super) fn sled_failure(path: &Path, error: &sled::Error) -> Failure {
    match error {
        sled::Error::Io(e) => Failure::io(path, e),
        other => Failure::Damaged {
            path: path.display().to_string(),
            reason: other.to_string(),
        },
    }
}

/// How long a flush may take: the slowest disk is done long before.
pub(super) const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);

/// sled's own iterators say the same error for ever, once its disk has failed: here it is the last word.
fn until_error<T>(
    pairs: impl Iterator<Item = sled::Result<T>>,
) -> impl Iterator<Item = sled::Result<T>> {
    let mut over = false;
    pairs.take_while(move |pair| !std::mem::replace(&mut over, pair.is_err()))
}

/// Bytes of a value for which it is asked for once more.
const LARGE: usize = 1024;

/// Asks for a value so many `times` more. sled lets go of a page once others of the same last byte were asked
/// for sixty-four times: of pages that are asked for once each, sixteen thousand would stay, some with fifty
/// kilobytes of values. Asked for the more often the larger they are, they stay a moment.
fn touch(tree: &sled::Tree, key: &[u8], times: usize) -> sled::Result<()> {
    (0..times).try_for_each(|_| tree.contains_key(key).map(drop))
}

/// Pairs of the tree with those of before in their place, both in the order of their keys, or from the end.
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
                // The value of before takes the place of today's.
                Ordering::Equal => drop(pairs.next()),
                Ordering::Greater => {}
            }
            if let Some((key, Some(value))) = before.next() {
                return Some(Ok((key.into(), value.into())));
            }
        }
    })
}

/// The tree with the database it is of.
pub(super) struct Tree {
    /// None only where opening it afresh failed.
    parts: Option<(sled::Db, sled::Tree)>,
    /// What is seen in place of what stands there now.
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

    /// From here on it is seen as it stood, or as it stands.
    pub fn look_at(&mut self, before: Option<Arc<Before>>) {
        self.seen = before;
    }

    /// What of before is seen among the keys that begin with a prefix and come behind another.
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

    /// What begins with a prefix, by key.
    pub fn scan(&self, prefix: impl AsRef<[u8]>) -> impl Iterator<Item = Pair> {
        let before = self.seen(prefix.as_ref(), Bound::Unbounded);
        seen_with(
            until_error(self.parts().1.scan_prefix(prefix)),
            before,
            false,
        )
    }

    /// The same from its end.
    pub fn scan_back(&self, prefix: impl AsRef<[u8]>) -> impl Iterator<Item = Pair> {
        let mut before = self.seen(prefix.as_ref(), Bound::Unbounded);
        before.reverse();
        seen_with(
            until_error(self.parts().1.scan_prefix(prefix).rev()),
            before,
            true,
        )
    }

    /// [`Tree::scan`] for what is a large part of the tree: it leaves hardly anything in memory.
    pub fn walk(&self, prefix: impl AsRef<[u8]>) -> impl Iterator<Item = Pair> {
        let before = self.seen(prefix.as_ref(), Bound::Unbounded);
        let pairs = self.parts().1.scan_prefix(prefix);
        seen_with(until_error(self.touched(pairs)), before, false)
    }

    /// As [`Tree::walk`] over the whole tree, from behind a key.
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

    /// Leaves it open until the process ends, whoever closes it.
    pub fn keep_open(&self) {
        std::mem::forget(self.parts.clone());
    }

    /// Closes it and opens it again.
    pub fn reopen(&mut self, path: &Path) -> Result<(), Failure> {
        self.close();
        self.parts = open(path)?.0.parts.take();
        Ok(())
    }

    /// sled flushes where it is let go of, and where a sync failed in one of its threads that may never come
    /// back: it is waited for as long as for any flush. What was acknowledged is on disk before.
    fn close(&mut self) {
        let Some(parts) = self.parts.take() else {
            return;
        };
        let (tell, told) = std::sync::mpsc::channel();
        let close = move || {
            drop(parts);
            let _ = tell.send(());
        };
        if std::thread::Builder::new()
            .name("sled-close".into())
            .spawn(close)
            .is_ok()
        {
            let _ = told.recv_timeout(PATIENCE);
        }
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        self.close();
    }
}

/// Opens sled where a damaged file panics instead of failing; and what the tree says of itself.
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

/// Opens the database. Ours is the only process here, but a tree that was just dropped gives its
/// file back only when sled's own thread is done: wait for it.
fn open_db(path: &Path) -> Result<sled::Db, Failure> {
    const PATIENCE: u32 = 100;
    // Every commit flushes for itself: a thread that wakes five times a second would flush nothing.
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

/// sled keeps seven threads that each look up once a second for as long as the program lives, and
/// has no setting for it. They inherit the slack of the thread that starts them: with a long one
/// the kernel lets them look up together, when it is awake for something else anyway.
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
    fn an_error_is_the_last_word() {
        let failing = (0..3).map(Ok).chain(std::iter::repeat_with(|| {
            Err(sled::Error::Unsupported("a disk that failed".into()))
        }));
        let said: Vec<_> = until_error(failing).collect();
        assert_eq!(
            (said.len(), said.iter().filter(|r| r.is_ok()).count()),
            (4, 3)
        );
        // What leaves errors out comes to an end as well.
        let failing = std::iter::repeat_with(|| {
            Err::<u8, _>(sled::Error::Unsupported("a disk that failed".into()))
        });
        assert_eq!(until_error(failing).filter_map(Result::ok).next(), None);
    }
}
