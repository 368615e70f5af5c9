//! The store's own lock, taken before sled opens: two processes that opened a new database at once
//! damaged it.

use std::fs::{File, TryLockError};
use std::path::Path;

use super::files::{private_dir, private_file};
use crate::domain::failure::Failure;

/// Held while this value lives; the kernel releases it when the process ends, however that happens.
pub struct Lock {
    file: File,
}

impl Drop for Lock {
    /// Closing the file is not enough: a child that is being started holds a copy of it, and with it the
    /// lock, until its own program runs.
    fn drop(&mut self) {
        let _ = self.file.unlock();
    }
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
            Ok(()) => Ok(Self { file }),
            Err(TryLockError::WouldBlock) => Err(Failure::Busy),
            Err(TryLockError::Error(e)) => Err(Failure::io(&path, &e)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_let_go_is_free_though_a_starting_child_has_a_copy_of_its_file() {
        let home = tempfile::tempdir().unwrap();
        let lock = Lock::take(home.path()).unwrap();
        assert!(matches!(Lock::take(home.path()), Err(Failure::Busy)));
        let copy = lock.file.try_clone().unwrap();
        drop(lock);
        assert!(Lock::take(home.path()).is_ok());
        drop(copy);
    }
}
