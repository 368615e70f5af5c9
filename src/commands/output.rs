//! Terminal output of commands: answers to standard output, everything else to standard error, both
//! without terminal control sequences.

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::domain::text;
use crate::ipc::Answer;
use crate::runtime::listing::List;
use crate::services::import::rejects::UTF8_MARK;

/// Whether anything was written to standard output.
static PRINTED: AtomicBool = AtomicBool::new(false);
/// Whether the next text is a table for a spreadsheet.
static FOR_SPREADSHEET: AtomicBool = AtomicBool::new(false);
/// Whether the lines of the next text end with CRLF.
static CRLF: AtomicBool = AtomicBool::new(false);
/// Whether a write to standard output failed.
static UNWRITTEN: AtomicBool = AtomicBool::new(false);

/// Prints a line to standard error.
pub fn say(words: &str) {
    let _ = writeln!(std::io::stderr(), "{}", text::clean(words));
}

/// The next text is a table for a spreadsheet: unless it goes to a terminal, it begins with the mark by
/// which Excel knows UTF-8.
pub fn begin_for_spreadsheet() {
    let marked = !std::io::stdout().is_terminal();
    FOR_SPREADSHEET.store(marked, Ordering::Relaxed);
}

/// The next text is a calendar or a mail: its lines end with CRLF, as RFC 5545 and RFC 5322 want it, wherever
/// it goes.
pub fn begin_with_crlf() {
    CRLF.store(true, Ordering::Relaxed);
}

/// Prints text to standard output. A closed pipe (`| head`) is not an error; a full disk is.
pub fn print(words: &str) {
    let mark = match FOR_SPREADSHEET.swap(false, Ordering::Relaxed) {
        true => UTF8_MARK,
        false => "",
    };
    let words = text::clean(words);
    if CRLF.swap(false, Ordering::Relaxed) {
        write_out(|out| write!(out, "{}\r\n", words.replace('\n', "\r\n")));
    } else {
        write_out(|out| writeln!(out, "{mark}{words}"));
    }
}

/// Prints a JSON value to standard output.
pub fn print_json(value: &serde_json::Value) {
    write_out(|out| writeln!(out, "{}", crate::ipc::pretty(value)));
}

/// Prints a long answer to standard output while it is made.
pub fn print_list(list: List) {
    write_out(|out| {
        let mut buffered = std::io::BufWriter::new(out);
        list.write(&mut |piece| buffered.write_all(piece.as_bytes()))?;
        writeln!(buffered)?;
        buffered.flush()
    });
}

/// Prints an answer and returns its exit code. JSON output is exactly one value: an error after it
/// prints no second value.
pub fn print_answer(answer: &Answer) -> u8 {
    if !answer.error.is_empty() {
        say(&answer.error);
    }
    let second = answer.exit != 0 && was_printed();
    if !answer.out.is_empty() && !second {
        print(&answer.out);
    }
    u8::try_from(answer.exit).unwrap_or(1)
}

/// Whether anything was written to standard output.
pub fn was_printed() -> bool {
    PRINTED.load(Ordering::Relaxed)
}

/// Whether all writes to standard output succeeded.
pub fn is_complete() -> bool {
    !UNWRITTEN.load(Ordering::Relaxed)
}

/// Writes to standard output.
pub fn write_out(write: impl FnOnce(&mut std::io::Stdout) -> std::io::Result<()>) {
    PRINTED.store(true, Ordering::Relaxed);
    let mut out = std::io::stdout();
    if let Err(e) = write(&mut out).and_then(|()| out.flush())
        && e.kind() != std::io::ErrorKind::BrokenPipe
    {
        say(&e.to_string());
        UNWRITTEN.store(true, Ordering::Relaxed);
    }
}

/// A status line on standard error that is overwritten while work goes on and removed at the end.
/// Not shown unless standard error is a terminal.
pub struct StatusLine {
    terminal: bool,
    shown: bool,
}

impl StatusLine {
    pub fn new() -> Self {
        Self {
            terminal: std::io::stderr().is_terminal(),
            shown: false,
        }
    }

    pub fn show(&mut self, words: &str) {
        if self.terminal {
            let words = text::clean_line(words);
            let _ = write!(std::io::stderr(), "\r{words}\x1b[K");
            self.shown = true;
        }
    }

    pub fn clear(&mut self) {
        if std::mem::take(&mut self.shown) {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}

impl Drop for StatusLine {
    fn drop(&mut self) {
        self.clear();
    }
}
