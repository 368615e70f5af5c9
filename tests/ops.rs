//! Each user operation is built in one place: the desk and another terminal do the same, and an
//! operation's label is stored as data, independent of the language.

mod common;

use common::{ask, everything};
use kenshin::testing::ipc::Form;
use kenshin::testing::runtime::headless::Desk;
use kenshin::testing::words::Lang;
use serde_json::{Value, json};

/// An account with one finished and one open action of ours.
const EXPORT: &str = r#"{"kenshin_export":1,"program":"0.1.0","private":true}
{"kind":"account","record":{"id":"acme","name":"Acme","owner":"Sato","strategic":{}}}
{"kind":"action","record":{"id":"01A","account":"acme","what":"Send the guide","side":"us","status":"open","priority":"normal","promised":true,"created":"2026-11-01T00:00:00Z"}}
"#;

/// A data folder with that account.
fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("temporary folder");
    let dir = tempfile::tempdir().expect("temporary folder");
    std::fs::write(dir.path().join("kenshin-export.jsonl"), EXPORT).expect("the file is written");
    let path = dir.path().display().to_string();
    common::run(home.path(), &["import", &path, "--yes"]);
    home
}

fn desk(home: &tempfile::TempDir, lang: Lang) -> Desk {
    Desk::at(lang, home.path().to_owned(), 0).expect("the desk opens")
}

/// All records, with new ids numbered in order of appearance.
fn records(home: &tempfile::TempDir) -> Vec<String> {
    let mut known: Vec<String> = Vec::new();
    let mut lines = Vec::new();
    for line in everything(home.path()).lines() {
        let value: Value = serde_json::from_str(line).expect("valid JSON");
        // The first-use record depends on the clock.
        if value["kind"] == "first-use" || value["history"].is_string() {
            continue;
        }
        let mut line = line.to_owned();
        for at in 0..line.len() {
            let Some(word) = line.get(at..at + 26) else {
                continue;
            };
            let is_id = word.starts_with("01")
                && word
                    .bytes()
                    .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
            if is_id && !known.iter().any(|k| k == word) {
                known.push(word.to_owned());
            }
        }
        for (n, id) in known.iter().enumerate() {
            line = line.replace(id, &format!("{n:026}"));
        }
        lines.push(line);
    }
    lines
}

#[test]
fn desk_and_command_line_do_the_same() {
    let cases: [(&str, Vec<Value>); 8] = [
        (
            "2nMika asked about SSO ! send doc @me ^fri #sso<C-s>",
            vec![
                json!({ "ask": "note", "account": "acme", "text": "Mika asked about SSO ! send doc @me ^fri #sso" }),
            ],
        ),
        (
            "2asend doc @customer ^+3d ! call @me<ret>",
            vec![
                json!({ "ask": "action-add", "account": "acme", "text": "send doc @customer ^+3d ! call @me" }),
            ],
        ),
        ("4x", vec![json!({ "ask": "action-done", "id": "01A" })]),
        (
            "4xT",
            vec![
                json!({ "ask": "action-done", "id": "01A" }),
                json!({ "ask": "action-told", "id": "01A" }),
            ],
        ),
        // Marking twice: the second time is refused and changes nothing.
        (
            "4xTT",
            vec![
                json!({ "ask": "action-done", "id": "01A" }),
                json!({ "ask": "action-told", "id": "01A" }),
                json!({ "ask": "action-told", "id": "01A" }),
            ],
        ),
        (
            "4xTU",
            vec![
                json!({ "ask": "action-done", "id": "01A" }),
                json!({ "ask": "action-told", "id": "01A" }),
                json!({ "ask": "action-untold", "id": "01A" }),
            ],
        ),
        (
            "2b1<tab>Their new CTO<tab><C-a><C-k>12/1<C-s>",
            vec![
                json!({ "ask": "rule", "account": "acme", "verdict": "red", "reason": "Their new CTO", "until": "12/1" }),
            ],
        ),
        (
            "2CSeries B<tab><tab>the press<C-s>",
            vec![
                json!({ "ask": "context", "account": "acme", "topic": "funding", "source": "the press", "on": null, "text": "Series B" }),
            ],
        ),
    ];
    for (keys, requests) in cases {
        let (ours, theirs) = (home(), home());
        let mut desk_of = desk(&ours, Lang::En);
        desk_of.keys(keys);
        drop(desk_of);
        let mut asked = desk(&theirs, Lang::En);
        for request in requests {
            ask(&mut asked, Form::Words, request);
        }
        drop(asked);
        let (ours, theirs) = (records(&ours), records(&theirs));
        assert_ne!(ours.len(), 0);
        assert_ne!(ours, records(&home()), "{keys} does something");
        assert_eq!(ours, theirs, "{keys}");
    }
}

#[test]
fn an_informed_mark_stays_until_it_is_cleared() {
    let home = home();
    let mut desk = desk(&home, Lang::En);
    desk.keys("4xT");
    assert!(
        desk.sees("Customer marked as informed today"),
        "{}",
        desk.screen()
    );
    desk.keys("T");
    assert!(
        desk.sees("Already informed on 2026-11-22"),
        "the second time is refused with the day: {}",
        desk.screen()
    );
    let inform = |desk: &mut Desk| {
        let said = ask(
            desk,
            Form::Json,
            json!({ "ask": "action-told", "id": "01A" }),
        );
        (said.exit, said.error)
    };
    assert_eq!(
        inform(&mut desk),
        (2, "Already informed on 2026-11-22".to_owned())
    );
    desk.keys("U");
    assert!(desk.sees("marked as not informed"), "{}", desk.screen());
    desk.keys("U");
    assert!(desk.sees("is not marked as informed"));
    assert_eq!(inform(&mut desk).0, 0);
    // Undo reverts an operation of another terminal.
    desk.keys("u").keys("U");
    assert!(desk.sees("is not marked as informed"));
}

/// All operations whose label once held translated words.
const WORDED: &str = concat!(
    "2e+vip tier=smb<ret>", // edits several accounts
    "NNew Ltd<C-s>",        // a new account
    "1",
    "2",
    "gl",                        // the account
    "eAcme KK<ret>",             // a field
    "b1<tab>New CTO<C-s>",       // health by hand
    "r<tab>2w<C-s>",             // its own cadence
    "W<tab>1<C-s>",              // preferences
    "5O<ret>12/1<tab>12/2<C-s>", // an absence
);

#[test]
fn labels_are_the_same_in_every_language() {
    let labels = |lang| {
        let home = home();
        let mut desk = desk(&home, lang);
        desk.keys(WORDED);
        drop(desk);
        let log = common::run(home.path(), &["history", "--json"]);
        let entries: Vec<Value> = serde_json::from_str(&log).expect("valid JSON");
        entries
            .into_iter()
            .map(|e| e["label"].to_string())
            .collect::<Vec<_>>()
    };
    let english = labels(Lang::En);
    assert!(english.len() >= 8, "{english:#?}");
    assert_eq!(english, labels(Lang::Ja));
    assert!(
        english.iter().any(|l| l.contains("EditMany")),
        "{english:#?}"
    );
}

#[test]
fn a_label_of_an_earlier_version_keeps_its_words() {
    let words = |lang, field: &str| {
        kenshin::testing::words::log::label(
            lang,
            &kenshin::testing::domain::change::Label::Edit {
                account: "Acme".into(),
                field: field.into(),
            },
        )
    };
    assert_eq!(words(Lang::En, "tier"), "Acme: Tier");
    assert_eq!(words(Lang::Ja, "tier"), "Acme: ティア");
    assert_eq!(words(Lang::En, "ティア"), "Acme: ティア");
}
