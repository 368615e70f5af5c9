//! The real binary in a real pseudo-terminal, read through a terminal emulator: the main workflow,
//! a second terminal next to a running client, and recovery after kill -9.

mod common;

use std::time::Duration;

use common::{Terminal, kenshin};

fn demo() -> tempfile::TempDir {
    common::demo(12)
}

#[test]
fn the_main_workflow_runs_in_a_real_terminal_in_both_languages() {
    for (lang, start, live, wrap) in [
        ("en", "accounts", "live", "Wrap-up"),
        ("ja", "社", "進行中", "締めくくり"),
    ] {
        let home = demo();
        let mut t = Terminal::open(home.path(), lang, &[]);
        t.types("2");
        t.sees(start);
        t.sees("⚡");
        t.types("c");
        t.sees("★");
        t.types("\r");
        std::thread::sleep(Duration::from_millis(300));
        t.types("\r");
        t.sees(live);
        t.types("レポートが遅い ! resend the guide @me ^fri");
        t.sees("resend the guide");
        t.types("\x1b[21~"); // F10
        t.sees(wrap);
        t.types("\x13"); // Ctrl-S
        t.sees("resend the guide —");
        // A second terminal while the client runs: writes and queries go through the socket.
        let note = kenshin(
            home.path(),
            &["note", "demo-00003", "from the other terminal"],
        );
        assert!(
            note.status.success(),
            "{}",
            String::from_utf8_lossy(&note.stderr)
        );
        assert!(String::from_utf8_lossy(&note.stderr).contains("the open Kenshin"));
        let list = kenshin(home.path(), &["action", "list", "--json"]);
        assert!(String::from_utf8_lossy(&list.stdout).contains("resend the guide"));
        let backup = kenshin(home.path(), &["backup"]);
        assert!(backup.status.success(), "what only reads goes through too");
        let undo = kenshin(home.path(), &["undo"]);
        assert_eq!(
            undo.status.code(),
            Some(1),
            "what needs the store says kindly that it is open"
        );
        assert!(String::from_utf8_lossy(&undo.stderr).contains("Another Kenshin"));
        t.types("\x11"); // Ctrl-Q
        t.ends();
        let export = tempfile::tempdir().expect("temporary folder");
        assert!(
            kenshin(
                home.path(),
                &["export", "--all", &export.path().display().to_string()]
            )
            .status
            .success()
        );
        let all = std::fs::read_to_string(export.path().join("kenshin-export.jsonl"))
            .expect("the file is readable");
        assert!(all.contains("from the other terminal") && all.contains("レポートが遅い"));
    }
}

#[test]
fn a_killed_desk_loses_no_typed_text() {
    let home = demo();
    let mut t = Terminal::open(home.path(), "en", &[]);
    t.types("2");
    t.sees("accounts");
    t.sees("⚡");
    t.types("n");
    t.sees("Note on");
    t.types("typed just before the end 日本語");
    t.sees("日本語");
    std::thread::sleep(Duration::from_millis(600));
    t.dies();
    let mut t = Terminal::open(home.path(), "en", &[]);
    // At the first frame, before the store is open.
    t.types("2");
    t.sees("⚡");
    t.types("n");
    t.sees("typed just before the end 日本語");
    t.types("\x1b");
    t.sees("Draft on");
    t.types("\x11");
    t.ends();
    assert!(kenshin(home.path(), &["verify"]).status.success());
}

#[test]
fn only_our_own_sequences_reach_the_terminal() {
    let home = demo();
    let evil = "\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}31mX\u{202e}Y";
    assert!(
        kenshin(home.path(), &["note", "demo-00001", evil])
            .status
            .success()
    );
    let csv = home.path().join("a.csv");
    std::fs::write(
        &csv,
        format!("id,account_name,owner\nevil,AAA {evil} corp,{evil}\n"),
    )
    .expect("the file is written");
    assert!(
        kenshin(
            home.path(),
            &["import", &csv.display().to_string(), "--yes"]
        )
        .status
        .success()
    );
    let mut t = Terminal::open(home.path(), "en", &[]);
    t.types("2");
    t.sees("AAA");
    t.types("/AAA\r");
    t.sees("1 account ");
    t.types("\x11");
    let raw = t.raw.clone();
    t.ends();
    let raw = String::from_utf8_lossy(&raw.lock().expect("the lock is available")).into_owned();
    assert!(
        !raw.contains("\u{1b}]0;owned")
            && !raw.contains('\u{9b}')
            && !raw.contains('\u{202e}')
            && !raw.contains('\u{7}')
    );
}

#[test]
fn an_idle_desk_writes_nothing() {
    let home = demo();
    let mut t = Terminal::open(home.path(), "en", &[]);
    t.types("2");
    t.sees("accounts");
    t.sees("⚡");
    std::thread::sleep(Duration::from_millis(1_500));
    let before = t.raw.lock().expect("the lock is available").len();
    std::thread::sleep(Duration::from_millis(2_500));
    assert_eq!(t.raw.lock().expect("the lock is available").len(), before);
    t.types("\x11");
    t.ends();
}

#[test]
fn an_input_method_can_type_text_and_commands() {
    let home = demo();
    let mut t = Terminal::open(home.path(), "ja", &[]);
    t.types("2");
    t.sees("⚡");
    // With the input method on, command keys are full-width.
    t.types("ｃ");
    t.sees("★");
    t.types("\r");
    t.sees("アジェンダ");
    t.types("\r");
    t.sees("進行中");
    // Composed text arrives in chunks, cut anywhere, even inside a character.
    let text = "現場の声：まだ決めていません";
    for part in text.as_bytes().chunks(4) {
        t.writer
            .write_all(part)
            .and_then(|()| t.writer.flush())
            .expect("the keys are written");
        std::thread::sleep(Duration::from_millis(12));
    }
    t.sees(text);
    t.sees("未決定");
    // The caret is after the text, where the input method opens its window. The caret is placed at
    // the end of a frame, so a partial frame does not have it yet.
    let caret = |t: &Terminal| {
        let (row, column) = t
            .screen
            .lock()
            .expect("the lock is available")
            .screen()
            .cursor_position();
        (
            t.text()
                .lines()
                .nth(usize::from(row))
                .unwrap_or_default()
                .to_owned(),
            column,
        )
    };
    t.comes_to(Duration::from_secs(10), |t| caret(t).0.contains(text));
    let (line, column) = caret(&t);
    assert!(line.contains(text), "{line}");
    let before = line.split(text).next().expect("text before the caret");
    assert_eq!(
        usize::from(column),
        kenshin::testing::app::kit::wrap::width(before)
            + kenshin::testing::app::kit::wrap::width(text)
    );
    // Ctrl-C is an ordinary key and does not end the client.
    t.types("\u{3}");
    t.types("\u{11}");
    t.ends();
}

#[test]
fn a_note_is_stored_at_once_while_the_desk_reads_a_long_file() {
    use std::io::Write;
    let home = demo();
    let path = home.path().join("usage.csv");
    let mut file = std::io::BufWriter::new(std::fs::File::create(&path).expect("a file"));
    file.write_all(b"account_id,date,active_users\n")
        .expect("it is written");
    for row in 0..1_500_000_u32 {
        let (account, day) = (row % 12, row / 12 % 28 + 1);
        let line = format!("demo-{account:05},2026-10-{day:02},{}\n", row % 97);
        file.write_all(line.as_bytes()).expect("it is written");
    }
    file.flush().expect("it is written");
    let mut t = Terminal::open(home.path(), "en", &[]);
    t.types("2");
    t.sees("⚡");
    // Answered once the store is open.
    kenshin(home.path(), &["accounts"]);
    t.types("I");
    t.sees("Import files");
    t.types(&format!("{}\r", path.display()));
    t.sees("Reading");
    let note = kenshin(home.path(), &["note", "demo-00003", "while it reads"]);
    assert!(note.status.success(), "{note:?}");
    assert!(String::from_utf8_lossy(&note.stderr).contains("the open Kenshin"));
    assert!(t.text().contains("Reading"), "the file is still being read");
    t.types("\x1b");
    assert!(t.comes_to(Duration::from_secs(5), |t| !t.text().contains("Reading")));
    t.types("\x11"); // Ctrl-Q
    t.ends();
    let notes = kenshin(home.path(), &["notes", "while"]);
    assert!(String::from_utf8_lossy(&notes.stdout).contains("while it reads"));
}

#[test]
fn hostile_files_leave_the_desk_and_its_terminal_whole() {
    let home = demo();
    let pipe = home.path().join("pipe.csv");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("mkfifo runs").success());
    let cut = home.path().join("cut.xlsx");
    std::fs::write(&cut, b"PK\x03\x04 and nothing more").expect("the file is written");
    let mut t = Terminal::open(home.path(), "en", &[]);
    t.types("2");
    t.sees("⚡");
    // Answered once the store is open.
    kenshin(home.path(), &["accounts"]);
    for (path, words) in [
        (pipe.as_path(), "named pipe"),
        (cut.as_path(), "without its end"),
        (std::path::Path::new("/dev/zero"), "a device"),
    ] {
        t.types("I");
        t.sees("Import files");
        t.types(&format!("{}\r", path.display()));
        t.sees(words);
        t.types("\x1b");
        assert!(t.comes_to(Duration::from_secs(5), |t| !t.text().contains(words)));
    }
    t.types("nthe desk lives\x13");
    std::thread::sleep(Duration::from_millis(300));
    t.types("\x11");
    t.ends();
    let notes = kenshin(home.path(), &["notes", "lives"]);
    assert!(String::from_utf8_lossy(&notes.stdout).contains("the desk lives"));
}

/// The colour of the letters of the word `Portfolio` in the header, where it is not the open screen.
fn ink_of_header(t: &Terminal) -> vt100::Color {
    let screen = t.screen.lock().expect("the lock is available");
    let header = screen.screen().contents();
    let column = header
        .lines()
        .next()
        .and_then(|line| line.find("Check-ins"))
        .expect("the header names the screens");
    let cell = screen.screen().cell(0, column as u16);
    cell.expect("a cell of the header").fgcolor()
}

#[test]
fn the_desk_follows_the_background_that_the_terminal_tells() {
    const LIGHT: vt100::Color = vt100::Color::Rgb(0x54, 0x5b, 0x64);
    const DARK: vt100::Color = vt100::Color::Rgb(0x98, 0xa0, 0xac);
    const QUESTION: &[u8] = b"\x1b]11;?\x1b\\";
    let colours = [("COLORTERM", "truecolor")];
    let home = demo();
    let asked = |t: &Terminal| {
        let raw = t.raw.lock().expect("the lock is available");
        raw.windows(QUESTION.len()).any(|piece| piece == QUESTION)
    };
    let follows = |t: &Terminal, ink: vt100::Color| {
        let second = Duration::from_secs(20);
        assert!(
            t.comes_to(second, |t| ink_of_header(t) == ink),
            "{}",
            t.text()
        );
    };
    let mut t = Terminal::start(home.path(), "en", &[], &colours);
    t.sees("Check-ins");
    assert_eq!(ink_of_header(&t), DARK, "nothing is known yet");
    assert!(asked(&t));
    // The answer comes late, in the middle of a note, and is no text.
    t.types("2");
    t.sees("⚡");
    t.types("nbefore \x1b]11;rgb:ffff/ffff/ffff\x1b\\after");
    t.sees("before after");
    follows(&t, LIGHT);
    t.types("\x1b");
    t.sees("Draft on");
    t.types("\x11");
    t.ends();
    let kept = std::fs::read_to_string(home.path().join("cache/background"));
    assert_eq!(kept.expect("the answer is remembered"), "light\n");
    // The next desk is light at once, and follows another answer.
    let mut t = Terminal::start(home.path(), "en", &[], &colours);
    t.sees("Check-ins");
    assert_eq!(ink_of_header(&t), LIGHT);
    t.types("\x1b]11;rgb:1414/1818/1f1f\x07");
    follows(&t, DARK);
    t.types("\x11");
    t.ends();
    // An option or a theme of `desk.toml` holds, and nothing is asked.
    let mut t = Terminal::start(home.path(), "en", &["--theme", "light"], &colours);
    t.sees("Check-ins");
    assert_eq!(ink_of_header(&t), LIGHT);
    assert!(!asked(&t));
    t.types("\x11");
    t.ends();
}
