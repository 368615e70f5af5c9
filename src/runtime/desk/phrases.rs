//! The file of warning phrases, which the user may edit during a call.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use crate::config::{Config, Lexicon, PHRASES};
use crate::domain::failure::Failure;

/// The file, and when it was last changed.
pub struct PhrasesFile {
    config_dir: PathBuf,
    path: PathBuf,
    modified: Option<SystemTime>,
}

impl PhrasesFile {
    pub fn new(config_dir: PathBuf) -> Self {
        let path = config_dir.join(PHRASES.name);
        Self {
            config_dir,
            modified: modified(&path),
            path,
        }
    }

    /// The lexicon and its mistakes, if the file was changed since the last look.
    pub fn changed(&mut self) -> Option<(Arc<Lexicon>, Vec<Failure>)> {
        let now = modified(&self.path);
        let same = std::mem::replace(&mut self.modified, now) == now;
        (!same).then(|| Config::phrases(&self.config_dir))
    }
}

fn modified(path: &Path) -> Option<SystemTime> {
    std::fs::metadata(path).and_then(|m| m.modified()).ok()
}
