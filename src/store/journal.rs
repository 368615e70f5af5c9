//! The journal: every operation is appended, checksummed and synced before the tree is written. sled can lose
//! records without an error, so the tree is checked against the journal and rebuilt from it.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::files::{private_dir, private_file, sync_dir};
use super::frames::{FrameKind, Frames, next_intact};
use crate::domain::failure::Failure;

/// The position of a frame.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
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
    /// The last frame was incomplete; its bytes were moved to another file.
    pub torn: bool,
}

impl Journal {
    /// Opens the newest segment for appending, cutting off a torn last frame.
    ///
    /// `least` is the segment the newest snapshot names: appends never go before it.
    pub fn open(home: &Path, least: u64) -> Result<Self, Failure> {
        let dir = home.join("journal");
        private_dir(&dir)?;
        let segment = segments(&dir)?.last().copied().unwrap_or(1).max(least);
        let path = segment_path(&dir, segment);
        let fail = |e: std::io::Error| Failure::io(&path, &e);
        let fresh = !path.exists();
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
        let mut frames = Frames::new(BufReader::new(&file));
        while frames.next().is_some() {}
        let (size, torn) = (frames.good, frames.damage.is_some());
        if torn {
            if rest_of(&path, size)?.1.is_some() {
                // Whole frames follow the damage: the file is left as it is, and a new segment begins.
                let mut journal = Self {
                    dir,
                    segment,
                    file,
                    size,
                    dirty: false,
                    torn: false,
                };
                journal.rotate()?;
                return Ok(journal);
            }
            // An incomplete write was never acknowledged. Its bytes are moved to another file, not
            // deleted.
            save_tail(&path, size)?;
            file.set_len(size).map_err(fail)?;
        }
        file.seek(SeekFrom::Start(size)).map_err(fail)?;
        Ok(Self {
            dir,
            segment,
            file,
            size,
            dirty: torn,
            torn,
        })
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
        self.size += bytes.len() as u64;
        Ok(place)
    }

    /// The position of the next frame.
    pub fn next_place(&self) -> Place {
        Place {
            segment: self.segment,
            offset: self.size,
        }
    }

    /// Removes frames that were appended and not acknowledged.
    pub fn rewind(&mut self, to: Place) {
        if to.segment == self.segment {
            let _ = self.file.set_len(to.offset);
            let _ = self.file.seek(SeekFrom::Start(to.offset));
            self.size = to.offset;
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

    pub fn size(&self) -> u64 {
        self.size
    }

    pub fn segment(&self) -> u64 {
        self.segment
    }

    /// Starts a new segment. Undo reads the old ones until they are dropped.
    pub fn rotate(&mut self) -> Result<(), Failure> {
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
        (self.segment, self.size) = (next, 0);
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

    /// Passes every intact frame from a segment on, in order and with its position. Returns the
    /// damage found between them.
    pub fn read_from(
        &self,
        segment: u64,
        mut each: impl FnMut(Place, FrameKind, Vec<u8>) -> Result<(), Failure>,
    ) -> Result<Vec<String>, Failure> {
        let mut damage = Vec::new();
        let mut next = Some(Place { segment, offset: 0 });
        while let Some(from) = next {
            next = self.read_some(from, u64::MAX, &mut damage, &mut each)?;
        }
        Ok(damage)
    }

    /// Like [`Journal::read_from`], for about this many bytes of one segment. Returns the position
    /// to continue from; `None` at the end.
    pub fn read_some(
        &self,
        from: Place,
        bytes: u64,
        damage: &mut Vec<String>,
        each: &mut dyn FnMut(Place, FrameKind, Vec<u8>) -> Result<(), Failure>,
    ) -> Result<Option<Place>, Failure> {
        let segments = segments(&self.dir)?.into_iter();
        let mut segments = segments.filter(|s| *s >= from.segment);
        let Some(segment) = segments.next() else {
            return Ok(None);
        };
        // The segment may have been dropped since the last piece.
        let start = if segment == from.segment {
            from.offset
        } else {
            0
        };
        let after = segments.next().map(|segment| Place { segment, offset: 0 });
        let path = segment_path(&self.dir, segment);
        let mut file = File::open(&path).map_err(|e| Failure::io(&path, &e))?;
        file.seek(SeekFrom::Start(start))
            .map_err(|e| Failure::io(&path, &e))?;
        let mut frames = Frames::new(BufReader::new(file));
        while frames.good < bytes {
            let offset = start + frames.good;
            let Some((kind, body)) = frames.next() else {
                break;
            };
            each(Place { segment, offset }, kind, body)?;
        }
        let at = start + frames.good;
        let here = |offset| Some(Place { segment, offset });
        match frames.damage {
            None if frames.good >= bytes => Ok(here(at)),
            None => Ok(after),
            Some(why) => {
                let (rest, next) = rest_of(&path, at)?;
                let lost = next.unwrap_or(rest);
                let place = path.display();
                damage.push(format!("{place}: {why} (byte {at}, {lost} bytes)"));
                Ok(next.map_or(after, |skip| here(at + skip)))
            }
        }
    }
}

/// The bytes after a damaged position, and the distance to the next intact frame.
fn rest_of(path: &Path, from: u64) -> Result<(u64, Option<u64>), Failure> {
    let fail = |e: std::io::Error| Failure::io(path, &e);
    let mut file = File::open(path).map_err(fail)?;
    file.seek(SeekFrom::Start(from)).map_err(fail)?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(fail)?;
    Ok((
        bytes.len() as u64,
        next_intact(&bytes, 1).map(|at| at as u64),
    ))
}

fn segment_path(dir: &Path, segment: u64) -> PathBuf {
    dir.join(format!("{segment:08}.journal"))
}

fn segments(dir: &Path) -> Result<Vec<u64>, Failure> {
    let mut out: Vec<u64> = std::fs::read_dir(dir)
        .map_err(|e| Failure::io(dir, &e))?
        .filter_map(|entry| {
            entry
                .ok()?
                .file_name()
                .to_str()?
                .strip_suffix(".journal")?
                .parse()
                .ok()
        })
        .collect();
    out.sort_unstable();
    Ok(out)
}

fn save_tail(path: &Path, from: u64) -> Result<(), Failure> {
    let fail = |e: std::io::Error| Failure::io(path, &e);
    let mut file = File::open(path).map_err(fail)?;
    file.seek(SeekFrom::Start(from)).map_err(fail)?;
    let mut tail = Vec::new();
    file.read_to_end(&mut tail).map_err(fail)?;
    super::files::write_atomic(&path.with_extension("journal-tail"), &tail)
}

#[cfg(test)]
mod tests {
    use super::super::frames::{FrameKind, HEAD, frame};
    use super::*;

    #[test]
    fn only_the_damaged_frame_is_lost() {
        let home = tempfile::tempdir().expect("dir");
        let mut journal = Journal::open(home.path(), 1).expect("opens");
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
        let mut journal = Journal::open(home.path(), 1).expect("opens");
        journal
            .append(&frame(FrameKind::Pair, b"four").expect("frame"))
            .expect("appends");
        let mut seen = Vec::new();
        let damage = journal
            .read_from(0, |_, _, body| {
                seen.push(body);
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
        let mut journal = Journal::open(home.path(), 1).expect("opens");
        journal
            .append(&frame(FrameKind::Pair, b"one").expect("frame"))
            .expect("appends");
        journal
            .append(&frame(FrameKind::Pair, b"two").expect("frame")[..12])
            .expect("appends");
        drop(journal);
        let journal = Journal::open(home.path(), 1).expect("opens again");
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
