//! The running desk answers other terminals: `kenshin note …` while it is open. One request and
//! one answer a connection, each a line of JSON, over a socket only its owner may open.

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What another terminal may ask of an open desk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "kebab-case")]
pub enum Request {
    Accounts { band: Option<String>, query: Option<String> },
    Brief { account: String },
    Health { account: String },
    Note { account: String, text: String },
    ActionAdd { account: String, text: String },
    ActionList { account: Option<String> },
    ActionDone { id: String },
}

impl Request {
    /// Queries may be asked of a store that is only read.
    pub fn writes(&self) -> bool {
        matches!(self, Request::Note { .. } | Request::ActionAdd { .. } | Request::ActionDone { .. })
    }
}

/// The answer: the JSON value, the same in words, and how it ended.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    pub exit: i32,
    pub json: Value,
    pub text: String,
    /// For standard error.
    pub error: String,
}

/// A request longer than this is not from us.
pub const LONGEST: u64 = 4 << 20;

/// A socket's path is short on every system; a deep home gets a short name by its checksum.
pub fn path(home: &Path) -> PathBuf {
    let direct = home.join("desk.sock");
    if direct.as_os_str().len() < 100 {
        return direct;
    }
    let name = format!("kenshin-{}-{:08x}.sock", rustix::process::getuid().as_raw(), crc32fast::hash(home.as_os_str().as_encoded_bytes()));
    std::env::temp_dir().join(name)
}

/// Asks the desk that has this home open; none when none answers.
pub fn ask(home: &Path, lang: &str, request: &Request) -> Option<Answer> {
    let mut stream = UnixStream::connect(path(home)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
    stream.set_write_timeout(Some(Duration::from_secs(5))).ok()?;
    let mut line = serde_json::to_vec(&Envelope { lang: lang.to_owned(), request: request.clone() }).ok()?;
    line.push(b'\n');
    stream.write_all(&line).ok()?;
    let mut answer = String::new();
    BufReader::new(stream.take(64 << 20)).read_line(&mut answer).ok()?;
    serde_json::from_str(&answer).ok()
}

/// A request and the language of its answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Envelope {
    pub lang: String,
    pub request: Request,
}
