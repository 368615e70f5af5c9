//! Drafts: what is being typed, on disk within a quarter of a second of the keystroke, keyed by
//! account, place and author, so that it comes back where it belongs and nowhere else.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{private_dir, sync_dir, write_atomic};
use crate::domain::failure::Failure;

/// A draft as it lies on disk. `body` is the desk's own form of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub key: String,
    pub body: serde_json::Value,
}

/// A name that no key can turn into a path: the key's own bytes in hexadecimal.
fn path_of(home: &Path, key: &str) -> PathBuf {
    let name: String = key.bytes().map(|b| format!("{b:02x}")).collect();
    // File names end at 255 bytes; a long key is cut and told apart by its checksum.
    let name = if name.len() > 200 { format!("{}-{:08x}", &name[..180], crc32fast::hash(key.as_bytes())) } else { name };
    home.join("drafts").join(format!("{name}.json"))
}

pub fn save(home: &Path, draft: &Draft) -> Result<(), Failure> {
    private_dir(&home.join("drafts"))?;
    write_atomic(&path_of(home, &draft.key), &super::codec::json(draft))
}

pub fn discard(home: &Path, key: &str) -> Result<(), Failure> {
    let path = path_of(home, key);
    match std::fs::remove_file(&path) {
        Ok(()) => sync_dir(&home.join("drafts")),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(e) => Err(Failure::io(&path, &e)),
    }
}

/// All drafts, and the names of files that could not be read.
pub fn load(home: &Path) -> (Vec<Draft>, Vec<String>) {
    let (mut out, mut bad) = (Vec::new(), Vec::new());
    let Ok(entries) = std::fs::read_dir(home.join("drafts")) else { return (out, bad) };
    for path in entries.filter_map(|e| Some(e.ok()?.path())).filter(|p| p.extension().is_some_and(|e| e == "json")) {
        match std::fs::read(&path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()) {
            Some(draft) => out.push(draft),
            None => bad.push(path.display().to_string()),
        }
    }
    out.sort_by(|a: &Draft, b| a.key.cmp(&b.key));
    (out, bad)
}
