//! A file that can be read more than once, and the reason where it cannot be read.

use std::io::{self, Cursor, Read};
use std::sync::Arc;

type Open = Arc<dyn Fn() -> io::Result<Box<dyn Read + Send>> + Send + Sync>;

/// A file that can be read more than once: first to recognise it, then to read its rows.
#[derive(Clone)]
pub struct Source {
    pub name: String,
    pub(super) open: Open,
}

impl Source {
    /// A hash of its contents.
    pub fn fingerprint(&self) -> Option<u64> {
        let mut file = (self.open)().ok()?;
        let (mut hash, mut length, mut part) = (crc32fast::Hasher::new(), 0_u64, vec![0; 1 << 16]);
        loop {
            match file.read(&mut part).ok()? {
                0 => return Some(length << 32 | u64::from(hash.finalize())),
                n => {
                    hash.update(&part[..n]);
                    length += n as u64;
                }
            }
        }
    }

    pub fn new(
        name: impl Into<String>,
        open: impl Fn() -> io::Result<Box<dyn Read + Send>> + Send + Sync + 'static,
    ) -> Self {
        Self {
            name: name.into(),
            open: Arc::new(open),
        }
    }

    /// A source in memory.
    pub fn of_bytes(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        let bytes: Arc<[u8]> = bytes.into().into();
        Self::new(name, move || Ok(Box::new(Cursor::new(bytes.clone()))))
    }
}

/// Why a file, or a row of it, cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    pub line: u64,
    pub reason: String,
}

pub fn unreadable(line: u64, reason: impl ToString) -> Unreadable {
    Unreadable {
        line,
        reason: reason.to_string(),
    }
}

pub fn all(source: &Source) -> Result<Vec<u8>, Unreadable> {
    let mut bytes = Vec::new();
    (source.open)()
        .and_then(|mut r| r.read_to_end(&mut bytes))
        .map_err(|e| unreadable(0, e))?;
    Ok(bytes)
}
