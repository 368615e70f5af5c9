//! Text with any line ends, read with line feeds only, because the csv reader counts lines by them.

use std::io::{self, Read};

use memchr::memchr;

/// Reads `\r\n` and a lone `\r` as `\n`, and adds one at the end where it is missing. Every record
/// then ends in a line end, so lines can be counted back from there.
pub struct LineFeeds<R> {
    inner: R,
    /// The last byte read.
    last: Option<u8>,
    cut: bool,
}

impl<R> LineFeeds<R> {
    pub fn new(inner: R) -> Self {
        Self {
            inner,
            last: None,
            cut: false,
        }
    }

    /// Whether the text ended without a line end, once all of it is read.
    pub fn is_cut(&self) -> bool {
        self.cut
    }
}

impl<R: Read> Read for LineFeeds<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.inner.read(buf)?;
            if read == 0 {
                let open = self
                    .last
                    .replace(b'\n')
                    .is_some_and(|last| !matches!(last, b'\n' | b'\r'));
                if let Some(first) = buf.first_mut().filter(|_| open) {
                    *first = b'\n';
                    self.cut = true;
                    return Ok(1);
                }
                return Ok(0);
            }
            let last = self.last.replace(buf[read - 1]);
            // The line feed of a pair: its carriage return was read as one already.
            let pair = last == Some(b'\r') && buf[0] == b'\n';
            let (mut at, mut kept) = (usize::from(pair), 0);
            if at == 0 && memchr(b'\r', &buf[..read]).is_none() {
                return Ok(read);
            }
            while at < read {
                let until = memchr(b'\r', &buf[at..read]).map_or(read, |n| at + n);
                buf.copy_within(at..until, kept);
                kept += until - at;
                at = until + 1;
                if until < read {
                    at += usize::from(at < read && buf[at] == b'\n');
                    buf[kept] = b'\n';
                    kept += 1;
                }
            }
            if kept > 0 {
                return Ok(kept);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Returns this many bytes at a time.
    struct Parts<'a>(&'a [u8], usize);

    impl Read for Parts<'_> {
        fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
            let n = self.1.min(self.0.len()).min(buf.len());
            let (now, rest) = self.0.split_at(n);
            buf[..n].copy_from_slice(now);
            self.0 = rest;
            Ok(n)
        }
    }

    proptest! {
        #[test]
        fn line_ends_do_not_depend_on_the_size_of_reads(text in "[a\r\n]{0,40}", part in 1..5_usize) {
            let mut wanted = text.replace("\r\n", "\n").replace('\r', "\n");
            if !wanted.is_empty() && !wanted.ends_with('\n') {
                wanted.push('\n');
            }
            let mut read = String::new();
            LineFeeds::new(Parts(text.as_bytes(), part)).read_to_string(&mut read).expect("reads");
            prop_assert_eq!(read, wanted);
        }
    }
}
