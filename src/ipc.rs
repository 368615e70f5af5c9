//! The running desk answers other terminals: `kenshin note …` while it is open. One request and
//! one answer a connection, each a line of JSON, over a socket that only its owner may open. It must not
//! know what may be asked.

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::domain::text;

/// How an answer is given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    #[default]
    Words,
    Json,
}

/// The answer, and how it ended. What may be read by any program, so nothing in it that a terminal takes for
/// a command.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    pub exit: i32,
    /// For standard error.
    pub error: String,
    /// Weights that a back-test proposes, for who takes them over.
    #[serde(default)]
    pub fit: Value,
    /// For standard output, in the form that was asked for. The last: a long one follows piece by piece.
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

/// A JSON value for people and programs: what a terminal could take for a command is escaped.
pub fn pretty(value: &Value) -> String {
    escaped(serde_json::to_string_pretty(value).unwrap_or_default())
}

/// A value as JSON in one line, for programs: as safe as [`pretty`].
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

/// A request longer than this is not from us.
pub const LONGEST: u64 = 4 << 20;
/// An answer longer than this is not from us: the signals of a hundred thousand accounts are a tenth of it.
const LONGEST_ANSWER: u64 = 1 << 30;

/// Where the socket is; none when there is no place that only its owner can reach. A socket's path
/// is short on every system: a deep home gets a short name by its checksum, in a folder of our own.
pub fn path(home: &Path) -> Option<PathBuf> {
    let direct = home.join("desk.sock");
    if direct.as_os_str().len() < 100 {
        return Some(direct);
    }
    let uid = rustix::process::getuid().as_raw();
    let dir = std::env::temp_dir().join(format!("kenshin-{uid}"));
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

/// How asking the desk ended.
#[derive(Debug, PartialEq)]
pub enum Outcome {
    /// No desk listens.
    Nobody,
    /// The question was sent, and no answer came: a change may have been made.
    Silence,
    Answer(Answer),
}

/// How long nothing may come from the desk, which sends a blank every few seconds while it is at work.
const SILENCE: Duration = Duration::from_secs(30);

/// Asks the desk that has this home open. `at_work` hears of each blank that comes before the answer.
pub fn ask(home: &Path, envelope: &Envelope, at_work: &mut dyn FnMut()) -> Outcome {
    let Some(mut stream) = path(home).and_then(|path| UnixStream::connect(path).ok()) else {
        return Outcome::Nobody;
    };
    let _ = stream.set_read_timeout(Some(SILENCE));
    let _ = stream.set_write_timeout(Some(Duration::from_secs(5)));
    let Ok(mut line) = serde_json::to_vec(envelope) else {
        return Outcome::Nobody;
    };
    line.push(b'\n');
    if stream.write_all(&line).is_err() {
        return Outcome::Silence;
    }
    match read_answer(BufReader::new(stream.take(LONGEST_ANSWER)), at_work) {
        Ok(answer) => Outcome::Answer(answer),
        Err(_) => Outcome::Silence,
    }
}

fn read_answer(mut from: impl BufRead, at_work: &mut dyn FnMut()) -> std::io::Result<Answer> {
    loop {
        let came = from.fill_buf()?;
        let blanks = came.iter().take_while(|b| **b == b' ').count();
        // The end of the line before an answer: the desk has died, or was left.
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

/// A request, and how it is to be answered.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Envelope {
    /// Names the request, so that it is done only once.
    pub id: String,
    pub lang: String,
    #[serde(default)]
    pub form: Form,
    /// An object whose `"ask"` names the question; its other fields are the question's own, in the
    /// order in which they came.
    pub request: Box<RawValue>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (usize, Option<Answer>) {
        let mut blanks = 0;
        // A byte at a time, as slow as a line may be.
        let slow = BufReader::with_capacity(1, text.as_bytes());
        let answer = read_answer(slow, &mut || blanks += 1);
        (blanks, answer.ok())
    }

    #[test]
    fn blanks_say_that_the_desk_is_at_work() {
        let answer = Answer {
            out: "a b".into(),
            ..Answer::default()
        };
        let line = serde_json::to_string(&answer).expect("writes");
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
