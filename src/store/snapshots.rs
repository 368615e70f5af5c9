//! The snapshots of a home and their heads. This file must not know how one is written or checked.

use std::io::BufReader;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::frames::{FrameKind, Frames};
use super::identity::StoreId;
use super::segments::{Beginning, Walk, beginning, segment_path};
use super::{codec, inputs};
use crate::domain::failure::Failure;

/// The head of a snapshot or backup.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Head {
    pub schema: u32,
    pub seq: u64,
    /// The journal segment that continues after this snapshot.
    pub segment: u64,
    /// The store it is of; earlier versions did not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub store: Option<StoreId>,
}

impl Head {
    /// The part of the journal that continues after this snapshot. An earlier version began it one segment later
    /// after a restore.
    pub fn walk(&self) -> Walk {
        match self.store {
            Some(_) => Walk::after_snapshot(self.segment, self.seq),
            None => Walk::from(self.segment),
        }
    }

    /// Whether the segment that it names is there and continues after it.
    pub fn is_continued(&self, home: &Path) -> Result<bool, Failure> {
        let path = segment_path(&home.join("journal"), self.segment);
        Ok(path.exists()
            && match beginning(&path)? {
                Beginning::Head(head) => Some(head.store) == self.store && head.after == self.seq,
                // The reader of the journal tells this.
                Beginning::Damaged => true,
                Beginning::Old | Beginning::Empty => false,
            })
    }
}

pub(super) fn damaged(path: &Path, reason: String) -> Failure {
    Failure::Damaged {
        path: path.display().to_string(),
        reason,
    }
}

pub(super) fn split_pair(body: &[u8]) -> Option<(&[u8], &[u8])> {
    let len = u32::from_le_bytes(body.get(..4)?.try_into().ok()?) as usize;
    let rest = body.get(4..)?;
    (len > 0).then(|| rest.split_at_checked(len)).flatten()
}

pub(super) fn read_head(path: &Path) -> Option<Head> {
    let mut frames = Frames::new(BufReader::new(inputs::open(path).ok()?));
    let (kind, body) = frames.next()?;
    (kind == FrameKind::Head)
        .then(|| codec::from_json(&body).ok())
        .flatten()
}

/// The head of the newest snapshot with a readable head.
pub(super) fn newest(home: &Path) -> Option<Head> {
    snapshots(home)
        .iter()
        .rev()
        .find_map(|path| read_head(path))
}

pub(super) fn snapshots(home: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(home.join("snapshots")) else {
        return Vec::new();
    };
    let mut out: Vec<PathBuf> = entries
        .filter_map(|e| Some(e.ok()?.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "snapshot"))
        .collect();
    out.sort();
    out
}
