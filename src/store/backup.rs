//! Snapshots and backups: the whole tree as checksummed frames in one file.

use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::files::{private_dir, private_file, sync_dir};
use super::handle::{SCHEMA, Store};
use super::journal::{FrameKind, Frames, frame};
use super::keys::{self, Meta, Tally};
use super::{codec, migrate};
use crate::domain::failure::Failure;

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Head {
    pub schema: u32,
    pub seq: u64,
    /// The journal segment that continues after this snapshot.
    pub segment: u64,
}

/// A backup that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    pub path: PathBuf,
    pub records: u64,
    pub bytes: u64,
}

/// A snapshot is due when the journal has grown by this and by the size of the last one.
const SNAPSHOT_AFTER: u64 = 32 * 1024 * 1024;

impl Store {
    /// Writes a backup file; it is whole or it is not there.
    pub fn backup(&mut self, path: &Path) -> Result<Backup, Failure> {
        self.settle()?;
        self.write_pairs(path, self.journal.segment())
    }

    fn write_pairs(&self, path: &Path, segment: u64) -> Result<Backup, Failure> {
        let dir = path
            .parent()
            .filter(|p| !p.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        private_dir(dir)?;
        let temp = super::files::temporary(path);
        let done = self.write_pairs_to(&temp, path, segment);
        if done.is_err() {
            let _ = std::fs::remove_file(&temp);
        }
        let done = done?;
        sync_dir(dir)?;
        Ok(done)
    }

    /// What is written is counted: a tree that is not what it should be must never become the copy
    /// that others are mended from.
    fn write_pairs_to(&self, temp: &Path, path: &Path, segment: u64) -> Result<Backup, Failure> {
        let fail = |e: std::io::Error| Failure::io(path, &e);
        let mut counts: std::collections::BTreeMap<u8, Tally> = Default::default();
        let file = private_file()
            .write(true)
            .create(true)
            .truncate(true)
            .open(temp)
            .map_err(fail)?;
        let mut out = BufWriter::new(file);
        let mut bytes = 0;
        let mut put = |kind, body: &[u8]| -> Result<(), Failure> {
            let frame = frame(kind, body)?;
            bytes += frame.len() as u64;
            out.write_all(&frame).map_err(fail)
        };
        put(
            FrameKind::Head,
            &codec::json(&Head {
                schema: self.meta.schema,
                seq: self.meta.seq,
                segment,
            }),
        )?;
        let mut records = 0;
        for pair in self.tree.walk([]) {
            let (key, value) = pair.map_err(|e| self.sled_failure(&e))?;
            if &key[..] == keys::META {
                continue;
            }
            counts.entry(key[0]).or_default().add(&key, &value);
            let mut body = Vec::with_capacity(key.len() + value.len() + 4);
            body.extend_from_slice(&(key.len() as u32).to_le_bytes());
            body.extend_from_slice(&key);
            body.extend_from_slice(&value);
            put(FrameKind::Pair, &body)?;
            records += 1;
        }
        put(FrameKind::End, &[])?;
        if self
            .meta
            .counts
            .iter()
            .filter(|(_, tally)| tally.keys > 0)
            .ne(counts.iter())
        {
            return Err(Failure::Damaged {
                path: self.home.join("store").display().to_string(),
                reason: self.check_counts()?.join("; "),
            });
        }
        let file = out.into_inner().map_err(|e| fail(e.into_error()))?;
        file.sync_data().map_err(fail)?;
        std::fs::rename(temp, path).map_err(fail)?;
        Ok(Backup {
            path: path.to_owned(),
            records,
            bytes,
        })
    }

    /// Writes a snapshot when the journal has outgrown the last one, so that a rebuild stays short.
    pub(super) fn snapshot_if_due(&mut self) -> Result<(), Failure> {
        let newest = snapshots(&self.home).pop();
        let last_size = newest
            .as_ref()
            .and_then(|p| p.metadata().ok())
            .map_or(0, |m| m.len());
        if self.journal.size() >= SNAPSHOT_AFTER.max(last_size) {
            self.snapshot()?;
        }
        Ok(())
    }

    /// Writes a snapshot and keeps the one before it, with the journal since that one.
    pub fn snapshot(&mut self) -> Result<(), Failure> {
        self.settle()?;
        self.journal.rotate()?;
        let path = self
            .home
            .join("snapshots")
            .join(format!("{:016}.snapshot", self.meta.seq));
        self.write_pairs(&path, self.journal.segment())?;
        let all = snapshots(&self.home);
        for old in all.iter().rev().skip(2) {
            std::fs::remove_file(old).map_err(|e| Failure::io(old, &e))?;
        }
        if let Some(previous) = all.iter().rev().nth(1)
            && let Some(head) = read_head(previous)
        {
            self.journal.drop_before(head.segment)?;
            self.pack_log()?;
        }
        Ok(())
    }

    /// Fills an empty tree from the newest whole snapshot. Answers the journal segment to replay
    /// from.
    pub(super) fn load_snapshot(&mut self) -> Result<u64, Failure> {
        for path in snapshots(&self.home).iter().rev() {
            if check_whole(path).is_ok() {
                return self.load_pairs(path);
            }
        }
        Ok(0)
    }

    fn load_pairs(&mut self, path: &Path) -> Result<u64, Failure> {
        let file = File::open(path).map_err(|e| Failure::io(path, &e))?;
        let frames = Frames::new(BufReader::new(file));
        let mut head = Head {
            schema: SCHEMA,
            seq: 0,
            segment: 0,
        };
        let mut counts: std::collections::BTreeMap<u8, Tally> = Default::default();
        let mut batch = sled::Batch::default();
        let mut pending = 0;
        for (kind, body) in frames {
            match kind {
                FrameKind::Head => {
                    head = codec::from_json(&body).map_err(|reason| damaged(path, reason))?
                }
                FrameKind::Pair => {
                    let (key, value) = split_pair(&body)
                        .ok_or_else(|| damaged(path, "a pair is cut short".into()))?;
                    counts.entry(key[0]).or_default().add(key, value);
                    batch.insert(key, value);
                    pending += 1;
                    if pending == 96 {
                        self.tree
                            .apply_batch(std::mem::take(&mut batch))
                            .map_err(|e| self.sled_failure(&e))?;
                        pending = 0;
                    }
                }
                _ => {}
            }
        }
        // The meta record comes last: without it the tree counts as empty and is built again.
        let meta = Meta {
            schema: head.schema,
            seq: head.seq,
            counts,
            recorded: None,
        };
        batch.insert(keys::META, codec::json(&meta));
        self.tree
            .apply_batch(batch)
            .map_err(|e| self.sled_failure(&e))?;
        self.meta = meta;
        Ok(head.segment)
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
    let mut frames = Frames::new(BufReader::new(File::open(path).ok()?));
    let (kind, body) = frames.next()?;
    (kind == FrameKind::Head)
        .then(|| codec::from_json(&body).ok())
        .flatten()
}

/// A snapshot or backup is whole when every frame is sound and the end is there.
pub(super) fn check_whole(path: &Path) -> Result<(), Failure> {
    let file = File::open(path).map_err(|e| Failure::io(path, &e))?;
    let mut frames = Frames::new(BufReader::new(file));
    let mut first = true;
    let mut ended = false;
    for (kind, body) in frames.by_ref() {
        if first {
            if kind != FrameKind::Head {
                return Err(damaged(path, "it is not a Kenshin backup".into()));
            }
            let head: Head = codec::from_json(&body).map_err(|reason| damaged(path, reason))?;
            if head.schema > SCHEMA {
                return Err(Failure::Newer {
                    found: head.schema,
                    known: SCHEMA,
                });
            }
            if head.schema < migrate::OLDEST {
                return Err(Failure::Older {
                    found: head.schema,
                    known: SCHEMA,
                });
            }
            first = false;
        }
        ended = kind == FrameKind::End;
    }
    match frames.damage {
        Some(reason) => Err(damaged(path, reason)),
        None if first => Err(damaged(path, "it is not a Kenshin backup".into())),
        None if !ended => Err(damaged(path, "its end is missing".into())),
        None => Ok(()),
    }
}

/// The head of the newest snapshot whose beginning can be read.
pub(super) fn newest(home: &Path) -> Option<Head> {
    snapshots(home)
        .iter()
        .rev()
        .find_map(|path| read_head(path))
}

/// The head of the newest snapshot that is whole.
pub(super) fn newest_whole(home: &Path) -> Option<Head> {
    snapshots(home)
        .iter()
        .rev()
        .find(|path| check_whole(path).is_ok())
        .and_then(|path| read_head(path))
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
