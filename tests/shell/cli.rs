//! The command line in its own data folder: JSON shapes, exit codes, and the socket of a running
//! client.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn kenshin(home: &Path, args: &[&str]) -> Output {
    command(home, args).output().expect("the command runs")
}

fn command(home: &Path, args: &[&str]) -> Command {
    let mut c = Command::new(env!("CARGO_BIN_EXE_kenshin"));
    c.args(args)
        .env_clear()
        .env("KENSHIN_HOME", home)
        .env("KENSHIN_NOW", "2026-11-22T10:04:00+09:00")
        .env("KENSHIN_LANG", "en")
        .env("USER", "sato")
        .stdin(Stdio::null());
    c
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&output.stdout)))
}

fn text(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

fn demo() -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("temporary folder");
    let out = kenshin(home.path(), &["demo", "--accounts", "20", "--write-only"]);
    assert!(out.status.success(), "{}", text(&out));
    home
}

#[test]
fn accounts_health_and_brief_have_their_shapes() {
    let home = demo();
    let all = json(&kenshin(home.path(), &["accounts", "--json"]));
    assert_eq!(all.as_array().expect("an array").len(), 20);
    for key in [
        "id", "name", "tier", "stage", "band", "score", "coverage", "arr", "renewal", "owner",
    ] {
        assert!(all[0].get(key).is_some(), "{key}");
    }
    assert!(all[0]["arr"]["amount"].is_number() && all[0]["arr"]["currency"].is_string());
    let red = json(&kenshin(
        home.path(),
        &["accounts", "--band", "red", "--json"],
    ));
    assert!(
        red.as_array()
            .expect("an array")
            .iter()
            .all(|a| a["band"] == "red")
    );
    let health = json(&kenshin(home.path(), &["health", "demo-00002", "--json"]));
    assert_eq!(health["dimensions"].as_array().expect("an array").len(), 6);
    let points: f64 = health["dimensions"]
        .as_array()
        .expect("an array")
        .iter()
        .filter_map(|d| d["points"].as_f64())
        .sum();
    assert!((points - health["mean"].as_f64().expect("a number")).abs() < 1.0);
    assert!(health["trend"].get("d30").is_some());
    let brief = json(&kenshin(home.path(), &["brief", "demo-00002", "--json"]));
    assert_eq!(
        brief[0]["block"], "tickets_first",
        "an escalated ticket comes first"
    );
    assert!(
        brief
            .as_array()
            .expect("an array")
            .iter()
            .all(|b| !b["items"].as_array().expect("an array").is_empty())
    );
}

#[test]
fn exit_codes_report_the_result() {
    let home = demo();
    assert_eq!(
        kenshin(home.path(), &["brief", "zzzzqq"]).status.code(),
        Some(2)
    );
    let several = kenshin(home.path(), &["brief", "a"]);
    assert_eq!(several.status.code(), Some(2));
    assert!(text(&several).contains("matches several"));
    assert_eq!(
        kenshin(home.path(), &["accounts", "--band", "purple"])
            .status
            .code(),
        Some(2)
    );
    assert_eq!(
        kenshin(home.path(), &["accounts", "--query", "band:red zork:1"])
            .status
            .code(),
        Some(2)
    );
    assert_eq!(kenshin(home.path(), &["nonsense"]).status.code(), Some(2));
    assert_eq!(
        kenshin(home.path(), &[]).status.code(),
        Some(2),
        "the desk needs a terminal"
    );
    let csv = home.path().join("t.csv");
    std::fs::write(&csv, "ticket_id,account,subject,opened\n1,demo-00000,ok,2026-11-01\n2,who,bad,2026-11-01\n3,demo-00000,bad date,2026-13-01\n").expect("the file is written");
    let out = kenshin(
        home.path(),
        &["import", &csv.display().to_string(), "--yes", "--json"],
    );
    assert_eq!(out.status.code(), Some(3));
    let report = json(&out);
    assert_eq!(report["kinds"]["tickets"]["new"], 1);
    assert_eq!(report["kinds"]["tickets"]["rejected"], 2);
    assert_eq!(
        (
            report["rejects"][0]["line"].as_u64(),
            report["rejects"][0]["column"].as_str()
        ),
        (Some(3), Some("account"))
    );
    assert_eq!(report["rejects"][1]["value"], "2026-13-01");
    assert_eq!(report["written"], true);
    // The rejected rows are written with the file's own columns, to be corrected.
    let rejects = std::fs::read_to_string(report["rejects_files"][0].as_str().expect("a string"))
        .expect("the read succeeds");
    assert!(rejects.starts_with("\u{feff}ticket_id,account,subject,opened,kenshin_line"));
    assert_eq!(rejects.lines().count(), 3);
}

#[test]
fn failures_are_in_the_users_language_and_name_the_cause() {
    let home = demo();
    let at = |name: &str, text: &str| {
        let path = home.path().join(name);
        std::fs::write(&path, text).expect("the file is written");
        path.display().to_string()
    };
    let (empty, broken, prose) = (
        at("empty.csv", ""),
        at("broken.json", "{\"a\":"),
        at("prose.ics", "no calendar\n"),
    );
    let nowhere = home.path().join("nowhere.csv").display().to_string();
    let cases: [(&[&str], i32, [&str; 2]); 6] = [
        (
            &["import", &empty],
            1,
            ["the file is empty", "ファイルが空です"],
        ),
        (&["import", &broken], 1, ["line 1: ", "1行目: "]),
        (
            &["import", &nowhere],
            1,
            ["no such file", "ファイルまたはフォルダがありません"],
        ),
        (
            &["calendar", "import", &prose],
            2,
            ["an .ics file is needed", "カレンダーではありません"],
        ),
        (
            &[
                "judge",
                "demo-00001",
                "green",
                "--reason",
                "x",
                "--until",
                "2020-01-01",
            ],
            2,
            ["2020-01-01 has passed", "2020-01-01は過ぎています"],
        ),
        (&["restore"], 0, ["as requested", "指示による再構築"]),
    ];
    for (args, code, words) in cases {
        for (lang, words) in ["en", "ja"].into_iter().zip(words) {
            let out = command(home.path(), args)
                .env("KENSHIN_LANG", lang)
                .output()
                .expect("the command runs");
            assert!(
                text(&out).contains(words),
                "{args:?} {lang}: {}",
                text(&out)
            );
            assert_eq!(out.status.code(), Some(code), "{args:?}: {}", text(&out));
        }
    }
    // An unknown language leaves the configured one.
    let out = command(home.path(), &["--lang", "fr", "today"])
        .env("KENSHIN_LANG", "ja")
        .output()
        .expect("the command runs");
    assert!(text(&out).contains("値として使えません"), "{}", text(&out));
    // Without a user name in the environment, the name from the list of users is used.
    let out = command(home.path(), &["note", "demo-00001", "by whom"])
        .env_remove("USER")
        .output()
        .expect("the command runs");
    assert!(out.status.success());
    assert_ne!(
        json(&kenshin(home.path(), &["history", "--json"]))[0]["actor"],
        "me"
    );
}

#[test]
fn an_account_that_left_on_an_unknown_day_counts_as_churned() {
    let home = tempfile::tempdir().expect("temporary folder");
    let file = home.path().join("customers.csv");
    std::fs::write(
        &file,
        "customerID,company,tenure,Churn\nA,Aoba,3,Yes\nB,Basho,40,No\n",
    )
    .expect("the file is written");
    assert!(
        kenshin(
            home.path(),
            &["import", &file.display().to_string(), "--yes"]
        )
        .status
        .success()
    );
    let all = json(&kenshin(home.path(), &["accounts", "--json"]));
    let churned = |name: &str| {
        all.as_array()
            .expect("an array")
            .iter()
            .find(|a| a["name"] == name)
            .expect("it exists")["churned"]
            .clone()
    };
    assert_eq!(
        (churned("Aoba"), churned("Basho")),
        (Value::from("unknown"), Value::Null)
    );
    let today = text(&kenshin(home.path(), &["today"]));
    assert!(!today.contains("Aoba"), "{today}");
    assert!(text(&kenshin(home.path(), &["brief", "Aoba"])).contains("churned, date unknown"));
}

#[test]
fn a_command_keeps_the_clean_end_mark_as_it_found_it() {
    let home = demo();
    // The day, and below it the checksum.
    let word = || {
        let text = std::fs::read_to_string(home.path().join("cache/checked")).ok()?;
        text.lines().next().map(str::to_owned)
    };
    assert_eq!(word().as_deref(), Some("2026-11-22"));
    let csv = home.path().join("t.csv");
    std::fs::write(
        &csv,
        "ticket_id,account,subject,opened\n1,demo-00000,ok,2026-11-01\n",
    )
    .expect("the file is written");
    let csv = csv.display().to_string();
    for args in [
        &["note", "demo-00001", "seen"][..],
        &["undo"],
        &["redo"],
        &["import", &csv, "--yes"],
    ] {
        let out = command(home.path(), args)
            .env("KENSHIN_NOW", "2026-11-23T10:00:00+09:00")
            .output()
            .expect("the command runs");
        assert!(out.status.success(), "{}", text(&out));
        assert_eq!(
            word().as_deref(),
            Some("2026-11-22"),
            "{args:?} looked through nothing, and nothing need be"
        );
    }
    // If the last end was not clean, no command marks it as clean.
    std::fs::remove_file(home.path().join("cache/checked")).expect("the file is removed");
    assert!(
        kenshin(home.path(), &["note", "demo-00001", "again"])
            .status
            .success()
    );
    assert_eq!(word(), None);
}

#[test]
fn argument_errors_are_in_the_users_language() {
    let home = tempfile::tempdir().expect("temporary folder");
    let cases: [(&[&str], [&str; 2], &str); 8] = [
        (
            &["acounts"],
            ["no command acounts", "acounts というコマンドはありません"],
            "accounts",
        ),
        (
            &["accounts", "--jsn"],
            ["no argument --jsn", "--jsn という引数はありません"],
            "--json",
        ),
        (
            &["--lang=ja", "--lang=en", "where"],
            ["only once", "一度だけ"],
            "--lang",
        ),
        (
            &["demo", "--accounts", "0"],
            [
                "invalid value 0 for --accounts <N>",
                "0 は --accounts <N> の値として使えません",
            ],
            "",
        ),
        (
            &["import", "a.csv", "--date-order", "dym"],
            [
                "Must be one of: dmy, mdy, ymd",
                "次のいずれかを指定してください: dmy, mdy, ymd",
            ],
            "dym",
        ),
        (
            &["brief"],
            [
                "missing argument: <ACCOUNT>",
                "引数が不足しています: <ACCOUNT>",
            ],
            "brief",
        ),
        (
            &["export", "--all", "x", "--actions", "csv"],
            ["cannot be used with", "同時に使えません"],
            "--actions",
        ),
        (
            &["demo", "--seed"],
            ["--seed <S> needs a value", "--seed <S> には値が必要です"],
            "",
        ),
    ];
    for (args, words, also) in cases {
        for (lang, words) in ["en", "ja"].into_iter().zip(words) {
            let out = command(home.path(), args)
                .env("KENSHIN_LANG", lang)
                .output()
                .expect("the command runs");
            let stderr = String::from_utf8_lossy(&out.stderr);
            // Of two languages given, the first counts.
            let words = if args[0] == "--lang=ja" {
                "一度だけ"
            } else {
                words
            };
            assert!(
                stderr.contains(words) && stderr.contains(also),
                "{args:?} {lang}: {stderr}"
            );
            assert!(
                out.stdout.is_empty() && out.status.code() == Some(2),
                "{args:?}: {out:?}"
            );
        }
    }
}

#[test]
fn a_note_is_saved_found_and_undone() {
    let home = demo();
    let out = kenshin(
        home.path(),
        &[
            "note",
            "demo-00001",
            "--json",
            "Mika asked about SSO ! send doc @me ^fri #feature",
        ],
    );
    assert!(out.status.success(), "{}", text(&out));
    // Text from a pipe works too.
    let mut child = command(home.path(), &["note", "demo-00001"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the process starts");
    use std::io::Write;
    child
        .stdin
        .take()
        .expect("standard input")
        .write_all("from a pipe\nsecond line".as_bytes())
        .expect("the write succeeds");
    assert!(
        child
            .wait_with_output()
            .expect("the process ends")
            .status
            .success()
    );
    let found = json(&kenshin(
        home.path(),
        &["notes", "ｓｓｏ", "mika", "--json"],
    ));
    assert_eq!(
        (found[0]["account"].as_str(), found[0]["line"].as_str()),
        (
            Some("demo-00001"),
            Some("Mika asked about SSO ! send doc @me ^fri #feature")
        ),
        "{found}"
    );
    let second = json(&kenshin(
        home.path(),
        &["notes", "second", "line", "--json"],
    ));
    assert_eq!(
        (second.as_array().map(Vec::len), second[0]["line"].as_str()),
        (Some(1), Some("second line"))
    );
    assert!(
        text(&kenshin(
            home.path(),
            &["notes", "nowhere", "to", "be", "seen"]
        ))
        .contains("No note")
    );
    // Text that only a private line contains is not found.
    assert!(
        kenshin(
            home.path(),
            &["note", "demo-00002", "lunch was good\n// zebra merger"]
        )
        .status
        .success()
    );
    assert!(text(&kenshin(home.path(), &["notes", "zebra"])).contains("No note"));
    assert_eq!(
        json(&kenshin(home.path(), &["notes", "lunch", "--json"]))[0]["text"],
        "lunch was good"
    );
    let actions = json(&kenshin(
        home.path(),
        &["action", "list", "demo-00001", "--json"],
    ));
    let sent = actions
        .as_array()
        .expect("an array")
        .iter()
        .find(|a| a["what"] == "send doc")
        .expect("the action")
        .clone();
    assert_eq!(
        (
            sent["due"].as_str(),
            sent["owner"].as_str(),
            sent["side"].as_str()
        ),
        (Some("2026-11-27"), Some("sato"), Some("us"))
    );
    assert!(
        kenshin(
            home.path(),
            &["action", "done", sent["id"].as_str().expect("a string")]
        )
        .status
        .success()
    );
    let log = json(&kenshin(home.path(), &["history", "--json"]));
    assert_eq!(log[0]["actor"], "sato");
    assert!(kenshin(home.path(), &["undo"]).status.success());
    let open = json(&kenshin(
        home.path(),
        &["action", "list", "demo-00001", "--json"],
    ));
    assert!(
        open.as_array()
            .expect("an array")
            .iter()
            .any(|a| a["what"] == "send doc"),
        "the undo opened it again"
    );
}

#[test]
fn a_full_export_imports_to_the_same_state() {
    let home = demo();
    let dir = tempfile::tempdir().expect("temporary folder");
    let path = |name: &str| dir.path().join(name).display().to_string();
    assert!(
        kenshin(home.path(), &["note", "demo-00001", "kept"])
            .status
            .success()
    );
    assert!(
        kenshin(home.path(), &["export", "--all", &path("one")])
            .status
            .success()
    );
    let other = tempfile::tempdir().expect("temporary folder");
    let out = kenshin(other.path(), &["import", &path("one"), "--yes"]);
    assert!(out.status.success(), "{}", text(&out));
    assert!(
        kenshin(other.path(), &["export", "--all", &path("two")])
            .status
            .success()
    );
    let read = |name: &str| {
        std::fs::read_to_string(dir.path().join(name).join("kenshin-export.jsonl"))
            .expect("the file is readable")
    };
    assert_eq!(read("one"), read("two"));
    // Importing it again changes nothing.
    assert!(
        kenshin(other.path(), &["import", &path("one"), "--yes"])
            .status
            .success()
    );
    assert!(kenshin(other.path(), &["verify"]).status.success());
}

/// An invalid line is reported with its place, and the valid ones are imported, whether kind or
/// record comes first.
#[test]
fn a_bad_line_of_an_export_is_reported_and_the_rest_is_imported() {
    let home = tempfile::tempdir().expect("temporary folder");
    let dir = tempfile::tempdir().expect("temporary folder");
    let lines = [
        r#"{"kenshin_export":1,"program":"test"}"#,
        r#"{"kind":"account","record":{"id":"a1","name":"Aoba"}}"#,
        r#"{"record":{"id":"a2","name":"Nagi"},"kind":"account"}"#,
        r#"{"kind":"account","record":{"id":"a3","name":7}}"#,
        r#"{"kind":"account"}"#,
        r#"{"usage":"a1","metric":"dau","points":[["2026-11-01",3.0]]}"#,
        "nonsense",
    ];
    std::fs::write(dir.path().join("kenshin-export.jsonl"), lines.join("\n"))
        .expect("the file is written");
    let out = kenshin(
        home.path(),
        &["import", &dir.path().display().to_string(), "--yes"],
    );
    assert_eq!(out.status.code(), Some(3), "{}", text(&out));
    let stderr = String::from_utf8_lossy(&out.stderr).into_owned();
    for (line, reason) in [
        (4, "column 46: invalid type: integer `7`, expected a string"),
        (5, "neither a record"),
        (7, "column 2: expected ident"),
    ] {
        assert!(
            stderr
                .lines()
                .any(|l| l.contains(&format!("jsonl:{line}")) && l.contains(reason)),
            "{line} {reason}: {stderr}"
        );
    }
    let held = json(&kenshin(home.path(), &["accounts", "--json"]));
    assert_eq!(held.as_array().expect("an array").len(), 2, "{held}");
}

#[test]
fn backup_verify_and_restore_handle_damage() {
    let home = demo();
    let file = home.path().join("backups/mine.kenshin");
    assert!(
        kenshin(home.path(), &["backup", &file.display().to_string()])
            .status
            .success()
    );
    let before = kenshin(home.path(), &["accounts", "--json"]).stdout;
    // The tree is destroyed; the next start rebuilds it from snapshot and journal.
    let db = home.path().join("store/db");
    let size = std::fs::metadata(&db).expect("the file exists").len();
    std::fs::OpenOptions::new()
        .write(true)
        .open(&db)
        .expect("the file opens")
        .set_len(size / 3)
        .expect("the file is truncated");
    std::fs::remove_dir_all(home.path().join("cache")).expect("the folder is removed");
    let out = kenshin(home.path(), &["restore"]);
    assert!(out.status.success(), "{}", text(&out));
    assert_eq!(kenshin(home.path(), &["accounts", "--json"]).stdout, before);
    // Everything is lost; the backup restores it.
    for gone in ["store", "journal", "snapshots", "cache"] {
        let _ = std::fs::remove_dir_all(home.path().join(gone));
    }
    let out = kenshin(home.path(), &["restore", &file.display().to_string()]);
    assert!(out.status.success(), "{}", text(&out));
    assert_eq!(kenshin(home.path(), &["accounts", "--json"]).stdout, before);
    assert!(kenshin(home.path(), &["verify"]).status.success());
    // A damaged backup is refused before anything is changed.
    let mut bytes = std::fs::read(&file).expect("the file is readable");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x40;
    let bad = home.path().join("bad.kenshin");
    std::fs::write(&bad, bytes).expect("the file is written");
    assert_eq!(
        kenshin(home.path(), &["restore", &bad.display().to_string()])
            .status
            .code(),
        Some(1)
    );
    assert_eq!(kenshin(home.path(), &["accounts", "--json"]).stdout, before);
}

#[test]
fn the_store_counts_as_undoable_what_undo_undoes() {
    let home = demo();
    let undoable = || {
        let stats = json(&kenshin(home.path(), &["store", "stats", "--json"]));
        stats["in_reach"].as_u64().expect("a number")
    };
    let undo = || kenshin(home.path(), &["undo"]).status.success();
    for text in ["one", "two", "three"] {
        kenshin(home.path(), &["note", "demo-00001", text]);
    }
    assert_eq!(undoable(), 3, "the demo itself cannot be undone");
    assert!(undo());
    assert_eq!(undoable(), 2);
    let file = home.path().join("b.kenshin").display().to_string();
    for args in [["backup", &file], ["restore", &file]] {
        let out = kenshin(home.path(), &args);
        assert!(
            out.status.success(),
            "{}",
            String::from_utf8_lossy(&out.stderr)
        );
    }
    assert_eq!((undoable(), undo()), (0, false), "only the backup has them");
    kenshin(home.path(), &["note", "demo-00001", "four"]);
    assert_eq!((undoable(), undo(), undoable()), (1, true, 0));
}

#[test]
fn store_stats_lists_contents_and_size() {
    let home = demo();
    let stats = json(&kenshin(home.path(), &["store", "stats", "--json"]));
    assert_eq!(stats["records"]["accounts"]["records"], 20, "{stats}");
    assert!(
        stats["parts"]["store"]["bytes"].as_u64() > Some(10_000)
            && stats["free"].as_u64() > Some(0)
    );
    let before = stats["operations"].as_u64().expect("a number");
    assert_eq!(stats["first_use"], "2026-11-22T01:04:00Z");
    assert!(
        kenshin(home.path(), &["note", "demo-00001", "one more"])
            .status
            .success()
    );
    let after = json(&kenshin(home.path(), &["store", "stats", "--json"]));
    assert_eq!(
        (
            after["operations"].as_u64(),
            after["records"]["notes"]["records"].as_u64()
        ),
        (
            Some(before + 1),
            stats["records"]["notes"]["records"].as_u64().map(|n| n + 1)
        )
    );
    let empty = tempfile::tempdir().expect("temporary folder");
    let stats = json(&kenshin(empty.path(), &["store", "stats", "--json"]));
    assert!(stats["first_use"].is_null(), "{stats}");
    for (lang, word) in [
        ("ja", "アカウント"),
        ("en", "accounts"),
        ("ja", "利用開始: 2026-11-22 10:04"),
        ("en", "In use since 2026-11-22 10:04"),
    ] {
        let out = kenshin(home.path(), &["--lang", lang, "store", "stats"]);
        assert!(
            out.status.success() && text(&out).contains(word),
            "{}",
            text(&out)
        );
    }
}

#[test]
fn problems_found_by_verify_are_in_the_users_language() {
    let home = demo();
    let dir = home.path().join("snapshots");
    let snapshot = std::fs::read_dir(&dir)
        .expect("the folder is readable")
        .next()
        .expect("a snapshot");
    let path = snapshot.expect("a directory entry").path();
    let mut bytes = std::fs::read(&path).expect("the file is readable");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x40;
    std::fs::write(&path, bytes).expect("the file is written");
    for (lang, word) in [("en", "is damaged"), ("ja", "が壊れています")] {
        let out = kenshin(home.path(), &["--lang", lang, "verify"]);
        assert_eq!(out.status.code(), Some(1));
        let said = text(&out);
        assert!(said.contains(word), "{said}");
        assert!(!said.contains("Damaged") && !said.contains('{'), "{said}");
        let report = json(&kenshin(home.path(), &["--lang", lang, "verify", "--json"]));
        let problem = report["problems"][0].as_str().expect("a string");
        assert!(problem.contains(word), "{problem}");
    }
}

#[test]
fn files_are_private_and_output_is_in_two_languages() {
    use std::os::unix::fs::PermissionsExt;
    let home = demo();
    assert!(kenshin(home.path(), &["backup"]).status.success());
    let mut waiting = vec![home.path().to_owned()];
    let mut seen = 0;
    while let Some(dir) = waiting.pop() {
        for entry in std::fs::read_dir(dir)
            .expect("the folder is readable")
            .map(|e| e.expect("a directory entry").path())
        {
            let mode = std::fs::metadata(&entry)
                .expect("the file exists")
                .permissions()
                .mode();
            assert_eq!(mode & 0o077, 0, "{} is {mode:o}", entry.display());
            seen += 1;
            if entry.is_dir() {
                waiting.push(entry);
            }
        }
    }
    assert!(
        seen > 10,
        "store, journal, snapshots, cache, backups and what is in them: {seen}"
    );
    for (lang, word) in [("ja", "カスタマーサクセス"), ("en", "customer success")] {
        let out = kenshin(home.path(), &["--lang", lang, "--help"]);
        assert!(text(&out).contains(word));
        let out = text(&kenshin(home.path(), &["--lang", lang, "demo", "--help"]));
        assert!(
            out.contains("120") && (lang == "en" || !out.contains("default")),
            "{out}"
        );
    }
    for args in [
        &["completions", "bash"][..],
        &["man"],
        &["keys"],
        &["where"],
    ] {
        let out = kenshin(home.path(), args);
        assert!(out.status.success() && !out.stdout.is_empty(), "{args:?}");
    }
}

#[test]
fn a_mistake_in_the_configuration_names_its_line() {
    let home = demo();
    std::fs::create_dir_all(home.path().join("config")).expect("the folder is created");
    std::fs::write(
        home.path().join("config/health.toml"),
        "[weights]\nusage = \"much\"\n",
    )
    .expect("the file is written");
    let out = kenshin(home.path(), &["accounts"]);
    assert!(text(&out).contains("health.toml:2"), "{}", text(&out));
}

#[test]
fn a_write_beyond_the_disk_space_is_reported_and_loses_nothing() {
    let home = demo();
    let small = |args: &str| {
        // Writes beyond the limit fail as on a full disk, on systems that support such a limit.
        let script = format!(
            "trap '' XFSZ; ulimit -f 16; exec {} --home {} {args}",
            env!("CARGO_BIN_EXE_kenshin"),
            home.path().display()
        );
        std::process::Command::new("sh")
            .args(["-c", &script])
            .env("KENSHIN_LANG", "en")
            .env("KENSHIN_NOW", "2026-11-22T10:04:00+09:00")
            .output()
            .expect("the command runs")
    };
    let before = json(&kenshin(home.path(), &["accounts", "--json"]));
    let out = small(&format!(
        "note demo-00001 '{}'",
        "does not fit ".repeat(2_000)
    ));
    assert_ne!(out.status.code(), Some(0), "{}", text(&out));
    assert!(!text(&out).is_empty());
    assert!(kenshin(home.path(), &["verify"]).status.success());
    assert_eq!(json(&kenshin(home.path(), &["accounts", "--json"])), before);
    assert!(
        kenshin(home.path(), &["note", "demo-00001", "fits"])
            .status
            .success()
    );
}

#[test]
fn an_overlong_text_from_a_pipe_is_refused_completely() {
    use std::io::Write;
    let home = demo();
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_kenshin"))
        .args([
            "--home",
            &home.path().display().to_string(),
            "note",
            "demo-00001",
            "-",
        ])
        .stdin(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the process starts");
    let _ = child
        .stdin
        .take()
        .expect("standard input")
        .write_all("あ".repeat(800_000).as_bytes());
    assert_eq!(
        child
            .wait_with_output()
            .expect("the process ends")
            .status
            .code(),
        Some(2)
    );
}

#[test]
fn json_carries_no_control_characters() {
    let home = demo();
    assert!(
        kenshin(home.path(), &["note", "demo-00001", "a\u{9b}31mb\u{202e}c"])
            .status
            .success()
    );
    let out = kenshin(
        home.path(),
        &[
            "export",
            "--all",
            &home.path().join("out").display().to_string(),
        ],
    );
    assert!(out.status.success());
    let brief = kenshin(home.path(), &["brief", "demo-00001", "--json"]).stdout;
    let brief = String::from_utf8(brief).expect("valid UTF-8");
    assert!(
        !brief
            .chars()
            .any(|c| matches!(c, '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}'))
    );
}

#[test]
fn context_entries_have_date_and_source_and_are_in_the_brief() {
    let home = demo();
    let run = |args: &[&str]| kenshin(home.path(), args);
    assert!(
        run(&[
            "context",
            "demo-00003",
            "--kind",
            "layoffs",
            "--source",
            "Nikkei",
            "--on",
            "2026-11-10",
            "Two hundred people leave in spring"
        ])
        .status
        .success()
    );
    let log = json(&run(&["context", "demo-00003", "--json"]));
    assert_eq!(
        (
            log[0]["kind"].as_str(),
            log[0]["date"].as_str(),
            log[0]["source"].as_str()
        ),
        (Some("layoffs"), Some("2026-11-10"), Some("Nikkei"))
    );
    let brief = json(&run(&["brief", "demo-00003", "--json"]));
    let block = brief
        .as_array()
        .expect("an array")
        .iter()
        .find(|b| b["block"] == "context")
        .expect("a block");
    assert!(
        block["items"][0]
            .as_str()
            .is_some_and(|i| i.contains("Two hundred people") && i.contains("Nikkei")),
        "{block}"
    );
    let signals = json(&run(&["signals", "demo-00003", "--json"]));
    let trouble = signals
        .as_array()
        .expect("an array")
        .iter()
        .find(|s| s["signal"] == "business-trouble")
        .expect("a signal");
    assert_eq!(
        (trouble["date"].as_str(), trouble["account"].as_str()),
        (Some("2026-11-10"), Some("demo-00003"))
    );
    assert_eq!(
        run(&["context", "demo-00003", "--kind", "gossip", "x"])
            .status
            .code(),
        Some(2)
    );
    // A talk in the future is refused.
    let ahead = run(&["log", "--at", "2027-05-01", "demo-00003", "spoke"]);
    assert_eq!(
        (
            ahead.status.code(),
            String::from_utf8_lossy(&ahead.stderr).contains("Not a past time")
        ),
        (Some(2), true),
        "{ahead:?}"
    );
}

#[test]
fn a_health_override_needs_a_reason_and_shows_beside_the_score() {
    let home = demo();
    let run = |args: &[&str]| kenshin(home.path(), args);
    assert_eq!(run(&["judge", "demo-00003", "red"]).status.code(), Some(2));
    assert!(
        run(&[
            "judge",
            "demo-00003",
            "red",
            "--reason",
            "their budget is gone",
            "--until",
            "2026-12-24"
        ])
        .status
        .success()
    );
    let health = json(&run(&["health", "demo-00003", "--json"]));
    assert_eq!(health["band"], "red");
    assert!(
        health["held"]["by"]["person"]["reason"] == "their budget is gone"
            && health["held"]["by_numbers"].is_string(),
        "{}",
        health["held"]
    );
    assert!(run(&["judge", "demo-00003", "none"]).status.success());
    assert!(json(&run(&["health", "demo-00003", "--json"]))["held"].is_null());
}

#[test]
fn today_lists_dated_items_with_their_rule() {
    let home = demo();
    let items = json(&kenshin(home.path(), &["today", "--json"]));
    let items = items.as_array().expect("an array");
    assert!(!items.is_empty());
    for item in items {
        for key in ["account", "kind", "ideal", "latest", "rule"] {
            assert!(
                item[key].as_str().is_some_and(|v| !v.is_empty()),
                "{key}: {item}"
            );
        }
    }
}

#[test]
fn a_brief_is_available_as_text_html_and_json() {
    let home = demo();
    let page = text(&kenshin(
        home.path(),
        &["brief", "demo-00002", "--format", "html"],
    ));
    assert!(
        page.starts_with("<!doctype html>") && page.contains("<h2>"),
        "{page}"
    );
    let md = text(&kenshin(
        home.path(),
        &["brief", "demo-00002", "--format", "md"],
    ));
    assert!(md.starts_with("# ") && md.contains("\n## "), "{md}");
    let plain = text(&kenshin(home.path(), &["brief", "demo-00002"]));
    assert!(!plain.contains("## "), "{plain}");
}

#[test]
fn a_brief_contains_adoption_mail_and_questions() {
    let home = demo();
    let csv = home.path().join("touches.csv");
    let rows = "id,account,type,date,status,summary\nm1,demo-00000,email,2026-11-18,no-show,News of the month\nm2,demo-00000,email,2026-11-19,held,Your report\nw1,demo-00000,webinar,2026-11-20,held,What is new\n";
    std::fs::write(&csv, rows).expect("the file is written");
    let import = kenshin(
        home.path(),
        &["import", &csv.display().to_string(), "--yes"],
    );
    assert!(import.status.success(), "{}", text(&import));
    let brief = json(&kenshin(home.path(), &["brief", "demo-00000", "--json"]));
    let items = |block: &str| -> String {
        let found = brief
            .as_array()
            .expect("an array")
            .iter()
            .find(|b| b["block"] == block)
            .unwrap_or_else(|| panic!("no {block}"));
        found["items"]
            .as_array()
            .expect("an array")
            .iter()
            .filter_map(Value::as_str)
            .collect::<Vec<_>>()
            .join("\n")
    };
    for words in [
        "On busy days ",
        "sign-ins down (",
        " uses per active user (before: ",
        "approval: 5",
        "▲ crm silent for 15 days",
        "not used in 30 days: api",
    ] {
        assert!(
            items("usage").contains(words),
            "{words}: {}",
            items("usage")
        );
    }
    assert!(
        items("changed_since").contains("email: 2 (1 declined or unopened)"),
        "{}",
        items("changed_since")
    );
    assert!(
        items("changed_since").contains("webinar: 1"),
        "{}",
        items("changed_since")
    );
    assert!(
        items("questions").starts_with("What happened with the crm integration?"),
        "{}",
        items("questions")
    );
    // Support load compared with the account's usual.
    let brief = kenshin(home.path(), &["brief", "demo-00002"]);
    assert!(
        text(&brief).contains(" in 30 days (usually ") && text(&brief).contains(" over 48 h"),
        "{}",
        text(&brief)
    );
}

#[test]
fn health_shows_the_score_before_and_now() {
    let home = demo();
    let health = json(&kenshin(home.path(), &["health", "demo-00000", "--json"]));
    let (then, now, change) = (
        &health["before"]["score"],
        &health["score"],
        &health["trend"]["d30"],
    );
    assert_eq!(
        now.as_i64().expect("a number") - then.as_i64().expect("a number"),
        change.as_i64().expect("a number")
    );
    let usage = &health["dimensions"][0];
    assert!(
        usage["before"]["score"].as_i64() > usage["score"].as_i64(),
        "{usage}"
    );
    assert_ne!(usage["before"]["facts"], usage["facts"]);
    let points: f64 = health["dimensions"]
        .as_array()
        .expect("an array")
        .iter()
        .filter_map(|d| d["before"]["points"].as_f64())
        .sum();
    assert!(
        (points - health["before"]["mean"].as_f64().expect("a number")).abs() < 1.0,
        "the points of before add up to the mean of before"
    );
}

/// A step in a score's history may come from a change of rules, so that day is marked. A change of
/// the lexicon is not a change of rules.
#[test]
fn a_change_of_rules_is_marked_on_its_day() {
    let home = demo();
    let on = |day: &str, args: &[&str]| {
        let out = command(home.path(), args)
            .env("KENSHIN_NOW", format!("{day}T10:04:00+09:00"))
            .output()
            .expect("the command runs");
        assert!(out.status.success(), "{}", text(&out));
        text(&out)
    };
    let config = home.path().join("config");
    std::fs::create_dir_all(&config).expect("the folder is created");
    on("2026-11-23", &["accounts"]);
    std::fs::write(
        config.join("phrases.toml"),
        include_str!("../../config/phrases.toml").replacen("[negative]", "# ours\n[negative]", 1),
    )
    .expect("the file is written");
    std::fs::write(
        config.join("health.toml"),
        format!("# ours\n{}", include_str!("../../config/health.toml")),
    )
    .expect("the file is written");
    on("2026-11-24", &["accounts"]);
    assert!(!on("2026-11-24", &["health", "demo-00000"]).contains("Scoring rules changed"));
    std::fs::write(
        config.join("health.toml"),
        include_str!("../../config/health.toml").replacen("outcomes = 10", "outcomes = 30", 1),
    )
    .expect("the file is written");
    on("2026-11-25", &["accounts"]);
    let said = on("2026-11-26", &["health", "demo-00000"]);
    assert_eq!(said.matches("Scoring rules changed").count(), 1, "{said}");
    assert!(
        said.contains("Scoring rules changed on 2026-11-25"),
        "{said}"
    );
}

/// The current month is dated by its end, so its partial value is no fall.
#[test]
fn the_current_month_is_not_compared() {
    let home = tempfile::tempdir().expect("temporary folder");
    let csv = home.path().join("monthly.csv");
    let rows: String = (3..=10).map(|m| format!("acme,2026-{m:02},40\n")).collect();
    std::fs::write(
        home.path().join("accounts.csv"),
        "id,account_name\nacme,Acme\n",
    )
    .expect("the file is written");
    std::fs::write(
        &csv,
        format!("account,month,active_users\n{rows}acme,2026-11,9\n"),
    )
    .expect("the file is written");
    for file in ["accounts.csv", "monthly.csv"] {
        let out = kenshin(
            home.path(),
            &[
                "import",
                &home.path().join(file).display().to_string(),
                "--yes",
            ],
        );
        assert!(out.status.success(), "{}", text(&out));
    }
    let brief = text(&kenshin(home.path(), &["brief", "acme"]));
    assert!(
        brief.contains("active users flat (±0%)") && brief.contains("data until 2026-10-31"),
        "{brief}"
    );
}

#[test]
fn the_touches_of_an_account_and_the_day_are_dated_items_with_their_rule() {
    let home = demo();
    let plan = json(&kenshin(home.path(), &["cadence", "demo-00001", "--json"]));
    let items = plan.as_array().expect("an array");
    assert!(items.len() > 5);
    for key in [
        "account", "kind", "ideal", "latest", "rule", "date", "state", "by",
    ] {
        assert!(items[0].get(key).is_some(), "{key}");
    }
    assert!(
        items
            .iter()
            .all(|i| i["rule"].as_str().is_some_and(|r| !r.is_empty()))
    );
    let dates: Vec<&str> = items.iter().filter_map(|i| i["date"].as_str()).collect();
    assert!(dates.is_sorted() && dates[0] >= "2026-11-22");
    let words = text(&kenshin(home.path(), &["cadence", "demo-00001"]));
    assert!(words.contains("no contact for"), "{words}");
    let today = json(&kenshin(home.path(), &["today", "--json"]));
    for item in today.as_array().expect("an array") {
        for key in ["account", "kind", "ideal", "latest", "rule"] {
            assert!(item.get(key).is_some(), "{key}: {item}");
        }
    }
    assert_eq!(
        kenshin(home.path(), &["cadence", "zzzzqq"]).status.code(),
        Some(2)
    );
}

#[test]
fn calendars_are_exported_to_a_file_and_imported_with_errors_reported() {
    let home = demo();
    let out = home.path().join("mine.ics");
    let written = json(&kenshin(
        home.path(),
        &[
            "calendar",
            "export",
            "--out",
            &out.display().to_string(),
            "--json",
        ],
    ));
    let meetings = written["meetings"].as_array().expect("an array").len();
    let first = std::fs::read_to_string(&out).expect("the file is readable");
    assert_eq!(first.matches("BEGIN:VEVENT").count(), meetings);
    assert!(meetings > 0);
    // A repeated export is the same, also on standard output.
    let again = kenshin(home.path(), &["calendar", "export"]);
    assert_eq!(
        String::from_utf8_lossy(&again.stdout)
            .trim_end()
            .replace("\r\n", "\n"),
        first.trim_end().replace("\r\n", "\n")
    );
    let planned = json(&kenshin(
        home.path(),
        &["calendar", "export", "--planned", "--json"],
    ));
    assert!(planned["meetings"].as_array().expect("an array").len() > meetings);
    let one = json(&kenshin(
        home.path(),
        &["calendar", "export", "--account", "demo-00001", "--json"],
    ));
    assert!(
        one["meetings"]
            .as_array()
            .expect("an array")
            .iter()
            .all(|m| m["account"] == "demo-00001")
    );

    let ics = home.path().join("work.ics");
    std::fs::write(
        &ics,
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20261201T010000Z\nDTEND:20261201T020000Z\nSUMMARY:board\nEND:VEVENT\nBEGIN:VEVENT\nUID:b\nEND:VEVENT\nEND:VCALENDAR\n",
    )
    .expect("the file is written");
    let taken = kenshin(
        home.path(),
        &["calendar", "import", &ics.display().to_string(), "--json"],
    );
    assert_eq!(taken.status.code(), Some(3), "{}", text(&taken));
    let said = json(&taken);
    assert_eq!(
        (said["busy"].as_u64(), said["rejects"][0]["line"].as_u64()),
        (Some(1), Some(8))
    );
    assert_eq!(
        kenshin(home.path(), &["calendar", "import", "nowhere.ics"])
            .status
            .code(),
        Some(1)
    );
    std::fs::write(&ics, "hello").expect("the file is written");
    assert_eq!(
        kenshin(
            home.path(),
            &["calendar", "import", &ics.display().to_string()]
        )
        .status
        .code(),
        Some(2)
    );
    // Imported busy times are part of an export and are restored by it.
    let dir = tempfile::tempdir().expect("temporary folder");
    assert!(
        kenshin(
            home.path(),
            &["export", "--all", &dir.path().display().to_string()]
        )
        .status
        .success()
    );
    let all = std::fs::read_to_string(dir.path().join("kenshin-export.jsonl"))
        .expect("the file is readable");
    assert!(
        all.contains("\"kind\":\"away\"")
            && all.contains("\"kind\":\"touchpoint\"")
            && all.contains("board")
    );
    let other = tempfile::tempdir().expect("temporary folder");
    let back = kenshin(
        other.path(),
        &["import", &dir.path().display().to_string(), "--yes"],
    );
    assert!(back.status.success(), "{}", text(&back));
    let there = tempfile::tempdir().expect("temporary folder");
    assert!(
        kenshin(
            other.path(),
            &["export", "--all", &there.path().display().to_string()]
        )
        .status
        .success()
    );
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text
            .lines()
            .filter(|l| !l.contains("\"history\""))
            .map(str::to_owned)
            .collect();
        lines.sort();
        lines
    };
    assert_eq!(
        sorted(
            &std::fs::read_to_string(there.path().join("kenshin-export.jsonl"))
                .expect("the file is readable")
        ),
        sorted(&all)
    );
}

#[test]
fn a_band_has_the_same_names_for_the_option_and_for_the_filter() {
    let home = demo();
    let band = |name: &str| kenshin(home.path(), &["accounts", "--band", name, "--json"]);
    let red = json(&band("red"));
    assert!(!red.as_array().expect("a list").is_empty());
    for name in ["at-risk", "At-Risk", "at", "危険", "RED"] {
        let filter = format!("band:{name}");
        let filtered = kenshin(home.path(), &["accounts", "--query", &filter, "--json"]);
        assert_eq!(
            (json(&band(name)), json(&filtered)),
            (red.clone(), red.clone()),
            "{name}"
        );
    }
    for (lang, names) in [
        ("en", "at-risk, caution, healthy, unknown"),
        ("ja", "危険, 注意, 健全, 不明"),
    ] {
        let out = kenshin(
            home.path(),
            &["--lang", lang, "accounts", "--band", "purple"],
        );
        assert_eq!(out.status.code(), Some(2));
        assert!(text(&out).contains(names), "{}", text(&out));
    }
}

#[test]
fn help_keeps_the_options_of_all_commands_apart() {
    let home = tempfile::tempdir().expect("dir");
    for (lang, own, all) in [
        ("en", "Options:", "Global options:"),
        ("ja", "オプション:", "共通オプション:"),
    ] {
        for command in [
            &["help"] as &[&str],
            &["help", "accounts"],
            &["help", "action", "add"],
        ] {
            let line = [&["--lang", lang], command].concat();
            let out = text(&kenshin(home.path(), &line));
            let (before, global) = out.split_once(&format!("\n{all}")).expect("a heading");
            assert!(before.contains(&format!("\n{own}")), "{out}");
            for option in ["--home", "--lang"] {
                assert!(!before.contains(option) && global.contains(option), "{out}");
            }
            assert!(before.contains("--help"), "{out}");
        }
    }
}

#[test]
fn a_store_that_is_read_only_after_a_loss_still_gives_its_calendar() {
    let home = demo();
    let sent = |args: &[&str]| {
        let line = [&["calendar", "export", "--planned"], args].concat();
        kenshin(home.path(), &line)
    };
    std::fs::write(home.path().join("lost"), "journal: 3 of 4").expect("writes");
    let file = home.path().join("out.ics").display().to_string();
    let out = sent(&["--out", &file]);
    let said = text(&out);
    assert_eq!(out.status.code(), Some(0), "{said}");
    assert_eq!(said.matches("journal: 3 of 4").count(), 1, "{said}");
    assert!(said.contains("this export is not recorded"), "{said}");
    let written = std::fs::read_to_string(&file).expect("a calendar");
    assert!(written.contains("BEGIN:VEVENT"), "{written}");
    let published = || {
        let stats = json(&kenshin(home.path(), &["store", "stats", "--json"]));
        stats["records"]["published-meetings"]["records"].as_u64()
    };
    assert_eq!(published(), Some(0));
    std::fs::remove_file(home.path().join("lost")).expect("settled");
    let said = text(&sent(&["--out", &file]));
    assert!(!said.contains("not recorded"), "{said}");
    assert!(published() > Some(0));
}

#[test]
fn the_history_says_what_was_done_with_an_action() {
    let home = tempfile::tempdir().expect("dir");
    let history = |lang: &str| text(&kenshin(home.path(), &["--lang", lang, "history"]));
    assert_eq!(
        (history("en").trim(), history("ja").trim()),
        ("No changes yet", "変更はまだありません")
    );
    let home = demo();
    let run = |args: &[&str]| {
        let out = kenshin(home.path(), args);
        assert!(out.status.success(), "{}", text(&out));
        out
    };
    let added = run(&["action", "add", "demo-00001", "send doc", "--json"]);
    let added = json(&added);
    let id = added["id"].as_str().expect("an id");
    for command in ["done", "told", "untold"] {
        run(&["action", command, id]);
    }
    for (lang, lines) in [
        (
            "en",
            [
                "“send doc”: customer not informed",
                "“send doc”: customer informed",
                "“send doc”: done",
                "new action “send doc”",
            ],
        ),
        (
            "ja",
            [
                "「send doc」: お客様に未連絡",
                "「send doc」: お客様に連絡済み",
                "「send doc」: 完了",
                "アクション「send doc」の追加",
            ],
        ),
    ] {
        let out = text(&run(&["--lang", lang, "history"]));
        let first: Vec<&str> = out.lines().take(4).collect();
        let said = first
            .iter()
            .zip(lines)
            .all(|(line, words)| line.ends_with(words));
        assert!(said, "{first:#?}");
    }
}

#[test]
fn what_the_user_declined_takes_no_time_once_the_address_is_known() {
    let home = tempfile::tempdir().expect("temporary folder");
    let ics = home.path().join("work.ics");
    std::fs::write(
        &ics,
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20261201T010000Z\nDTEND:20261201T020000Z\nATTENDEE;PARTSTAT=DECLINED:mailto:me@our.example\nEND:VEVENT\nEND:VCALENDAR\n",
    )
    .expect("the file is written");
    let path = ics.display().to_string();
    let import = || {
        json(&kenshin(
            home.path(),
            &["calendar", "import", &path, "--json"],
        ))
    };
    let counts = |said: &serde_json::Value| (said["busy"].as_u64(), said["declined"].as_u64());
    assert_eq!(counts(&import()), (Some(1), Some(1)));
    let said = kenshin(home.path(), &["calendar", "import", &path]);
    assert!(
        text(&said).contains("set mail in desk.toml"),
        "{}",
        text(&said)
    );
    let config = home.path().join("config");
    std::fs::create_dir_all(&config).expect("the folder is created");
    for mail in [
        "\"me@our.example\"",
        "[\"old@our.example\", \"ME@our.example\"]",
    ] {
        let file = format!("theme = \"auto\"\nmail = {mail}\n");
        std::fs::write(config.join("desk.toml"), file).expect("the file is written");
        assert_eq!(counts(&import()), (Some(0), Some(0)), "{mail}");
    }
    std::fs::write(config.join("desk.toml"), "mail = \"me\"\n").expect("the file is written");
    let wrong = kenshin(home.path(), &["today"]);
    assert!(
        text(&wrong).contains("`me` is not a mail address"),
        "{}",
        text(&wrong)
    );
}

#[test]
fn without_a_terminal_the_desk_says_so_and_touches_nothing() {
    for args in [&[][..], &["demo"], &["checkin", "acme"]] {
        let dir = tempfile::tempdir().expect("a folder");
        let home = dir.path().join("home");
        let out = kenshin(&home, args);
        assert_eq!(out.status.code(), Some(2), "{args:?}");
        let said = String::from_utf8_lossy(&out.stderr);
        assert!(
            said.contains("input is redirected") && said.contains("kenshin today"),
            "{said}"
        );
        assert!(!home.exists(), "{args:?}");
    }
}

#[test]
fn the_words_of_the_filter_are_listed_and_asked() {
    let home = tempfile::tempdir().expect("a folder");
    let home = home.path();
    for name in ["Acme", "Globex"] {
        assert!(kenshin(home, &["account", "new", name]).status.success());
    }
    assert!(
        kenshin(home, &["note", "acme", "they are angry"])
            .status
            .success()
    );
    let words = json(&kenshin(home, &["filter", "words", "--json"]));
    let words = words.as_array().expect("a list").clone();
    assert!(words.len() >= 40, "{}", words.len());
    let names: Vec<&str> = words.iter().filter_map(|w| w["word"].as_str()).collect();
    for wanted in [
        "usage.X.of-normal",
        "open.X",
        "met",
        "goal",
        "attr.X",
        "notice",
    ] {
        assert!(names.contains(&wanted), "{wanted}");
    }
    let found = |query: &str| {
        let all = json(&kenshin(home, &["accounts", "--query", query, "--json"]));
        let all = all.as_array().expect("a list").clone();
        all.iter()
            .map(|a| a["name"].as_str().unwrap_or_default().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(found("note:angry"), ["Acme"]);
    assert_eq!(found("-note:angry"), ["Globex"]);
    assert_eq!(found("note:angry or name:glo"), ["Acme", "Globex"]);
    // No ticket is known: none is open, and none was answered in a survey.
    assert_eq!(found("open.p1:0 -note:angry"), ["Globex"]);
    assert_eq!(found("nps>0 or -nps>0"), [""; 0]);
    assert_eq!(found("nps:unknown"), ["Acme", "Globex"]);
    let wrong = kenshin(home, &["accounts", "--query", "bnad:red"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(
        text(&wrong).contains("did you mean band?"),
        "{}",
        text(&wrong)
    );
}
