//! The user's editor in a real terminal: a text goes out and comes back, whatever ends the editor or the desk.

mod common;

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use common::{Terminal, signal};
use kenshin::testing::store::drafts;

const LONG: Duration = Duration::from_secs(20);

/// A program for `$EDITOR` in a folder with a blank in its name. `$1` is its argument, `$f` the file.
fn editor(home: &Path, script: &str) -> PathBuf {
    let dir = home.join("my tools");
    std::fs::create_dir_all(&dir).expect("a folder");
    let path = dir.join("ed");
    let pid = home.join("editor.pid");
    let text = format!(
        "#!/bin/sh\necho $$ >'{}'\nfor f; do :; done\n{script}\n",
        pid.display()
    );
    std::fs::write(&path, text).expect("the script is written");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("it runs");
    path
}

/// Saves a text, then waits for Enter.
const SAVES_AND_WAITS: &str = r#"echo "saved $1" >>"$f"; echo "editor waits"; read line"#;

/// A desk in a shell, with a typed note opened in the editor.
fn in_the_editor(home: &Path, command: &str) -> Terminal {
    let mut t = Terminal::shell(home, &[("EDITOR", command)]);
    let pid = home.join("desk.pid");
    t.types(&format!(
        "sh -c 'echo $$ >{}; exec kenshin'\r",
        pid.display()
    ));
    t.sees("Today");
    t.types("2");
    t.sees("⚡");
    t.types("n");
    t.sees("Note on");
    t.types("typed before");
    t.sees("typed before");
    t.types("\x05");
    t
}

fn id(home: &Path, name: &str) -> u32 {
    let text = std::fs::read_to_string(home.join(name)).expect("the file is readable");
    text.trim().parse().expect("an id")
}

fn is_in_a_draft(home: &Path, text: &str) -> bool {
    let (found, bad) = drafts::load(home);
    assert_eq!(bad, Vec::<String>::new());
    found
        .iter()
        .any(|d| d.body["text"].as_str().is_some_and(|t| t.contains(text)))
}

/// The files that editors were given.
fn files(home: &Path) -> usize {
    std::fs::read_dir(home.join("drafts/editor")).map_or(0, Iterator::count)
}

/// Leaves the desk and the shell.
fn leaves(mut t: Terminal) {
    t.types("\x11");
    assert!(
        t.comes_to(LONG, |t| !t.text().contains("Note on")),
        "{}",
        t.text()
    );
    t.types("exit\r");
    t.ends();
}

#[test]
fn an_edited_text_is_in_a_draft_before_its_file_is_removed() {
    let home = common::demo(3);
    let path = editor(home.path(), SAVES_AND_WAITS);
    let mut t = in_the_editor(
        home.path(),
        &format!("\"{}\" 'with two words'", path.display()),
    );
    t.sees("editor waits");
    // What was typed before is on disk while the editor has the terminal.
    assert!(is_in_a_draft(home.path(), "typed before"));
    t.types("\r");
    t.sees("saved with two words");
    t.sees("Note on");
    assert!(t.comes_to(LONG, |_| files(home.path()) == 0));
    assert!(is_in_a_draft(home.path(), "saved with two words"));
    leaves(t);
}

#[test]
fn keys_that_interrupt_are_the_editors() {
    let home = common::demo(3);
    let script = r#"echo "saved $1" >>"$f"; stty -a >"$f.modes"; echo "editor waits"
trap 'echo interrupted' INT QUIT; read line; read line; read line"#;
    let path = editor(home.path(), script);
    let mut t = in_the_editor(home.path(), &format!("'{}' -n", path.display()));
    t.sees("editor waits");
    t.types("\x03");
    t.sees("interrupted");
    t.types("\x1c");
    std::thread::sleep(Duration::from_millis(200));
    // Ctrl-Z stops both, and the shell continues both.
    t.types("\x1a");
    t.sees("Stopped");
    t.types("echo shell''again\r");
    t.sees("shellagain");
    t.types("fg\r");
    std::thread::sleep(Duration::from_millis(300));
    t.types("\r\r\r");
    t.sees("Note on");
    t.sees("saved -n");
    leaves(t);
}

#[test]
fn a_killed_editor_gives_back_what_it_saved() {
    for (name, tells) in [
        ("INT", "signal 2"),
        ("KILL", "signal 9"),
        ("TERM", "signal 15"),
        ("HUP", "signal 1"),
    ] {
        let home = common::demo(3);
        // It leaves the terminal without echo, with its mouse and other screen on.
        let script =
            format!("stty raw -echo; printf '\\033[?1049h\\033[?1000h'\n{SAVES_AND_WAITS}");
        let path = editor(home.path(), &script);
        let mut t = in_the_editor(home.path(), &format!("'{}' {name}", path.display()));
        t.sees("editor waits");
        signal(id(home.path(), "editor.pid"), name);
        t.sees("Note on");
        t.sees(&format!("saved {name}"));
        t.sees(tells);
        t.types("!");
        t.sees("!");
        t.types("\x11");
        assert!(
            t.comes_to(LONG, |t| !t.text().contains("Note on")),
            "{}",
            t.text()
        );
        t.types("stty -a; echo all''done\r");
        t.sees("alldone");
        let text = t.text();
        assert!(
            !text.contains("-icanon") && !text.contains("-echo "),
            "{text}"
        );
        let mouse = t
            .screen
            .lock()
            .expect("the lock")
            .screen()
            .mouse_protocol_mode();
        assert_eq!(mouse, vt100::MouseProtocolMode::None);
        t.types("exit\r");
        t.ends();
    }
}

#[test]
fn signals_at_the_desk_wait_for_the_editor_and_lose_nothing() {
    for name in ["TERM", "HUP"] {
        let home = common::demo(3);
        let path = editor(home.path(), SAVES_AND_WAITS);
        let mut t = in_the_editor(home.path(), &format!("'{}' {name}", path.display()));
        t.sees("editor waits");
        signal(id(home.path(), "desk.pid"), name);
        std::thread::sleep(Duration::from_millis(300));
        t.types("\r");
        std::thread::sleep(Duration::from_millis(300));
        // Also where the desk has not ended yet, these keys are the shell's.
        t.types("echo back''again\r");
        t.sees("backagain");
        assert!(
            is_in_a_draft(home.path(), &format!("saved {name}")),
            "{name}"
        );
        assert_eq!(files(home.path()), 0, "{name}");
        t.types("exit\r");
        t.ends();
    }
}

#[test]
fn a_text_left_by_a_killed_desk_is_offered_at_the_next_start() {
    let home = common::demo(3);
    let path = editor(home.path(), SAVES_AND_WAITS);
    let mut t = in_the_editor(home.path(), &format!("'{}' late", path.display()));
    t.sees("editor waits");
    signal(id(home.path(), "desk.pid"), "KILL");
    signal(id(home.path(), "editor.pid"), "KILL");
    // The shell has the terminal again.
    t.sees("Killed");
    t.types("exit\r");
    t.ends();
    assert!(!is_in_a_draft(home.path(), "saved late") && files(home.path()) == 2);
    let mut t = Terminal::open(home.path(), "en", &[]);
    t.sees("Your editor saved a text");
    assert!(is_in_a_draft(home.path(), "saved late") && files(home.path()) == 0);
    t.types("\r2");
    t.sees("⚡");
    t.types("n");
    t.sees("saved late");
    t.types("\x11");
    t.ends();
}

#[test]
fn an_editor_that_cannot_be_started_is_named() {
    for (command, tells) in [
        ("nosuchedit --wait", "The editor nosuchedit was not found"),
        (
            "\"/nowhere/my ed\" -n",
            "The editor /nowhere/my ed was not found",
        ),
        ("/etc", "cannot be started"),
        ("ed 'half", "quotation mark in EDITOR is not closed"),
    ] {
        let home = common::demo(3);
        let t = in_the_editor(home.path(), command);
        t.sees(tells);
        t.sees("typed before");
        assert_eq!(files(home.path()), 0);
        leaves(t);
    }
}
