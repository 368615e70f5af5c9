//! Keeps what comes through a pipe in a private file while it is read, because an import reads a file
//! more than once. The file has no name any more when it is read, so nothing is left of it however the
//! program ends.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::fd::AsFd;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::domain::failure::Failure;
use crate::services::import::table::limits::PIPED;
use crate::services::import::table::refusal::Refusal;
use crate::store::files;

/// Bytes between two looks at the free space.
const STEP: u64 = 8 << 20;

/// What is copied.
pub enum Input {
    Standard,
    Path(PathBuf),
}

/// Copies a pipe into a private file in the data folder.
///
/// # Errors
/// The pipe cannot be read, or the disk is full.
pub fn keep(input: Input, home: &Path) -> Result<Result<File, Refusal>, Failure> {
    let dir = home.join("incoming");
    files::private_dir(&dir)?;
    sweep(&dir);
    let path = dir.join(format!("{}", std::process::id()));
    let mut kept = files::private_file()
        .read(true)
        .write(true)
        .create(true)
        .truncate(true)
        .open(&path)
        .map_err(|e| Failure::io(&path, &e))?;
    // Another process may have swept it already.
    let _ = std::fs::remove_file(&path);
    let (name, pipe): (PathBuf, _) = match input {
        Input::Standard => (
            "stdin".into(),
            io::stdin().as_fd().try_clone_to_owned().map(File::from),
        ),
        Input::Path(path) => {
            let pipe = File::open(&path);
            (path, pipe)
        }
    };
    let failed = |e: &io::Error| Failure::io(&name, e);
    let mut pipe = pipe.map_err(|e| failed(&e))?;
    let (mut length, mut checked) = (0_u64, 0_u64);
    let mut part = vec![0; 1 << 16];
    loop {
        if checked <= length {
            files::check_free_space(&dir, STEP)?;
            checked = length + STEP;
        }
        let read = match pipe.read(&mut part) {
            Ok(0) => return Ok(Ok(kept)),
            Ok(read) => read,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(failed(&e)),
        };
        length += read as u64;
        if length > PIPED {
            return Ok(Err(Refusal::EndlessPipe { limit: PIPED }));
        }
        kept.write_all(&part[..read])
            .map_err(|e| Failure::io(&dir, &e))?;
    }
}

/// Removes what a killed process left: a file in use has no name.
fn sweep(dir: &Path) {
    for left in std::fs::read_dir(dir).into_iter().flatten().flatten() {
        // What cannot be removed is harmless; the next sweep tries again.
        let _ = std::fs::remove_file(left.path());
    }
}

/// Reads the file from its start, beside other readers.
pub struct Reader {
    file: Arc<File>,
    at: u64,
}

impl Reader {
    pub fn new(file: Arc<File>) -> Self {
        Self { file, at: 0 }
    }
}

impl Read for Reader {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read_at(buf, self.at)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Reader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let to = match to {
            SeekFrom::Start(to) => Some(to),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => self.file.metadata()?.len().checked_add_signed(by),
        };
        self.at = to.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}
