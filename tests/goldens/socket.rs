//! The socket between a command and the client that has its data folder open: requests as commands
//! write them, and answers as the client writes them, as lines of JSON.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::time::Duration;

use crate::adapter::{answer_again, request_again};
use crate::common::Terminal;
use crate::golden::{Ids, check, read};
use crate::home::{Home, NOW, imports};
use crate::journal::names;

/// Every command that asks a running client, with all its options.
const COMMANDS: [(&str, &[&str]); 48] = [
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
    (
        "en",
        &[
            "account",
            "new",
            "Acme East",
            "--id",
            "A-1",
            "--arr",
            "12000",
            "--currency",
            "USD",
            "--tier",
            "smb",
            "--anyway",
            "--json",
        ],
    ),
    ("ja", &["account", "new", "㈱アオバ"]),
    ("en", &["account", "show", "hooli", "--json"]),
    (
        "en",
        &["account", "edit", "hooli", "tier=smb", "renewal=2027-03-31"],
    ),
    ("en", &["account", "archive", "hooli"]),
    ("ja", &["outcome", "hooli"]),
    ("en", &["contract", "hooli"]),
    ("ja", &["renewals", "--quarter", "last"]),
    ("en", &["days", "hooli", "--from", "2026-11-01"]),
    ("ja", &["risk", "--lane", "1"]),
    ("en", &["risk", "assess", "hooli", "--chance", "good"]),
    ("en", &["risk", "case", "hooli"]),
    (
        "en",
        &[
            "outcome",
            "hooli",
            "renewed",
            "--term",
            "2027-03-30",
            "--value",
            "1.2M",
            "--until",
            "2028-03-30",
            "--decided",
            "2026-11-20",
            "--said-by",
            "Kim",
            "--json",
        ],
    ),
    (
        "ja",
        &["account", "archive", "hooli", "--restore", "--json"],
    ),
    ("en", &["account", "merge", "hooli", "pied"]),
    (
        "en",
        &["account", "merge", "hooli", "pied", "--yes", "--json"],
    ),
    ("en", &["account", "delete", "hooli", "--yes"]),
];

/// Replaces the placeholders of golden texts by the paths of this machine.
fn placed(text: &str, home: &Home) -> String {
    text.replace("<home>", &home.path().display().to_string())
        .replace("<import>", &imports().display().to_string())
}

/// A fake client that accepts one request and gives one answer: it holds the lock and listens.
fn answer_over_socket(
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
        .expect("the process starts");
    let (stream, _) = listener.accept().expect("a connection");
    let mut line = String::new();
    BufReader::new(&stream)
        .read_line(&mut line)
        .expect("a line");
    (&stream)
        .write_all(format!("{answer}\n").as_bytes())
        .expect("the answer is sent");
    drop(stream);
    (line, child.wait_with_output().expect("the process ends"))
}

fn desk_of_one_line(home: &Home) -> (File, UnixListener) {
    let lock = File::create(home.path().join("lock")).expect("the file is created");
    lock.lock().expect("the lock is available");
    (
        lock,
        UnixListener::bind(home.path().join("desk.sock")).expect("the socket is bound"),
    )
}

/// Every command that only reads and formerly needed the store itself. Its answers are compared
/// with those given without a client in `tests/beside.rs`.
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
fn every_request_is_as_before() {
    check("requests.jsonl", &asked(&COMMANDS));
}

#[test]
fn every_read_only_request_is_as_before() {
    check("reading-requests.jsonl", &asked(&READING));
}

/// The requests of commands, answered with a dummy.
fn asked(commands: &[(&str, &[&str])]) -> String {
    let home = Home::empty();
    let (_lock, listener) = desk_of_one_line(&home);
    let mut ids = Ids::default();
    let mut asked = String::new();
    for (lang, args) in commands {
        let (line, out) = answer_over_socket(
            &home,
            &listener,
            lang,
            args,
            r#"{"exit":0,"error":"","out":"answered"}"#,
        );
        // A table for a spreadsheet begins with its mark.
        let mark = if args.contains(&"csv") {
            "\u{feff}"
        } else {
            ""
        };
        // Lines of a calendar and of a mail end with CRLF.
        let crlf = ["ics", "eml"].iter().any(|f| args.contains(f))
            || (args.starts_with(&["calendar", "export"]) && !args.contains(&"--out"));
        let end = if crlf && !args.contains(&"--json") {
            "\r\n"
        } else {
            "\n"
        };
        assert_eq!(
            String::from_utf8_lossy(&out.stdout),
            format!("{mark}answered{end}"),
            "{args:?}"
        );
        asked.push_str(&ids.numbered(&home.nameless(&line)));
    }
    asked
}

#[test]
fn the_exit_code_is_that_of_the_answer() {
    let home = Home::empty();
    let (_lock, listener) = desk_of_one_line(&home);
    let (_, out) = answer_over_socket(
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

/// Requests added later, and one that only shells of an earlier version send.
const LATER: [&str; 7] = [
    r#"{"id":"1","lang":"en","form":"words","request":{"ask":"note","account":"acme","text":"a"}}"#,
    r#"{"id":"1","lang":"en","form":"json","request":{"ask":"action-untold","id":"a"}}"#,
    r#"{"id":"1","lang":"en","form":"words","request":{"ask":"stored-accounts"}}"#,
    r#"{"id":"1","lang":"en","form":"words","request":{"ask":"stored-records","accounts":["acme"]}}"#,
    r#"{"id":"1","lang":"en","form":"words","request":{"ask":"stored-keys","through":"contact","accounts":["acme"]}}"#,
    r#"{"id":"1","lang":"en","form":"words","request":{"ask":"stored-usage","accounts":["acme"]}}"#,
    r#"{"id":"1","lang":"en","form":"words","request":{"ask":"stored-edits","fields":[{"kind":"account","id":"acme","field":"renewal"}]}}"#,
];

#[test]
fn every_request_is_read_and_written_again() {
    let reading = read("reading-requests.jsonl");
    let commands = read("requests.jsonl");
    for line in commands.lines().chain(reading.lines()).chain(LATER) {
        assert_eq!(request_again(line).as_deref(), Ok(line));
    }
    // From a version before language and form were sent.
    assert!(
        request_again(r#"{"id":"1","lang":"en","request":{"ask":"brief","account":"acme"}}"#)
            .is_ok()
    );
}

#[test]
fn every_request_has_a_golden_text() {
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

/// The requests of the commands, sent to a real client in a terminal.
#[test]
fn a_running_desk_answers_as_before() {
    let home = Home::stored();
    // Migrates the store to today's schema, which the client would report first.
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
        let mut stream =
            UnixStream::connect(home.path().join("desk.sock")).expect("the socket accepts");
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .expect("the option is set");
        stream
            .write_all(format!("{}\n", placed(line, &home)).as_bytes())
            .expect("the request is sent");
        let mut answer = String::new();
        stream
            .read_to_string(&mut answer)
            .expect("the answer is read");
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
