//! The real binary and its terminal: what stays on the screen, sizes, signals, suspending, and terminals that
//! cannot show the desk. A shell with job control stands between, as on a user's machine.

mod common;

use std::time::Duration;

use common::Terminal;

const LONG: Duration = Duration::from_secs(20);

/// The desk at the portfolio, with its accounts loaded.
fn at_portfolio(home: &std::path::Path) -> Terminal {
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
        t.types("j:\x1b");
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
