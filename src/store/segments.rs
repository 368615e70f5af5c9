//! The segments of the journal: files that know their store, their number and the segment before them, so that
//! one that is missing, of another store or an old copy is recognised when they are read in order. This file
//! must not know what is appended and when.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::codec;
use super::frames::{FrameKind, Frames, Place, next_intact};
use super::identity::{Mark, StoreId};
use super::inputs;
use crate::domain::failure::Failure;

/// The head of a segment: its first frame. Segments that earlier versions wrote have none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SegmentHead {
    pub store: StoreId,
    pub segment: u64,
    /// The last operation before it.
    pub after: u64,
    /// The checksum of the frames of the segment before it.
    pub chain: u32,
}

/// How a segment begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Beginning {
    Head(SegmentHead),
    /// An earlier version wrote it.
    Old,
    Empty,
    /// Its first frame is damaged.
    Damaged,
}

pub(super) fn segment_path(dir: &Path, segment: u64) -> PathBuf {
    dir.join(format!("{segment:08}.journal"))
}

/// The name of a segment in messages.
pub(super) fn name(segment: u64) -> String {
    format!("journal/{segment:08}.journal")
}

/// The numbers of the segments that are there, in order.
pub(super) fn segments(dir: &Path) -> Result<Vec<u64>, Failure> {
    let mut out: Vec<u64> = std::fs::read_dir(dir)
        .map_err(|e| Failure::io(dir, &e))?
        .filter_map(|entry| {
            entry
                .ok()?
                .file_name()
                .to_str()?
                .strip_suffix(".journal")?
                .parse()
                .ok()
        })
        .collect();
    out.sort_unstable();
    Ok(out)
}

pub(super) fn beginning(path: &Path) -> Result<Beginning, Failure> {
    let mut frames = Frames::new(inputs::open(path)?);
    let Some((kind, body)) = frames.next() else {
        return Ok(match frames.damage {
            Some(_) => Beginning::Damaged,
            None => Beginning::Empty,
        });
    };
    if kind != FrameKind::Segment {
        return Ok(Beginning::Old);
    }
    Ok(codec::from_json(&body).map_or(Beginning::Damaged, Beginning::Head))
}

/// The checksum of the intact frames of a segment.
pub(super) fn chain_of(dir: &Path, segment: u64) -> Result<u32, Failure> {
    let mut walk = Walk::from(segment);
    let until = Place {
        segment: segment + 1,
        offset: 0,
    };
    while walk.next.is_some_and(|next| next < until) {
        walk.step(dir, u64::MAX, &mut Vec::new(), &mut |_, _, _| Ok(()))?;
    }
    Ok(walk.chain)
}

/// What the intact frames of a segment say.
pub(super) struct Scan {
    pub size: u64,
    pub chain: u32,
    /// A frame is damaged or cut short.
    pub torn: bool,
    /// At each point that this store wrote the same frames come before. A shorter segment is an older copy, which
    /// is noticed by the number of its operations.
    pub is_continued: bool,
}

impl Default for Scan {
    /// Of a segment without frames.
    fn default() -> Self {
        Self {
            size: 0,
            chain: 0,
            torn: false,
            is_continued: true,
        }
    }
}

impl Scan {
    pub fn of(path: &Path, segment: u64, marks: &[Mark]) -> Result<Self, Failure> {
        if !path.exists() {
            return Ok(Self::default());
        }
        let marks: Vec<&Mark> = marks.iter().filter(|m| m.segment == segment).collect();
        let mut frames = Frames::new(BufReader::new(inputs::open(path)?));
        let mut met = 0;
        loop {
            let met_here = |m: &&&Mark| m.size == frames.good && m.chain == frames.chain;
            met += marks.iter().filter(met_here).count();
            if frames.next().is_none() {
                break;
            }
        }
        let passed = marks.iter().filter(|m| m.size <= frames.good).count();
        Ok(Self {
            size: frames.good,
            chain: frames.chain,
            torn: frames.damage.is_some(),
            is_continued: met == passed,
        })
    }
}

/// The bytes after a damaged position, and the distance to the next intact frame.
pub(super) fn rest_of(path: &Path, from: u64) -> Result<(u64, Option<u64>), Failure> {
    let bytes = bytes_from(path, from)?;
    Ok((
        bytes.len() as u64,
        next_intact(&bytes, 1).map(|at| at as u64),
    ))
}

pub(super) fn bytes_from(path: &Path, from: u64) -> Result<Vec<u8>, Failure> {
    let fail = |e: std::io::Error| Failure::io(path, &e);
    let mut file = File::open(path).map_err(fail)?;
    file.seek(SeekFrom::Start(from)).map_err(fail)?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(fail)?;
    Ok(bytes)
}

/// Receives each intact frame with its position.
pub(super) type Each<'a> = &'a mut dyn FnMut(Place, FrameKind, Vec<u8>) -> Result<(), Failure>;

/// Reading the segments in order, in pieces, and comparing each with the one before it.
pub(super) struct Walk {
    /// Where to continue; `None` at the end.
    pub next: Option<Place>,
    /// The checksum of the intact frames of the present segment.
    pub chain: u32,
    /// The segment whose end was reached, whether it was read whole and without damage, and its checksum.
    before: Option<(u64, bool, u32)>,
    /// No damage was found in the present segment.
    sound: bool,
    /// The last operation that was read.
    seq: Option<u64>,
    /// The segment must be there: a snapshot continues with it.
    least: Option<u64>,
}

impl Walk {
    pub fn from(segment: u64) -> Self {
        Self {
            next: Some(Place { segment, offset: 0 }),
            chain: 0,
            before: None,
            sound: true,
            seq: None,
            least: None,
        }
    }

    /// From the segment with which a snapshot continues: it is missed if it is not there. `seq` is the
    /// snapshot's last operation.
    pub fn after_snapshot(segment: u64, seq: u64) -> Self {
        Self {
            least: Some(segment),
            seq: Some(seq),
            ..Self::from(segment)
        }
    }

    /// Passes the intact frames of about this many bytes of one segment, and adds what is wrong to `damage`.
    pub fn step(
        &mut self,
        dir: &Path,
        bytes: u64,
        damage: &mut Vec<String>,
        each: Each<'_>,
    ) -> Result<(), Failure> {
        let Some(from) = self.next.take() else {
            return Ok(());
        };
        let all = segments(dir)?;
        let oldest = all.first().copied();
        let mut later = all.into_iter().filter(|s| *s >= from.segment);
        let Some(segment) = later.next() else {
            damage.extend(self.least.take().map(|s| format!("{}: missing", name(s))));
            return Ok(());
        };
        let after = later.next().map(|segment| Place { segment, offset: 0 });
        if oldest == Some(segment) {
            // Those before it may have been dropped since the last piece.
            self.before = None;
        }
        let start = if segment == from.segment {
            from.offset
        } else {
            0
        };
        if start == 0 {
            self.begin(segment, damage);
        }
        let path = segment_path(dir, segment);
        let mut file = inputs::open(&path)?;
        file.seek(SeekFrom::Start(start))
            .map_err(|e| Failure::io(&path, &e))?;
        let mut frames = Frames::new(BufReader::new(file));
        frames.chain = self.chain;
        while frames.good < bytes {
            let offset = start + frames.good;
            let Some((kind, body)) = frames.next() else {
                break;
            };
            match kind {
                FrameKind::Segment => self.compare(segment, &body, damage),
                FrameKind::Operation => {
                    if let Ok((seq, _)) = codec::from_numbered(&body) {
                        self.seq = Some(seq);
                    }
                }
                _ => {}
            }
            each(Place { segment, offset }, kind, body)?;
        }
        self.chain = frames.chain;
        let at = start + frames.good;
        let here = |offset| Some(Place { segment, offset });
        self.next = match frames.damage {
            None if frames.good >= bytes => here(at),
            None => after,
            Some(why) => {
                let (rest, next) = rest_of(&path, at)?;
                let lost = next.unwrap_or(rest);
                let place = path.display();
                damage.push(format!("{place}: {why} (byte {at}, {lost} bytes)"));
                self.sound = false;
                next.map_or(after, |skip| here(at + skip))
            }
        };
        if self.next.is_none_or(|next| next.segment != segment) {
            self.before = Some((segment, self.sound, self.chain));
        }
        Ok(())
    }

    /// A segment begins: those between it and the one before are missing.
    fn begin(&mut self, segment: u64, damage: &mut Vec<String>) {
        let expected = self
            .before
            .map(|(before, ..)| before + 1)
            .or(self.least.take());
        for missing in expected.into_iter().flat_map(|first| first..segment) {
            damage.push(format!("{}: missing", name(missing)));
        }
        (self.chain, self.sound) = (0, true);
    }

    /// Compares the head of a segment with what was read before it.
    fn compare(&mut self, segment: u64, body: &[u8], damage: &mut Vec<String>) {
        let Ok(head) = codec::from_json::<SegmentHead>(body) else {
            return;
        };
        let of_before = self.before.filter(|(before, ..)| before + 1 == segment);
        let lacks = self.seq.filter(|seq| *seq < head.after);
        let lacks = lacks.map_or(String::new(), |seq| {
            format!(", {}", operations(seq + 1, head.after))
        });
        if let Some((before, sound, chain)) = of_before {
            if sound && chain != head.chain {
                damage.push(format!(
                    "{}: an older copy, or not the segment before {}{lacks}",
                    name(before),
                    name(segment)
                ));
            }
        } else if !lacks.is_empty() {
            damage.push(format!("before {}{lacks}", name(segment)));
        }
        if self.seq.is_none_or(|seq| seq < head.after) {
            self.seq = Some(head.after);
        }
    }
}

/// Missing operations, in no language: for text that is kept on disk.
pub(super) fn operations(first: u64, last: u64) -> String {
    if first == last {
        format!("operation {first}")
    } else {
        format!("operations {first}–{last}")
    }
}
