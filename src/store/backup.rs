//! Snapshots and backups: the whole tree as checksummed frames in one file.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use super::carried::Carried;
use super::files::{NewFile, private_dir};
use super::frames::{FrameKind, Frames, frame};
use super::frozen::Frozen;
use super::handle::{SCHEMA, Store};
use super::identity::StoreId;
use super::keys::{self, Meta, Tally};
use super::outputs::{Sort, prepare};
use super::segments::Walk;
use super::snapshots::{Head, damaged, read_head, snapshots, split_pair};
use super::{carried, codec, inputs, migrate, values};
use crate::domain::failure::Failure;

/// A backup that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    pub path: PathBuf,
    pub records: u64,
    /// Drafts, and configuration files.
    pub drafts: usize,
    pub configuration: usize,
    pub bytes: u64,
}

/// A snapshot is due when the journal has grown by this and by the size of the last one.
const SNAPSHOT_AFTER: u64 = 32 * 1024 * 1024;

/// A backup or snapshot in progress: all pairs of the tree, a piece at a time, in key order. It
/// counts what it writes, so that a tree with wrong counts never becomes the copy from which others
/// are repaired.
pub struct BackupWriter {
    file: NewFile,
    counts: BTreeMap<u8, Tally>,
    records: u64,
    drafts: usize,
    configuration: usize,
    /// The last key written.
    behind: Option<Vec<u8>>,
}

impl BackupWriter {
    /// Records in one step; a step takes a few milliseconds, then the caller may do other work.
    const PIECE: usize = 500;

    /// Begins a file whose data continues in a journal segment.
    ///
    /// # Errors
    /// If the file cannot be created.
    fn begin(
        store: &Store,
        path: &Path,
        segment: u64,
        carried: &[Carried],
    ) -> Result<Self, Failure> {
        let dir = path.parent().filter(|p| !p.as_os_str().is_empty());
        private_dir(dir.unwrap_or(Path::new(".")))?;
        let mut writer = Self {
            file: NewFile::create(path)?,
            counts: BTreeMap::new(),
            records: 0,
            drafts: carried.iter().filter(|file| file.is_draft()).count(),
            configuration: carried.iter().filter(|file| !file.is_draft()).count(),
            behind: None,
        };
        let head = Head {
            schema: store.meta.schema,
            seq: store.meta.seq,
            segment,
            store: store.meta.store.clone(),
        };
        writer.put(FrameKind::Head, &codec::json(&head))?;
        for file in carried {
            writer.put(FrameKind::File, &file.to_body())?;
        }
        Ok(writer)
    }

    fn put(&mut self, kind: FrameKind, body: &[u8]) -> Result<(), Failure> {
        self.file.write(&frame(kind, body)?)
    }

    /// The number of records written.
    pub fn records(&self) -> u64 {
        self.records
    }

    /// Writes some more records. Returns whether there are more.
    ///
    /// # Errors
    /// If the tree cannot be read or the file cannot be written.
    pub fn step(&mut self, store: &Store) -> Result<bool, Failure> {
        let behind = self.behind.take();
        for pair in store.tree.walk_behind(behind.as_deref()).take(Self::PIECE) {
            let (key, value) = pair.map_err(|e| store.sled_failure(&e))?;
            self.behind = Some(key.to_vec());
            if &key[..] == keys::META {
                continue;
            }
            self.counts.entry(key[0]).or_default().add(&key, &value);
            let mut body = Vec::with_capacity(key.len() + value.len() + 4);
            body.extend_from_slice(&(key.len() as u32).to_le_bytes());
            body.extend_from_slice(&key);
            body.extend_from_slice(&value);
            self.put(FrameKind::Pair, &body)?;
            self.records += 1;
        }
        Ok(self.behind.is_some())
    }

    /// Ends the file and renames it to its name.
    ///
    /// # Errors
    /// If the records written are not those that the store counts.
    pub fn finish(mut self, store: &Store) -> Result<Backup, Failure> {
        self.put(FrameKind::End, &[])?;
        let counts = store.meta.counts.iter();
        if counts
            .filter(|(_, tally)| tally.keys > 0)
            .ne(self.counts.iter())
        {
            return Err(Failure::Damaged {
                path: store.home.join("store").display().to_string(),
                reason: store.check_counts()?.join("; "),
            });
        }
        let path = self.file.path().to_owned();
        Ok(Backup {
            path,
            records: self.records,
            drafts: self.drafts,
            configuration: self.configuration,
            bytes: self.file.finish()?,
        })
    }
}

impl Store {
    /// Writes a backup file, complete or not at all.
    pub fn backup(&mut self, path: &Path) -> Result<Backup, Failure> {
        self.sync()?;
        self.write_pairs(path, self.journal.segment())
    }

    /// Begins a backup of the store's present state. Commits may follow meanwhile: call its steps
    /// and its end with [`Store::read_at`]. The drafts and the files of a configuration folder go with it.
    ///
    /// # Errors
    /// If the file cannot be created, or a configuration file cannot be read.
    pub fn begin_backup(
        &mut self,
        path: &Path,
        config: Option<&Path>,
        force: bool,
    ) -> Result<(Frozen, BackupWriter), Failure> {
        prepare(path, &self.home, Sort::Backup, force)?;
        self.sync()?;
        let carried = carried::of(&self.home, config)?;
        let frozen = self.freeze();
        let writer = BackupWriter::begin(self, path, self.journal.segment(), &carried)?;
        Ok((frozen, writer))
    }

    fn write_pairs(&self, path: &Path, segment: u64) -> Result<Backup, Failure> {
        let mut writer = BackupWriter::begin(self, path, segment, &[])?;
        while writer.step(self)? {}
        writer.finish(self)
    }

    /// Writes a snapshot when the journal has grown past the last one, so that a rebuild stays
    /// short.
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

    /// Writes a snapshot. Keeps the previous one, and the journal since then.
    pub fn snapshot(&mut self) -> Result<(), Failure> {
        self.sync()?;
        self.journal.rotate(self.meta.seq)?;
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

    /// Fills an empty tree from the newest complete snapshot. Returns the part of the journal to
    /// replay.
    pub(super) fn load_snapshot(&mut self) -> Result<Walk, Failure> {
        for path in snapshots(&self.home).iter().rev() {
            if check_complete(path).is_ok() {
                return Ok(self.load_pairs(path)?.walk());
            }
        }
        Ok(Walk::from(0))
    }

    fn load_pairs(&mut self, path: &Path) -> Result<Head, Failure> {
        let file = inputs::open(path)?;
        let frames = Frames::new(BufReader::new(file));
        let mut head = Head {
            schema: SCHEMA,
            seq: 0,
            segment: 0,
            store: None,
        };
        let mut counts: BTreeMap<u8, Tally> = BTreeMap::new();
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
            store: self.meta.store.clone(),
            journal: None,
        };
        batch.insert(keys::META, codec::json(&meta));
        self.tree
            .apply_batch(batch)
            .map_err(|e| self.sled_failure(&e))?;
        self.meta = meta;
        Ok(head)
    }
}

/// A snapshot or backup is complete when every frame is intact and the end frame is there.
pub(super) fn check_complete(path: &Path) -> Result<(), Failure> {
    let mut check = WholeCheck::begin(path)?;
    while check.step(u64::MAX)? {}
    Ok(())
}

/// As [`check_complete`], and every record can be read.
pub(super) fn check_values(path: &Path) -> Result<(), Failure> {
    let mut check = WholeCheck::with_values(path)?;
    while check.step(u64::MAX)? {}
    Ok(())
}

/// A verification of a snapshot or backup, some bytes at a time.
pub(super) struct WholeCheck {
    path: PathBuf,
    frames: Frames<BufReader<File>>,
    first: bool,
    ended: bool,
    /// Whether each record is read too.
    reads_values: bool,
}

impl WholeCheck {
    /// Of the frames, and of each record in them.
    pub fn with_values(path: &Path) -> Result<Self, Failure> {
        Ok(Self {
            reads_values: true,
            ..Self::begin(path)?
        })
    }

    pub fn begin(path: &Path) -> Result<Self, Failure> {
        let file = inputs::open(path)?;
        Ok(Self {
            path: path.to_owned(),
            frames: Frames::new(BufReader::new(file)),
            first: true,
            ended: false,
            reads_values: false,
        })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Checks about this many more bytes. Returns whether there are more.
    pub fn step(&mut self, bytes: u64) -> Result<bool, Failure> {
        let until = self.frames.good.saturating_add(bytes);
        while self.frames.good < until {
            let Some((kind, body)) = self.frames.next() else {
                return self.end().map(|()| false);
            };
            if self.first {
                self.check_head(kind, &body)?;
                self.first = false;
            }
            if self.reads_values && kind == FrameKind::Pair {
                let (key, value) = split_pair(&body)
                    .ok_or_else(|| damaged(&self.path, "a pair is cut short".into()))?;
                values::check(key, value).map_err(|reason| damaged(&self.path, reason))?;
            }
            self.ended = kind == FrameKind::End;
        }
        Ok(true)
    }

    fn check_head(&self, kind: FrameKind, body: &[u8]) -> Result<(), Failure> {
        if kind != FrameKind::Head {
            return Err(damaged(&self.path, "it is not a Kenshin backup".into()));
        }
        let head: Head = codec::from_json(body).map_err(|reason| damaged(&self.path, reason))?;
        let (found, known) = (head.schema, SCHEMA);
        if found > SCHEMA {
            return Err(Failure::Newer { found, known });
        }
        if found < migrate::OLDEST {
            return Err(Failure::Older { found, known });
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), Failure> {
        match self.frames.damage.take() {
            Some(reason) => Err(damaged(&self.path, reason)),
            None if self.first => Err(damaged(&self.path, "it is not a Kenshin backup".into())),
            None if !self.ended => Err(damaged(&self.path, "its end is missing".into())),
            None => Ok(()),
        }
    }
}

/// Whether a complete snapshot of a store has later operations than `seq`. That of its own tree never has.
pub(super) fn is_behind(home: &Path, store: &StoreId, seq: u64) -> bool {
    let all = snapshots(home);
    let is_later = |path: &PathBuf| {
        read_head(path).is_some_and(|h| h.seq > seq && h.store.as_ref() == Some(store))
    };
    all.iter()
        .rev()
        .any(|path| is_later(path) && check_complete(path).is_ok())
}

/// The head of the newest complete snapshot.
pub(super) fn newest_complete(home: &Path) -> Option<Head> {
    snapshots(home)
        .iter()
        .rev()
        .find(|path| check_complete(path).is_ok())
        .and_then(|path| read_head(path))
}
