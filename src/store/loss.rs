//! Lost data: when neither the tree nor the journal is complete, the store is read-only until the
//! user restores a backup or accepts the loss.

use std::collections::BTreeMap;
use std::path::Path;

use super::files::write_atomic;
use super::frames::FrameKind;
use super::handle::Store;
use super::keys::{self, Tally};
use super::segments::Walk;
use super::{backup, codec};
use crate::domain::failure::Failure;

/// This file makes a store read-only; its text names the lost data.
pub(super) const FILE: &str = "lost";
/// The message when the tree is gone and there is nothing to rebuild it from.
pub(super) const NOTHING_LEFT: &str = "store, journal";

pub(super) fn read(home: &Path) -> Option<String> {
    std::fs::read_to_string(home.join(FILE)).ok()
}

impl Store {
    /// The lost data, if any. The store then refuses writes.
    pub fn lost(&self) -> Option<&str> {
        self.lost.as_deref()
    }

    /// Makes the store read-only. What was noted before stays: a later opening may see less of the reason.
    pub(super) fn note_loss(&mut self, what: String) -> Result<(), Failure> {
        let what = match self.lost.take() {
            Some(noted) if noted.contains(&what) => noted,
            Some(noted) => format!("{noted}; {what}"),
            None => what,
        };
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

    /// Accepts the loss: the remaining data is counted again and becomes the store's state.
    pub fn accept_loss(&mut self) -> Result<(), Failure> {
        let mut counts: BTreeMap<u8, Tally> = BTreeMap::new();
        for pair in self.tree.walk([]) {
            let (key, value) = pair.map_err(|e| self.sled_failure(&e))?;
            if &key[..] != keys::META {
                counts.entry(key[0]).or_default().add(&key, &value);
            }
        }
        self.meta.counts = counts;
        self.write([(vec![keys::MARK], Some(Vec::new()))].into(), self.meta.seq)?;
        self.snapshot()?;
        let path = self.home.join(FILE);
        if path.exists() {
            std::fs::remove_file(&path).map_err(|e| Failure::io(&path, &e))?;
        }
        self.lost = None;
        Ok(())
    }

    /// Why snapshot and journal would not restore everything in the tree; `None` if they would.
    pub(super) fn uncovered(&self) -> Result<Option<String>, Failure> {
        let newest = backup::newest_complete(&self.home);
        let mut seq = newest.as_ref().map_or(0, |n| n.seq);
        let walk = newest.map_or(Walk::from(0), |n| n.walk());
        let mut gap = false;
        let damage = self.journal.read(walk, |_, kind, body| {
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
