//! Text on its way to the csv reader, cut where one cell or one row is too long: a quotation mark that
//! is never closed would otherwise take the rest of a file of any size into one cell.

use std::io::{self, Read};

use memchr::{memchr, memchr2, memrchr};

use super::limits::{CELL, ROW};

/// Passes bytes on, and closes a quoted cell at the end of the line on which it grew too long. What
/// follows on later lines is read as rows of its own.
pub struct Bounded<R> {
    inner: R,
    delimiter: u8,
    /// Bytes read ahead: those from `at` to `end` are still to be passed on.
    input: Vec<u8>,
    at: usize,
    end: usize,
    /// Bytes to pass on before the input.
    pending: &'static [u8],
    state: State,
    /// The last byte outside quotation marks.
    before: u8,
    /// Bytes of the quoted cell, or of the row outside quotation marks.
    run: usize,
    /// Whether what follows is left out, up to the end of the line or a quotation mark.
    dropping: bool,
    /// Line feeds passed on.
    lines: u64,
    /// The lines on which something was cut, in their order.
    cuts: Vec<u64>,
    /// The lines on which a cell went on behind its closing quotation mark.
    strays: Vec<u64>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Plain,
    Quoted,
    /// Behind a quotation mark in a quoted cell: a second one stands for a character.
    Closing,
}

impl<R> Bounded<R> {
    pub fn new(inner: R, delimiter: u8) -> Self {
        Self {
            inner,
            delimiter,
            input: vec![0; 1 << 16],
            at: 0,
            end: 0,
            pending: b"",
            state: State::Plain,
            before: b'\n',
            run: 0,
            dropping: false,
            lines: 0,
            cuts: Vec::new(),
            strays: Vec::new(),
        }
    }

    /// The text that is passed on.
    pub fn inner(&self) -> &R {
        &self.inner
    }

    /// Whether something was cut on one of these lines. They are asked for in their order.
    pub fn was_cut(&self, first: u64, last: u64) -> bool {
        let from = self.cuts.partition_point(|line| *line < first);
        self.cuts.get(from).is_some_and(|line| *line <= last)
    }

    /// Whether a quotation mark within one of these lines closed a cell that went on behind it: it
    /// was meant to open one.
    pub fn has_stray(&self, first: u64, last: u64) -> bool {
        let from = self.strays.partition_point(|line| *line < first);
        self.strays.get(from).is_some_and(|line| *line <= last)
    }

    /// How many bytes of a piece may be passed on before something is cut.
    fn pass(&mut self, piece: &[u8]) -> usize {
        let mut at = 0;
        while at < piece.len() {
            let rest = &piece[at..];
            match self.state {
                State::Closing if rest[0] == b'"' => {
                    self.state = State::Quoted;
                    self.run += 1;
                    at += 1;
                }
                State::Closing => {
                    if rest[0] != self.delimiter && !matches!(rest[0], b'\n' | b'\r') {
                        let before = memchr::memchr_iter(b'\n', &piece[..at]).count();
                        self.strays.push(self.lines + before as u64 + 1);
                    }
                    self.state = State::Plain;
                    self.before = b'"';
                    self.run = 0;
                }
                State::Quoted => {
                    let room = (CELL + 1).saturating_sub(self.run).min(rest.len());
                    let quote = memchr(b'"', &rest[..room]);
                    let passed = quote.map_or(room, |quote| quote + 1);
                    if quote.is_some() {
                        self.state = State::Closing;
                    }
                    self.run += passed;
                    at += passed;
                    if quote.is_none() && self.run > CELL {
                        self.dropping = true;
                        return at;
                    }
                }
                State::Plain => {
                    let quote = memchr(b'"', rest);
                    let until = quote.unwrap_or(rest.len());
                    match memrchr(b'\n', &rest[..until]) {
                        Some(line) => self.run = until - line - 1,
                        None => self.run += until,
                    }
                    self.before = rest[..until].last().copied().unwrap_or(self.before);
                    if quote.is_none() {
                        self.dropping = self.run > ROW;
                        return piece.len();
                    }
                    self.run += 1;
                    if self.before == b'\n' || self.before == self.delimiter {
                        self.state = State::Quoted;
                        self.run = 0;
                    }
                    self.before = b'"';
                    at += until + 1;
                }
            }
        }
        at
    }

    /// The bytes of a piece that are left out.
    fn dropped(&mut self, piece: &[u8]) -> usize {
        let end = match self.state {
            State::Plain => memchr(b'\n', piece),
            State::Quoted | State::Closing => memchr2(b'"', b'\n', piece),
        };
        let Some(end) = end else {
            return piece.len();
        };
        self.dropping = false;
        self.cuts.push(self.lines + 1);
        if piece[end] == b'\n' && self.state != State::Plain {
            self.state = State::Plain;
            self.before = b'\n';
            self.run = 0;
            self.pending = b"\"\n";
            return end + 1;
        }
        end
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.pending.is_empty() {
                let passed = self.pending.len().min(buf.len());
                let (now, later) = self.pending.split_at(passed);
                buf[..passed].copy_from_slice(now);
                self.lines += now.iter().filter(|b| **b == b'\n').count() as u64;
                self.pending = later;
                return Ok(passed);
            }
            if self.at == self.end {
                (self.at, self.end) = (0, self.inner.read(&mut self.input)?);
                if self.end == 0 {
                    return Ok(0);
                }
            }
            let input = std::mem::take(&mut self.input);
            let piece = &input[self.at..self.end];
            let mut passed = 0;
            if self.dropping {
                self.at += self.dropped(piece);
            } else {
                let piece = &piece[..piece.len().min(buf.len())];
                passed = self.pass(piece);
                buf[..passed].copy_from_slice(&piece[..passed]);
                self.lines += memchr::memchr_iter(b'\n', &piece[..passed]).count() as u64;
                self.at += passed;
            }
            self.input = input;
            if passed > 0 || buf.is_empty() {
                return Ok(passed);
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

    fn read(text: &[u8], part: usize) -> (Vec<u8>, Vec<u64>) {
        let mut bounded = Bounded::new(Parts(text, part), b',');
        let mut out = Vec::new();
        bounded.read_to_end(&mut out).expect("reads");
        (out, bounded.cuts)
    }

    #[test]
    fn an_open_quotation_mark_is_closed_at_the_end_of_a_line() {
        let line = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n";
        let text = format!("a,b\n1,\"{}2,y\n3,z\n", line.repeat(CELL / line.len() + 9));
        for part in [61, 1 << 16] {
            let (out, cuts) = read(text.as_bytes(), part);
            let out = String::from_utf8(out).expect("text");
            let all: Vec<_> = csv::ReaderBuilder::new()
                .flexible(true)
                .from_reader(out.as_bytes())
                .records()
                .map(|r| r.expect("a row"))
                .collect();
            assert_eq!(&all[all.len() - 1], &vec!["3", "z"]);
            assert!(all.iter().all(|r| r.iter().all(|c| c.len() <= CELL + 64)));
            assert_eq!(cuts.len(), 1);
            assert_eq!(
                out.matches('\n').count(),
                text.matches('\n').count(),
                "lines stay"
            );
        }
    }

    #[test]
    fn a_line_without_end_is_left_out_beyond_its_limit() {
        for start in ["a,b\n1,\"", "a,b\n1,"] {
            let mut text = start.as_bytes().to_vec();
            text.resize(text.len() + ROW + (1 << 20), b'x');
            text.extend_from_slice(b"\n2,y\n");
            let (out, cuts) = read(&text, 1 << 16);
            assert!(out.len() < ROW + (1 << 17), "{}", out.len());
            assert!(out.ends_with(b"\n2,y\n"));
            assert_eq!(cuts, [2]);
        }
    }

    proptest! {
        #[test]
        fn short_text_passes_unchanged(text in "[a,\"\n]{0,60}", part in 1..9_usize) {
            let (out, cuts) = read(text.as_bytes(), part);
            prop_assert_eq!(out, text.as_bytes());
            prop_assert!(cuts.is_empty());
        }
    }
}
