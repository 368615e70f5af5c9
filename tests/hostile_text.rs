//! Hostile text through every input: files, the command line, the desk's own fields. The program's
//! terminal output is parsed strictly and may contain no sequence that the program did not compose;
//! its files may contain no spreadsheet formula, stay in their folder and are private.

mod common;

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

use common::{Terminal, command, kenshin, run, said};
use kenshin::testing::domain::text::is_unsafe;
use kenshin::testing::runtime::headless::Desk;
use kenshin::testing::words::Lang;

/// Lines to try: our own, and those of the hostile files if available.
fn lines() -> Vec<String> {
    let own = [
        "\u{1b}]0;owned\u{7}",
        "\u{1b}[2J\u{1b}[H\u{9b}31mred",
        "\u{1b}]52;c;ZXZpbA==\u{7}",
        "\u{1b}P1$r0m\u{1b}\\\u{9d}0;x\u{9c}",
        "a\u{202e}b\u{2066}c\u{feff}\u{2028}d",
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-2+3",
        "@SUM(1)",
        "../../../etc/passwd",
        "a/b\\c:d*e?f\"g<h>i|j",
        "e\u{301}\u{301}\u{301} 👩\u{200d}👩\u{200d}👧\u{200d}👦 ﷽ ｶﾞｽ",
        "{{ 7 * 7 }} {% include \"/etc/passwd\" %}",
        "\\033[31m $(reboot) `reboot` %s%n %00 \u{0}",
    ];
    let mut out: Vec<String> = own.map(str::to_owned).to_vec();
    match std::env::var("KENSHIN_REAL_DATA") {
        Ok(dir) => {
            for file in [
                "strings/blns/blns.txt",
                "terminal/vt-push-parser/escapes.txt",
                "terminal/alacritty-vte/demo.vte",
                "utf8/UTF-8-demo.txt",
                "utf8/GraphemeBreakTest.txt",
            ] {
                let bytes = std::fs::read(Path::new(&dir).join("nasty").join(file))
                    .expect("the file is readable");
                out.extend(
                    String::from_utf8_lossy(&bytes)
                        .split('\n')
                        .filter(|l| !l.trim().is_empty() && l.len() < 900)
                        .map(str::to_owned),
                );
            }
        }
        Err(_) => eprintln!("KENSHIN_REAL_DATA is not set: without the hostile files"),
    }
    out
}

/// Every sequence that occurred, by form.
#[derive(Default)]
struct Strict {
    seen: BTreeSet<String>,
    wrong: Vec<String>,
}

impl vte::Perform for Strict {
    fn print(&mut self, c: char) {
        if is_unsafe(c) {
            self.wrong.push(format!("printed {c:?}"));
        }
    }
    fn execute(&mut self, byte: u8) {
        if !matches!(byte, b'\r' | b'\n') {
            self.wrong.push(format!("control {byte:#x}"));
        }
    }
    fn csi_dispatch(&mut self, params: &vte::Params, intermediates: &[u8], _: bool, action: char) {
        let mode = params
            .iter()
            .next()
            .and_then(|p| p.first())
            .copied()
            .unwrap_or_default();
        let composed = match (intermediates, action) {
            (b"", 'H' | 'm' | 'J' | 'K') => true,
            // Wrapping, cursor, alternate screen, bracketed paste, synchronized output.
            (b"?", 'h' | 'l') if matches!(mode, 7 | 25 | 1049 | 2004 | 2026) => true,
            // At the end, what another program may have left on: mouse and focus.
            (b"?", 'l') => matches!(mode, 1000 | 1002 | 1003 | 1004 | 1006 | 1015),
            _ => false,
        };
        let name = format!(
            "CSI {}{mode}{action}",
            String::from_utf8_lossy(intermediates)
        );
        if !composed {
            self.wrong.push(name.clone());
        }
        self.seen.insert(name);
    }
    fn esc_dispatch(&mut self, _: &[u8], _: bool, byte: u8) {
        // The end of a string sequence arrives as a separate escape.
        if byte != b'\\' {
            self.wrong.push(format!("ESC {byte:#x}"));
        }
    }
    fn osc_dispatch(&mut self, params: &[&[u8]], _: bool) {
        // The question for the background's colour; it holds nothing of ours.
        if params != [&b"11"[..], b"?"] {
            self.wrong.push(format!("OSC {params:?}"));
        }
    }
    fn hook(&mut self, _: &vte::Params, _: &[u8], _: bool, action: char) {
        self.wrong.push(format!("DCS {action}"));
    }
}

fn strict(bytes: &[u8]) -> Strict {
    let mut parser = vte::Parser::new();
    let mut strict = Strict::default();
    parser.advance(&mut strict, bytes);
    strict
}

#[test]
fn the_strict_parser_detects_forbidden_sequences() {
    for bad in [
        "\u{1b}]0;x\u{7}",
        "\u{1b}[6n",
        "\u{1b}[?1000h",
        "\u{1b}c",
        "\u{7}",
        "\u{202e}",
        "\u{1b}P1$r0m\u{1b}\\",
        "\u{9b}2J",
    ] {
        assert!(!strict(bad.as_bytes()).wrong.is_empty(), "{bad:?}");
    }
    assert_eq!(
        strict("\u{1b}[?2026h\u{1b}[1;1H\u{1b}[38;5;1m日本\r\n\u{1b}[?2026l".as_bytes()).wrong,
        Vec::<String>::new()
    );
}

fn cell(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// A table in which every cell except the keys is a hostile line.
fn table(
    dir: &Path,
    name: &str,
    headers: &[&str],
    key: impl Fn(usize) -> Vec<String>,
    lines: &[String],
) -> String {
    let mut text = headers.join(",");
    for (i, chunk) in lines.chunks(headers.len() - key(0).len()).enumerate() {
        let mut cells = key(i);
        cells.extend(chunk.iter().map(|l| cell(l)));
        cells.resize(headers.len(), String::new());
        text.push_str(&format!("\n{}", cells.join(",")));
    }
    let path = dir.join(name);
    std::fs::write(&path, text).expect("the file is written");
    path.display().to_string()
}

/// A data folder that got hostile text through every kind of file and every command.
fn home(parent: &Path) -> std::path::PathBuf {
    let (home, files) = (
        parent.join("home"),
        tempfile::tempdir().expect("temporary folder"),
    );
    let (files, lines) = (files.path(), lines());
    run(&home, &["demo", "--accounts", "6", "--write-only"]);
    let account = |i: usize| format!("demo-{:05}", i % 6);
    let date = |i: usize| format!("2026-11-{:02}", i % 24 + 1);
    let tables = [
        table(
            files,
            "accounts.csv",
            &[
                "id", "name", "reading", "domain", "industry", "country", "owner", "plan", "tags",
                "extra",
            ],
            |i| vec![format!("n{i}")],
            &lines,
        ),
        table(
            files,
            "contacts.csv",
            &["contact_id", "account_id", "name", "email", "title", "role"],
            |i| vec![format!("c{i}"), account(i)],
            &lines,
        ),
        table(
            files,
            "tickets.csv",
            &[
                "ticket_id",
                "account_id",
                "opened",
                "subject",
                "category",
                "status",
            ],
            |i| vec![format!("t{i}"), account(i), date(i)],
            &lines,
        ),
        table(
            files,
            "surveys.csv",
            &[
                "account_id",
                "date",
                "score",
                "kind",
                "comment",
                "respondent",
            ],
            |i| vec![account(i), date(i), "3".into(), "nps".into()],
            &lines,
        ),
        table(
            files,
            "interactions.csv",
            &["account_id", "date", "type", "summary", "with"],
            |i| vec![account(i), date(i), "call".into()],
            &lines,
        ),
        table(
            files,
            "usage.csv",
            &["account_id", "date", "value", "metric"],
            |i| vec![account(i), date(i), "7".into()],
            &lines,
        ),
    ];
    for path in &tables {
        // Rows may be refused, but the program must not crash or print an escape sequence.
        let out = kenshin(&home, &["import", path, "--yes"]);
        assert!(
            matches!(out.status.code(), Some(0 | 3)),
            "{path}: {}",
            said(&out)
        );
        assert!(
            !said(&out).chars().any(|c| is_unsafe(c) && c != '\r'),
            "{path}"
        );
    }
    // Our own export format, as an attacker might write it.
    let evil: String = lines.iter().enumerate().take(120).fold("{\"kenshin_export\":1,\"program\":\"x\"}\n".into(), |all, (i, l)| {
        all + &serde_json::json!({ "kind": "account", "record": { "id": format!("../e{i}"), "name": l, "owner": l, "tags": [l] } }).to_string() + "\n"
    });
    let back = files.join("back");
    std::fs::create_dir(&back).expect("the folder is created");
    std::fs::write(back.join("kenshin-export.jsonl"), evil).expect("the file is written");
    let out = kenshin(&home, &["import", &back.display().to_string(), "--yes"]);
    assert!(matches!(out.status.code(), Some(0 | 3)), "{}", said(&out));
    for line in lines.iter().take(40).map(|l| l.replace('\0', "")) {
        for args in [
            vec!["note", "demo-00001", &line],
            vec!["action", "add", "demo-00001", &line],
            vec!["context", "demo-00002", "--source", &line, &line],
            vec!["judge", "demo-00003", "yellow", "--reason", &line],
        ] {
            let out = command(&home, &args).output().expect("the command runs");
            assert!(
                !said(&out).chars().any(|c| is_unsafe(c) && c != '\r')
                    && !said(&out).contains("panicked"),
                "{args:?}: {}",
                said(&out)
            );
        }
    }
    home
}

#[test]
fn hostile_text_reaches_no_terminal_spreadsheet_or_path() {
    let parent = tempfile::tempdir().expect("temporary folder");
    let home = home(parent.path());
    // The client: every screen, every tab of several accounts, in both languages.
    for lang in ["en", "ja"] {
        let mut t = Terminal::open(&home, lang, &[]);
        t.types("2");
        assert!(
            t.comes_to(Duration::from_secs(20), |t| t.text().contains('⚡')),
            "{}",
            t.text()
        );
        for keys in [
            "G", "gg", "j", "/etc\r", "\u{1b}", "/=\r", "\u{1b}", "r", "\u{1b}", "1", "\t", "\t",
            "3", "4", "\t", "5", "\t", "\t", "\t", "\t", "8", "2", ":", "\u{1b}", "?", "\u{1b}",
            "\u{1b}/", "a", "\u{1b}",
        ] {
            t.types(keys);
            std::thread::sleep(Duration::from_millis(40));
        }
        for _ in 0..6 {
            t.types("\r");
            for _ in 0..9 {
                std::thread::sleep(Duration::from_millis(25));
                t.types("\t");
                t.types("jj");
            }
            t.types("q");
            t.types("jp");
            std::thread::sleep(Duration::from_millis(60));
            t.types("\u{1b}jn\u{1b}");
        }
        t.types("\u{1b}\u{1b}");
        std::thread::sleep(Duration::from_millis(200));
        t.types("\u{11}");
        let raw = t.raw.clone();
        t.ends();
        let read = strict(&raw.lock().expect("the lock is available"));
        assert_eq!(read.wrong, Vec::<String>::new(), "{lang}");
        assert!(read.seen.len() > 4, "it was read: {:?}", read.seen);
    }
    // Text arguments of commands.
    for args in [
        &["accounts"][..],
        &["accounts", "--json"],
        &["brief", "demo-00001"],
        &["brief", "demo-00001", "--format", "html"],
        &["health", "demo-00003"],
        &["signals"],
        &["today"],
        &["history"],
        &["notes", "etc"],
    ] {
        let out = kenshin(&home, args);
        assert!(out.status.success(), "{args:?}: {}", said(&out));
        assert!(!said(&out).chars().any(is_unsafe), "{args:?}");
    }
    let html = run(&home, &["brief", "demo-00001", "--format", "html"]);
    assert!(!html.contains("<script"), "pages hold no script");
    // Spreadsheet files contain no formula.
    let csv = run(&home, &["export", "--actions", "csv"]);
    let mut rows = 0;
    for record in csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(csv.as_bytes())
        .records()
    {
        for cell in &record.expect("a row under the cursor") {
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                "{cell:?}"
            );
        }
        rows += 1;
    }
    assert!(rows > 20);
    run(
        &home,
        &[
            "export",
            "--all",
            &home.join("out/all").display().to_string(),
        ],
    );
    // Nothing is written outside the data folder, and everything in it is readable by the owner
    // only.
    let beside: Vec<_> = std::fs::read_dir(parent.path())
        .expect("the folder is readable")
        .map(|e| e.expect("a directory entry").file_name())
        .collect();
    assert_eq!(beside, ["home"]);
    let mut waiting = vec![home.clone()];
    while let Some(dir) = waiting.pop() {
        for entry in std::fs::read_dir(dir)
            .expect("the folder is readable")
            .map(|e| e.expect("a directory entry").path())
        {
            let mode = std::fs::symlink_metadata(&entry)
                .expect("it exists")
                .permissions()
                .mode();
            assert_eq!(mode & 0o077, 0, "{} is {mode:o}", entry.display());
            if entry.is_dir() {
                waiting.push(entry);
            }
        }
    }
    run(&home, &["verify"]);
}

/// Every text field, by the keys that open it.
const FIELDS: [&str; 14] = [
    "n",
    "a",
    "/",
    ":",
    "N",
    "e",
    "W",
    "<A-/>",
    "c<ret><ret>",
    "<ret>e",
    "<ret>f",
    "5m",
    "5A",
    "5O<ret>",
];

#[test]
fn hostile_text_typed_into_any_field_stays_text() {
    let lines = lines();
    for lang in [Lang::En, Lang::Ja] {
        let mut desk = Desk::demo(lang, 8).expect("the desk opens");
        desk.resize(80, 24);
        for (i, line) in lines
            .iter()
            .enumerate()
            .step_by(if lang == Lang::En { 3 } else { 11 })
        {
            desk.keys("<esc><esc><esc>2");
            desk.keys(FIELDS[i % FIELDS.len()]);
            desk.paste(line);
            for cell in &desk.buffer().content {
                assert!(
                    !cell
                        .symbol()
                        .chars()
                        .any(|c| c.is_control() || is_unsafe(c)),
                    "{line:?} into {}: {:?}",
                    FIELDS[i % FIELDS.len()],
                    cell.symbol()
                );
            }
            // Submit, whatever kind of field it was.
            desk.keys(if i % 2 == 0 { "<C-s>" } else { "<ret>" });
            for cell in &desk.buffer().content {
                assert!(
                    !cell
                        .symbol()
                        .chars()
                        .any(|c| c.is_control() || is_unsafe(c)),
                    "{line:?} kept from {}: {:?}",
                    FIELDS[i % FIELDS.len()],
                    cell.symbol()
                );
            }
        }
    }
}

/// The parts of our own files that no text may end: each is a record, and each string in it is hostile.
fn hostile_export(line: &str) -> String {
    let record = |kind: &str, record: serde_json::Value| {
        serde_json::json!({ "kind": kind, "record": record }).to_string()
    };
    let account = serde_json::json!({
        "id": format!("x{line}1"), "name": format!("N{line}"), "aliases": [line], "tags": [line], "owner": line,
        "goals": [{ "text": format!("g{line}"), "status": "open" }], "attributes": { format!("k{line}"): line },
    });
    let id = format!("x{line}1");
    let contact = serde_json::json!({ "id": format!("c{line}"), "account": id, "name": format!("C{line}"),
        "email": format!("a@b.example{line}Bcc: x@y"), "status": "active" });
    let note = serde_json::json!({ "id": format!("n{line}"), "account": id, "kind": "quick",
        "at": "2026-11-20T01:00:00Z", "author": line, "text": format!("t{line}"), "quotes": [line], "tags": [line] });
    let action = serde_json::json!({ "id": format!("a{line}"), "account": id, "what": format!("w{line}"),
        "side": "us", "owner": format!("o{line}"), "status": "open", "priority": "normal", "promised": false,
        "created": "2026-11-20T01:00:00Z" });
    let checkin = serde_json::json!({ "id": format!("k{line}"), "account": id, "kind": "health",
        "template": "standard", "author": line, "created": "2026-11-20T01:00:00Z", "sections": [], "events": [],
        "notes": [[{ "text": line }]], "wrapup": { "attendees": [line] } });
    let meeting = serde_json::json!({ "id": format!("m{line}"), "account": id, "kind": "check-in",
        "start": "2026-12-20T01:00:00Z", "day_only": false, "minutes": 30, "state": "agreed", "owner": line,
        "place": format!("p{line}"), "moves": [], "created": "2026-11-20T01:00:00Z" });
    [
        "{\"kenshin_export\":1,\"program\":\"x\"}".to_owned(),
        record("account", account),
        record("contact", contact),
        record("note", note),
        record("action", action),
        record("checkin", checkin),
        record("touchpoint", meeting),
    ]
    .join("\n")
}

/// Whether a text has no control character beside LF, and nothing that ends a line elsewhere.
fn is_plain(text: &str) -> bool {
    !text.chars().any(is_unsafe)
}

#[test]
fn an_export_that_comes_back_brings_text_alone() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let file = dir.path().join("in");
    std::fs::create_dir(&file).expect("the folder is created");
    let lines = [
        "\r\nATTENDEE:mailto:x@y\r\nX-A:b",
        "\rEND:VEVENT\rBEGIN:VEVENT",
        "\u{2028}x\u{2029}y\u{85}z",
        "\u{1b}]0;owned\u{7}\u{9b}2J",
        "\u{202e}\u{200b}\u{feff}\u{ad}\u{e0041}\u{2066}",
        "=1+1\n@x",
        "; , \\ \" : <script>alert(1)</script> {{ 7 * 7 }}",
    ];
    for (n, line) in lines.iter().enumerate() {
        let home = dir.path().join(format!("home{n}"));
        std::fs::write(file.join("kenshin-export.jsonl"), hostile_export(line)).expect("writes");
        let back = file.display().to_string();
        let kenshin = |args: &[&str]| {
            let mut command = command(&home, args);
            command.env("KENSHIN_NOW", "2026-11-22T01:00:00Z");
            command.output().expect("the command runs")
        };
        let out = kenshin(&["import", &back, "--yes"]);
        assert_eq!(out.status.code(), Some(0), "{line:?}: {}", said(&out));
        let accounts = kenshin(&["accounts", "--json"]);
        let accounts: serde_json::Value =
            serde_json::from_slice(&accounts.stdout).expect("valid JSON");
        let id = accounts[0]["id"].as_str().expect("an id").to_owned();
        let raw = |args: &[&str]| {
            let out = kenshin(args);
            assert!(out.status.success(), "{line:?} {args:?}: {}", said(&out));
            String::from_utf8(out.stdout).expect("text")
        };
        for args in [&["calendar", "export"][..], &["export", "--actions", "ics"]] {
            let ics = raw(args);
            let within = ics.replace("\r\n", "");
            assert!(is_plain(&within) && !within.contains('\n'), "{ics:?}");
            let starts = |name: &str| ics.split("\r\n").filter(|l| l.starts_with(name)).count();
            let records = starts("BEGIN:VEVENT") + starts("BEGIN:VTODO");
            assert_eq!(records, 1, "{ics:?}");
            assert_eq!(starts("ATTENDEE") + starts("X-A"), 0, "{ics:?}");
        }
        let all = dir.path().join(format!("all{n}"));
        raw(&[
            "export",
            "--all",
            &all.display().to_string(),
            "--include-private",
        ]);
        let written =
            std::fs::read_to_string(all.join("kenshin-export.jsonl")).expect("it is there");
        assert!(is_plain(&written), "{written:?}");
        for json in written.lines() {
            let value: serde_json::Value = serde_json::from_str(json).expect("a whole line");
            let strings = serde_json::to_string(&value).expect("writes");
            assert!(is_plain(&strings), "{strings:?}");
        }
        for args in [
            &["brief", &id][..],
            &["brief", &id, "--format", "html"],
            &["account", "show", &id],
            &["notes"],
            &["export", "--actions", "csv"],
        ] {
            let text = raw(args);
            let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
            assert!(
                is_plain(text) && !(args.contains(&"html") && text.contains("<script")),
                "{args:?}: {text:?}"
            );
        }
    }
}

#[test]
fn one_customer_in_two_spellings_that_look_alike_is_one() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let home = dir.path().join("home");
    run(
        &home,
        &[
            "account",
            "new",
            "--id",
            "AC\u{200b}ME-1",
            "Ac\u{ad}me \u{202e}East",
        ],
    );
    let shown: serde_json::Value =
        serde_json::from_str(&run(&home, &["accounts", "--json"])).expect("valid JSON");
    assert_eq!(
        (&shown[0]["id"], &shown[0]["name"]),
        (&"ACME-1".into(), &"Acme East".into())
    );
    let table = dir.path().join("a.csv");
    std::fs::write(&table, "id,name,tier\nACME\u{2060}-1,Acme\u{a0}East,smb\n").expect("writes");
    run(&home, &["import", &table.display().to_string(), "--yes"]);
    for name in [
        "ACME-1\u{200d}",
        "\u{feff}acme\u{3000}east",
        "AC\u{fe0f}ME-1",
    ] {
        run(&home, &["note", name, "found"]);
    }
    let shown: serde_json::Value =
        serde_json::from_str(&run(&home, &["accounts", "--json"])).expect("valid JSON");
    assert_eq!(shown.as_array().map(Vec::len), Some(1), "{shown}");
    assert_eq!(shown[0]["tier"], "smb");
}

#[test]
fn a_name_for_a_mapping_is_no_path() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let home = dir.path().join("home");
    let table = dir.path().join("a.csv");
    std::fs::write(&table, "id,name,tier\na,Acme,smb\n").expect("writes");
    let table = table.display().to_string();
    for name in [
        "../../evil",
        "/tmp/evil",
        ".hidden",
        "a\\b",
        "a\u{1b}[2Jb",
        " ",
    ] {
        let out = kenshin(&home, &["import", &table, "--save-map", name, "--yes"]);
        assert_eq!(out.status.code(), Some(2), "{name:?}: {}", said(&out));
        assert!(
            said(&out).contains("is not a name for a mapping"),
            "{}",
            said(&out)
        );
        assert!(!said(&out).contains('\u{1b}'));
    }
    run(
        &home,
        &["import", &table, "--save-map", "our export 2", "--yes"],
    );
    let beside = std::fs::read_dir(dir.path()).expect("the folder is readable");
    assert_eq!(beside.count(), 2, "the home and the table");
}
