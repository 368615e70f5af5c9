//! Notes from other terminals while a desk is open, hung or killed: what is acknowledged comes in, once.

use crate::common;

use std::path::Path;
use std::process::{Command, Stdio};

use common::{Terminal, command, demo, kenshin, run, said};

fn signal(desk: &Terminal, name: &str) {
    let pid = desk.child.process_id().expect("a process").to_string();
    let sent = Command::new("kill")
        .args([name, &pid])
        .status()
        .expect("kill runs");
    assert!(sent.success());
}

fn notes(home: &Path, word: &str) -> usize {
    let found = run(home, &["notes", word, "--json"]);
    let found: serde_json::Value = serde_json::from_str(&found).expect("JSON");
    found.as_array().map_or(0, Vec::len)
}

fn waiting(home: &Path) -> usize {
    std::fs::read_dir(home.join("spool")).map_or(0, Iterator::count)
}

#[test]
fn a_hung_desk_is_said_and_notes_are_kept() {
    let home = demo(6);
    let home = home.path();
    let mut desk = Terminal::at_portfolio(home);
    let through = kenshin(home, &["note", "demo-00003", "before zebra"]);
    assert!(
        through.status.success() && said(&through).contains("through the open"),
        "{}",
        said(&through)
    );
    assert_eq!(waiting(home), 0);
    signal(&desk, "-STOP");
    // A list of accounts may be answered by the index, without the desk.
    let asked = kenshin(home, &["health", "demo-00003"]);
    assert!(
        !asked.status.success()
            && said(&asked).contains("gives no sign of life")
            && said(&asked).contains("fg"),
        "{}",
        said(&asked)
    );
    let kept = kenshin(home, &["note", "demo-00003", "during zebra ! send it ^fri"]);
    assert!(
        kept.status.success() && said(&kept).contains("Kept on disk"),
        "{}",
        said(&kept)
    );
    let nobody = kenshin(home, &["note", "no-such-account", "lost zebra"]);
    assert!(
        !nobody.status.success() && waiting(home) == 1,
        "{}",
        said(&nobody)
    );
    // It wakes, and takes the note from its socket.
    signal(&desk, "-CONT");
    let taken = desk.comes_to(std::time::Duration::from_secs(20), |_| waiting(home) == 0);
    assert!(taken, "{}", desk.text());
    assert_eq!(notes(home, "zebra"), 2, "each once");
    // Hung again, and killed: the next command takes it in.
    signal(&desk, "-STOP");
    let kept = kenshin(home, &["note", "demo-00003", "after zebra"]);
    assert!(kept.status.success(), "{}", said(&kept));
    desk.child.kill().expect("killed");
    let _ = desk.child.wait();
    assert_eq!(waiting(home), 1);
    assert_eq!(notes(home, "zebra"), 3);
    assert_eq!(waiting(home), 0);
    // Undo takes back the newest of them.
    let undone = run(home, &["undo"]);
    assert_eq!(notes(home, "zebra"), 2, "{undone}");
}

#[test]
fn a_note_that_cannot_come_in_stays_and_is_named() {
    let home = demo(4);
    let home = home.path();
    let mut desk = Terminal::at_portfolio(home);
    signal(&desk, "-STOP");
    for text in ["one zebra", "two zebra"] {
        let kept = kenshin(home, &["note", "demo-00002", text]);
        assert!(kept.status.success(), "{}", said(&kept));
    }
    desk.child.kill().expect("killed");
    let _ = desk.child.wait();
    let files: Vec<_> = std::fs::read_dir(home.join("spool"))
        .expect("a folder")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    let mut bytes = std::fs::read(&files[0]).expect("reads");
    bytes[9] ^= 1;
    std::fs::write(&files[0], &bytes).expect("writes");
    let out = kenshin(home, &["notes", "zebra", "--json"]);
    let told = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(
        told.contains("A note waits in") && told.contains("checksum"),
        "{told}"
    );
    assert_eq!(
        (notes(home, "zebra"), waiting(home)),
        (1, 1),
        "the sound one came in, the other stays"
    );
}

#[test]
fn twenty_writers_without_a_desk_wait_their_turn() {
    let home = demo(4);
    let home = home.path();
    let writers: Vec<_> = (0..20)
        .map(|n| {
            let text = format!("zebra {n}");
            let mut writer = command(home, &["note", "demo-00001", &text]);
            writer.stdout(Stdio::piped()).stderr(Stdio::piped());
            writer.spawn().expect("starts")
        })
        .collect();
    for writer in writers {
        let out = writer.wait_with_output().expect("ends");
        assert!(out.status.success(), "{}", said(&out));
    }
    assert_eq!(notes(home, "zebra"), 20);
}

#[test]
fn a_desk_is_found_however_its_home_is_named() {
    let home = demo(4);
    let desk = Terminal::at_portfolio(home.path());
    let other = tempfile::tempdir().expect("a folder");
    let link = other.path().join("link");
    std::os::unix::fs::symlink(home.path(), &link).expect("a link");
    let slash = format!("{}/", home.path().display());
    for name in [link.as_path(), Path::new(&slash)] {
        let note = kenshin(name, &["note", "demo-00001", "zebra"]);
        assert!(
            said(&note).contains("through the open"),
            "{}: {}",
            name.display(),
            said(&note)
        );
    }
    let mut relative = command(Path::new("."), &["note", "demo-00001", "zebra"]);
    let out = relative
        .current_dir(home.path())
        .env("TMPDIR", other.path())
        .output()
        .expect("runs");
    assert!(said(&out).contains("through the open"), "{}", said(&out));
    drop(desk);
}

#[test]
fn a_home_with_a_long_path_has_a_socket_too() {
    let short = demo(4);
    let other = tempfile::tempdir().expect("a folder");
    let long = other.path().join("a-folder-with-a-long-name".repeat(6));
    common::copy(short.path(), &long);
    let _ = std::fs::remove_file(long.join("desk.sock"));
    let desk = Terminal::start(&long, "en", &[], &[("TMPDIR", "/var/tmp")]);
    desk.sees("Today");
    let there = desk.comes_to(std::time::Duration::from_secs(20), |_| {
        said(&kenshin(&long, &["note", "demo-00001", "zebra"])).contains("through the open")
    });
    assert!(there, "{}", desk.text());
}
