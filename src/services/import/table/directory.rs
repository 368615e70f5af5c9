//! The directory of a zip file: the names of its parts and their sizes, read before anything is
//! unpacked.

use std::io::{Read, SeekFrom};

use super::workbook::Seekable;

/// One part of a zip file.
pub struct Entry {
    pub name: String,
    /// Bytes when unpacked, as the directory states them.
    pub size: u64,
}

/// The parts of a zip file, in the order of its directory.
pub struct Directory {
    pub entries: Vec<Entry>,
    /// Whether a part is protected with a password.
    pub encrypted: bool,
}

/// Bytes of a directory that are read: a workbook has a few hundred parts.
const LONGEST: u64 = 16 << 20;
/// The record at the end, with the longest comment.
const END: u64 = 22 + 65_535;

impl Directory {
    /// The directory at the end of a file; `None` where there is none, as in a file that was cut off.
    pub fn read(file: &mut dyn Seekable) -> Option<Self> {
        let length = file.seek(SeekFrom::End(0)).ok()?;
        let from = length.saturating_sub(END);
        let tail = part(file, from, END)?;
        let at = (0..tail.len().saturating_sub(21))
            .rev()
            .find(|at| tail[*at..].starts_with(b"PK\x05\x06"))?;
        let mut size = number(&tail, at + 12, 4)?;
        let mut start = number(&tail, at + 16, 4)?;
        if size == 0xffff_ffff || start == 0xffff_ffff {
            // The large form stands before the record at the end.
            let large = (0..at)
                .rev()
                .find(|at| tail[*at..].starts_with(b"PK\x06\x06"))?;
            size = number(&tail, large + 40, 8)?;
            start = number(&tail, large + 48, 8)?;
        }
        // Bytes may stand before a zip file: the directory ends where its end record begins.
        let directory = part(file, start, size.min(LONGEST))?;
        Self::of(&directory)
    }

    fn of(bytes: &[u8]) -> Option<Self> {
        let (mut entries, mut encrypted, mut at) = (Vec::new(), false, 0);
        while at < bytes.len() {
            if !bytes[at..].starts_with(b"PK\x01\x02") {
                break;
            }
            let size = number(bytes, at + 24, 4)?;
            let lengths = [28, 30, 32].map(|place| number(bytes, at + place, 2));
            let [Some(name), Some(extra), Some(comment)] = lengths else {
                return None;
            };
            encrypted |= number(bytes, at + 8, 2)? & 1 == 1;
            let name_at = at + 46;
            let name_end = name_at + name as usize;
            let text = String::from_utf8_lossy(bytes.get(name_at..name_end)?);
            let extras = bytes.get(name_end..name_end + extra as usize)?;
            entries.push(Entry {
                name: text.trim_start_matches('/').replace('\\', "/"),
                size: if size == 0xffff_ffff {
                    large(extras)
                } else {
                    size
                },
            });
            at = name_end + (extra + comment) as usize;
        }
        (!entries.is_empty()).then_some(Self { entries, encrypted })
    }
}

/// The size in the large form, from the extra fields of a part.
fn large(extras: &[u8]) -> u64 {
    let mut at = 0;
    while let (Some(kind), Some(length)) = (number(extras, at, 2), number(extras, at + 2, 2)) {
        if kind == 1 {
            return number(extras, at + 4, 8).unwrap_or(u64::MAX);
        }
        at += 4 + length as usize;
    }
    u64::MAX
}

fn part(file: &mut dyn Seekable, from: u64, length: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(from)).ok()?;
    Read::take(&mut *file, length)
        .read_to_end(&mut bytes)
        .ok()?;
    Some(bytes)
}

/// A little-endian number of some bytes.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let found = bytes.get(at..at.checked_add(length)?)?;
    Some(found.iter().rev().fold(0, |n, b| n << 8 | u64::from(*b)))
}
