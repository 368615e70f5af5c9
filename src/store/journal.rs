//! The journal: every operation, appended, checksummed and synced before anything else happens.
//! sled can lose records in silence; what stands here is the truth it is checked against.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::{private_dir, private_file, sync_dir};
use crate::domain::failure::Failure;

/// What a frame holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrameKind {
    Operation = 1,
    /// Scores recorded on a day.
    History = 2,
    /// A key and value of the tree, in snapshots and backups.
    Pair = 3,
    /// The head of a snapshot: its meta record.
    Head = 4,
    /// The end of a snapshot: without it the file is not whole.
    End = 5,
}

impl FrameKind {
    fn of(byte: u8) -> Option<Self> {
        [Self::Operation, Self::History, Self::Pair, Self::Head, Self::End].into_iter().find(|k| *k as u8 == byte)
    }
}

/// kind, length, crc of kind + length + body.
const HEAD: usize = 9;

pub fn frame(kind: FrameKind, body: &[u8]) -> Result<Vec<u8>, Failure> {
    let len = u32::try_from(body.len()).map_err(|_| Failure::Refused { reason: "one change is larger than 4 GiB".into() })?;
    let mut out = Vec::with_capacity(HEAD + body.len());
    out.push(kind as u8);
    out.extend_from_slice(&len.to_le_bytes());
    let mut crc = crc32fast::Hasher::new();
    crc.update(&out);
    crc.update(body);
    out.extend_from_slice(&crc.finalize().to_le_bytes());
    out.extend_from_slice(body);
    Ok(out)
}

/// Reads frames one after the other. Stops at the end, or at the first damaged frame.
pub struct Frames<R> {
    reader: R,
    /// Bytes read as whole frames.
    pub good: u64,
    pub damage: Option<String>,
}

impl<R: Read> Frames<R> {
    pub fn new(reader: R) -> Self {
        Self { reader, good: 0, damage: None }
    }

    pub fn next(&mut self) -> Option<(FrameKind, Vec<u8>)> {
        if self.damage.is_some() {
            return None;
        }
        let mut head = [0; HEAD];
        match read_full(&mut self.reader, &mut head) {
            0 => return None,
            HEAD => {}
            _ => return self.stop("the last frame is cut short"),
        }
        let len = u32::from_le_bytes([head[1], head[2], head[3], head[4]]);
        let crc = u32::from_le_bytes([head[5], head[6], head[7], head[8]]);
        let mut body = Vec::new();
        if self.reader.by_ref().take(u64::from(len)).read_to_end(&mut body).is_err() || body.len() != len as usize {
            return self.stop("the last frame is cut short");
        }
        let mut check = crc32fast::Hasher::new();
        check.update(&head[..5]);
        check.update(&body);
        if check.finalize() != crc {
            return self.stop("a frame's checksum is wrong");
        }
        let Some(kind) = FrameKind::of(head[0]) else { return self.stop("a frame is of an unknown kind") };
        self.good += (HEAD + body.len()) as u64;
        Some((kind, body))
    }

    fn stop(&mut self, why: &str) -> Option<(FrameKind, Vec<u8>)> {
        self.damage = Some(why.to_owned());
        None
    }
}

fn read_full(reader: &mut impl Read, buffer: &mut [u8]) -> usize {
    let mut at = 0;
    while at < buffer.len() {
        match reader.read(&mut buffer[at..]) {
            Ok(0) | Err(_) => break,
            Ok(n) => at += n,
        }
    }
    at
}

/// Where a frame lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Place {
    pub segment: u64,
    pub offset: u64,
}

pub struct Journal {
    dir: PathBuf,
    segment: u64,
    file: File,
    size: u64,
    dirty: bool,
}

impl Journal {
    /// Opens the newest segment for appending, cutting off a torn last frame.
    pub fn open(home: &Path) -> Result<Self, Failure> {
        let dir = home.join("journal");
        private_dir(&dir)?;
        let segment = segments(&dir)?.last().copied().unwrap_or(1);
        let path = segment_path(&dir, segment);
        let fail = |e: std::io::Error| Failure::io(&path, &e);
        let fresh = !path.exists();
        let mut file = private_file().read(true).write(true).create(true).truncate(false).open(&path).map_err(fail)?;
        if fresh {
            sync_dir(&dir)?;
            sync_dir(home)?;
        }
        let mut frames = Frames::new(BufReader::new(&file));
        while frames.next().is_some() {}
        let (size, torn) = (frames.good, frames.damage.is_some());
        if torn {
            // What follows the last whole frame was never acknowledged, or is damage: it is set
            // aside, never thrown away.
            keep_tail(&path, size)?;
            file.set_len(size).map_err(fail)?;
        }
        file.seek(SeekFrom::Start(size)).map_err(fail)?;
        Ok(Self { dir, segment, file, size, dirty: torn })
    }

    pub fn append(&mut self, bytes: &[u8]) -> Result<Place, Failure> {
        let place = Place { segment: self.segment, offset: self.size };
        let path = segment_path(&self.dir, self.segment);
        self.dirty = true;
        if let Err(e) = self.file.write_all(bytes) {
            // Back to the last whole frame, so that a full disk leaves no torn one behind.
            let _ = self.file.set_len(self.size);
            let _ = self.file.seek(SeekFrom::Start(self.size));
            return Err(Failure::io(&path, &e));
        }
        self.size += bytes.len() as u64;
        Ok(place)
    }

    /// Takes back frames that were appended and not acknowledged.
    pub fn rewind(&mut self, to: Place) {
        if to.segment == self.segment {
            let _ = self.file.set_len(to.offset);
            let _ = self.file.seek(SeekFrom::Start(to.offset));
            self.size = to.offset;
        }
    }

    pub fn sync(&mut self) -> Result<(), Failure> {
        if self.dirty {
            self.file.sync_data().map_err(|e| Failure::io(segment_path(&self.dir, self.segment), &e))?;
            self.dirty = false;
        }
        Ok(())
    }

    pub fn size(&self) -> u64 {
        self.size
    }

    pub fn segment(&self) -> u64 {
        self.segment
    }

    /// Starts a new segment; the old ones stay for undo until they are dropped.
    pub fn rotate(&mut self) -> Result<(), Failure> {
        self.sync()?;
        let next = self.segment + 1;
        let path = segment_path(&self.dir, next);
        self.file = private_file().read(true).write(true).create_new(true).open(&path).map_err(|e| Failure::io(&path, &e))?;
        sync_dir(&self.dir)?;
        (self.segment, self.size) = (next, 0);
        Ok(())
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
        file.seek(SeekFrom::Start(place.offset)).map_err(|e| Failure::io(&path, &e))?;
        let damaged = |reason: Option<String>| Failure::Damaged { path: path.display().to_string(), reason: reason.unwrap_or_default() };
        let mut frames = Frames::new(file);
        frames.next().map(|(_, body)| body).ok_or_else(|| damaged(frames.damage))
    }

    /// Every frame of every segment from one on, in order, with its place; and the damage met.
    pub fn read_from(&self, segment: u64, mut each: impl FnMut(Place, FrameKind, Vec<u8>) -> Result<(), Failure>) -> Result<Vec<String>, Failure> {
        let mut damage = Vec::new();
        for s in segments(&self.dir)?.into_iter().filter(|s| *s >= segment) {
            let path = segment_path(&self.dir, s);
            let file = File::open(&path).map_err(|e| Failure::io(&path, &e))?;
            let mut frames = Frames::new(BufReader::new(file));
            loop {
                let offset = frames.good;
                let Some((kind, body)) = frames.next() else { break };
                each(Place { segment: s, offset }, kind, body)?;
            }
            if let Some(why) = frames.damage {
                damage.push(format!("{}: {why} (byte {})", path.display(), frames.good));
            }
        }
        Ok(damage)
    }
}

fn segment_path(dir: &Path, segment: u64) -> PathBuf {
    dir.join(format!("{segment:08}.journal"))
}

fn segments(dir: &Path) -> Result<Vec<u64>, Failure> {
    let mut out: Vec<u64> =
        std::fs::read_dir(dir).map_err(|e| Failure::io(dir, &e))?.filter_map(|entry| entry.ok()?.file_name().to_str()?.strip_suffix(".journal")?.parse().ok()).collect();
    out.sort_unstable();
    Ok(out)
}

fn keep_tail(path: &Path, from: u64) -> Result<(), Failure> {
    let fail = |e: std::io::Error| Failure::io(path, &e);
    let mut file = File::open(path).map_err(fail)?;
    file.seek(SeekFrom::Start(from)).map_err(fail)?;
    let mut tail = Vec::new();
    file.read_to_end(&mut tail).map_err(fail)?;
    super::write_atomic(&path.with_extension("journal-tail"), &tail)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_flipped_byte_is_noticed(bodies in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..60), 1..6), at in any::<usize>(), bit in 0..8) {
            let mut file = Vec::new();
            for b in &bodies { file.extend(frame(FrameKind::Pair, b).expect("small")); }
            let at = at % file.len();
            file[at] ^= 1_u8 << bit;
            let mut frames = Frames::new(&file[..]);
            let mut read = 0;
            while let Some((_, body)) = frames.next() {
                prop_assert_eq!(&body, &bodies[read]);
                read += 1;
            }
            prop_assert!(frames.damage.is_some());
            prop_assert!(read < bodies.len());
        }
    }

    #[test]
    fn a_torn_tail_is_cut_and_kept_aside() {
        let home = tempfile::tempdir().expect("dir");
        let mut journal = Journal::open(home.path()).expect("opens");
        journal.append(&frame(FrameKind::Pair, b"one").expect("frame")).expect("appends");
        journal.append(&frame(FrameKind::Pair, b"two").expect("frame")[..8]).expect("appends");
        drop(journal);
        let journal = Journal::open(home.path()).expect("opens again");
        let mut seen = Vec::new();
        let damage = journal
            .read_from(0, |_, _, body| {
                seen.push(body);
                Ok(())
            })
            .expect("reads");
        assert_eq!((seen, damage), (vec![b"one".to_vec()], vec![]));
        assert!(home.path().join("journal/00000001.journal-tail").exists());
    }
}
