//! Private files, written completely or not at all, and the disk space they need. This file must
//! not know what is in them.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::domain::failure::Failure;

/// Disk space to leave free, so that a commit never stops halfway: enough for the journal's append
/// and sled's segment.
const RESERVE: u64 = 32 * 1024 * 1024;

/// Files that a commit may create: a segment of the journal, files of sled, a snapshot, drafts.
const RESERVE_FILES: u64 = 16;
/// Below this much, whoever writes is told before writes are refused.
const LOW: u64 = 200 * 1000 * 1000;
const LOW_FILES: u64 = 1_000;

/// What this user may still put on a disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    pub bytes: u64,
    /// None where the file system makes places for files as it needs them.
    pub files: Option<u64>,
}

impl Room {
    /// The room on the disk of a path.
    ///
    /// # Errors
    /// If the disk cannot be asked.
    pub fn of(path: &Path) -> Result<Self, Failure> {
        let stat = rustix::fs::statvfs(path).map_err(|e| Failure::io(path, &e.into()))?;
        Ok(Self {
            bytes: stat.f_bavail.saturating_mul(stat.f_frsize),
            files: (stat.f_files > 0).then_some(stat.f_favail),
        })
    }

    /// Whether a person should free some before it runs out.
    pub fn is_low(self) -> bool {
        self.is_low_in_bytes() || self.files.is_some_and(|files| files < LOW_FILES)
    }

    /// Whether it is the bytes that run out.
    pub fn is_low_in_bytes(self) -> bool {
        self.bytes < LOW
    }

    fn check(self, path: &Path, needed: u64) -> Result<(), Failure> {
        let path = || path.display().to_string();
        if self.bytes < RESERVE + needed {
            let (path, free) = (path(), self.bytes);
            return Err(Failure::DiskFull { path, free });
        }
        match self.files {
            Some(left) if left < RESERVE_FILES => Err(Failure::NoMoreFiles { path: path(), left }),
            _ => Ok(()),
        }
    }
}

/// Refuses to write when the disk is nearly full, or can hold no more files.
pub fn check_free_space(path: &Path, needed: u64) -> Result<(), Failure> {
    Room::of(path)?.check(path, needed)
}

/// Bytes that this user may still write to a disk.
pub(super) fn free(path: &Path) -> Result<u64, Failure> {
    Ok(Room::of(path)?.bytes)
}

/// Creates a folder that only its owner may enter.
pub fn private_dir(path: &Path) -> Result<(), Failure> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .map_err(|e| Failure::io(path, &e))
}

/// Opens or creates a file that only its owner may read.
pub fn private_file() -> std::fs::OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = std::fs::OpenOptions::new();
    options.mode(0o600);
    options
}

/// Replaces a file on disk: after a crash it has either the old content or the new.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut file = NewFile::create(path)?;
    file.write(bytes)?;
    file.finish()?;
    Ok(())
}

/// A file that is written under a temporary name and renamed when it is complete. If dropped
/// before, it is removed.
pub struct NewFile {
    path: PathBuf,
    temp: PathBuf,
    out: Option<BufWriter<File>>,
    bytes: u64,
    /// The number of bytes synced.
    synced: u64,
}

impl NewFile {
    /// Sync after this many bytes: a single sync at the end of a large file would take long.
    const SYNC_AFTER: u64 = 8 << 20;

    /// # Errors
    /// If the file cannot be created.
    pub fn create(path: &Path) -> Result<Self, Failure> {
        let temp = temporary(path);
        let open = || private_file().write(true).create_new(true).open(&temp);
        let file = open()
            .or_else(|e| {
                // What a killed process of the same number left, or a link that somebody put there.
                if e.kind() == std::io::ErrorKind::AlreadyExists {
                    std::fs::remove_file(&temp)?;
                    return open();
                }
                Err(e)
            })
            .map_err(|e| Failure::io(path, &e))?;
        Ok(Self {
            path: path.to_owned(),
            temp,
            out: Some(BufWriter::new(file)),
            bytes: 0,
            synced: 0,
        })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// # Errors
    /// If it cannot be written. The file is then of no use.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let Some(out) = &mut self.out else {
            return Ok(());
        };
        let mut written = out.write_all(bytes);
        self.bytes += bytes.len() as u64;
        if self.bytes - self.synced >= Self::SYNC_AFTER {
            written = written
                .and_then(|()| out.flush())
                .and_then(|()| out.get_ref().sync_data());
            self.synced = self.bytes;
        }
        written.map_err(|e| Failure::io(&self.path, &e))
    }

    /// Renames it to its final name. Returns its size.
    ///
    /// # Errors
    /// If it cannot be written completely. The file it was to replace is unchanged.
    pub fn finish(mut self) -> Result<u64, Failure> {
        let fail = |e: std::io::Error| Failure::io(&self.path, &e);
        if let Some(out) = self.out.take() {
            let written = out
                .into_inner()
                .map_err(std::io::IntoInnerError::into_error)
                .and_then(|file| file.sync_data())
                .and_then(|()| std::fs::rename(&self.temp, &self.path));
            if let Err(e) = written {
                let _ = std::fs::remove_file(&self.temp);
                return Err(fail(e));
            }
        }
        let dir = self.path.parent().filter(|dir| !dir.as_os_str().is_empty());
        sync_dir(dir.unwrap_or(Path::new(".")))?;
        Ok(self.bytes)
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        if self.out.take().is_some() {
            let _ = std::fs::remove_file(&self.temp);
        }
    }
}

/// A temporary name in the same folder, unique to this process.
pub(super) fn temporary(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.part", std::process::id()))
}

pub(super) fn sync_dir(path: &Path) -> Result<(), Failure> {
    std::fs::File::open(path)
        .and_then(|f| f.sync_all())
        .map_err(|e| Failure::io(path, &e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_is_full_of_bytes_or_of_files() {
        let room = |bytes, files| Room { bytes, files };
        let path = Path::new("/home");
        let refused = |room: Room| room.check(path, 1_000).err();
        for (found, low, refusal) in [
            (room(1 << 40, Some(1 << 20)), false, None),
            (room(1 << 40, None), false, None),
            (room(199_000_000, None), true, None),
            (room(1 << 40, Some(999)), true, None),
            (
                room(RESERVE + 999, Some(1 << 20)),
                true,
                Some(Failure::DiskFull {
                    path: "/home".into(),
                    free: RESERVE + 999,
                }),
            ),
            (
                room(1 << 40, Some(RESERVE_FILES - 1)),
                true,
                Some(Failure::NoMoreFiles {
                    path: "/home".into(),
                    left: RESERVE_FILES - 1,
                }),
            ),
        ] {
            assert_eq!(found.is_low(), low, "{found:?}");
            assert_eq!(refused(found), refusal, "{found:?}");
        }
    }
}
