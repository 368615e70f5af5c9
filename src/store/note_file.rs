//! The file of the notes' folded texts: its head, its entries, and whether it is sound. It is derived: blocks have
//! checksums, and what is damaged is made anew.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::codec;
use super::handle::Store;
use super::sealed::unseal;
use crate::domain::ids::RecordId;

/// Increase it when the file's format or the folding changes: the file is then rebuilt.
pub(super) const FORM: u32 = 2;
/// A block ends with the first entry past this many bytes.
const BLOCK: u64 = 1 << 20;
/// The file is updated if at most this many operations are missing, else rebuilt.
pub(super) const WORTH: u64 = 2_000;

/// The contents of the file. Bytes past its end belong to an incomplete write.
#[derive(Serialize, Deserialize)]
pub(super) struct Head {
    pub form: u32,
    /// The last operation whose notes are included, and its id: the file of another store, or of one that was
    /// restored since, is not believed.
    pub seq: u64,
    pub operation: Option<RecordId>,
    pub bytes: u64,
    /// The offset of each block, and its checksum.
    pub blocks: Vec<(u64, u32)>,
}

/// An entry: the lengths of its key and its text, the note's key in the tree, the folded text.
const LENGTHS: usize = 6;

pub(super) fn entry(key: &[u8], text: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(&(key.len() as u16).to_le_bytes());
    out.extend_from_slice(&(text.len() as u32).to_le_bytes());
    out.extend_from_slice(key);
    out.extend_from_slice(text.as_bytes());
}

/// The entries of a block, each with its key and text.
pub(super) fn entries(block: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut rest = block;
    std::iter::from_fn(move || {
        let (lengths, after) = rest.split_at_checked(LENGTHS)?;
        let key_len = usize::from(u16::from_le_bytes([lengths[0], lengths[1]]));
        let text_len =
            u32::from_le_bytes([lengths[2], lengths[3], lengths[4], lengths[5]]) as usize;
        let (key, after) = after.split_at_checked(key_len)?;
        let (text, after) = after.split_at_checked(text_len)?;
        rest = after;
        Some((key, text))
    })
}

impl Head {
    /// Reads a head; `None` if it is damaged.
    pub fn read(path: &Path) -> Option<Self> {
        let bytes = std::fs::read(path).ok()?;
        codec::from_json(unseal(&bytes)?).ok()
    }

    /// Counts an entry that is written at the end, in a new block if the last one is full.
    pub fn add(&mut self, entry: &[u8]) {
        let at = self.bytes;
        if self.blocks.last().is_none_or(|last| at - last.0 >= BLOCK) {
            self.blocks.push((at, 0));
        }
        if let Some((_, sum)) = self.blocks.last_mut() {
            let mut hasher = crc32fast::Hasher::new_with_initial(*sum);
            hasher.update(entry);
            *sum = hasher.finalize();
        }
        self.bytes += entry.len() as u64;
    }
}

impl Store {
    pub(super) fn notes_path(&self) -> PathBuf {
        self.home.join("cache").join("notes")
    }

    pub(super) fn head_path(&self) -> PathBuf {
        self.home.join("cache").join("notes.head")
    }

    /// Whether there is a file and it is damaged.
    pub(super) fn notes_are_damaged(&self) -> bool {
        let sound = || {
            let head = Head::read(&self.head_path())?;
            let file = File::open(self.notes_path()).ok()?;
            let ends = head.blocks.iter().skip(1).map(|b| b.0).chain([head.bytes]);
            let mut block = Vec::new();
            for ((start, sum), end) in head.blocks.iter().zip(ends) {
                block.resize(end.checked_sub(*start)? as usize, 0);
                file.read_exact_at(&mut block, *start).ok()?;
                (crc32fast::hash(&block) == *sum).then_some(())?;
            }
            Some(())
        };
        self.head_path().exists() && sound().is_none()
    }

    /// Removes the file: the next search makes it anew.
    pub(super) fn forget_notes_file(&self) {
        let _ = std::fs::remove_file(self.head_path());
    }
}
