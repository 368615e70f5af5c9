//! The real binary and its terminal: what stays on the screen, sizes, signals, suspending, and terminals that
//! cannot show the desk. A shell with job control stands between, as on a user's machine.

mod common;

use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::Duration;

use common::{Terminal, signal};
use kenshin::testing::store::drafts;

const LONG: Duration = Duration::from_secs(20);

/// The desk at the portfolio, with its accounts loaded.
fn at_portfolio(home: &Path) -> Terminal {
    Terminal::at_portfolio(home)
}

/// Whether a text leaves the screen.
fn loses(t: &Terminal, text: &str) -> bool {
    t.comes_to(LONG, |t| !t.text().contains(text))
}

#[test]
fn nothing_of_a_pasted_emoji_stays_on_the_screen() {
    let home = common::demo(3);
    let mut t = at_portfolio(home.path());
    t.types("n");
    t.sees("Note on");
    // A family, a sign with an emoji form, a flag, voiced kana of half width, and a square of two kanji.
    t.types("\x1b[200~👨‍👩‍👧 ☺️ 🇯🇵 ﾊﾟﾋﾟ ㍻\n\x1b[201~end");
    t.sees("㍻");
    t.sees("end");
    t.types("\x1b");
    t.sees("Draft on");
    let parts = ["👨", "👩", "👧", "☺", "🇯", "🇵", "ﾊ", "㍻"];
    for part in parts {
        assert!(loses(&t, part), "{part} stays:\n{}", t.text());
    }
    t.types("\x11");
    t.ends();
}

#[test]
fn ctrl_l_draws_the_whole_screen_anew_everywhere() {
    let home = common::demo(3);
    let mut t = at_portfolio(home.path());
    // The list, the palette, help, a text, a form, a filter.
    for (keys, shows, leave) in [
        ("", "accounts", ""),
        (":", "Commands", "\x1b"),
        ("?", "Help", "\x1b"),
        ("nI am typing", "I am typing", "\x1b"),
        ("a", "New action", "\x1b"),
        ("/dem", "dem", "\x1b"),
    ] {
        t.types(keys);
        t.sees(shows);
        // Another program wrote over the screen.
        let overwrite = b"\x1b[10;10HBROADCAST MESSAGE";
        let mut screen = t.screen.lock().expect("the lock is available");
        screen.process(overwrite);
        drop(screen);
        assert!(t.text().contains("BROADCAST"));
        t.types("\x0c");
        assert!(loses(&t, "BROADCAST"), "after {keys:?}:\n{}", t.text());
        t.sees(shows);
        t.types(leave);
        std::thread::sleep(Duration::from_millis(100));
    }
    t.types("\x11");
    t.ends();
}

#[test]
fn any_size_of_the_terminal_is_drawn_within_bounds() {
    let home = common::demo(3);
    let mut t = at_portfolio(home.path());
    for (columns, rows) in [
        (1, 1),
        (0, 24),
        (80, 0),
        (0, 0),
        (65_535, 1),
        (1, 65_535),
        (65_535, 65_535),
    ] {
        t.resize(columns, rows);
        std::thread::sleep(Duration::from_millis(150));
        // It lives and takes keys.
        t.types("jk");
        std::thread::sleep(Duration::from_millis(150));
        assert!(
            t.child.try_wait().expect("a state").is_none(),
            "{columns}×{rows}"
        );
    }
    let id = t.child.process_id().expect("an id");
    let status = std::fs::read_to_string(format!("/proc/{id}/status"));
    if let Ok(status) = status {
        let most = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
        let most = most.and_then(|l| l.trim().trim_end_matches(" kB").parse::<u64>().ok());
        assert!(most.is_some_and(|kb| kb < 600_000), "{most:?} kB");
    }
    t.resize(120, 36);
    t.types("n");
    t.sees("Note on");
    t.types("\x1b");
    assert!(loses(&t, "Note on"));
    t.types("\x11");
    t.ends();
}

/// Starts the desk in a shell and types a note. Returns the desk's process.
fn types_a_note(shell: &mut Terminal, home: &Path, text: &str) -> u32 {
    let at = home.join("pid");
    let _ = std::fs::remove_file(&at);
    shell.types(&format!(
        "sh -c 'echo $$ >{}; exec kenshin'\r",
        at.display()
    ));
    shell.sees("Today");
    shell.types("2");
    shell.sees("⚡");
    shell.types("n");
    shell.sees("Note on");
    shell.types(text);
    shell.sees(text);
    let id = std::fs::read_to_string(at).expect("the file is readable");
    id.trim().parse().expect("an id")
}

/// Whether a draft on disk has a text.
fn is_in_a_draft(home: &Path, text: &str) -> bool {
    let (found, bad) = drafts::load(home);
    assert_eq!(bad, Vec::<String>::new());
    found
        .iter()
        .any(|d| d.body["text"].as_str().is_some_and(|t| t.contains(text)))
}

/// The shell has the terminal again, and it is as it was.
fn shell_is_usable(shell: &mut Terminal, word: &str) {
    let is_plain = |t: &Terminal| {
        let screen = t.screen.lock().expect("the lock is available");
        let screen = screen.screen();
        !screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor()
    };
    assert!(shell.comes_to(LONG, is_plain), "{}", shell.text());
    // The word is put together, so that the typed line is not taken for its answer.
    shell.types(&format!("stty -a; echo {word}''end\r"));
    shell.sees(&format!("{word}end"));
    let text = shell.text();
    let modes = text.rsplit("speed").next().expect("the modes");
    for mode in ["icanon", "echo", "isig", "opost", "icrnl"] {
        let has = |m: &str| {
            modes
                .split_whitespace()
                .any(|w| w.trim_end_matches(';') == m)
        };
        assert!(has(mode) && !has(&format!("-{mode}")), "{mode}: {text}");
    }
}

#[test]
fn a_signal_ends_the_desk_with_its_text_saved_and_the_terminal_usable() {
    for name in ["INT", "QUIT", "TERM", "HUP"] {
        let home = common::demo(3);
        let mut shell = Terminal::shell(home.path(), &[]);
        let text = format!("typed before {name}");
        let desk = types_a_note(&mut shell, home.path(), &text);
        signal(desk, name);
        shell_is_usable(&mut shell, name);
        assert!(is_in_a_draft(home.path(), &text), "{name}");
        shell.types("exit\r");
        shell.ends();
        common::run(home.path(), &["verify"]);
    }
}

#[test]
fn a_suspended_desk_comes_back_whole() {
    let home = common::demo(3);
    let mut shell = Terminal::shell(home.path(), &[]);
    let desk = types_a_note(&mut shell, home.path(), "before the stop");
    // Of other programs, a key of the desk, and a stop that cannot be handled.
    for (round, name) in ["TSTP", "key", "STOP", "TSTP"].into_iter().enumerate() {
        let text = format!(" more{round}");
        shell.types(&text);
        shell.sees(&text);
        if name == "key" {
            // Ctrl-Z undoes in a text, so help is opened over nothing.
            shell.types("\x1b");
            shell.sees("Draft on");
            shell.types("\x1a");
        } else {
            // Text of a quarter of a second ago is on disk, whatever happens.
            std::thread::sleep(Duration::from_millis(250));
            signal(desk, name);
        }
        if name == "STOP" {
            // Nothing can be given back here.
            shell.sees("Stopped");
            let off = "\\033[?1049l\\033[?2004l\\033[?25h";
            shell.types(&format!("stty sane; printf '{off}'; echo sane''now\n"));
            shell.sees("sanenow");
        }
        shell_is_usable(&mut shell, &format!("round{round}"));
        assert!(is_in_a_draft(home.path(), &text), "{name}");
        shell.types("printf '\\033[2J'; fg\r");
        if name == "key" {
            shell.sees("accounts");
            shell.types("n");
        }
        shell.sees("Note on");
        shell.sees(&text);
        assert!(!shell.text().contains("stty"), "{}", shell.text());
    }
    shell.types("\x11");
    shell_is_usable(&mut shell, "after");
    shell.types("exit\r");
    shell.ends();
}

#[test]
fn a_script_that_opened_the_desk_is_suspended_with_it() {
    let home = common::demo(3);
    let mut shell = Terminal::shell(home.path(), &[]);
    shell.types("sh -c 'kenshin; echo script''ends'\r");
    shell.sees("Today");
    shell.types("2");
    shell.sees("⚡");
    // Also over a help text, where nothing is typed.
    for over in ["", "?"] {
        shell.types(over);
        std::thread::sleep(Duration::from_millis(200));
        shell.types("\x1a");
        shell_is_usable(&mut shell, "suspended");
        shell.types("clear; fg\r");
        shell.sees("Portfolio");
    }
    shell.types("\x1b\x1b");
    shell.types("\x11");
    shell.sees("scriptends");
    shell.types("exit\r");
    shell.ends();
}

#[test]
fn a_desk_without_a_shell_is_not_stopped() {
    let home = common::demo(3);
    let mut t = at_portfolio(home.path());
    t.types("\x1a");
    t.sees("no shell to go back to");
    t.signal("TSTP");
    t.types("n");
    t.sees("Note on");
    t.types("still here");
    t.sees("still here");
    t.types("\x11");
    t.ends();
}

#[test]
fn a_desk_whose_terminal_hangs_is_ended_by_a_signal() {
    let home = common::demo(3);
    let mut t = at_portfolio(home.path());
    t.types("ntyped before the connection hangs");
    t.sees("connection hangs");
    std::thread::sleep(Duration::from_millis(250));
    t.deaf.store(true, Ordering::Release);
    for _ in 0..40 {
        t.types("\x0c");
        std::thread::sleep(Duration::from_millis(5));
    }
    t.signal("TERM");
    let child = &mut t.child;
    let end = std::time::Instant::now() + LONG;
    let status = loop {
        if let Some(status) = child.try_wait().expect("a state") {
            break status;
        }
        assert!(std::time::Instant::now() < end, "it hangs");
        std::thread::sleep(Duration::from_millis(20));
    };
    assert_eq!(status.exit_code(), 143);
    assert!(is_in_a_draft(
        home.path(),
        "typed before the connection hangs"
    ));
}

#[test]
fn a_terminal_that_cannot_show_the_desk_is_named() {
    let home = tempfile::tempdir().expect("a folder");
    let place = home.path().join("home");
    let mut shell = Terminal::shell(&place, &[]);
    for (command, tells) in [
        (
            "TERM=dumb kenshin",
            "TERM=dumb is a terminal that cannot place text",
        ),
        ("TERM= kenshin", "TERM is not set"),
        ("env -u TERM kenshin", "TERM is not set"),
        ("kenshin | cat; false", "its output is redirected"),
        ("kenshin </dev/null", "its input is redirected"),
        ("TERM=dumb kenshin demo", "cannot place text"),
    ] {
        shell.types(&format!(
            "clear; {command}; echo code''=$? of '{command}'\r"
        ));
        let code = if command.ends_with("false") {
            "code=1"
        } else {
            "code=2"
        };
        // The line is written over what the command before said.
        let said = |t: &Terminal| {
            let text = t.text().replace('\n', "");
            text.contains(command) && text.contains(code) && text.contains(tells)
        };
        assert!(shell.comes_to(LONG, said), "{command}: {}", shell.text());
    }
    assert!(!place.exists());
    let raw = shell.raw.lock().expect("the lock is available").clone();
    assert!(!String::from_utf8_lossy(&raw).contains("\x1b[?1049h"));
    shell.types("exit\r");
    shell.ends();
}
