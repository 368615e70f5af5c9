//! Lost data: when neither the tree nor the journal has everything, what is left is read and nothing
//! is written, until the user takes over a backup or decides to go on with what there is.

use std::collections::BTreeMap;
use std::path::Path;

use super::files::write_atomic;
use super::frames::FrameKind;
use super::handle::Store;
use super::keys::{self, Tally};
use super::{backup, codec};
use crate::domain::failure::Failure;

/// Its presence makes a store read-only; it says what is lost.
pub(super) const FILE: &str = "lost";
/// What is said when the tree is gone and there is nothing to build it from.
pub(super) const NOTHING_LEFT: &str = "store, journal";

pub(super) fn read(home: &Path) -> Option<String> {
    std::fs::read_to_string(home.join(FILE)).ok()
}

impl Store {
    /// What is lost, if anything is: then nothing can be written.
    pub fn lost(&self) -> Option<&str> {
        self.lost.as_deref()
    }

    /// From here on the store is only read.
    pub(super) fn note_loss(&mut self, what: String) -> Result<(), Failure> {
        write_atomic(&self.home.join(FILE), what.as_bytes())?;
        self.lost = Some(what);
        Ok(())
    }

    pub(super) fn refuse_if_lost(&self) -> Result<(), Failure> {
        match &self.lost {
            Some(what) => Err(Failure::ReadOnly {
                reason: what.clone(),
            }),
            None => Ok(()),
        }
    }

    /// Goes on with what is left: it is counted anew and becomes the truth.
    pub fn accept_loss(&mut self) -> Result<(), Failure> {
        let mut counts: BTreeMap<u8, Tally> = BTreeMap::new();
        for pair in self.tree.walk([]) {
            let (key, value) = pair.map_err(|e| self.sled_failure(&e))?;
            if &key[..] != keys::META {
                counts.entry(key[0]).or_default().add(&key, &value);
            }
        }
        self.meta.counts = counts;
        self.write([(b"!".to_vec(), Some(Vec::new()))].into(), self.meta.seq)?;
        self.snapshot()?;
        let path = self.home.join(FILE);
        if path.exists() {
            std::fs::remove_file(&path).map_err(|e| Failure::io(&path, &e))?;
        }
        self.lost = None;
        Ok(())
    }

    /// Why snapshot and journal would not bring back all that the tree has; none when they would.
    pub(super) fn uncovered(&self) -> Result<Option<String>, Failure> {
        let (mut seq, segment) =
            backup::newest_whole(&self.home).map_or((0, 0), |n| (n.seq, n.segment));
        let mut gap = false;
        let damage = self.journal.read_from(segment, |_, kind, body| {
            if kind == FrameKind::Operation
                && let Ok((next, _)) = codec::from_numbered(&body)
                && next > seq
            {
                gap |= next != seq + 1;
                seq = next;
            }
            Ok(())
        })?;
        if gap || !damage.is_empty() {
            return Ok(Some(damage.join("; ")));
        }
        Ok((seq < self.meta.seq).then(|| format!("journal: {seq} of {}", self.meta.seq)))
    }
}
