//! The journal: every operation is appended, checksummed and synced before the tree is written. sled can lose
//! records without an error, so the tree is checked against the journal and rebuilt from it.

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::codec;
use super::files::{private_dir, private_file, sync_dir};
use super::frames::{FrameKind, Frames, HEAD, Place, chained, frame};
use super::identity::{Mark, StoreId};
use super::newest::{Newest, NewestFile};
use super::segments::{
    Each, Scan, SegmentHead, Walk, bytes_from, chain_of, name, rest_of, segment_path, segments,
};
use super::snapshots::Head;
use super::{inputs, strangers};
use crate::domain::failure::Failure;

/// What is known of the journal before it is read.
pub(super) struct Known<'a> {
    pub store: &'a StoreId,
    /// The segment the newest snapshot names: appends never go before it.
    pub least: u64,
    /// Points that this store wrote.
    pub marks: &'a [Mark],
}

pub struct Journal {
    dir: PathBuf,
    store: StoreId,
    segment: u64,
    file: File,
    size: u64,
    /// The checksum of the segment's frames.
    chain: u32,
    /// Size and checksum before the last append.
    before: (u64, u32),
    dirty: bool,
    newest: NewestFile,
    /// The last frame was incomplete; its bytes were moved to another file.
    pub torn: bool,
    /// What was found wrong with the newest segment.
    pub damage: Vec<String>,
    /// Parts of another store that were set aside.
    pub strangers: Vec<String>,
}

impl Journal {
    /// Opens the newest segment for appending, cutting off a torn last frame. A segment that is not what this
    /// store wrote is set aside, and an empty one takes its place: [`Journal::begin`] writes its head.
    pub(super) fn open(home: &Path, known: &Known<'_>) -> Result<Self, Failure> {
        let dir = home.join("journal");
        private_dir(&dir)?;
        let marked = known.marks.iter().map(|m| m.segment).max().unwrap_or(1);
        let newest = segments(&dir)?.last().copied().unwrap_or(1);
        let segment = newest.max(known.least).max(marked);
        let path = segment_path(&dir, segment);
        let fail = |e: std::io::Error| Failure::io(&path, &e);
        let mut strangers = Vec::new();
        let mut scan = Scan::of(&path, segment, known.marks)?;
        if !scan.is_continued {
            strangers.push(strangers::aside(home, &path)?);
            scan = Scan::default();
        }
        let fresh = !path.exists();
        let mut damage = Vec::new();
        if fresh && (segment > 1 || !known.marks.is_empty()) {
            damage.push(format!("{}: missing", name(segment)));
        }
        let mut file = private_file()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(fail)?;
        if fresh {
            sync_dir(&dir)?;
            sync_dir(home)?;
        }
        let Scan {
            size, chain, torn, ..
        } = scan;
        let follows = torn && rest_of(&path, size)?.1.is_some();
        if torn && !follows {
            // An incomplete write was never acknowledged. Its bytes are moved to another file, not
            // deleted.
            let tail = bytes_from(&path, size)?;
            super::files::write_atomic(&path.with_extension("journal-tail"), &tail)?;
            file.set_len(size).map_err(fail)?;
        }
        file.seek(SeekFrom::Start(size)).map_err(fail)?;
        let mut journal = Self {
            dir,
            store: known.store.clone(),
            segment,
            file,
            size,
            chain,
            before: (size, chain),
            dirty: torn && !follows,
            newest: NewestFile::of(home),
            torn: torn && !follows,
            damage,
            strangers,
        };
        if follows {
            // Whole frames follow the damage: the file is left as it is, and a new segment begins.
            journal.next_segment()?;
        }
        Ok(journal)
    }

    /// Writes the first segment after a snapshot, in a folder where there is none.
    pub(super) fn create(home: &Path, snapshot: &Head) -> Result<(), Failure> {
        let Some(store) = &snapshot.store else {
            return Ok(());
        };
        let known = Known {
            store,
            least: snapshot.segment,
            marks: &[],
        };
        Self::open(home, &known)?.begin(snapshot.seq)
    }

    /// Writes the head of a segment that has none yet. Appends come after it.
    pub fn begin(&mut self, after: u64) -> Result<(), Failure> {
        if self.size > 0 {
            return Ok(());
        }
        let before = segments(&self.dir)?;
        let before = before.into_iter().rfind(|s| *s < self.segment);
        let chain = before.map_or(Ok(0), |segment| chain_of(&self.dir, segment))?;
        self.write_head(after, chain)
    }

    fn write_head(&mut self, after: u64, chain: u32) -> Result<(), Failure> {
        let head = SegmentHead {
            store: self.store.clone(),
            segment: self.segment,
            after,
            chain,
        };
        self.append(&frame(FrameKind::Segment, &codec::json(&head))?)?;
        self.sync()?;
        self.acknowledge(after);
        self.newest.sync()
    }

    pub fn append(&mut self, bytes: &[u8]) -> Result<Place, Failure> {
        let place = Place {
            segment: self.segment,
            offset: self.size,
        };
        let path = segment_path(&self.dir, self.segment);
        self.dirty = true;
        if let Err(e) = self.file.write_all(bytes) {
            // Truncate to the last intact frame, so that a full disk leaves no incomplete one.
            let _ = self.file.set_len(self.size);
            let _ = self.file.seek(SeekFrom::Start(self.size));
            return Err(Failure::io(&path, &e));
        }
        self.before = (self.size, self.chain);
        self.size += bytes.len() as u64;
        if let Some(head) = bytes.first_chunk::<HEAD>() {
            self.chain = chained(self.chain, head);
        }
        Ok(place)
    }

    /// The position of the next frame.
    pub fn next_place(&self) -> Place {
        Place {
            segment: self.segment,
            offset: self.size,
        }
    }

    /// The end of the journal as it is now.
    pub(super) fn mark(&self) -> Mark {
        Mark {
            segment: self.segment,
            size: self.size,
            chain: self.chain,
        }
    }

    /// The end of the journal behind an operation, as the head notes it.
    pub(super) fn end(&self, seq: u64) -> Newest {
        Newest {
            store: self.store.clone(),
            seq,
            mark: self.mark(),
        }
    }

    /// Removes the last frame, which was appended and not acknowledged.
    pub fn rewind(&mut self, to: Place) {
        if to.segment == self.segment {
            let _ = self.file.set_len(to.offset);
            let _ = self.file.seek(SeekFrom::Start(to.offset));
            (self.size, self.chain) = self.before;
        }
    }

    pub fn sync(&mut self) -> Result<(), Failure> {
        if self.dirty {
            self.file
                .sync_data()
                .map_err(|e| Failure::io(segment_path(&self.dir, self.segment), &e))?;
            self.dirty = false;
        }
        Ok(())
    }

    /// Notes beside the journal that everything up to an operation is synced.
    pub(super) fn acknowledge(&mut self, seq: u64) {
        if self.dirty {
            return;
        }
        let newest = self.end(seq);
        // An older note is as true as a newer one: it only notices less.
        let _ = self.newest.write(newest);
    }

    /// Whether it holds no operation: the newest segment is the first, and has a head at most.
    pub fn is_empty(&self) -> Result<bool, Failure> {
        let mut frames = Frames::new(inputs::open(&segment_path(&self.dir, self.segment))?);
        Ok(self.segment == 1 && frames.all(|(kind, _)| kind == FrameKind::Segment))
    }

    pub fn size(&self) -> u64 {
        self.size
    }

    pub fn segment(&self) -> u64 {
        self.segment
    }

    /// Starts a new segment after an operation. Undo reads the old ones until they are dropped.
    pub fn rotate(&mut self, after: u64) -> Result<(), Failure> {
        self.begin(after)?;
        let chain = self.chain;
        self.next_segment()?;
        self.write_head(after, chain)
    }

    fn next_segment(&mut self) -> Result<(), Failure> {
        self.sync()?;
        let next = self.segment + 1;
        let path = segment_path(&self.dir, next);
        self.file = private_file()
            .read(true)
            .write(true)
            .create_new(true)
            .open(&path)
            .map_err(|e| Failure::io(&path, &e))?;
        sync_dir(&self.dir)?;
        (self.segment, self.size, self.chain) = (next, 0, 0);
        self.before = (0, 0);
        Ok(())
    }

    /// The oldest segment.
    pub fn first_segment(&self) -> Result<Option<u64>, Failure> {
        Ok(segments(&self.dir)?.first().copied())
    }

    pub fn drop_before(&self, segment: u64) -> Result<(), Failure> {
        for old in segments(&self.dir)?.into_iter().filter(|s| *s < segment) {
            let path = segment_path(&self.dir, old);
            std::fs::remove_file(&path).map_err(|e| Failure::io(&path, &e))?;
        }
        Ok(())
    }

    pub fn read_at(&self, place: Place) -> Result<Vec<u8>, Failure> {
        let path = segment_path(&self.dir, place.segment);
        let mut file = File::open(&path).map_err(|e| Failure::io(&path, &e))?;
        file.seek(SeekFrom::Start(place.offset))
            .map_err(|e| Failure::io(&path, &e))?;
        let damaged = |reason: Option<String>| Failure::Damaged {
            path: path.display().to_string(),
            reason: reason.unwrap_or_default(),
        };
        let mut frames = Frames::new(file);
        frames
            .next()
            .map(|(_, body)| body)
            .ok_or_else(|| damaged(frames.damage))
    }

    /// Whether the frames before a point are those that this store wrote.
    pub(super) fn holds(&self, mark: Mark) -> Result<bool, Failure> {
        let path = segment_path(&self.dir, mark.segment);
        let scan = Scan::of(&path, mark.segment, &[mark])?;
        Ok(scan.is_continued && scan.size >= mark.size)
    }

    /// Passes every intact frame of a walk, in order and with its position. Returns the damage found
    /// between them.
    pub(super) fn read(
        &self,
        mut walk: Walk,
        mut each: impl FnMut(Place, FrameKind, Vec<u8>) -> Result<(), Failure>,
    ) -> Result<Vec<String>, Failure> {
        let mut damage = Vec::new();
        while walk.next.is_some() {
            self.read_some(&mut walk, u64::MAX, &mut damage, &mut each)?;
        }
        Ok(damage)
    }

    /// Like [`Journal::read`], for about this many bytes of one segment.
    pub(super) fn read_some(
        &self,
        walk: &mut Walk,
        bytes: u64,
        damage: &mut Vec<String>,
        each: Each<'_>,
    ) -> Result<(), Failure> {
        walk.step(&self.dir, bytes, damage, each)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(home: &Path) -> Journal {
        let store = StoreId::random();
        let known = Known {
            store: &store,
            least: 1,
            marks: &[],
        };
        Journal::open(home, &known).expect("opens")
    }

    #[test]
    fn only_the_damaged_frame_is_lost() {
        let home = tempfile::tempdir().expect("dir");
        let mut journal = open(home.path());
        for body in [&b"one"[..], b"two", b"three"] {
            journal
                .append(&frame(FrameKind::Pair, body).expect("frame"))
                .expect("appends");
        }
        drop(journal);
        let path = home.path().join("journal/00000001.journal");
        let mut bytes = std::fs::read(&path).expect("reads");
        bytes[HEAD + 3 + 2] ^= 4;
        std::fs::write(&path, &bytes).expect("writes");
        let mut journal = open(home.path());
        journal
            .append(&frame(FrameKind::Pair, b"four").expect("frame"))
            .expect("appends");
        let mut seen = Vec::new();
        let damage = journal
            .read(Walk::from(0), |_, kind, body| {
                seen.extend((kind == FrameKind::Pair).then_some(body));
                Ok(())
            })
            .expect("reads");
        assert_eq!(
            seen,
            vec![b"one".to_vec(), b"three".to_vec(), b"four".to_vec()]
        );
        assert_eq!(damage.len(), 1);
        assert!(damage[0].contains("byte 16, 16 bytes"), "{damage:?}");
    }

    #[test]
    fn an_incomplete_last_frame_is_cut_off_and_saved() {
        let home = tempfile::tempdir().expect("dir");
        let mut journal = open(home.path());
        journal
            .append(&frame(FrameKind::Pair, b"one").expect("frame"))
            .expect("appends");
        journal
            .append(&frame(FrameKind::Pair, b"two").expect("frame")[..12])
            .expect("appends");
        drop(journal);
        let journal = open(home.path());
        let mut seen = Vec::new();
        let damage = journal
            .read(Walk::from(0), |_, kind, body| {
                seen.extend((kind == FrameKind::Pair).then_some(body));
                Ok(())
            })
            .expect("reads");
        assert_eq!((seen, damage), (vec![b"one".to_vec()], vec![]));
        assert!(home.path().join("journal/00000001.journal-tail").exists());
    }
}
