//! Frames: the form of records in the journal, in snapshots and in backups, each with checksums.
//! This file must not know what the bodies mean.

use std::io::Read;

use crate::domain::failure::Failure;

/// What the body of a frame holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrameKind {
    Operation = 1,
    /// The scores of a day.
    History = 2,
    /// A key and value of the tree, in snapshots and backups.
    Pair = 3,
    /// The head of a snapshot or backup.
    Head = 4,
    /// The end of a snapshot or backup: without it the file is incomplete.
    End = 5,
    /// The head of a segment of the journal.
    Segment = 6,
    /// The newest operation, in a file of its own.
    Newest = 7,
    /// A file that a backup holds beside the tree: a draft, or a configuration file.
    File = 8,
    /// What a day was, of some accounts.
    Observed = 9,
}

impl FrameKind {
    fn of(byte: u8) -> Option<Self> {
        [
            Self::Operation,
            Self::History,
            Self::Pair,
            Self::Head,
            Self::End,
            Self::Segment,
            Self::Newest,
            Self::File,
            Self::Observed,
        ]
        .into_iter()
        .find(|k| *k as u8 == byte)
    }
}

/// The position of a frame.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub struct Place {
    pub segment: u64,
    pub offset: u64,
}

/// The bytes of a head: kind, length, checksum of these two, checksum of the body. The head has its
/// own checksum so that the next intact frame can be found after a damaged one.
pub(super) const HEAD: usize = 13;

/// A frame around a body.
///
/// # Errors
/// If the body is longer than a frame may be.
pub fn frame(kind: FrameKind, body: &[u8]) -> Result<Vec<u8>, Failure> {
    let len = u32::try_from(body.len()).map_err(|_| Failure::Refused {
        reason: "one change is larger than 4 GiB".into(),
    })?;
    let mut out = Vec::with_capacity(HEAD + body.len());
    out.push(kind as u8);
    out.extend_from_slice(&len.to_le_bytes());
    let head = crc32fast::hash(&out);
    out.extend_from_slice(&head.to_le_bytes());
    out.extend_from_slice(&crc32fast::hash(body).to_le_bytes());
    out.extend_from_slice(body);
    Ok(out)
}

/// Kind, length of the body and its checksum; none for a damaged head.
fn read_head(head: &[u8; HEAD]) -> Option<(FrameKind, u32, u32)> {
    let number =
        |at: usize| u32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
    (crc32fast::hash(&head[..5]) == number(5)).then_some(())?;
    Some((FrameKind::of(head[0])?, number(1), number(9)))
}

/// The checksum of a run of frames, continued by one more. It goes over what the heads say of their bodies.
pub(super) fn chained(chain: u32, head: &[u8; HEAD]) -> u32 {
    let mut hasher = crc32fast::Hasher::new_with_initial(chain);
    // Not over the checksum of the head: after its own checksum a CRC forgets what came before.
    hasher.update(&head[..5]);
    hasher.update(&head[9..]);
    hasher.finalize()
}

/// The first intact frame at or after an offset; `None` if there is none.
pub(super) fn next_intact(bytes: &[u8], from: usize) -> Option<usize> {
    (from..bytes.len().saturating_sub(HEAD - 1)).find(|&at| {
        let Some(head) = bytes[at..].first_chunk::<HEAD>() else {
            return false;
        };
        let Some((_, len, crc)) = read_head(head) else {
            return false;
        };
        bytes
            .get(at + HEAD..at + HEAD + len as usize)
            .is_some_and(|body| crc32fast::hash(body) == crc)
    })
}

/// Reads frames in order. Stops at the end, or at the first damaged frame.
pub struct Frames<R> {
    reader: R,
    /// Bytes of intact frames read so far.
    pub good: u64,
    /// The checksum of the intact frames read so far, in their order.
    pub chain: u32,
    /// Why reading stopped before the end.
    pub damage: Option<String>,
}

impl<R: Read> Frames<R> {
    pub fn new(reader: R) -> Self {
        Self {
            reader,
            good: 0,
            chain: 0,
            damage: None,
        }
    }

    fn stop(&mut self, why: &str) -> Option<(FrameKind, Vec<u8>)> {
        self.damage = Some(why.to_owned());
        None
    }
}

impl<R: Read> Iterator for Frames<R> {
    type Item = (FrameKind, Vec<u8>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.damage.is_some() {
            return None;
        }
        let mut head = [0; HEAD];
        match read_full(&mut self.reader, &mut head) {
            0 => return None,
            HEAD => {}
            _ => return self.stop("the last frame is cut short"),
        }
        let Some((kind, len, crc)) = read_head(&head) else {
            return self.stop("a frame's head is damaged");
        };
        let mut body = Vec::new();
        if self
            .reader
            .by_ref()
            .take(u64::from(len))
            .read_to_end(&mut body)
            .is_err()
            || body.len() != len as usize
        {
            return self.stop("the last frame is cut short");
        }
        if crc32fast::hash(&body) != crc {
            return self.stop("a frame's checksum is wrong");
        }
        self.good += (HEAD + body.len()) as u64;
        self.chain = chained(self.chain, &head);
        Some((kind, body))
    }
}

fn read_full(reader: &mut impl Read, buffer: &mut [u8]) -> usize {
    let mut at = 0;
    while at < buffer.len() {
        match reader.read(&mut buffer[at..]) {
            Ok(0) | Err(_) => break,
            Ok(n) => at += n,
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_flipped_byte_is_noticed(bodies in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..60), 1..6), at in any::<usize>(), bit in 0..8) {
            let mut file = Vec::new();
            for b in &bodies { file.extend(frame(FrameKind::Pair, b).expect("small")); }
            let at = at % file.len();
            file[at] ^= 1_u8 << bit;
            let mut frames = Frames::new(&file[..]);
            let mut read = 0;
            for (_, body) in frames.by_ref() {
                prop_assert_eq!(&body, &bodies[read]);
                read += 1;
            }
            prop_assert!(frames.damage.is_some());
            prop_assert!(read < bodies.len());
        }
    }
}
