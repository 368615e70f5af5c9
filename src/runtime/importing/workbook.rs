//! Workbooks are read by a process of our own with little memory: a file of a few bytes can claim more
//! cells than any memory holds, and an allocation that fails ends the process. The process takes the
//! file as its standard input and hands the rows over as frames: a letter, four bytes of length, and
//! the content.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::AsFd;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Resource, Rlimit, setrlimit};

use crate::services::import::table::Sheets;
use crate::services::import::table::limits::{CELLS, TEXT};
use crate::services::import::table::refusal::Refusal;
use crate::services::import::table::workbook::{self, Part};

/// Reads the sheets of a workbook, or the one that is named.
pub type ReadSheets = fn(File, Option<&str>) -> Result<Sheets, Refusal>;

/// The first argument of the process that reads a workbook; a second one names the sheet.
const ARGUMENT: &str = "__read-workbook";
/// Bytes of address space of that process.
const MEMORY: u64 = 512 << 20;
/// Seconds of processor time of that process.
const PROCESSOR: u64 = 120;
/// How long it may be silent.
const SILENCE: Duration = Duration::from_secs(20);
/// Bytes of one frame: rows are handed over in parts, but one row may be long.
const FRAME: usize = 256 << 20;

const VISIBLE: u8 = b'S';
const HIDDEN: u8 = b'H';
const ROWS: u8 = b'R';
/// The workbook is read completely.
const END: u8 = b'E';
/// The workbook is refused, with a reason for one that is damaged.
const DAMAGED: u8 = b'D';
const ENCRYPTED: u8 = b'P';
const TOO_MANY: u8 = b'M';

/// Reads a workbook without a process: for tests, whose program is not this one.
pub fn in_this_process(mut file: File, sheet: Option<&str>) -> Result<Sheets, Refusal> {
    Sheets::read(&mut file, sheet)
}

/// Reads a workbook in a process of its own.
pub fn in_process_of_its_own(file: File, sheet: Option<&str>) -> Result<Sheets, Refusal> {
    let failed = |_| Refusal::ReaderFailed;
    let mut program = Command::new(program().map_err(failed)?);
    program.arg(ARGUMENT).args(sheet);
    let mut reading = Reading(start(&mut program, file).map_err(failed)?);
    let out = reading.0.stdout.take().ok_or(Refusal::ReaderFailed)?;
    sheets(&mut Frames {
        out,
        silence: SILENCE,
    })
}

/// This program's file. On Linux also after an update has replaced it.
fn program() -> io::Result<std::path::PathBuf> {
    let own = std::path::Path::new("/proc/self/exe");
    match own.exists() {
        true => Ok(own.to_owned()),
        false => std::env::current_exe(),
    }
}

fn start(program: &mut Command, file: File) -> io::Result<Child> {
    program
        .env_clear()
        .stdin(file)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
}

/// The process; it ends with its reader.
struct Reading(Child);

impl Drop for Reading {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The frames that the process sends.
struct Frames {
    out: ChildStdout,
    silence: Duration,
}

impl Frames {
    /// Fills a buffer, and gives up when nothing comes for a while.
    fn fill(&mut self, mut buffer: &mut [u8]) -> Result<(), Refusal> {
        while !buffer.is_empty() {
            let limit = Timespec::try_from(self.silence).ok();
            let mut ready = [PollFd::new(&self.out, PollFlags::IN)];
            match poll(&mut ready, limit.as_ref()) {
                Ok(0) => return Err(Refusal::ReaderHung),
                Err(rustix::io::Errno::INTR) => continue,
                Ok(_) => {}
                Err(_) => return Err(Refusal::ReaderFailed),
            }
            match self.out.read(buffer) {
                Ok(0) => return Err(Refusal::ReaderFailed),
                Ok(read) => buffer = &mut buffer[read..],
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return Err(Refusal::ReaderFailed),
            }
        }
        Ok(())
    }

    fn next(&mut self) -> Result<(u8, Vec<u8>), Refusal> {
        let mut head = [0; 5];
        self.fill(&mut head)?;
        let [kind, length @ ..] = head;
        let length = u32::from_le_bytes(length) as usize;
        if length > FRAME {
            return Err(Refusal::ReaderFailed);
        }
        // The memory grows with what comes, not with what was announced.
        let mut content = Vec::new();
        while content.len() < length {
            let from = content.len();
            content.resize(length.min(from + (1 << 16)), 0);
            self.fill(&mut content[from..])?;
        }
        Ok((kind, content))
    }
}

/// Takes the sheets in. What is no frame, or too much, refuses the file.
fn sheets(frames: &mut Frames) -> Result<Sheets, Refusal> {
    let mut sheets = Sheets::default();
    let mut bytes = 0;
    loop {
        let (kind, content) = frames.next()?;
        bytes += content.len() as u64;
        // Each cell has its column and its length beside its text.
        if bytes > TEXT + 8 * CELLS {
            return Err(Refusal::TooManyCells);
        }
        match kind {
            VISIBLE | HIDDEN => match String::from_utf8(content) {
                Ok(name) => sheets.begin(&name, kind == VISIBLE),
                Err(_) => return Err(Refusal::ReaderFailed),
            },
            ROWS if sheets.add(&content) => {}
            END => return Ok(sheets),
            DAMAGED => {
                let reason = String::from_utf8_lossy(&content).into_owned();
                return Err(Refusal::DamagedWorkbook { reason });
            }
            ENCRYPTED => return Err(Refusal::Encrypted),
            TOO_MANY => return Err(Refusal::TooManyCells),
            _ => return Err(Refusal::ReaderFailed),
        }
    }
}

/// The process that reads a workbook, if the arguments ask for it. Returns its exit code.
pub fn reading_process(line: &[OsString]) -> Option<u8> {
    if line.get(1).is_none_or(|first| first != ARGUMENT) {
        return None;
    }
    limit();
    let sheet = line.get(2).and_then(|name| name.to_str());
    let done = io::stdin()
        .as_fd()
        .try_clone_to_owned()
        .and_then(|file| hand_over(File::from(file), sheet));
    Some(u8::from(done.is_err()))
}

/// Limits memory and time. A system that knows no such limit reads on without it.
fn limit() {
    let set = |resource, most| {
        let limit = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        let _ = setrlimit(resource, limit);
    };
    set(Resource::As, MEMORY);
    set(Resource::Cpu, PROCESSOR);
    set(Resource::Core, 0);
}

fn hand_over(mut file: File, sheet: Option<&str>) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let read = workbook::read(&mut file, sheet, &mut |part| match part {
        Part::Sheet { name, visible } => {
            let kind = if visible { VISIBLE } else { HIDDEN };
            frame(&mut out, kind, name.as_bytes())
        }
        Part::Rows(block) => frame(&mut out, ROWS, block.bytes()),
    });
    match read {
        Ok(()) => frame(&mut out, END, b""),
        Err(Refusal::DamagedWorkbook { reason }) => frame(&mut out, DAMAGED, reason.as_bytes()),
        Err(Refusal::Encrypted) => frame(&mut out, ENCRYPTED, b""),
        Err(Refusal::TooManyCells) => frame(&mut out, TOO_MANY, b""),
        Err(_) => Err(io::ErrorKind::BrokenPipe.into()),
    }
}

/// Sends a frame at once, so that the reader sees progress.
fn frame(out: &mut impl Write, kind: u8, content: &[u8]) -> io::Result<()> {
    let length = u32::try_from(content.len()).map_err(|_| io::ErrorKind::InvalidInput)?;
    out.write_all(&[kind])?;
    out.write_all(&length.to_le_bytes())?;
    out.write_all(content)?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is taken in when a program writes something else than frames.
    fn from_program(script: &str, silence: Duration) -> Result<Sheets, Refusal> {
        let mut program = Command::new("/bin/sh");
        program.args(["-c", script]);
        let file = File::open("/dev/null").expect("it opens");
        let mut reading = Reading(start(&mut program, file).expect("it starts"));
        let out = reading.0.stdout.take().expect("its output");
        sheets(&mut Frames { out, silence })
    }

    #[test]
    fn a_reader_that_dies_hangs_or_writes_nonsense_refuses_the_file() {
        let long = Duration::from_secs(20);
        for (script, why) in [
            ("exit 0", Refusal::ReaderFailed),
            ("kill -9 $$", Refusal::ReaderFailed),
            ("printf 'S\\003\\000\\000\\000ab'", Refusal::ReaderFailed),
            ("printf 'S\\377\\377\\377\\377'", Refusal::ReaderFailed),
            ("printf 'X\\000\\000\\000\\000'", Refusal::ReaderFailed),
            ("printf 'R\\001\\000\\000\\000r'", Refusal::ReaderFailed),
            ("printf 'M\\000\\000\\000\\000'", Refusal::TooManyCells),
        ] {
            assert_eq!(from_program(script, long).err(), Some(why), "{script}");
        }
        let hung = from_program("exec sleep 60", Duration::from_millis(100));
        assert_eq!(hung.err(), Some(Refusal::ReaderHung));
    }
}
