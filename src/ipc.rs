//! The running desk answers other terminals: `kenshin note …` while it is open. One request and
//! one answer a connection, each a line of JSON, over a socket only its owner may open.

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::domain::text;

/// What another terminal may ask of an open desk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "kebab-case")]
pub enum Request {
    Accounts {
        band: Option<String>,
        query: Option<String>,
    },
    Brief {
        account: String,
        /// `md`, `html`, else plain text.
        #[serde(default)]
        format: String,
    },
    Health {
        account: String,
    },
    /// Health as a person sees it; `none` takes it back.
    Rule {
        account: String,
        verdict: String,
        reason: String,
        until: Option<String>,
    },
    /// An entry of the context log; without a text it is listed.
    Context {
        account: String,
        topic: String,
        source: String,
        on: Option<String>,
        text: String,
    },
    Today,
    /// An account's touches over a year.
    Cadence {
        account: String,
    },
    /// Meetings as a calendar, to a file or as text.
    GiveCalendar {
        account: Option<String>,
        planned: bool,
        path: Option<String>,
    },
    /// A calendar whose times are busy.
    TakeCalendar {
        path: String,
        name: Option<String>,
    },
    Backtest {
        fit: bool,
        lead: i64,
    },
    Signals {
        account: Option<String>,
    },
    Note {
        account: String,
        text: String,
    },
    /// Notes of all accounts that hold all these words.
    Notes {
        words: String,
    },
    /// A talk that was not planned.
    Log {
        account: String,
        kind: String,
        with: String,
        at: Option<String>,
        text: String,
    },
    ActionTold {
        id: String,
    },
    ActionUntold {
        id: String,
    },
    ActionAdd {
        account: String,
        text: String,
    },
    ActionList {
        account: Option<String>,
    },
    ActionDone {
        id: String,
    },
}

impl Request {
    /// Queries may be asked of a store that is only read.
    pub fn writes(&self) -> bool {
        if let Request::Context { text, .. } = self {
            return !text.is_empty();
        }
        matches!(
            self,
            Request::Note { .. }
                | Request::TakeCalendar { .. }
                | Request::Rule { .. }
                | Request::Log { .. }
                | Request::ActionTold { .. }
                | Request::ActionUntold { .. }
                | Request::ActionAdd { .. }
                | Request::ActionDone { .. }
        )
    }
}

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
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
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
pub enum Asked {
    /// No desk listens.
    Nobody,
    /// It was sent, and no answer came: it may have been done.
    Silence,
    Answer(Answer),
}

/// Asks the desk that has this home open.
pub fn ask(home: &Path, envelope: &Envelope) -> Asked {
    let Some(mut stream) = path(home).and_then(|path| UnixStream::connect(path).ok()) else {
        return Asked::Nobody;
    };
    let _ = stream.set_read_timeout(Some(Duration::from_secs(30)));
    let _ = stream.set_write_timeout(Some(Duration::from_secs(5)));
    let Ok(mut line) = serde_json::to_vec(envelope) else {
        return Asked::Nobody;
    };
    line.push(b'\n');
    if stream.write_all(&line).is_err() {
        return Asked::Silence;
    }
    let mut answer = Vec::new();
    let read = BufReader::new(stream.take(LONGEST_ANSWER)).read_until(b'\n', &mut answer);
    read.ok()
        .and_then(|_| serde_json::from_slice(&answer).ok())
        .map_or(Asked::Silence, Asked::Answer)
}

/// A request, and how it is to be answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Envelope {
    /// Names the request, so that it is done only once.
    pub id: String,
    pub lang: String,
    #[serde(default)]
    pub form: Form,
    pub request: Request,
}
