//! Read-only commands give the same answers with and without a running client, and block nothing:
//! long commands let a note through, show that the client is working, and survive its end.

mod common;

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::process::{Output, Stdio};
use std::time::{Duration, Instant};

use common::{Terminal, command, said};
use serde_json::Value;

const NOW: &str = "2026-11-22T10:04:00+09:00";

fn at(home: &Path, lang: &str, args: &[&str]) -> Output {
    command(home, &[&["--lang", lang], args].concat())
        .env("KENSHIN_NOW", NOW)
        .output()
        .expect("the command runs")
}

fn done(home: &Path, args: &[&str]) -> String {
    let out = at(home, "en", args);
    assert!(out.status.success(), "{args:?}: {}", said(&out));
    String::from_utf8(out.stdout).expect("valid UTF-8")
}

/// A data folder with this many demo accounts.
fn demo(accounts: u32) -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("temporary folder");
    let accounts = accounts.to_string();
    done(
        home.path(),
        &["demo", "--accounts", &accounts, "--write-only"],
    );
    home
}

/// A client that shows its accounts.
fn desk(home: &Path) -> Terminal {
    let mut desk = Terminal::start(home, "en", &[], &[("KENSHIN_NOW", NOW)]);
    desk.types("2");
    desk.sees("churned");
    desk
}

/// Tables with new, changed, unchanged and rejected rows.
fn tables(dir: &Path) -> Vec<String> {
    let files = [
        (
            "accounts.csv",
            "id,name,tier,renewal\ndemo-00001,Another name,smb,2027-03-01\nnew-1,New Ltd,smb,2027-05-01\nnew-2,,smb,someday\n".to_owned(),
        ),
        (
            "tickets.csv",
            "ticket_id,account,subject,opened\nT-1,demo-00001,slow,2026-11-01\nT-2,demo-00109,slow,2026-11-02\nT-3,nobody,slow,2026-11-02\n".to_owned(),
        ),
        (
            "usage.csv",
            (0..30)
                .map(|n| format!("demo-{:05},2026-11-{:02},logins,{}\n", n * 4, n % 20 + 1, n))
                .fold("account,date,metric,value\n".to_owned(), |all, row| all + &row),
        ),
    ];
    let write = |(name, text): (&str, String)| {
        let path = dir.join(name);
        std::fs::write(&path, text).expect("the file is written");
        path.display().to_string()
    };
    files.into_iter().map(write).collect()
}

/// Removes values that change from moment to moment: free space and file sizes.
fn without_sizes(stats: &str) -> Value {
    let mut stats: Value = serde_json::from_str(stats).expect("valid JSON");
    for key in ["parts", "free"] {
        assert!(stats[key].take() != Value::Null, "{key}");
    }
    stats
}

#[test]
fn read_only_commands_answer_the_same_with_and_without_a_desk() {
    let home = demo(120);
    let files = tempfile::tempdir().expect("temporary folder");
    let tables = tables(files.path());
    let tables: Vec<&str> = tables.iter().map(String::as_str).collect();
    let mut desk = desk(home.path());
    done(
        home.path(),
        &["note", "demo-00003", "said ! send it @me ^today"],
    );
    done(
        home.path(),
        &["log", "demo-00004", "--kind", "email", "spoke"],
    );
    let notes = done(home.path(), &["notes", "said", "--json"]);
    let notes: Value = serde_json::from_str(&notes).expect("valid JSON");
    let note = notes[0]["id"].as_str().expect("a string").to_owned();
    let dry_run = |more: &[&'static str]| [&["import"], &tables[..], &["--dry-run"], more].concat();
    let asked: Vec<Vec<&str>> = vec![
        vec!["history"],
        vec!["history", "--json"],
        vec!["verify"],
        vec!["verify", "--json"],
        vec!["export", "--note", &note],
        vec!["export", "--note", &note, "--format", "json"],
        vec!["export", "--note", &note, "--format", "crm"],
        vec!["export", "--note", "nothing"],
        vec!["export", "--actions", "csv"],
        vec!["export", "--actions", "ics", "--account", "demo-00003"],
        vec!["export", "--actions", "ics", "--account", "nobody at all"],
        dry_run(&[]),
        dry_run(&["--json"]),
        dry_run(&["--json", "--account", "demo-00003"]),
        dry_run(&["--account", "nobody at all"]),
        vec!["import", tables[1], "--dry-run", "--create-accounts"],
        vec!["account", "show", "demo-00003"],
        vec!["account", "show", "demo-00003", "--json"],
        vec!["account", "delete", "demo-00003"],
    ];
    let ask = |dir: &str| {
        let mut all = Vec::new();
        let worded = |args: &&Vec<&str>| !args.contains(&"--json") && !args.contains(&"--note");
        let japanese = asked.iter().filter(worded).map(|args| ("ja", args));
        for (lang, args) in asked.iter().map(|args| ("en", args)).chain(japanese) {
            // A second file of rejected rows of the same moment gets another name.
            let _ = std::fs::remove_dir_all(home.path().join("rejects"));
            let out = at(home.path(), lang, args);
            all.push((args.join(" "), out.status.code(), said(&out)));
        }
        let out = files.path().join(dir);
        let path = |name: &str| out.join(name).display().to_string();
        done(home.path(), &["export", "--all", &path("public")]);
        done(
            home.path(),
            &["export", "--all", &path("private"), "--include-private"],
        );
        done(home.path(), &["backup", &path("one.kenshin")]);
        let read = |name: &str| std::fs::read(out.join(name)).expect("the file is readable");
        let files = [
            read("public/kenshin-export.jsonl"),
            read("private/kenshin-export.jsonl"),
            read("one.kenshin"),
        ];
        let left = std::fs::read_dir(out.join("public"))
            .expect("the folder is readable")
            .count();
        assert_eq!(left, 1, "nothing else lies beside an export");
        let stats = done(home.path(), &["store", "stats", "--json"]);
        (all, files, without_sizes(&stats))
    };
    let beside = ask("beside");
    assert!(
        at(home.path(), "en", &["undo"]).status.code() == Some(1),
        "the desk is open"
    );
    desk.types("\u{11}");
    desk.ends();
    let alone = ask("alone");
    for (beside, alone) in beside.0.iter().zip(&alone.0) {
        assert_eq!(beside, alone);
    }
    for (beside, alone) in beside.1.iter().zip(&alone.1) {
        assert!(beside == alone, "the files are the same");
        assert!(beside.len() > 10_000);
    }
    assert_eq!(beside.2, alone.2);
    let previews = alone
        .0
        .iter()
        .filter(|(args, ..)| args.contains("usage.csv"));
    for (args, code, words) in previews.filter(|(args, ..)| !args.contains("nobody")) {
        assert_eq!(*code, Some(3), "{args}: {words}");
    }
    // The written files are readable by the owner only.
    use std::os::unix::fs::PermissionsExt;
    for name in ["public", "public/kenshin-export.jsonl", "one.kenshin"] {
        let path = files.path().join("beside").join(name);
        let mode = std::fs::metadata(&path)
            .expect("the file exists")
            .permissions()
            .mode();
        assert_eq!(mode & 0o077, 0, "{name}");
    }
}

/// Starts a command in the background.
fn begun(home: &Path, args: &[&str]) -> std::process::Child {
    command(home, args)
        .env("KENSHIN_NOW", NOW)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the process starts")
}

/// Waits for the temporary file that an export or a backup writes next to its target.
fn is_written(dir: &Path) {
    let end = Instant::now() + Duration::from_secs(30);
    let part = || {
        let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
        let mut names = entries.map(|e| e.file_name().to_string_lossy().into_owned());
        names.any(|name| name.ends_with(".part"))
    };
    while !part() {
        assert!(Instant::now() < end, "never begun");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Sends a note over the socket, which is faster than starting a command, and waits for the answer.
fn keeps_note(home: &Path, account: &str, text: &str) {
    let request = serde_json::json!({
        "id": format!("{account}-{text}"),
        "lang": "en",
        "request": { "ask": "note", "account": account, "text": text },
    });
    let mut stream = UnixStream::connect(home.join("desk.sock")).expect("the socket accepts");
    stream
        .set_read_timeout(Some(Duration::from_secs(60)))
        .expect("the option is set");
    writeln!(stream, "{request}").expect("the request is sent");
    let mut answer = String::new();
    stream
        .read_to_string(&mut answer)
        .expect("the answer is read");
    let answer: Value = serde_json::from_str(&answer).expect("valid JSON");
    assert_eq!(answer["exit"], 0, "{answer}");
}

/// A note is saved during a long read, and the read sees the store as of its start.
#[test]
fn a_note_is_saved_while_an_export_and_a_backup_are_written() {
    let home = demo(3_000);
    let mut desk = desk(home.path());
    let files = tempfile::tempdir().expect("temporary folder");
    let dir = files.path().join("out");
    let file = files.path().join("backups/one.kenshin");
    let export = &["export", "--all", &dir.display().to_string()];
    let backup = &["backup", &file.display().to_string()];
    for (args, place, word) in [
        (&export[..], dir.as_path(), "zebra"),
        (&backup[..], file.parent().expect("a folder"), "giraffe"),
    ] {
        let mut child = begun(home.path(), args);
        is_written(place);
        // The first and last accounts, which are written long before and long after.
        for account in ["demo-00000", "demo-02999", "demo-01500"] {
            keeps_note(home.path(), account, word);
        }
        assert!(
            child.try_wait().expect("the process ends").is_none(),
            "the notes were kept before {args:?} ended"
        );
        let out = child.wait_with_output().expect("the process ends");
        assert!(out.status.success(), "{}", said(&out));
    }
    let exported =
        std::fs::read_to_string(dir.join("kenshin-export.jsonl")).expect("the file is readable");
    assert_eq!(exported.matches("zebra").count(), 0, "as it stood before");
    // The backup began after those notes and before the others.
    let other = tempfile::tempdir().expect("temporary folder");
    done(other.path(), &["restore", &file.display().to_string()]);
    let restored = common::everything(other.path());
    assert_eq!(restored.matches("zebra").count(), 3);
    assert_eq!(restored.matches("giraffe").count(), 0);
    desk.types("\u{11}");
    desk.ends();
    assert!(done(home.path(), &["verify"]).contains("No problems"));
    assert_eq!(
        common::everything(home.path()).matches("giraffe").count(),
        3
    );
}

/// A waiting terminal gets a blank within a few seconds, even behind other long work.
#[test]
fn a_working_desk_sends_signs_of_life() {
    let home = demo(800);
    let mut desk = desk(home.path());
    let files = tempfile::tempdir().expect("temporary folder");
    let request = |n: u32| {
        let dir = files.path().join(n.to_string()).display().to_string();
        format!(
            "{{\"id\":\"{n}\",\"lang\":\"en\",\"request\":{{\"ask\":\"export-all\",\"dir\":{dir:?},\"private\":true}}}}\n"
        )
    };
    let ask = |n: u32| {
        let mut stream =
            UnixStream::connect(home.path().join("desk.sock")).expect("the socket accepts");
        stream
            .set_read_timeout(Some(Duration::from_secs(60)))
            .expect("the option is set");
        stream
            .write_all(request(n).as_bytes())
            .expect("the request is sent");
        stream
    };
    let begun = Instant::now();
    let streams: Vec<UnixStream> = (0..3).map(ask).collect();
    let hears: Vec<_> = streams
        .into_iter()
        .map(|mut stream| {
            std::thread::spawn(move || {
                let (mut blanks, mut first, mut answer) = (0, None, String::new());
                let mut byte = [0];
                while stream.read(&mut byte).expect("the answer continues") == 1 && byte == *b" " {
                    first.get_or_insert_with(|| begun.elapsed());
                    blanks += 1;
                }
                stream
                    .read_to_string(&mut answer)
                    .expect("the answer is read");
                (blanks, first, answer)
            })
        })
        .collect();
    for hear in hears {
        let (blanks, first, answer) = hear.join().expect("the thread ends");
        assert!(answer.contains("Exported"), "{answer}");
        // On a fast machine the first request is answered at once.
        if let Some(first) = first {
            assert!(first < Duration::from_secs(5), "{first:?}");
        }
        println!("{blanks} blanks, the first after {first:?}");
    }
    assert!(
        begun.elapsed() > Duration::from_secs(2),
        "too small a portfolio to say anything"
    );
    desk.types("\u{11}");
    desk.ends();
}

#[test]
fn if_the_desk_is_killed_while_answering_the_command_reports_it_and_reads_the_store() {
    let home = demo(600);
    let mut desk = desk(home.path());
    let files = tempfile::tempdir().expect("temporary folder");
    let dir = files.path().join("out");
    let child = begun(
        home.path(),
        &["export", "--all", &dir.display().to_string()],
    );
    is_written(&dir);
    desk.dies();
    let out = child.wait_with_output().expect("the process ends");
    assert!(out.status.success(), "{}", said(&out));
    let complaint = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(complaint.contains("ended without answering"), "{complaint}");
    let exported =
        std::fs::read_to_string(dir.join("kenshin-export.jsonl")).expect("the file is readable");
    assert_eq!(exported.matches("\"kind\":\"account\"").count(), 600);
}

/// A fake client that accepts one request and then runs `then`.
fn deaf_desk(
    home: &Path,
    then: impl FnOnce(&mut UnixStream, File) + Send + 'static,
) -> std::thread::JoinHandle<String> {
    let lock = File::create(home.join("lock")).expect("the file is created");
    lock.lock().expect("the lock is available");
    let _ = std::fs::remove_file(home.join("desk.sock"));
    let listener = UnixListener::bind(home.join("desk.sock")).expect("the socket is bound");
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        let mut line = String::new();
        BufReader::new(&stream)
            .read_line(&mut line)
            .expect("a line");
        then(&mut stream, lock);
        line
    })
}

#[test]
fn an_unanswered_change_may_have_been_made_and_is_not_sent_again() {
    for (lang, words) in [("en", "may have been saved"), ("ja", "保存された可能性")] {
        let home = demo(3);
        let desk_thread = deaf_desk(home.path(), |stream, _lock| {
            stream.write_all(b"  ").expect("the blank is sent");
        });
        let add = ["action", "add", "demo-00001", "lost", "--json"];
        let out = at(home.path(), lang, &add);
        assert_eq!(out.status.code(), Some(1), "{}", said(&out));
        assert!(said(&out).contains(words), "{}", said(&out));
        let value: Value = serde_json::from_slice(&out.stdout).expect("valid JSON");
        assert!(value["error"].is_string());
        assert!(
            desk_thread
                .join()
                .expect("the thread ends")
                .contains("\"ask\":\"action-add\"")
        );
        let found = done(home.path(), &["action", "list", "demo-00001", "--json"]);
        assert!(!found.contains("lost"), "{found}");
    }
}

#[test]
fn an_unanswered_note_is_kept_and_comes_in_once() {
    let home = demo(3);
    let desk_thread = deaf_desk(home.path(), |stream, _lock| {
        stream.write_all(b"  ").expect("the blank is sent");
    });
    let out = at(home.path(), "en", &["note", "demo-00001", "kept"]);
    assert!(
        out.status.success() && said(&out).contains("Kept on disk"),
        "{}",
        said(&out)
    );
    assert!(
        desk_thread
            .join()
            .expect("the thread ends")
            .contains("note-waiting")
    );
    for _ in 0..2 {
        let found = done(home.path(), &["notes", "kept", "--json"]);
        let found: Value = serde_json::from_str(&found).expect("JSON");
        assert_eq!(found.as_array().map(Vec::len), Some(1));
    }
}

#[test]
fn an_unanswered_question_is_answered_from_the_store() {
    let home = demo(3);
    let alone = done(home.path(), &["history", "--json"]);
    let desk_thread = deaf_desk(home.path(), |stream, lock| {
        stream.write_all(b"   ").expect("the blank is sent");
        drop(lock);
    });
    let out = at(home.path(), "en", &["history", "--json"]);
    assert!(out.status.success(), "{}", said(&out));
    assert_eq!(String::from_utf8_lossy(&out.stdout), alone);
    let complaint = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(complaint.contains("ended without answering"), "{complaint}");
    desk_thread.join().expect("the thread ends");
}

/// An older client knows fewer questions. For an unknown one, the store counts as busy.
#[test]
fn a_question_unknown_to_an_older_desk_reports_a_busy_store() {
    let home = demo(3);
    let desk_thread = deaf_desk(home.path(), |stream, _lock| {
        let reason = "unknown variant `history`, expected one of `accounts`, `brief`";
        let answer = serde_json::json!({ "exit": 2, "error": reason, "out": "" });
        writeln!(stream, "{answer}").expect("the answer is sent");
    });
    let out = at(home.path(), "en", &["history"]);
    assert_eq!(out.status.code(), Some(1), "{}", said(&out));
    assert!(said(&out).contains("Another Kenshin"), "{}", said(&out));
    desk_thread.join().expect("the thread ends");
}

/// At a terminal, a status line shows that the client is working. It is removed when the answer
/// arrives.
#[test]
fn a_terminal_shows_that_the_desk_is_working() {
    let home = demo(3);
    let (answers, answer) = std::sync::mpsc::channel::<()>();
    let desk_thread = deaf_desk(home.path(), move |stream, _lock| {
        stream.write_all(b" ").expect("the blank is sent");
        let _ = answer.recv_timeout(Duration::from_secs(20));
        stream
            .write_all(b" {\"exit\":0,\"error\":\"\",\"out\":\"all of it\"}\n")
            .expect("the answer is sent");
    });
    let terminal = Terminal::start(home.path(), "en", &["history"], &[("KENSHIN_NOW", NOW)]);
    terminal.sees("working on it");
    answers.send(()).expect("the thread is waiting");
    terminal.sees("all of it");
    assert!(!terminal.text().contains("working"), "{}", terminal.text());
    terminal.ends();
    desk_thread.join().expect("the thread ends");
    // Without a terminal there is no status line.
    let desk_thread = deaf_desk(home.path(), |stream, _lock| {
        stream
            .write_all(b"  {\"exit\":0,\"error\":\"\",\"out\":\"all of it\"}\n")
            .expect("the answer is sent");
    });
    let out = at(home.path(), "en", &["history"]);
    assert_eq!(said(&out), "all of it\n");
    desk_thread.join().expect("the thread ends");
}
