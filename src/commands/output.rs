//! Where a command's words go: answers to standard output, everything else to standard error, and
//! neither with anything that a terminal takes for a command.

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::domain::text;
use crate::ipc::Answer;
use crate::runtime::listing::List;

/// Something was written to standard output.
static PRINTED: AtomicBool = AtomicBool::new(false);
/// Standard output could not take all that was written to it.
static UNWRITTEN: AtomicBool = AtomicBool::new(false);

/// One line to standard error.
pub fn say(words: &str) {
    let _ = writeln!(std::io::stderr(), "{}", text::clean(words));
}

/// Text to standard output. A reader that went away (`| head`) is no failure; a full disk is one.
pub fn print(words: &str) {
    write_out(|out| writeln!(out, "{}", text::clean(words)));
}

/// One JSON value to standard output.
pub fn print_json(value: &serde_json::Value) {
    write_out(|out| writeln!(out, "{}", crate::ipc::pretty(value)));
}

/// A long answer to standard output, as it is made.
pub fn print_list(list: List) {
    write_out(|out| {
        let mut buffered = std::io::BufWriter::new(out);
        list.write(&mut |piece| buffered.write_all(piece.as_bytes()))?;
        writeln!(buffered)?;
        buffered.flush()
    });
}

/// An answer; the exit code it means. Of JSON there is one value: a failure after one adds none.
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

/// Whether something was written to standard output.
pub fn was_printed() -> bool {
    PRINTED.load(Ordering::Relaxed)
}

/// Whether all that was to be written to standard output was.
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

/// A line on standard error that is replaced as work goes on, and removed at its end. Elsewhere than at a
/// terminal there is none.
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
