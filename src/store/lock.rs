//! The store's own lock, taken before sled opens: two processes that opened a new database at once
//! damaged it.

use std::fs::{File, TryLockError};
use std::path::Path;

use super::files::{private_dir, private_file};
use crate::domain::failure::Failure;

/// Held while this value lives; the kernel releases it when the process ends, however that happens.
pub struct Lock {
    _file: File,
}

impl Lock {
    pub fn take(home: &Path) -> Result<Self, Failure> {
        private_dir(home)?;
        let path = home.join("lock");
        let file = private_file()
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|e| Failure::io(&path, &e))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(Failure::Busy),
            Err(TryLockError::Error(e)) => Err(Failure::io(&path, &e)),
        }
    }
}
