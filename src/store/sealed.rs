//! Sealed files: derived data in blocks, each with a checksum. What a flipped bit changed is never believed: the
//! file counts as absent, and is made anew. Must not know what the blocks mean.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::codec;
use super::files::{private_dir, private_file, temporary};
use crate::domain::failure::Failure;

/// Ends a sealed file.
const MAGIC: &[u8; 8] = b"KSEALED1";
/// Length and checksum of the foot, and the magic.
const END: u64 = 16;
/// Bytes per write.
const BUFFER: usize = 1 << 16;

/// Where a block is: its length and checksum. Blocks follow each other from the start of the file.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Block(u32, u32);

#[derive(Serialize, Deserialize)]
struct Foot<H> {
    head: H,
    blocks: Vec<Block>,
}

/// A sealed file that is being written, beside the one it replaces.
pub(super) struct SealedWriter {
    path: PathBuf,
    temp: PathBuf,
    out: BufWriter<File>,
    blocks: Vec<Block>,
}

impl SealedWriter {
    pub fn create(path: &Path) -> Result<Self, Failure> {
        private_dir(path.parent().unwrap_or(path))?;
        let temp = temporary(path);
        let file = private_file()
            .write(true)
            .create(true)
            .truncate(true)
            .open(&temp)
            .map_err(|e| Failure::io(&temp, &e))?;
        Ok(Self {
            path: path.to_owned(),
            temp,
            out: BufWriter::with_capacity(BUFFER, file),
            blocks: Vec::new(),
        })
    }

    pub fn block(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.blocks
            .push(Block(bytes.len() as u32, crc32fast::hash(bytes)));
        let written = self.out.write_all(bytes);
        written.map_err(|e| Failure::io(&self.temp, &e))
    }

    /// Ends the file with its head, and puts it in place.
    pub fn finish(mut self, head: &impl Serialize) -> Result<(), Failure> {
        let foot = codec::json(&Foot {
            head,
            blocks: std::mem::take(&mut self.blocks),
        });
        let mut end = foot.clone();
        end.extend_from_slice(&(foot.len() as u32).to_le_bytes());
        end.extend_from_slice(&crc32fast::hash(&foot).to_le_bytes());
        end.extend_from_slice(MAGIC);
        let placed = self
            .out
            .write_all(&end)
            .and_then(|()| self.out.flush())
            .and_then(|()| std::fs::rename(&self.temp, &self.path));
        placed.map_err(|e| Failure::io(&self.path, &e))
    }
}

impl Drop for SealedWriter {
    fn drop(&mut self) {
        // After the renaming there is none.
        let _ = std::fs::remove_file(&self.temp);
    }
}

/// A sealed file with a sound foot. Its blocks are checked when they are read.
pub(super) struct Sealed<H> {
    file: File,
    pub head: H,
    blocks: Vec<Block>,
}

impl<H: DeserializeOwned> Sealed<H> {
    /// `None` if there is no such file, or its end is damaged or of another form.
    pub fn open(path: &Path) -> Option<Self> {
        let file = File::open(path).ok()?;
        let size = file.metadata().ok()?.len();
        let at = size.checked_sub(END)?;
        let mut end = [0; END as usize];
        file.read_exact_at(&mut end, at).ok()?;
        let number =
            |at: usize| u32::from_le_bytes([end[at], end[at + 1], end[at + 2], end[at + 3]]);
        let (len, sum) = (number(0), number(4));
        (&end[8..] == MAGIC).then_some(())?;
        let start = at.checked_sub(u64::from(len))?;
        let mut foot = vec![0; len as usize];
        file.read_exact_at(&mut foot, start).ok()?;
        (crc32fast::hash(&foot) == sum).then_some(())?;
        let Foot { head, blocks } = codec::from_json(&foot).ok()?;
        let all: u64 = blocks.iter().map(|b: &Block| u64::from(b.0)).sum();
        (all == start).then_some(Self { file, head, blocks })
    }

    pub fn len(&self) -> usize {
        self.blocks.len()
    }

    /// A block; `None` if it is damaged or there is none.
    pub fn block(&self, n: usize) -> Option<Vec<u8>> {
        let Block(len, sum) = *self.blocks.get(n)?;
        let at: u64 = self.blocks[..n].iter().map(|b| u64::from(b.0)).sum();
        let mut bytes = vec![0; len as usize];
        self.file.read_exact_at(&mut bytes, at).ok()?;
        (crc32fast::hash(&bytes) == sum).then_some(bytes)
    }
}

/// A text with its checksum behind it, for a small derived file.
pub(super) fn seal(text: &[u8]) -> Vec<u8> {
    let mut out = text.to_vec();
    out.extend_from_slice(format!("\n{:08x}\n", crc32fast::hash(text)).as_bytes());
    out
}

/// The text before its checksum; `None` if it is another text.
pub(super) fn unseal(bytes: &[u8]) -> Option<&[u8]> {
    const TAIL: usize = 10;
    let (text, tail) = bytes.split_at_checked(bytes.len().checked_sub(TAIL)?)?;
    (tail == format!("\n{:08x}\n", crc32fast::hash(text)).as_bytes()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_flipped_bit_and_no_cut_is_believed() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("f");
        let blocks: [&[u8]; 3] = [b"first block", b"", b"third"];
        let mut writer = SealedWriter::create(&path).expect("creates");
        for block in blocks {
            writer.block(block).expect("writes");
        }
        writer.finish(&7_u32).expect("finishes");
        let whole = std::fs::read(&path).expect("reads");
        let read = |bytes: &[u8]| {
            std::fs::write(&path, bytes).expect("writes");
            let sealed = Sealed::<u32>::open(&path)?;
            let all: Option<Vec<Vec<u8>>> = (0..sealed.len()).map(|n| sealed.block(n)).collect();
            Some((sealed.head, all?))
        };
        let sound = read(&whole).expect("it is sound");
        assert_eq!(sound, (7, blocks.map(<[u8]>::to_vec).to_vec()));
        for at in 0..whole.len() {
            for bit in 0..8 {
                let mut flipped = whole.clone();
                flipped[at] ^= 1 << bit;
                assert_eq!(read(&flipped), None, "byte {at} bit {bit}");
            }
            assert_eq!(read(&whole[..at]), None, "cut at {at}");
        }
        assert_eq!(read(&[&whole[..], b"x"].concat()), None);
        let text = seal(b"2026-11-30");
        assert_eq!(unseal(&text), Some(&b"2026-11-30"[..]));
        for at in 0..text.len() {
            let mut flipped = text.clone();
            flipped[at] ^= 1;
            assert_eq!(unseal(&flipped), None);
        }
        assert_eq!(unseal(b""), None);
    }
}
