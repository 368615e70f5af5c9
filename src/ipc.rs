//! The protocol between the running client and other terminals (such as `kenshin note …`): one
//! request and one answer per connection, each a line of JSON, over a socket that only its owner
//! may open. Must not depend on the questions themselves.

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::domain::text;

/// Output format of an answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    #[default]
    Words,
    Json,
}

/// An answer, with its exit code. Any program may print it, so it contains no terminal control
/// characters.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    pub exit: i32,
    /// For standard error.
    pub error: String,
    /// Weights proposed by a back-test, for the command that accepts them.
    #[serde(default)]
    pub fit: Value,
    /// For standard output, in the requested form. The last field, because a long answer is
    /// streamed.
    pub out: String,
}

impl Answer {
    pub fn done(form: Form, json: &Value, words: &str) -> Self {
        let out = match form {
            Form::Words => text::clean(words),
            Form::Json => pretty(json),
        };
        Self {
            out,
            ..Self::default()
        }
    }

    pub fn refused(exit: i32, form: Form, error: &str) -> Self {
        let error = text::clean(error);
        let out = if form == Form::Json {
            pretty(&serde_json::json!({ "error": error }))
        } else {
            String::new()
        };
        Self {
            exit,
            error,
            out,
            ..Self::default()
        }
    }
}

/// Pretty-prints a JSON value. Terminal control characters are escaped.
pub fn pretty(value: &Value) -> String {
    escaped(serde_json::to_string_pretty(value).unwrap_or_default())
}

/// A value as one line of JSON, escaped as in [`pretty`].
pub fn compact(value: &impl Serialize) -> String {
    escaped(serde_json::to_string(value).unwrap_or_default())
}

fn escaped(text: String) -> String {
    if !text.chars().any(text::is_unsafe) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if text::is_unsafe(c) {
            out.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

/// Upper bound of a request, in bytes. A longer one is not from this program.
pub const LONGEST: u64 = 4 << 20;
/// Upper bound of an answer, in bytes. The signals of a hundred thousand accounts take a tenth of
/// it.
const LONGEST_ANSWER: u64 = 1 << 30;

/// Path of the socket; `None` if there is no place that only its owner can access. Socket paths are
/// limited to about 100 bytes, so a deep data folder gets a short name from its checksum, in a
/// private folder. It is the same however the data folder is named: by a link, relatively, or with another
/// `TMPDIR`.
pub fn path(home: &Path) -> Option<PathBuf> {
    let home = &std::fs::canonicalize(home).unwrap_or_else(|_| home.to_owned());
    let direct = home.join("desk.sock");
    if direct.as_os_str().len() < 100 {
        return Some(direct);
    }
    let uid = rustix::process::getuid().as_raw();
    let dir = Path::new("/tmp").join(format!("kenshin-{uid}"));
    {
        use std::os::unix::fs::{DirBuilderExt, MetadataExt};
        let _ = std::fs::DirBuilder::new().mode(0o700).create(&dir);
        let found = std::fs::symlink_metadata(&dir).ok()?;
        (found.is_dir() && found.uid() == uid && found.mode() & 0o077 == 0).then_some(())?;
    }
    Some(dir.join(format!(
        "{:08x}.sock",
        crc32fast::hash(home.as_os_str().as_encoded_bytes())
    )))
}

/// Result of asking the client.
#[derive(Debug, PartialEq)]
pub enum Outcome {
    /// No client listens.
    NoDesk,
    /// The question was sent, but the client ended: a change may have been made.
    Silence,
    /// The question was sent, but the client gave no sign of life: it may still make a change.
    Hung,
    Answer(Answer),
}

/// Longest silence before giving up. A working client sends a blank every second.
const SILENCE: Duration = Duration::from_millis(2_500);

/// Asks the client that uses this data folder. `at_work` is called for each blank before the
/// answer.
pub fn ask(home: &Path, envelope: &Envelope, at_work: &mut dyn FnMut()) -> Outcome {
    let Some(mut stream) = path(home).and_then(|path| UnixStream::connect(path).ok()) else {
        return Outcome::NoDesk;
    };
    let _ = stream.set_read_timeout(Some(SILENCE));
    let _ = stream.set_write_timeout(Some(SILENCE));
    let Ok(mut line) = serde_json::to_vec(envelope) else {
        return Outcome::NoDesk;
    };
    line.push(b'\n');
    let waited = |e: &std::io::Error| {
        use std::io::ErrorKind::{TimedOut, WouldBlock};
        matches!(e.kind(), TimedOut | WouldBlock)
    };
    match stream.write_all(&line) {
        Err(e) if waited(&e) => return Outcome::Hung,
        Err(_) => return Outcome::Silence,
        Ok(()) => {}
    }
    match read_answer(BufReader::new(stream.take(LONGEST_ANSWER)), at_work) {
        Ok(answer) => Outcome::Answer(answer),
        Err(e) if waited(&e) => Outcome::Hung,
        Err(_) => Outcome::Silence,
    }
}

fn read_answer(mut from: impl BufRead, at_work: &mut dyn FnMut()) -> std::io::Result<Answer> {
    loop {
        let came = from.fill_buf()?;
        let blanks = came.iter().take_while(|b| **b == b' ').count();
        // End of file before an answer: the client died or closed the connection.
        if came.is_empty() {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        if blanks < came.len() {
            break;
        }
        from.consume(blanks);
        at_work();
    }
    let mut answer = Vec::new();
    from.read_until(b'\n', &mut answer)?;
    Ok(serde_json::from_slice(&answer)?)
}

/// A request, and the form of its answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Envelope {
    /// Identifies the request, so that it runs only once.
    pub id: String,
    pub lang: String,
    #[serde(default)]
    pub form: Form,
    /// An object whose `"ask"` field names the question. Its other fields belong to the question,
    /// in their original order.
    pub request: Box<RawValue>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (usize, Option<Answer>) {
        let mut blanks = 0;
        // Reads one byte at a time, like the slowest connection.
        let slow = BufReader::with_capacity(1, text.as_bytes());
        let answer = read_answer(slow, &mut || blanks += 1);
        (blanks, answer.ok())
    }

    #[test]
    fn blanks_report_that_the_client_is_working() {
        let answer = Answer {
            out: "a b".into(),
            ..Answer::default()
        };
        let line = serde_json::to_string(&answer).expect("an answer serialises");
        assert_eq!(read(&format!("   {line}\n")), (3, Some(answer)));
        assert_eq!(
            read("  "),
            (2, None),
            "a desk that died while it was at work"
        );
        assert_eq!(
            read(&line[..9]),
            (0, None),
            "a desk that died while it answered"
        );
    }
}
