//! A home on a read-only disk: sled writes when it opens, so a copy of the data is opened and thrown away. Nobody
//! can change the original meanwhile.

use std::path::{Path, PathBuf};

use super::files::{check_free_space, private_dir};
use crate::domain::failure::Failure;

/// What reading, exporting and a backup need.
const PARTS: [&str; 9] = [
    "store",
    "journal",
    "snapshots",
    "drafts",
    "cache",
    "restoring",
    "head",
    "lost",
    "marks",
];

/// A copy of a home in the folder for temporary files, removed when this value is dropped.
pub struct ReadingCopy {
    pub home: PathBuf,
}

impl ReadingCopy {
    /// Whether a home is on a disk that nobody can write to.
    pub fn is_needed(home: &Path) -> bool {
        let read_only = rustix::fs::StatVfsMountFlags::RDONLY;
        rustix::fs::statvfs(home).is_ok_and(|disk| disk.f_flag.contains(read_only))
    }

    /// # Errors
    /// If the home cannot be read, or there is no space for the copy.
    pub fn of(home: &Path) -> Result<Self, Failure> {
        let temp = std::env::temp_dir();
        let bytes = PARTS.iter().map(|part| size(&home.join(part))).sum();
        check_free_space(&temp, bytes)?;
        let name = format!("kenshin-{:016x}", fastrand::u64(..));
        let copy = Self {
            home: temp.join(name),
        };
        private_dir(&copy.home)?;
        for part in PARTS {
            copied(&home.join(part), &copy.home.join(part))?;
        }
        Ok(copy)
    }
}

impl Drop for ReadingCopy {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.home);
    }
}

/// What is in a folder; nothing where there is none.
fn entries(dir: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = std::fs::read_dir(dir).into_iter().flatten();
    entries.filter_map(|e| Some(e.ok()?.path()))
}

fn size(path: &Path) -> u64 {
    match path.symlink_metadata() {
        Ok(there) if there.is_dir() => entries(path).map(|p| size(&p)).sum(),
        Ok(there) if there.is_file() => there.len(),
        _ => 0,
    }
}

/// Copies regular files and folders; what is not there, and anything else, is left out.
fn copied(from: &Path, to: &Path) -> Result<(), Failure> {
    let Ok(there) = from.symlink_metadata() else {
        return Ok(());
    };
    if there.is_dir() {
        private_dir(to)?;
        for path in entries(from) {
            copied(&path, &to.join(path.file_name().unwrap_or_default()))?;
        }
    } else if there.is_file() {
        std::fs::copy(from, to).map_err(|e| Failure::io(from, &e))?;
    }
    Ok(())
}
