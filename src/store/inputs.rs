//! The door for every file that is read from where a person points: only a regular file is opened, without
//! waiting, and its size is known before a byte is read.

use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use crate::domain::failure::{Failure, WrongPlace};

/// Opens a regular file. Never waits, also when it was replaced by a pipe a moment ago.
///
/// # Errors
/// `InvalidInput` for what is no regular file, and those of the system.
pub fn regular(path: &Path) -> io::Result<File> {
    let wait = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
    let file = std::fs::OpenOptions::new()
        .read(true)
        .custom_flags(wait.bits() as i32)
        .open(path)?;
    match file.metadata()?.is_file() {
        true => Ok(file),
        false => Err(io::ErrorKind::InvalidInput.into()),
    }
}

/// As [`regular`], with words for what is there instead.
///
/// # Errors
/// If a folder, a device or a pipe is there, or the system refuses.
pub fn open(path: &Path) -> Result<File, Failure> {
    let wrong = |why| Failure::WrongPlace {
        path: path.display().to_string(),
        why,
    };
    // The kind is looked at first: opening a device may already do something.
    let there = std::fs::metadata(path).map_err(|e| Failure::io(path, &e))?;
    if there.is_dir() {
        return Err(wrong(WrongPlace::Folder));
    }
    if !there.is_file() {
        return Err(wrong(WrongPlace::Device));
    }
    regular(path).map_err(|e| match e.kind() {
        io::ErrorKind::InvalidInput => wrong(WrongPlace::Device),
        _ => Failure::io(path, &e),
    })
}

/// The bytes of a file of at most `most` bytes; none of a larger one, also where it grows meanwhile.
///
/// # Errors
/// As [`open`], and if it cannot be read.
pub fn read(path: &Path, most: u64) -> Result<Option<Vec<u8>>, Failure> {
    let file = open(path)?;
    let mut bytes = Vec::new();
    file.take(most + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| Failure::io(path, &e))?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_regular_files_up_to_a_size_are_read() {
        let dir = tempfile::tempdir().expect("dir");
        let file = dir.path().join("file");
        std::fs::write(&file, "12345").expect("written");
        assert_eq!(read(&file, 5).expect("read"), Some(b"12345".to_vec()));
        assert_eq!(read(&file, 4).expect("read"), None);
        let why = |path: &Path| match read(path, 9) {
            Err(Failure::WrongPlace { why, .. }) => Some(why),
            _ => None,
        };
        assert_eq!(why(dir.path()), Some(WrongPlace::Folder));
        assert_eq!(why(Path::new("/dev/zero")), Some(WrongPlace::Device));
        assert!(matches!(
            read(&dir.path().join("none"), 9),
            Err(Failure::Io { .. })
        ));
    }
}
