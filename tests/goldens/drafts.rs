//! Drafts left in a data folder: all of them are found, and notes, calls and settings are restored
//! to their places.

use crate::adapter::{Walk, drafts_of};
use crate::golden::check;
use crate::home::{Home, root};

/// The sorts of draft key, each with its beginning and end.
const SORTS: [(&str, &str); 14] = [
    ("note/", "/Sato"),
    ("note/acme/Sato/", "acme-n5"),
    ("note/pied/Sato/sent/", ""),
    ("checkin/", "/Sato"),
    ("checkin/", "/wrap-up"),
    ("person/hooli/new/", "/Sato"),
    ("person/acme/", "/Sato"),
    ("action/", "/Sato"),
    ("rhythm/", "/Sato"),
    ("wishes/acme/all/", "/Sato"),
    ("context/", "/Sato"),
    ("absence/", "Sato"),
    ("aside/", "Sato"),
    ("looked/", "Sato"),
];

#[test]
fn every_draft_is_found_under_its_key() {
    let (found, bad) = drafts_of(&root().join("stores/schema-3"));
    assert_eq!(bad, Vec::<String>::new());
    check(
        "drafts.jsonl",
        &found
            .iter()
            .map(|(key, body)| format!("{}\n", serde_json::json!({ "key": key, "body": body })))
            .collect::<String>(),
    );
    for (begins, ends) in SORTS {
        assert!(
            found
                .iter()
                .any(|(key, _)| key.starts_with(begins) && key.ends_with(ends)),
            "{begins}…{ends}"
        );
    }
    assert!(found.iter().any(|(key, _)| key == "phrases/dismissed"));
}

/// The desk without overlays, at an account.
pub fn at<'a>(desk: &'a mut Walk, account: &str) -> &'a mut Walk {
    // Closes the question about an interrupted call first.
    desk.keys("<esc><esc><esc>2<bs>/")
        .keys(account)
        .keys("<ret>")
}

pub fn sees(desk: &mut Walk, all: &[&str]) {
    let screen = desk.screen();
    for text in all {
        assert!(screen.contains(text), "{text} is not on\n{screen}");
    }
}

#[test]
fn notes_are_restored_where_they_were_typed() {
    let home = Home::stored();
    let mut desk = Walk::open(home.path(), "en");
    for (account, text) in [
        ("Acme", "they want to see the road map"),
        ("Hooli", "spoke about seats"),
        ("Long Name", "the key of this draft is longer"),
        // It was being stored when the desk ended.
        ("Pied", "was on its way to the disk"),
        // Written but not synced, it is newer than the synced one.
        ("Initech", "a newer word, written and not settled"),
    ] {
        at(&mut desk, account).keys("n");
        sees(&mut desk, &[text]);
    }
    // Attendees and time of the talk.
    at(&mut desk, "Hooli").keys("n<F2>");
    sees(&mut desk, &["Gavin", "2026-11-21 09:30"]);
    // The edit of an existing note.
    at(&mut desk, "Acme").keys("<ret><backtab>ge");
    sees(&mut desk, &["Bought a competitor and what follows"]);
}

#[test]
fn drafts_of_another_author_are_restored_for_that_author() {
    let home = Home::stored();
    let mut desk = Walk::open(home.path(), "ja");
    at(&mut desk, "青葉").keys("n");
    sees(&mut desk, &["来週また話す", "// まだ言わない"]);
    at(&mut desk, "Odd").keys("n");
    sees(&mut desk, &["書いただけの下書き"]);
    at(&mut desk, "Acme").keys("n");
    assert!(!desk.screen().contains("road map"), "it is not theirs");
}

#[test]
fn a_restored_note_is_saved_and_its_draft_is_removed() {
    let home = Home::stored();
    let mut desk = Walk::open(home.path(), "en");
    at(&mut desk, "Pied").keys("n<C-s>");
    drop(desk);
    assert!(home.exported(true).contains("was on its way to the disk"));
    let (left, _) = drafts_of(home.path());
    assert!(
        left.iter().all(|(key, _)| !key.starts_with("note/pied/")),
        "{left:?}"
    );
}

#[test]
fn a_call_is_resumed_with_text_that_only_its_draft_had() {
    let home = Home::stored();
    let mut desk = Walk::open(home.path(), "en");
    at(&mut desk, "Vandelay");
    let row = checkin(&mut desk, "Vandelay");
    desk.keys(&"j".repeat(row)).keys("<ret>");
    sees(
        &mut desk,
        &[
            "Vandelay Industries",
            "latex and gloves",
            "budget under review",
        ],
    );
}

/// The row of a check-in in the list of check-ins.
fn checkin(desk: &mut Walk, name: &str) -> usize {
    desk.keys("3g");
    let screen = desk.screen();
    screen
        .lines()
        .skip(3)
        .position(|l| l.contains(name))
        .unwrap_or_else(|| panic!("{name} is not on\n{screen}"))
}

#[test]
fn a_japanese_call_is_resumed_and_a_dismissed_phrase_gives_no_warning() {
    let home = Home::stored();
    let mut desk = Walk::open(home.path(), "ja");
    at(&mut desk, "青葉");
    let row = checkin(&mut desk, "青葉");
    desk.keys(&"j".repeat(row)).keys("<ret>");
    // The caret is in the last line, which is a warning; the phrase typed below was dismissed.
    sees(
        &mut desk,
        &["導入は順調です", "まだ決めていない", "予算を見直し中", "⚠"],
    );
    desk.keys("<end><ret>まだ決めていない");
    assert!(!desk.screen().contains('⚠'), "{}", desk.screen());
    desk.keys("<ret>まだ決まっていない");
    sees(&mut desk, &["⚠"]);
}

#[test]
fn a_wrap_up_is_restored_with_its_answers() {
    let home = Home::stored();
    let mut desk = Walk::open(home.path(), "en");
    at(&mut desk, "Pied");
    let row = checkin(&mut desk, "Pied");
    desk.keys(&"j".repeat(row)).keys("<ret>");
    sees(
        &mut desk,
        &["thank the team @Sato ^2026-11-30", "Richard", "frustrated"],
    );
}

#[test]
fn an_account_set_aside_stays_hidden_until_tomorrow() {
    let home = Home::stored();
    let mut desk = Walk::open(home.path(), "en");
    desk.keys("<esc><esc>1");
    assert!(!desk.screen().contains("信濃精機"), "{}", desk.screen());
    desk.later(24 * 60).keys("2").keys("1");
    sees(&mut desk, &["信濃精機"]);
}

#[test]
fn a_brief_shows_what_is_new_since_the_last_look() {
    let home = Home::stored();
    let mut desk = Walk::open(home.path(), "en");
    desk.later(24 * 60);
    at(&mut desk, "Acme").keys("n<C-s>p");
    sees(&mut desk, &["(2026-11-22 10:31)"]);
}
