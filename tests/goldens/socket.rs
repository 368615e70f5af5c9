//! The socket between a command and the desk that has its home open: what is asked as the command writes
//! it, what is answered as the desk writes it, both as lines of JSON.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::time::Duration;

use crate::adapter::{answer_again, request_again};
use crate::common::Terminal;
use crate::golden::{Ids, check, read};
use crate::home::{Home, NOW, imports};
use crate::journal::names;

/// Every command that asks an open desk, with all it can be told.
const COMMANDS: [(&str, &[&str]); 31] = [
    ("en", &["accounts", "--json"]),
    (
        "ja",
        &["accounts", "--band", "yellow", "--query", "tier:smb"],
    ),
    ("en", &["brief", "hooli"]),
    ("ja", &["brief", "aoba", "--format", "md"]),
    ("en", &["health", "pied"]),
    ("ja", &["health", "pied", "--json"]),
    ("en", &["signals"]),
    ("ja", &["signals", "hooli"]),
    ("en", &["context", "acme"]),
    ("ja", &["today"]),
    ("en", &["cadence", "pied"]),
    ("en", &["calendar", "export", "--json", "--account", "pied"]),
    (
        "en",
        &[
            "calendar",
            "export",
            "--planned",
            "--out",
            "<home>/out/pied.ics",
            "--account",
            "pied",
        ],
    ),
    ("en", &["backtest"]),
    ("en", &["backtest", "--fit", "--lead", "30"]),
    ("en", &["notes", "prices"]),
    ("en", &["action", "list"]),
    ("ja", &["action", "list", "hooli", "--json"]),
    ("en", &["brief", "nobody", "--json"]),
    ("en", &["judge", "hooli", "green"]),
    (
        "en",
        &[
            "judge",
            "hooli",
            "green",
            "--reason",
            "they told us",
            "--until",
            "2026-12-31",
            "--json",
        ],
    ),
    ("en", &["judge", "hooli", "none"]),
    (
        "ja",
        &[
            "context",
            "hooli",
            "--kind",
            "growth",
            "--source",
            "新聞",
            "--on",
            "2026-11-21",
            "--json",
            "新しい拠点",
        ],
    ),
    (
        "en",
        &[
            "calendar",
            "import",
            "busy.ics",
            "--name",
            "Interviews",
            "--json",
        ],
    ),
    ("en", &["calendar", "import", "busy.ics"]),
    (
        "en",
        &[
            "note",
            "pied",
            "--json",
            "wants a reference ! ask Acme @me ^2026-12-01",
        ],
    ),
    (
        "ja",
        &[
            "log",
            "aoba",
            "--kind",
            "chat",
            "--with",
            "青木",
            "--at",
            "2026-11-23 10:00",
            "導入は順調",
        ],
    ),
    ("en", &["log", "aoba", "all is well"]),
    (
        "en",
        &["action", "add", "aoba", "call back @me ^2026-12-04"],
    ),
    ("en", &["action", "done", "a-wait"]),
    ("en", &["action", "told", "a-untold", "--json"]),
];

/// What stands in the texts for a place of this machine, as that place.
fn placed(text: &str, home: &Home) -> String {
    text.replace("<home>", &home.path().display().to_string())
        .replace("<import>", &imports().display().to_string())
}

/// A desk that hears one request and gives one answer: its home is locked, and it listens.
fn heard(
    home: &Home,
    listener: &UnixListener,
    lang: &str,
    args: &[&str],
    answer: &str,
) -> (String, std::process::Output) {
    let args: Vec<String> = args.iter().map(|a| placed(a, home)).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let child = home
        .command(lang, &args)
        .current_dir(imports())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("starts");
    let (stream, _) = listener.accept().expect("asks");
    let mut line = String::new();
    BufReader::new(&stream)
        .read_line(&mut line)
        .expect("a line");
    (&stream)
        .write_all(format!("{answer}\n").as_bytes())
        .expect("answers");
    drop(stream);
    (line, child.wait_with_output().expect("ends"))
}

fn desk_of_one_line(home: &Home) -> (File, UnixListener) {
    let lock = File::create(home.path().join("lock")).expect("a file");
    lock.lock().expect("locks");
    (
        lock,
        UnixListener::bind(home.path().join("desk.sock")).expect("listens"),
    )
}

/// Every command that only reads and once needed the store alone. What it answers is held to what it answers
/// without a desk, in `tests/beside.rs`.
const READING: [(&str, &[&str]); 11] = [
    ("en", &["history"]),
    ("ja", &["history", "--json"]),
    ("en", &["store", "stats"]),
    ("en", &["verify", "--json"]),
    ("en", &["backup", "<home>/one.kenshin"]),
    ("en", &["export", "--all", "<home>/out"]),
    (
        "en",
        &["export", "--all", "<home>/out", "--include-private"],
    ),
    ("ja", &["export", "--note", "odd-n1"]),
    ("en", &["export", "--note", "odd-n1", "--format", "crm"]),
    ("en", &["export", "--actions", "ics"]),
    ("en", &["export", "--actions", "csv", "--account", "acme"]),
];

#[test]
fn every_command_asks_as_it_did() {
    check("requests.jsonl", &asked(&COMMANDS));
}

#[test]
fn what_only_reads_asks_as_it_did() {
    check("reading-requests.jsonl", &asked(&READING));
}

/// The lines that commands write, which a desk answers with a word.
fn asked(commands: &[(&str, &[&str])]) -> String {
    let home = Home::empty();
    let (_lock, listener) = desk_of_one_line(&home);
    let mut ids = Ids::default();
    let mut asked = String::new();
    for (lang, args) in commands {
        let (line, out) = heard(
            &home,
            &listener,
            lang,
            args,
            r#"{"exit":0,"error":"","out":"answered"}"#,
        );
        assert_eq!(
            String::from_utf8_lossy(&out.stdout),
            "answered\n",
            "{args:?}"
        );
        asked.push_str(&ids.numbered(&home.nameless(&line)));
    }
    asked
}

#[test]
fn a_command_ends_as_its_answer_says() {
    let home = Home::empty();
    let (_lock, listener) = desk_of_one_line(&home);
    let (_, out) = heard(
        &home,
        &listener,
        "en",
        &["today"],
        r#"{"exit":2,"error":"no such thing","fit":{"better":false},"out":""}"#,
    );
    assert_eq!(
        (
            out.status.code(),
            String::from_utf8_lossy(&out.stdout).as_ref(),
            String::from_utf8_lossy(&out.stderr).as_ref()
        ),
        (Some(2), "", "no such thing\n")
    );
}

/// Requests that came later.
const LATER: [&str; 5] = [
    r#"{"id":"1","lang":"en","form":"json","request":{"ask":"action-untold","id":"a"}}"#,
    r#"{"id":"1","lang":"en","form":"words","request":{"ask":"stored-accounts"}}"#,
    r#"{"id":"1","lang":"en","form":"words","request":{"ask":"stored-records","accounts":["acme"]}}"#,
    r#"{"id":"1","lang":"en","form":"words","request":{"ask":"stored-keys","through":"contact","accounts":["acme"]}}"#,
    r#"{"id":"1","lang":"en","form":"words","request":{"ask":"stored-usage","accounts":["acme"]}}"#,
];

#[test]
fn every_request_is_read_and_written_again() {
    let reading = read("reading-requests.jsonl");
    let commands = read("requests.jsonl");
    for line in commands.lines().chain(reading.lines()).chain(LATER) {
        assert_eq!(request_again(line).as_deref(), Ok(line));
    }
    // A terminal of before its language and form were asked for.
    assert!(
        request_again(r#"{"id":"1","lang":"en","request":{"ask":"brief","account":"acme"}}"#)
            .is_ok()
    );
}

#[test]
fn no_request_is_missing_among_them() {
    let requests = read("requests.jsonl") + &read("reading-requests.jsonl") + &LATER.concat();
    let asks = names(
        &request_again(r#"{"id":"1","lang":"en","request":{"ask":"?"}}"#).expect_err("no request"),
    );
    assert!(asks.len() >= 18, "{asks:?}");
    let forms = names(
        &request_again(r#"{"id":"1","lang":"en","form":"?","request":{"ask":"today"}}"#)
            .expect_err("no form"),
    );
    let said = asks
        .iter()
        .map(|a| format!("\"ask\":\"{a}\""))
        .chain(forms.iter().map(|f| format!("\"form\":\"{f}\"")));
    let missing: Vec<String> = said.filter(|s| !requests.contains(s.as_str())).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// The lines that the commands write, sent to a real desk in a terminal.
#[test]
fn an_open_desk_answers_as_it_did() {
    let home = Home::stored();
    // Brings the store to today's schema, which the desk would say first.
    home.done(&["history"]);
    let mut desk = Terminal::start(
        home.path(),
        "en",
        &[],
        &[("KENSHIN_NOW", NOW), ("USER", "Sato")],
    );
    desk.sees("Interrupted check-in");
    let mut ids = Ids::default();
    let mut answers = String::new();
    for line in read("requests.jsonl").lines() {
        let mut stream = UnixStream::connect(home.path().join("desk.sock")).expect("connects");
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .expect("sets");
        stream
            .write_all(format!("{}\n", placed(line, &home)).as_bytes())
            .expect("asks");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answers.push_str(&ids.numbered(&home.nameless(&answer)));
    }
    desk.types("\u{11}");
    desk.ends();
    check("answers.jsonl", &answers);
}

#[test]
fn every_answer_is_read_and_written_again() {
    let fitted = r#"{"exit":0,"error":"","fit":{"better":true,"weights":{"usage":40.5}},"out":""}"#;
    for line in read("answers.jsonl").lines().chain([fitted]) {
        assert_eq!(answer_again(line).as_deref(), Ok(line));
    }
}
