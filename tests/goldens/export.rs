//! Every record as its line of an export; and every other way to the same records: importing the
//! export, rebuilding the tree from snapshot and journal, and restoring a backup.

use std::path::Path;

use crate::golden::{check, read};
use crate::home::{Home, root};

const WHOLE: &str = "export.jsonl";
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Removes the program's version from the first line, because it changes with each release.
fn unversioned(text: &str) -> String {
    text.replacen(
        &format!("\"program\":\"{VERSION}\""),
        "\"program\":\"<version>\"",
        1,
    )
}

/// The golden export, as a folder for an import.
fn written_once() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("temporary folder");
    let text = read(WHOLE).replacen("<version>", VERSION, 1);
    std::fs::write(dir.path().join("kenshin-export.jsonl"), text).expect("the file is written");
    dir
}

fn holds_everything(home: &Home) {
    check(WHOLE, &unversioned(&home.exported(true)));
}

#[test]
fn every_record_is_exported_as_it_was() {
    holds_everything(&Home::stored());
}

/// Without private lines only few lines differ: only those are kept as a golden text.
#[test]
fn without_private_lines_the_rest_is_the_same() {
    let home = Home::stored();
    let (whole, public) = (
        unversioned(&home.exported(true)),
        unversioned(&home.exported(false)),
    );
    assert_eq!(whole.lines().count(), public.lines().count());
    let other: String = whole
        .lines()
        .zip(public.lines())
        .filter(|(a, b)| a != b)
        .map(|(_, b)| format!("{b}\n"))
        .collect();
    check("export-without-private.jsonl", &other);
}

#[test]
fn an_export_is_imported_and_exported_again_byte_for_byte() {
    let (home, dir) = (Home::empty(), written_once());
    home.done(&["import", &dir.path().display().to_string(), "--yes"]);
    holds_everything(&home);
}

#[test]
fn importing_an_export_without_private_lines_removes_none() {
    let (home, dir) = (
        Home::stored(),
        tempfile::tempdir().expect("temporary folder"),
    );
    std::fs::write(
        dir.path().join("kenshin-export.jsonl"),
        home.exported(false),
    )
    .expect("the file is written");
    home.done(&["import", &dir.path().display().to_string(), "--yes"]);
    holds_everything(&home);
}

/// The tree is only the faster copy: snapshot and journal alone contain the same.
#[test]
fn a_missing_tree_is_rebuilt_from_snapshot_and_journal() {
    let home = Home::stored();
    for gone in ["store", "cache"] {
        std::fs::remove_dir_all(home.path().join(gone)).expect("the folder is removed");
    }
    holds_everything(&home);
    check("verify-rebuilt.txt", &home.done(&["verify", "--json"]));
    assert!(!home.path().join("lost").exists());
}

#[test]
fn a_requested_rebuild_changes_nothing() {
    let home = Home::stored();
    home.done(&["restore"]);
    holds_everything(&home);
}

#[test]
fn an_old_backup_is_restored() {
    let home = Home::empty();
    home.done(&[
        "restore",
        &backup(&root().join("stores/schema-3"))
            .display()
            .to_string(),
    ]);
    // Settings that were files beside the store at that time are not in a backup of that time.
    let settings = ["aside", "look", "published", "dismissal"];
    let is_setting = |line: &str| {
        let kind = |k| line.starts_with(&format!("{{\"kind\":\"{k}\""));
        settings.into_iter().any(kind)
    };
    let then: Vec<String> = read("export.jsonl")
        .lines()
        .filter(|l| !is_setting(l))
        .map(str::to_owned)
        .collect();
    let now = unversioned(&home.exported(true));
    assert_eq!(now.lines().collect::<Vec<_>>(), then);
}

fn backup(home: &Path) -> std::path::PathBuf {
    let mut found = std::fs::read_dir(home.join("backups")).expect("the folder is readable");
    found
        .next()
        .expect("a backup")
        .expect("a directory entry")
        .path()
}

/// Operations that were undone can be redone, and the other way round, after the store has been
/// reopened.
#[test]
fn undo_and_redo_work_across_sessions() {
    let home = Home::stored();
    let before = home.exported(true);
    let taken = home.done(&["undo"]);
    assert_ne!(home.exported(true), before);
    let again = home.done(&["redo"]);
    assert_eq!(home.exported(true), before);
    check("undo-redo.txt", &format!("{taken}{again}"));
}
