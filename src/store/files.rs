//! Files that only their owner may read, written whole or not at all, and the room they need. It must
//! not know what is in them.

use std::path::{Path, PathBuf};

use crate::domain::failure::Failure;

/// Room that must stay free, so that a commit never stops half way: the journal's append and
/// sled's own segment.
const RESERVE: u64 = 32 * 1024 * 1024;

/// Refuses to write when the disk is nearly full.
pub(super) fn check_room(path: &Path, need: u64) -> Result<(), Failure> {
    let free = free(path)?;
    if free < RESERVE + need {
        return Err(Failure::DiskFull {
            path: path.display().to_string(),
            free,
        });
    }
    Ok(())
}

/// Bytes that this user may still write to a disk.
pub(super) fn free(path: &Path) -> Result<u64, Failure> {
    let stat = rustix::fs::statvfs(path).map_err(|e| Failure::io(path, &e.into()))?;
    Ok(stat.f_bavail.saturating_mul(stat.f_frsize))
}

/// Makes a folder that only its owner may enter.
pub fn private_dir(path: &Path) -> Result<(), Failure> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .map_err(|e| Failure::io(path, &e))
}

/// Opens or makes a file that only its owner may read.
pub fn private_file() -> std::fs::OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = std::fs::OpenOptions::new();
    options.mode(0o600);
    options
}

/// Writes a whole file so that it is either the old one or the new one, on disk.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    use std::io::Write;
    let temp = temporary(path);
    let written = private_file()
        .write(true)
        .create(true)
        .truncate(true)
        .open(&temp)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_data()));
    if let Err(e) = written.and_then(|()| std::fs::rename(&temp, path)) {
        let _ = std::fs::remove_file(&temp);
        return Err(Failure::io(path, &e));
    }
    sync_dir(path.parent().unwrap_or(Path::new(".")))
}

/// A name beside a file that is nobody else's, to write it under before it takes its place.
pub(crate) fn temporary(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.part", std::process::id()))
}

pub(super) fn sync_dir(path: &Path) -> Result<(), Failure> {
    std::fs::File::open(path)
        .and_then(|f| f.sync_all())
        .map_err(|e| Failure::io(path, &e))
}
