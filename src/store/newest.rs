//! The file `head`: the newest operation of the journal and where it stands. With it an opening notices that
//! the newest segment is gone together with the tree. It is written in place after each sync of the journal and
//! not synced itself, so that a commit takes no longer: after a power cut it may be older, never newer.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::codec;
use super::files::{private_file, sync_dir};
use super::frames::{FrameKind, Frames, frame};
use super::identity::{Mark, StoreId};
use crate::domain::failure::Failure;

/// Its name in the home.
pub(super) const FILE: &str = "head";
/// The bytes of its body. It is always as long, so that a shorter text leaves nothing of a longer one.
const LENGTH: usize = 256;

/// The newest operation that was acknowledged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Newest {
    pub store: StoreId,
    pub seq: u64,
    pub mark: Mark,
}

/// What the file says; none if there is none, or it is damaged.
pub(super) fn read(home: &Path) -> Option<Newest> {
    let mut frames = Frames::new(super::inputs::regular(&home.join(FILE)).ok()?);
    let (kind, body) = frames.next()?;
    (kind == FrameKind::Newest).then_some(())?;
    codec::from_json(&body).ok()
}

/// The file, opened when it is first written.
pub(super) struct NewestFile {
    path: PathBuf,
    file: Option<File>,
    written: Option<Newest>,
}

impl NewestFile {
    pub fn of(home: &Path) -> Self {
        Self {
            path: home.join(FILE),
            file: None,
            written: None,
        }
    }

    /// Writes it without a sync.
    pub fn write(&mut self, newest: Newest) -> Result<(), Failure> {
        if self.written.as_ref() == Some(&newest) {
            return Ok(());
        }
        let mut body = codec::json(&newest);
        body.resize(LENGTH, b' ');
        let bytes = frame(FrameKind::Newest, &body)?;
        let fail = |e: std::io::Error| Failure::io(&self.path, &e);
        if self.file.is_none() {
            let mut options = private_file();
            let file = options.write(true).create(true).truncate(false);
            self.file = Some(file.open(&self.path).map_err(fail)?);
        }
        if let Some(file) = &self.file {
            file.write_all_at(&bytes, 0).map_err(fail)?;
        }
        self.written = Some(newest);
        Ok(())
    }

    /// Makes it durable.
    pub fn sync(&mut self) -> Result<(), Failure> {
        let Some(file) = &self.file else {
            return Ok(());
        };
        file.sync_data().map_err(|e| Failure::io(&self.path, &e))?;
        sync_dir(self.path.parent().unwrap_or(&self.path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_read_as_written_and_damage_is_no_answer() {
        let home = tempfile::tempdir().expect("a folder");
        let home = home.path();
        assert_eq!(read(home), None);
        let mut file = NewestFile::of(home);
        let newest = |seq| Newest {
            store: StoreId::random(),
            seq,
            mark: Mark {
                segment: u64::MAX,
                size: u64::MAX,
                chain: u32::MAX,
            },
        };
        for seq in [u64::MAX, 1] {
            let newest = newest(seq);
            file.write(newest.clone()).expect("writes");
            assert_eq!(read(home), Some(newest));
        }
        let path = home.join(FILE);
        let mut bytes = std::fs::read(&path).expect("reads");
        bytes[30] ^= 1;
        std::fs::write(&path, bytes).expect("writes");
        assert_eq!(read(home), None);
    }
}
