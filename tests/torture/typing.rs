//! kill -9 of a desk in the middle of typing: notes, and calls from the agenda to the last key.

use std::time::Duration;

use kenshin::store::drafts;

use super::common::{Terminal, demo, everything, run};
use super::{rng, rounds};

#[test]
#[ignore = "minutes; CI runs it"]
fn a_note_that_was_being_typed_comes_back() {
    let home = demo(8);
    let mut rng = rng(11);
    for round in 0..rounds(100) {
        let mut desk = Terminal::at_portfolio(home.path());
        desk.types("n");
        desk.sees("Note on");
        let settled = format!("<{round:02} 日本語 settled>");
        // On a line of its own, or it may be wrapped.
        desk.types("\r");
        desk.types(&settled);
        desk.sees(&settled);
        std::thread::sleep(Duration::from_millis(300 + rng.u64(0..200)));
        desk.types("and a few more letters");
        std::thread::sleep(Duration::from_millis(rng.u64(0..120)));
        desk.dies();
        let (found, bad) = drafts::load(home.path());
        assert_eq!(bad, Vec::<String>::new(), "no half-written draft");
        assert!(
            found.iter().any(|d| d.body["text"]
                .as_str()
                .is_some_and(|t| t.contains(&settled))),
            "round {round}: {settled} is gone: {found:?}"
        );
    }
    run(home.path(), &["verify"]);
}

/// Every call begins, is written into, and is closed; somewhere on that way the desk is killed. What
/// was on the screen for a third of a second is in the call, kept or offered again.
#[test]
#[ignore = "minutes; CI runs it"]
fn a_call_survives_wherever_it_is_cut() {
    let home = demo(8);
    let mut rng = rng(12);
    for round in 0..rounds(80) {
        let mut desk = Terminal::at_portfolio(home.path());
        // What an earlier round left is taken up first, then a call of this round's own.
        let line = format!("[{round:03} 話した内容]");
        let (mut said, mut shown) = (false, String::new());
        let steps = rng.usize(1..7);
        for step in 0..steps {
            match step {
                0 => desk.types("c"),
                1 | 2 => desk.types("\r"),
                3 => {
                    desk.types(&line);
                    desk.types("\r");
                    // Only a running call takes lines: where one had to wait for the account, the keys went on
                    // to a picker, and what narrows a list is nothing to keep.
                    said = desk.comes_to(Duration::from_secs(2), |d| {
                        d.text().contains(&line) && d.text().contains("● live")
                    });
                    shown = desk.text();
                    std::thread::sleep(Duration::from_millis(350));
                }
                4 => desk.types("\u{1b}[21~"),
                _ => desk.types("\u{13}"),
            }
            std::thread::sleep(Duration::from_millis(rng.u64(50..250)));
        }
        std::thread::sleep(Duration::from_millis(rng.u64(0..60)));
        desk.dies();
        let (found, bad) = drafts::load(home.path());
        assert_eq!(bad, Vec::<String>::new());
        if said {
            let kept = everything(home.path());
            let drafted = found.iter().any(|d| d.body.to_string().contains(&line));
            assert!(
                drafted || kept.contains(&line),
                "round {round}, after {steps} steps: {line} is gone; it stood here:\n{shown}"
            );
        }
    }
    run(home.path(), &["verify"]);
}
