//! The frames of a journal, read without the program: kind, length, a checksum of the two, a
//! checksum of the body, the body. The body of an operation is its number and a compressed part:
//! the length of its JSON, the JSON, and its days of usage.

use std::path::Path;

const HEAD: usize = 13;
pub const OPERATION: u8 = 1;

pub struct Frame {
    pub kind: u8,
    /// The number of the operation in the frame, or of the last operation before it.
    pub seq: u64,
    pub body: Vec<u8>,
}

/// All frames of a data folder's journal, in order.
pub fn of(home: &Path) -> Vec<Frame> {
    let mut paths: Vec<_> = std::fs::read_dir(home.join("journal"))
        .expect("the folder is readable")
        .map(|e| e.expect("a directory entry").path())
        .collect();
    paths.sort();
    paths
        .iter()
        .flat_map(|path| frames(&std::fs::read(path).expect("the file is readable")))
        .collect()
}

fn frames(mut bytes: &[u8]) -> Vec<Frame> {
    let number = |bytes: &[u8]| u32::from_le_bytes(bytes.try_into().expect("four bytes"));
    let mut out = Vec::new();
    while let Some((head, rest)) = bytes.split_at_checked(HEAD) {
        let (body, rest) = rest.split_at(number(&head[1..5]) as usize);
        assert_eq!(
            (number(&head[5..9]), number(&head[9..])),
            (crc32fast::hash(&head[..5]), crc32fast::hash(body)),
            "checksums"
        );
        let (seq, body) = body.split_at(8);
        out.push(Frame {
            kind: head[0],
            seq: u64::from_le_bytes(seq.try_into().expect("eight bytes")),
            body: body.to_vec(),
        });
        bytes = rest;
    }
    assert!(bytes.is_empty(), "a frame is cut short");
    out
}

/// The JSON of an operation.
pub fn json(body: &[u8]) -> String {
    let raw = lz4_flex::decompress_size_prepended(body).expect("compressed data");
    // A varint: seven bits per byte, lowest first; the highest bit of the last byte is unset.
    let end = raw.iter().position(|b| b & 0x80 == 0).expect("a length") + 1;
    let length = raw[..end]
        .iter()
        .rev()
        .fold(0, |n, b| n << 7 | usize::from(b & 0x7f));
    String::from_utf8(raw[end..end + length].to_vec()).expect("valid UTF-8")
}
