//! A closed terminal (SIGHUP) and an ended session (SIGTERM): the client quits by itself, restores
//! the terminal, and has saved the text on screen.

use std::time::Duration;

use kenshin::testing::store::drafts;

use super::common::{Terminal, demo, run};
use super::{rng, rounds};

#[test]
#[ignore = "minutes; CI runs it"]
fn a_desk_ended_by_a_signal_keeps_typed_text() {
    let home = demo(8);
    let mut rng = rng(21);
    for round in 0..rounds(200) {
        let mut desk = Terminal::open(home.path(), "en", &[]);
        desk.sees("Today");
        if rng.u32(0..4) == 0 {
            // While it opens.
            std::thread::sleep(Duration::from_millis(rng.u64(0..80)));
            desk.signal(["HUP", "TERM"][round % 2]);
            desk.ends();
            continue;
        }
        desk.types("2");
        desk.sees("⚡");
        desk.types("n");
        desk.sees("Note on");
        let text = format!("<{round:03} 日本語>");
        for letter in text.chars() {
            desk.types(&letter.to_string());
            std::thread::sleep(Duration::from_micros(rng.u64(0..9_000)));
        }
        desk.sees(&text);
        std::thread::sleep(Duration::from_micros(rng.u64(0..20_000)));
        let raw = desk.raw.clone();
        desk.signal(["HUP", "TERM"][round % 2]);
        desk.ends();
        let (found, bad) = drafts::load(home.path());
        assert_eq!(bad, Vec::<String>::new());
        assert!(
            found
                .iter()
                .any(|d| d.body["text"].as_str().is_some_and(|t| t.contains(&text))),
            "round {round}: {text} is gone"
        );
        std::thread::sleep(Duration::from_millis(20));
        let raw = String::from_utf8_lossy(&raw.lock().expect("the lock is available")).into_owned();
        assert!(
            raw.rfind("\u{1b}[?1049l") > raw.rfind("\u{1b}[?1049h"),
            "round {round}: the terminal was not given back"
        );
    }
    run(home.path(), &["verify"]);
}
