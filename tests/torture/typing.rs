//! kill -9 of a client while the user types: notes, and calls from the agenda to the last key.

use std::time::Duration;

use kenshin::testing::store::drafts;

use super::common::{Terminal, demo, everything, run};
use super::{rng, rounds};

#[test]
#[ignore = "minutes; CI runs it"]
fn a_note_being_typed_is_restored() {
    let home = demo(8);
    let mut rng = rng(11);
    for round in 0..rounds(100) {
        let mut desk = Terminal::at_portfolio(home.path());
        desk.types("n");
        desk.sees("Note on");
        let settled = format!("<{round:02} 日本語 settled>");
        // On a separate line, otherwise it may be wrapped.
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

/// Every call is started, written into and closed, and the client is killed somewhere on the way.
/// Text that was on screen for a third of a second is in the stored call or offered again.
#[test]
#[ignore = "minutes; CI runs it"]
fn a_call_survives_a_kill_at_any_point() {
    let home = demo(8);
    let mut rng = rng(12);
    for round in 0..rounds(80) {
        let mut desk = Terminal::at_portfolio(home.path());
        // Resumes what an earlier round left, then starts a call of this round.
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
                    // Only a running call takes lines. If it had to wait for the account, the keys
                    // went to a picker, whose filter text is not kept.
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
