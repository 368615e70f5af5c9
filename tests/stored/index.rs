//! Short answers from the row cache: the same as from the store, and only while nothing was written since.

use crate::common;

use std::path::Path;

use common::{kenshin, run};

/// The same command with the store's tree out of reach: only what does not open it is answered.
fn without_store(home: &Path, arguments: &[&str]) -> String {
    let (tree, away) = (home.join("store"), home.join("store.away"));
    std::fs::rename(&tree, &away).expect("moves");
    let out = run(home, arguments);
    assert!(!tree.exists(), "the store was opened: {arguments:?}");
    std::fs::rename(&away, &tree).expect("moves back");
    out
}

/// Questions whose answers must not depend on where they come from.
const LISTS: [&[&str]; 9] = [
    &["today"],
    &["today", "--json"],
    &["today", "--all", "--json"],
    &["accounts", "--json"],
    &["accounts", "--band", "caution"],
    &["accounts", "--band", "危険", "--json"],
    &["accounts", "--query", "kestrel"],
    &["accounts", "--query", "score<60 株式会社"],
    &["accounts", "--query", "nothing-is-named-so"],
];

fn answers(home: &Path) -> Vec<String> {
    LISTS.iter().map(|list| run(home, list)).collect()
}

fn name_of(home: &Path, place: usize) -> (String, String) {
    let all = run(home, &["accounts", "--json"]);
    let all: serde_json::Value = serde_json::from_str(&all).expect("JSON");
    let text = |key: &str| all[place][key].as_str().expect("a text").to_owned();
    (text("id"), text("name"))
}

#[test]
fn a_list_is_answered_without_the_store_and_is_the_same() {
    let home = common::demo(80);
    let home = home.path();
    // Of the store, whose rows are computed and kept.
    let _ = std::fs::remove_dir_all(home.join("cache"));
    let of_store: Vec<String> = LISTS
        .iter()
        .map(|list| {
            let _ = std::fs::remove_file(home.join("cache/rows"));
            run(home, list)
        })
        .collect();
    assert_eq!(of_store, answers(home));
    for (list, answer) in LISTS.iter().zip(&of_store) {
        assert_eq!(&without_store(home, list), answer, "{list:?}");
    }
    // What needs the store opens it.
    assert!(run(home, &["accounts", "--query", "archived:yes"]).contains("No accounts match"));
    assert_eq!(
        kenshin(home, &["accounts", "--query", "bend:red"])
            .status
            .code(),
        Some(2)
    );
}

#[test]
fn whatever_was_written_since_is_in_the_next_answer() {
    let home = common::demo(40);
    let home = home.path();
    let (id, _) = name_of(home, 3);
    answers(home);
    let steps: [&[&str]; 7] = [
        &["note", &id, "they want to cancel ! call them @me ^fri"],
        &["account", "edit", &id, "owner=Someone Else"],
        &["undo"],
        &["log", &id, "a talk"],
        &["account", "new", "A new account"],
        &["account", "edit", &id, "name=Renamed \"Ltd\""],
        &["undo"],
    ];
    for step in steps {
        let old = tempfile::tempdir().expect("a folder");
        common::copy(&home.join("cache"), &old.path().join("cache"));
        let out = kenshin(home, step);
        assert!(out.status.success(), "{step:?} {}", common::said(&out));
        // Valid files of before are put back: they are not believed.
        common::copy(&old.path().join("cache"), &home.join("cache"));
        let found = answers(home);
        let again = answers(home);
        assert_eq!(found, again, "{step:?}");
        std::fs::remove_dir_all(home.join("cache")).expect("removed");
        assert_eq!(found, answers(home), "{step:?}");
    }
    assert!(run(home, &["accounts", "--query", "A new account"]).contains("A new account"));
}

#[test]
fn a_note_is_one_file_until_somebody_opens_the_store() {
    let home = common::demo(12);
    let home = home.path();
    let (id, name) = name_of(home, 2);
    let before = run(home, &["notes", "--json"]);
    let text = "asked for a plan ! send it @me ^fri ! call Jo ^mon #plan";
    let answer = without_store(home, &["note", &name, text, "--json"]);
    let answer: serde_json::Value = serde_json::from_str(&answer).expect("JSON");
    let waiting = std::fs::read_dir(home.join("spool"))
        .expect("the spool")
        .count();
    assert_eq!(waiting, 1);
    // The next that opens the store takes it in, with the ids that were told.
    let notes: serde_json::Value =
        serde_json::from_str(&run(home, &["notes", "--json"])).expect("JSON");
    let note = notes
        .as_array()
        .expect("notes")
        .iter()
        .find(|n| n["id"] == answer["note"]);
    assert_eq!(
        note.expect("the note")["account"].as_str(),
        Some(id.as_str())
    );
    let dir = home.join("exported");
    run(home, &["export", "--all", dir.to_str().expect("a path")]);
    let all = std::fs::read_to_string(dir.join("kenshin-export.jsonl")).expect("an export");
    for action in answer["actions"].as_array().expect("actions") {
        assert!(all.contains(action.as_str().expect("an id")), "{action}");
    }
    assert_eq!(answer["actions"].as_array().map(Vec::len), Some(2));
    assert_eq!(
        std::fs::read_dir(home.join("spool"))
            .expect("the spool")
            .count(),
        0
    );
    // It is undone like any other.
    run(home, &["undo"]);
    assert_eq!(run(home, &["notes", "--json"]), before);
    // What is refused is not kept, and what is in doubt asks the store.
    for refused in [
        &["note", &name, "   "][..],
        &["note", "株式会社", "which one?"],
    ] {
        let out = kenshin(home, refused);
        assert_eq!(
            out.status.code(),
            Some(2),
            "{refused:?} {}",
            common::said(&out)
        );
        assert_eq!(
            std::fs::read_dir(home.join("spool"))
                .expect("the spool")
                .count(),
            0
        );
    }
}

#[test]
fn a_store_with_a_loss_is_opened_and_tells_it() {
    let home = common::demo(12);
    let home = home.path();
    answers(home);
    std::fs::write(home.join("lost"), "operations 3 to 5").expect("written");
    let (id, _) = name_of(home, 1);
    let out = kenshin(home, &["note", &id, "not acknowledged"]);
    assert!(
        !out.status.success() && common::said(&out).contains("operations 3 to 5"),
        "{}",
        common::said(&out)
    );
    assert!(!home.join("spool").exists());
}
