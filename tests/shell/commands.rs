//! The command line as a whole: every command has help, a man page and completions in both
//! languages, and arguments are read as users expect.

use crate::common;

use std::collections::BTreeMap;

use common::{command, kenshin, run, said};
use kenshin::testing::words::Lang;
use serde_json::Value;

/// The path of each command, groups included.
fn every(command: &clap::Command, before: &[String]) -> Vec<Vec<String>> {
    let mut out = Vec::new();
    for child in command.get_subcommands() {
        let path: Vec<String> = before
            .iter()
            .cloned()
            .chain([child.get_name().to_owned()])
            .collect();
        out.extend(every(child, &path));
        out.push(path);
    }
    out
}

fn all() -> Vec<Vec<String>> {
    every(&kenshin::testing::commands::tree(Lang::En), &[])
}

fn strs(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).collect()
}

#[test]
fn every_command_has_its_help_in_both_languages() {
    let home = tempfile::tempdir().expect("temporary folder");
    let mut abouts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in all() {
        for lang in ["en", "ja"] {
            let path = strs(&path);
            let help = |args: &[&str]| {
                let out = command(home.path(), args)
                    .env("KENSHIN_LANG", lang)
                    .output()
                    .expect("the command runs");
                assert!(out.status.success(), "{args:?}: {}", said(&out));
                String::from_utf8(out.stdout).expect("valid UTF-8")
            };
            let asked = help(&[&["help"], &path[..]].concat());
            assert_eq!(asked, help(&[&path[..], &["--help"]].concat()));
            assert!(
                asked.contains(&format!("kenshin {}", path.join(" "))),
                "{asked}"
            );
            let about = asked.lines().next().unwrap_or_default().to_owned();
            abouts.entry(path.join(" ")).or_default().push(about);
        }
    }
    for (path, about) in abouts {
        assert!(about.iter().all(|a| !a.is_empty()), "{path}");
        assert_ne!(about[0], about[1], "{path} says the same in both languages");
    }
    let whole = run(home.path(), &["help"]);
    assert_eq!(whole, run(home.path(), &["--help"]));
    let unknown = kenshin(home.path(), &["help", "action", "drop"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(said(&unknown).contains("no command action drop"));
}

#[test]
fn every_command_has_a_man_page_and_the_main_page_lists_it() {
    let home = tempfile::tempdir().expect("temporary folder");
    let whole = run(home.path(), &["man"]).replace('\\', "");
    for path in all() {
        let page = run(home.path(), &[&["man"], &strs(&path)[..]].concat());
        let name = format!("kenshin-{}", path.join("-"));
        assert!(
            page.replace('\\', "").contains(&format!("{name} - ")),
            "{page}"
        );
        if path != ["screens"] {
            assert!(whole.contains(&format!("{name}(1)")), "{name}");
        }
    }
    let unknown = kenshin(home.path(), &["man", "actions"]);
    assert_eq!(unknown.status.code(), Some(2));
}

#[test]
fn completions_know_every_command() {
    let home = tempfile::tempdir().expect("temporary folder");
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = run(home.path(), &["completions", shell]);
        for path in all().into_iter().filter(|path| path != &["screens"]) {
            let name = path.last().expect("a name");
            assert!(script.contains(name.as_str()), "{shell}: {path:?}");
        }
    }
}

#[test]
fn a_failure_is_one_json_value_where_json_was_asked_for() {
    let home = common::demo(3);
    let cases: [&[&str]; 6] = [
        &["brief", "nobody at all", "--json"],
        &["import", "nowhere.csv", "--dry-run", "--json"],
        &["import", "nowhere.csv", "--set", "no", "--json"],
        &["note", "demo-00001", "", "--json"],
        &["action", "done", "zzz", "--json"],
        &["calendar", "import", "nowhere.ics", "--json"],
    ];
    for args in cases {
        let out = kenshin(home.path(), args);
        assert_ne!(out.status.code(), Some(0), "{args:?}");
        let value: Value = serde_json::from_slice(&out.stdout)
            .unwrap_or_else(|e| panic!("{args:?}: {e}: {}", said(&out)));
        let error = value["error"].as_str().expect("a string");
        assert!(
            String::from_utf8_lossy(&out.stderr).contains(error),
            "{args:?}: {}",
            said(&out)
        );
        // Without `--json`, nothing is printed to standard output.
        let words: Vec<&str> = args.iter().copied().filter(|a| *a != "--json").collect();
        assert_eq!(kenshin(home.path(), &words).stdout, b"", "{args:?}");
    }
}

#[test]
fn a_last_word_json_is_the_option() {
    let home = common::demo(3);
    let json = |args: &[&str]| -> Value {
        let out = kenshin(home.path(), args);
        assert!(out.status.success(), "{args:?}: {}", said(&out));
        serde_json::from_slice(&out.stdout).unwrap_or_else(|e| panic!("{args:?}: {e}"))
    };
    let stored = |word: &str| -> Vec<String> {
        let found = json(&["notes", word, "--json"]);
        let found = found.as_array().expect("an array").iter();
        found
            .map(|n| n["text"].as_str().expect("a string").to_owned())
            .collect()
    };
    let note = json(&["note", "demo-00001", "asked", "about", "alpha", "--json"]);
    assert!(note["note"].is_string());
    assert_eq!(stored("alpha"), ["asked about alpha"]);
    let log = json(&["log", "demo-00001", "spoke", "about", "beta", "--json"]);
    assert!(log["touch"].is_string());
    assert_eq!(stored("beta"), ["spoke about beta"]);
    let context = json(&["context", "demo-00001", "gamma", "merger", "--json"]);
    assert!(context["note"].is_string());
    assert_eq!(stored("gamma"), ["gamma merger"]);
    assert!(json(&["context", "demo-00001", "--json"]).is_array());
    let action = json(&["action", "add", "demo-00001", "send", "delta", "--json"]);
    assert_eq!(action["what"], "send delta");
    // After `--`, inside the text, or as part of a word, it is text.
    run(
        home.path(),
        &["note", "demo-00001", "--", "epsilon", "--json"],
    );
    assert_eq!(stored("epsilon"), ["epsilon --json"]);
    run(home.path(), &["note", "demo-00001", "zeta --json"]);
    assert_eq!(stored("zeta"), ["zeta --json"]);
    run(
        home.path(),
        &[
            "note",
            "demo-00001",
            "--json",
            "lambda",
            "--json",
            "is",
            "text",
        ],
    );
    assert_eq!(stored("lambda"), ["lambda --json is text"]);
    run(
        home.path(),
        &["action", "add", "demo-00001", "--", "theta", "--json"],
    );
    let listed = run(home.path(), &["action", "list"]);
    assert!(listed.contains("theta --json"), "{listed}");
    let dashes = json(&["note", "demo-00001", "iota", "-", "kappa", "--json"]);
    assert!(dashes["note"].is_string());
    assert_eq!(stored("iota"), ["iota - kappa"]);
}

#[test]
fn a_restore_names_previous_data_only_where_there_was_some() {
    let home = common::demo(3);
    let files = tempfile::tempdir().expect("a temporary folder");
    let backup = files.path().join("one.kenshin").display().to_string();
    common::run(home.path(), &["backup", &backup]);
    let empty = tempfile::tempdir().expect("a temporary folder");
    for (lang, words) in [("en", "Restored"), ("ja", "復元しました")] {
        let fresh = empty.path().join(lang);
        let first = common::run(&fresh, &["restore", &backup, "--lang", lang]);
        assert_eq!(first.trim(), words);
        assert!(!fresh.join("replaced-1").exists());
        let second = common::run(&fresh, &["restore", &backup, "--lang", lang]);
        assert!(second.contains("replaced-1"), "{second}");
        assert!(fresh.join("replaced-1/journal").exists());
    }
}
