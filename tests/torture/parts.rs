//! Parts of a store that are damaged, missing, older or of another home, with and without the tree: every answer
//! is right, or the loss is named and nothing is written upon it.

use std::path::{Path, PathBuf};

use super::common::{copy, demo, everything, kenshin, run, said};
use super::{rng, rounds};

/// What came of it.
#[derive(Default)]
struct Counts {
    right: usize,
    named: usize,
}

impl Counts {
    /// The store has all that it had, or says what it lost and stays read-only.
    fn judge(&mut self, home: &Path, before: &[String], what: &str) {
        let out = tempfile::tempdir().expect("temporary folder");
        let to = out.path().display().to_string();
        let export = kenshin(home, &["export", "--all", &to, "--include-private"]);
        let words = said(&export);
        assert!(!words.contains("panicked"), "{what}: {words}");
        let now = std::fs::read_to_string(out.path().join("kenshin-export.jsonl"));
        if export.status.success() && lines(&now.unwrap_or_default()) == before {
            self.right += 1;
            return;
        }
        let verify = kenshin(home, &["verify"]);
        let named =
            words.contains("lost") || words.contains("damaged") || said(&verify).contains("lost");
        assert!(named, "{what}: silently wrong: {words}{}", said(&verify));
        let note = kenshin(home, &["note", "demo-00001", "refused"]);
        assert!(!note.status.success(), "{what}: written upon a loss");
        self.named += 1;
    }
}

fn lines(all: &str) -> Vec<String> {
    let mut lines: Vec<String> = all.lines().map(str::to_owned).collect();
    lines.sort_unstable();
    lines
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    let mut out: Vec<PathBuf> = entries.map(|e| e.path()).collect();
    out.sort();
    out
}

/// A home with two snapshots and notes in each segment.
fn home(word: &str) -> tempfile::TempDir {
    let home = demo(4);
    for part in 0..3 {
        for n in 0..3 {
            run(
                home.path(),
                &["note", "demo-00001", &format!("{word} {part} {n}")],
            );
        }
        if part < 2 {
            super::snapshot(home.path());
        }
    }
    home
}

fn remove_tree(home: &Path) {
    std::fs::remove_dir_all(home.join("store")).expect("removed");
}

#[test]
#[ignore = "minutes; CI runs it"]
fn flips_in_journal_and_snapshots_are_made_good_or_named() {
    let own = home("own");
    let before = lines(&everything(own.path()));
    let mut rng = rng(61);
    let mut counts = Counts::default();
    let total = rounds(300);
    for round in 0..total {
        let home = tempfile::tempdir().expect("temporary folder");
        let home = home.path();
        copy(own.path(), home);
        let all = [files(&home.join("journal")), files(&home.join("snapshots"))].concat();
        let path = &all[rng.usize(0..all.len())];
        let mut bytes = std::fs::read(path).expect("readable");
        let at = rng.usize(0..bytes.len());
        bytes[at] ^= 1 << rng.u32(0..8);
        std::fs::write(path, &bytes).expect("written");
        let has_tree = rng.bool();
        if !has_tree {
            remove_tree(home);
        }
        let what = format!(
            "round {round}: {} byte {at}, tree {has_tree}",
            path.display()
        );
        counts.judge(home, &before, &what);
    }
    let Counts { right, named } = counts;
    eprintln!("{total} flips in journal and snapshots: {right} right, {named} named, 0 silent");
}

#[test]
#[ignore = "minutes; CI runs it"]
fn missing_older_and_foreign_parts_are_made_good_or_named() {
    let own = home("own");
    let older = tempfile::tempdir().expect("temporary folder");
    copy(own.path(), older.path());
    for n in 0..3 {
        run(
            own.path(),
            &["note", "demo-00002", &format!("since then {n}")],
        );
    }
    let foreign = home("foreign");
    let before = lines(&everything(own.path()));
    let mut rng = rng(62);
    let mut counts = Counts::default();
    let total = rounds(300);
    for round in 0..total {
        let home = tempfile::tempdir().expect("temporary folder");
        let home = home.path();
        copy(own.path(), home);
        let what = ["missing", "older", "foreign", "foreign tree", "older tree"][rng.usize(0..5)];
        let dir = ["journal", "snapshots"][rng.usize(0..2)];
        let from = if what.starts_with("older") {
            &older
        } else {
            &foreign
        };
        let theirs = files(&from.path().join(dir));
        let ours = files(&home.join(dir));
        let has_tree = what.ends_with("tree") || rng.bool();
        if !has_tree || what.ends_with("tree") {
            remove_tree(home);
        }
        let place = &ours[rng.usize(0..ours.len())];
        match what {
            "missing" => std::fs::remove_file(place).expect("removed"),
            "older" | "foreign" => {
                let from = &theirs[rng.usize(0..theirs.len())];
                // In place of ours, or under its own name beside ours.
                let name = if what == "foreign" && rng.bool() {
                    place
                } else {
                    from
                };
                let to = place.with_file_name(name.file_name().expect("a name"));
                std::fs::copy(from, to).map(drop).expect("copied");
            }
            _ => copy(&from.path().join("store"), &home.join("store")),
        }
        let what = format!("round {round}: {what} {}, tree {has_tree}", place.display());
        counts.judge(home, &before, &what);
    }
    let Counts { right, named } = counts;
    eprintln!("{total} missing, older and foreign parts: {right} right, {named} named, 0 silent");
}
