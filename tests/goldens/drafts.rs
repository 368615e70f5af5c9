//! What was being typed when the home was left: all of it is found, and a note, a call and what the desk
//! remembers come back where they belong.

use crate::adapter::{Walk, drafts_of};
use crate::golden::check;
use crate::home::{Home, root};

/// The sorts of key, each with what it begins or ends with.
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

/// The desk with nothing over it, at an account.
pub fn at<'a>(desk: &'a mut Walk, account: &str) -> &'a mut Walk {
    // First the question about a call that was cut off.
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
fn notes_come_back_where_they_were_typed() {
    let home = Home::stored();
    let mut desk = Walk::open(home.path(), "en");
    for (account, text) in [
        ("Acme", "they want to see the road map"),
        ("Hooli", "spoke about seats"),
        ("Long Name", "the key of this draft is longer"),
        // It was on its way to the store when the desk ended.
        ("Pied", "was on its way to the disk"),
        // Written and not settled, it is newer than the one that was.
        ("Initech", "a newer word, written and not settled"),
    ] {
        at(&mut desk, account).keys("n");
        sees(&mut desk, &[text]);
    }
    // With whom the talk was, and when.
    at(&mut desk, "Hooli").keys("n<F2>");
    sees(&mut desk, &["Gavin", "2026-11-21 09:30"]);
    // The change of a note that stands.
    at(&mut desk, "Acme").keys("<ret><backtab>ge");
    sees(&mut desk, &["Bought a competitor and what follows"]);
}

#[test]
fn notes_of_another_author_come_back_to_that_author() {
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
fn a_note_that_comes_back_is_kept_and_its_draft_is_gone() {
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
fn a_call_goes_on_with_the_words_that_were_in_its_draft_alone() {
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

/// The row of a check-in in the list of them.
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
fn a_call_in_japanese_goes_on_and_a_word_that_was_dismissed_stays_quiet() {
    let home = Home::stored();
    let mut desk = Walk::open(home.path(), "ja");
    at(&mut desk, "青葉");
    let row = checkin(&mut desk, "青葉");
    desk.keys(&"j".repeat(row)).keys("<ret>");
    // The caret stands in the last line, which is a warning; the one typed below was dismissed.
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
fn a_wrap_up_comes_back_with_its_answers() {
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
fn what_was_set_aside_stays_aside_until_tomorrow() {
    let home = Home::stored();
    let mut desk = Walk::open(home.path(), "en");
    desk.keys("<esc><esc>1");
    assert!(!desk.screen().contains("信濃精機"), "{}", desk.screen());
    desk.later(24 * 60).keys("2").keys("1");
    sees(&mut desk, &["信濃精機"]);
}

#[test]
fn a_brief_says_what_came_since_it_was_last_looked_at() {
    let home = Home::stored();
    let mut desk = Walk::open(home.path(), "en");
    desk.later(24 * 60);
    at(&mut desk, "Acme").keys("n<C-s>p");
    sees(&mut desk, &["(2026-11-22 10:31)"]);
}
