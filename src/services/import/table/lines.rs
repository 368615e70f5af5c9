//! Text on its way to the csv reader, line by line. Whoever reads the table may take a line for itself
//! while the csv reader stands between two rows.

use std::io::{self, Read};

use memchr::memchr;

/// Bytes that are held: longer lines are left to the csv reader.
const HELD: usize = 1 << 17;

/// Passes one line on at a time, so that the csv reader holds nothing of the next row when it has
/// read one.
pub struct Lines<R> {
    inner: R,
    held: Vec<u8>,
    at: usize,
    end: usize,
    /// Lines that the csv reader did not see.
    taken: u64,
    /// Why the text could not be read.
    failed: Option<io::Error>,
}

impl<R: Read> Lines<R> {
    pub fn new(inner: R) -> Self {
        Self {
            inner,
            held: vec![0; HELD],
            at: 0,
            end: 0,
            taken: 0,
            failed: None,
        }
    }

    /// The text that is passed on.
    pub fn inner(&self) -> &R {
        &self.inner
    }

    /// The number of lines that were taken, which the csv reader does not count.
    pub fn taken(&self) -> u64 {
        self.taken
    }

    /// The next line without its end. None at the end of the text, for a very long line, and where
    /// the text cannot be read.
    pub fn line(&mut self) -> Option<&[u8]> {
        let mut looked = self.at;
        loop {
            if let Some(length) = memchr(b'\n', &self.held[looked..self.end]) {
                return Some(&self.held[self.at..looked + length]);
            }
            if self.at > 0 {
                self.held.copy_within(self.at..self.end, 0);
                (self.at, self.end) = (0, self.end - self.at);
            }
            looked = self.end;
            match self.inner.read(&mut self.held[looked..]) {
                Ok(0) => return None,
                Ok(read) => self.end += read,
                Err(e) => {
                    self.failed = Some(e);
                    return None;
                }
            }
        }
    }

    /// Takes the line of so many bytes that [`line`](Self::line) gave.
    pub fn take(&mut self, length: usize) {
        self.at += length + 1;
        self.taken += 1;
    }
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if let Some(e) = self.failed.take() {
            return Err(e);
        }
        if self.at == self.end {
            (self.at, self.end) = (0, self.inner.read(&mut self.held)?);
        }
        let held = &self.held[self.at..self.end];
        let line = memchr(b'\n', held).map_or(held.len(), |at| at + 1);
        let passed = line.min(buf.len());
        buf[..passed].copy_from_slice(&held[..passed]);
        self.at += passed;
        Ok(passed)
    }
}
