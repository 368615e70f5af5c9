//! Random but plausible keys on the headless desk: nothing panics at any size, in either language,
//! and all changes can be undone.

#[path = "fuzz_entries/entries.rs"]
#[allow(dead_code)]
mod entries;

use entries::state;
use fastrand::Rng;
use kenshin::testing::domain::cadence::schedule::{AccountScope, Entry};
use kenshin::testing::runtime::headless::Desk;
use kenshin::testing::words::Lang;

/// Keys a user may press, the frequent ones more often.
const KEYS: [&str; 78] = [
    "j",
    "j",
    "j",
    "k",
    "k",
    "g",
    "G",
    "<ret>",
    "<ret>",
    "<ret>",
    "<esc>",
    "<esc>",
    "<esc>",
    "q",
    "<tab>",
    "<tab>",
    "<backtab>",
    "1",
    "1",
    "2",
    "3",
    "4",
    "5",
    "5",
    "5",
    "8",
    "h",
    "l",
    "l",
    "[",
    "]",
    ".",
    "+",
    "+",
    "-",
    "m",
    "A",
    "x",
    "x",
    "f",
    "D",
    "s",
    "o",
    "O",
    "v",
    "E",
    "r",
    "W",
    "w",
    "b",
    "C",
    "n",
    "a",
    "c",
    "p",
    "e",
    "N",
    "t",
    "u",
    "u",
    "<C-r>",
    "/",
    ":",
    "?",
    "y",
    "<C-s>",
    "<C-s>",
    "<down>",
    "<up>",
    "<left>",
    "<right>",
    "<bs>",
    "<C-u>",
    "<F2>",
    "<F8>",
    "<F10>",
    "<pgdn>",
    "<del>",
];

/// Words typed into the open field.
const WORDS: [&str; 20] = [
    "2026-12-08 10:00",
    "12/31",
    "明日 9:00",
    "second tue 10:00",
    "第2火曜 10:00",
    "2w",
    "none",
    "12/1-12/31*",
    "Asia/Tokyo",
    "10:00-16:00",
    "99999999999",
    "-1",
    "",
    "！！",
    "カﾞｷﾞｸﾞ",
    "👩‍👩‍👧‍👦",
    "a",
    "band:red",
    "! send @me ^fri",
    "\u{202e}x",
];

fn walk(seed: u64, steps: usize, lang: Lang) {
    let mut rng = Rng::with_seed(seed);
    let mut desk = Desk::demo(lang, 14).expect("the desk opens");
    let sizes = [(80, 24), (120, 40), (200, 60), (40, 12), (24, 6), (10, 3)];
    let mut log = String::new();
    for step in 0..steps {
        if step % 60 == 0 {
            let (w, h) = sizes[rng.usize(0..sizes.len())];
            desk.resize(w, h);
        }
        if rng.u32(0..40) == 0 {
            desk.later(chrono::Duration::minutes(rng.i64(1..3_000)));
        }
        let script = if rng.u32(0..12) == 0 {
            WORDS[rng.usize(0..WORDS.len())]
        } else {
            KEYS[rng.usize(0..KEYS.len())]
        };
        log.push_str(script);
        log.push(' ');
        let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            desk.keys(script);
        }));
        assert!(result.is_ok(), "seed {seed}, after: {log}");
    }
}

#[test]
fn random_keys_never_panic() {
    // The long form of `tests/torture/` runs more and longer walks; `KENSHIN_SEED` selects other
    // ones.
    let (walks, steps) = if std::env::var("KENSHIN_TORTURE").is_ok_and(|v| v == "full") {
        (200, 900)
    } else {
        (10, 350)
    };
    let from: u64 = std::env::var("KENSHIN_SEED")
        .ok()
        .and_then(|s| s.parse().ok())
        .unwrap_or(0);
    for seed in from * 1_000..from * 1_000 + walks {
        walk(seed, steps, if seed % 2 == 0 { Lang::En } else { Lang::Ja });
    }
}

#[test]
fn all_cadence_changes_can_be_undone_step_by_step() {
    for seed in 0..6 {
        let mut rng = Rng::with_seed(seed);
        let mut desk = Desk::demo(if seed % 2 == 0 { Lang::En } else { Lang::Ja }, 20)
            .expect("the desk opens");
        desk.later(chrono::Duration::days(2));
        desk.keys("5<tab><tab>v");
        // Also what the hours of a day do not hold.
        desk.model.cadence.unfolded = true;
        let mut states = vec![state(&desk)];
        for _ in 0..25 {
            let len = desk.model.cadence.entries.len();
            desk.model.cadence.list.cursor = rng.usize(0..len.max(1)).min(len.saturating_sub(1));
            let script = [
                "+",
                "-",
                "A<C-u>2026-12-15 11:00<ret>",
                "x<ret>",
                "x<down><ret>",
                "m<C-u>2026-12-09<ret><esc><esc>",
                "s<ret>",
                "W<tab><right><C-s>",
                "rsecond wed 9:30<C-s>",
                "O<ret>12/7<tab>12/9<C-s>",
            ][rng.usize(0..10)];
            desk.keys(script);
            // Leaves everything that is still open.
            while !desk.model.overlays.is_empty() {
                desk.keys("<esc>");
            }
            desk.keys("5");
            // The incrementally updated plans equal plans computed from scratch.
            let until = desk.now().today() + chrono::Duration::days(180);
            let near = |e: &&Entry| e.ideal <= until || e.date <= until;
            let kept: Vec<&Entry> = desk.model.cadence.entries.iter().filter(near).collect();
            let fresh = desk.model.desk().entries(
                &desk.model.book,
                AccountScope::mine(&desk.model.book, &desk.model.author.name),
                until,
            );
            assert!(
                kept.iter().copied().eq(fresh.iter()),
                "seed {seed}: {script}"
            );
            let now = state(&desk);
            if states.last() != Some(&now) {
                states.push(now);
            }
        }
        while states.len() > 1 {
            states.pop();
            desk.keys("u");
            // A step that only recorded a touch does not change this state and needs one more undo.
            for _ in 0..25 {
                if Some(&state(&desk)) == states.last() {
                    break;
                }
                desk.keys("u");
            }
            assert_eq!(Some(&state(&desk)), states.last(), "seed {seed}");
        }
    }
}
