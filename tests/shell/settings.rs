//! User settings and the program's bookkeeping: undo applies to edits only, and a backup, an import
//! or an undo never sets the bookkeeping back.

use crate::common;

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{DateTime, Duration, Utc};
use common::{everything, run};
use kenshin::testing::domain::action::Side;
use kenshin::testing::domain::change::Change;
use kenshin::testing::domain::priority::Kind;
use kenshin::testing::runtime::headless::Desk;
use kenshin::testing::words::Lang;
use serde_json::Value;

const NOW: &str = "2026-11-24T09:30:00+09:00";

fn at() -> DateTime<Utc> {
    NOW.parse().expect("a moment")
}

/// Like [`run`], with a fixed clock.
fn kenshin(home: &Path, args: &[&str]) -> String {
    let out = common::command(home, args)
        .env("KENSHIN_NOW", NOW)
        .output()
        .expect("the command runs");
    assert!(out.status.success(), "{args:?}: {}", common::said(&out));
    String::from_utf8(out.stdout).expect("valid UTF-8")
}

/// A copy of the schema 3 data folder, where settings are still files.
fn old_home() -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("temporary folder");
    let stored = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stores/schema-3");
    common::copy(&stored, home.path());
    home
}

/// A data folder with one account and a meeting agreed for a day in December.
fn agreed(home: &Path) {
    let lines = [
        r#"{"kenshin_export":1,"program":"0.1.0","private":true}"#,
        r#"{"kind":"account","record":{"id":"acme","name":"Acme","owner":"sato","strategic":{}}}"#,
        r#"{"kind":"touchpoint","record":{"id":"01M","account":"acme","kind":"check-in","start":"2026-12-08T01:00:00Z","minutes":30,"state":"agreed","owner":"sato","created":"2026-11-01T00:00:00Z"}}"#,
    ];
    take_in(home, &lines.join("\n"));
}

fn take_in(home: &Path, export: &str) {
    let dir = tempfile::tempdir().expect("temporary folder");
    std::fs::write(dir.path().join("kenshin-export.jsonl"), export).expect("the file is written");
    kenshin(
        home,
        &["import", &dir.path().display().to_string(), "--yes"],
    );
}

fn move_meeting(home: &Path, days: i64) {
    let mut store = common::build::store(home, at());
    let before = store.meetings().expect("the read succeeds").remove(0);
    let after = before.moved(before.start + Duration::days(days), Side::Us, at());
    store
        .commit(&common::build::operation(
            &format!("move-{days}"),
            at(),
            vec![Change::update(before, after)],
        ))
        .expect("the operation is committed");
}

/// The ids and sequences in a calendar export of the account.
fn calendar(home: &Path) -> BTreeMap<String, u32> {
    let answer: Value = serde_json::from_str(&kenshin(
        home,
        &[
            "calendar",
            "export",
            "--account",
            "acme",
            "--planned",
            "--json",
        ],
    ))
    .expect("valid JSON");
    let ics = answer["ics"]
        .as_str()
        .expect("a string")
        .replace("\r\n ", "");
    let line = |event: &str, name: &str| {
        let found = event.lines().find_map(|l| l.strip_prefix(name));
        found.expect(name).trim().to_owned()
    };
    ics.split("BEGIN:VEVENT")
        .skip(1)
        .map(|e| {
            (
                line(e, "UID:"),
                line(e, "SEQUENCE:").parse().expect("a number"),
            )
        })
        .collect()
}

fn assert_none_falls(before: &BTreeMap<String, u32>, after: &BTreeMap<String, u32>) {
    for (uid, sequence) in before {
        assert!(
            after.get(uid).is_some_and(|s| s >= sequence),
            "{uid}: {after:?}"
        );
    }
}

#[test]
fn a_restore_never_decreases_a_sequence() {
    let home = tempfile::tempdir().expect("temporary folder");
    let home = home.path();
    agreed(home);
    assert_eq!(calendar(home)["01M@kenshin"], 0);
    let older = home.join("older.kenshin");
    kenshin(home, &["backup", &older.display().to_string()]);
    move_meeting(home, 1);
    let known = calendar(home);
    assert_eq!(known["01M@kenshin"], 1);
    let newer = home.join("newer.kenshin");
    kenshin(home, &["backup", &newer.display().to_string()]);
    // In an empty data folder the same meetings have the same ids, and no sequence decreases.
    let empty = tempfile::tempdir().expect("temporary folder");
    kenshin(empty.path(), &["restore", &newer.display().to_string()]);
    assert_eq!(calendar(empty.path()), known);
    // In the same data folder an older backup moves the meeting back, which is an update for
    // calendars.
    kenshin(home, &["restore", &older.display().to_string()]);
    let back = calendar(home);
    assert_none_falls(&known, &back);
    assert_eq!(back["01M@kenshin"], 2);
    // Two restores without an export in between lose nothing either.
    kenshin(home, &["restore", &older.display().to_string()]);
    kenshin(home, &["restore", &older.display().to_string()]);
    assert_none_falls(&back, &calendar(home));
}

#[test]
fn an_import_or_undo_never_decreases_a_sequence() {
    let home = tempfile::tempdir().expect("temporary folder");
    let home = home.path();
    agreed(home);
    calendar(home);
    let older = everything(home);
    move_meeting(home, 1);
    let known = calendar(home);
    // `u` undoes the meeting, not the record of what was sent.
    kenshin(home, &["undo"]);
    let undone = calendar(home);
    assert_none_falls(&known, &undone);
    assert_eq!(undone["01M@kenshin"], 2);
    take_in(home, &older);
    let imported = calendar(home);
    assert_none_falls(&undone, &imported);
    kenshin(home, &["undo"]);
    kenshin(home, &["redo"]);
    assert_none_falls(&imported, &calendar(home));
}

/// An export is not an edit: undo applies to the operation before it.
#[test]
fn undo_skips_the_programs_bookkeeping() {
    let home = tempfile::tempdir().expect("temporary folder");
    let home = home.path();
    agreed(home);
    kenshin(home, &["note", "acme", "A note to take back"]);
    calendar(home);
    assert!(
        kenshin(home, &["history"]).lines().count() == 2,
        "no line for it"
    );
    assert!(kenshin(home, &["undo"]).contains("Acme"));
    assert!(!everything(home).contains("A note to take back"));
    assert!(everything(home).contains("\"published\""));

    let mut desk = Desk::demo(Lang::En, 12).expect("the desk opens");
    desk.keys("2n").keys("Said in passing<C-s>");
    let noted = |desk: &mut Desk| {
        let answer = common::ask(
            desk,
            kenshin::testing::ipc::Form::Words,
            serde_json::json!({ "ask": "notes", "words": "Said in passing" }),
        );
        answer.out.contains("Said in passing")
    };
    assert!(noted(&mut desk));
    desk.keys("p<esc>p<esc>u");
    assert!(!noted(&mut desk), "{}", desk.screen());
}

#[test]
fn undo_restores_an_account_set_aside_and_nothing_else() {
    let mut desk = Desk::demo(Lang::En, 40).expect("the desk opens");
    desk.keys("1");
    let items = |desk: &Desk| desk.model.today.items.clone();
    let at = items(&desk)
        .iter()
        .position(|i| i.kind == Kind::Account)
        .expect("an account that needs attention");
    let before = items(&desk);
    desk.model.today.list.cursor = at;
    desk.keys("x");
    let gone = |items: &[kenshin::testing::domain::priority::Item]| {
        !items
            .iter()
            .any(|i| i.kind == Kind::Account && i.account == before[at].account)
    };
    assert!(gone(&items(&desk)));
    let mut desk = desk.reopen().expect("the desk reopens");
    desk.keys("1");
    assert!(gone(&items(&desk)), "it is on disk");
    desk.keys("u");
    let after = items(&desk);
    let names = |items: &[kenshin::testing::domain::priority::Item]| -> Vec<_> {
        items.iter().map(|i| (i.kind, i.account.clone())).collect()
    };
    assert_eq!(names(&after), names(&before));
    desk.keys("<C-r>");
    assert!(gone(&items(&desk)));
}

/// `kenshin today` lists the same items as the Today screen, with and without a running client.
#[test]
fn the_today_command_leaves_out_accounts_set_aside_on_the_desk() {
    let mut desk = Desk::demo(Lang::En, 40).expect("the desk opens");
    desk.keys("1");
    let shown = |desk: &Desk| -> Vec<(Value, String)> {
        let items = desk.model.today.items.iter();
        items
            .map(|i| (serde_json::json!(i.kind), i.account.to_string()))
            .collect()
    };
    let listed = |json: &str| -> Vec<(Value, String)> {
        let all: Vec<Value> = serde_json::from_str(json).expect("valid JSON");
        let items = all
            .iter()
            .filter(|i| i["kind"] != "renewal" && i["kind"] != "disagreement");
        items
            .map(|i| {
                let account = i["account"].as_str().expect("a string");
                (i["kind"].clone(), account.to_owned())
            })
            .collect()
    };
    let asked = |desk: &mut Desk| {
        let today = serde_json::json!({ "ask": "today" });
        listed(&common::ask(desk, kenshin::testing::ipc::Form::Json, today).out)
    };
    let before = shown(&desk);
    assert_eq!(asked(&mut desk), before);
    let at = desk
        .model
        .today
        .items
        .iter()
        .position(|i| i.kind == Kind::Account);
    desk.model.today.list.cursor = at.expect("an account that needs attention");
    desk.keys("x");
    let after = shown(&desk);
    assert_ne!(after, before);
    assert_eq!(asked(&mut desk), after, "through the open desk");
    let home = desk.close();
    let out = common::command(&home, &["today", "--json"])
        .env("KENSHIN_NOW", kenshin::testing::runtime::headless::NOW)
        .env("USER", "Sato")
        .output()
        .expect("the command runs");
    let json = String::from_utf8(out.stdout).expect("valid UTF-8");
    assert_eq!(listed(&json), after, "on the store itself");
    std::fs::remove_dir_all(home).expect("the folder is removed");
}

/// The settings files stay until the new schema is on disk, and importing them twice changes
/// nothing, as after a kill at any point.
#[test]
fn a_migration_survives_interruption_at_any_point() {
    let home = old_home();
    let home = home.path();
    let old_file = std::fs::read(home.join("calendar/told.json")).expect("the file is readable");
    let drafts: Vec<_> = std::fs::read_dir(home.join("drafts"))
        .expect("the folder is readable")
        .flatten()
        .map(|e| {
            (
                e.file_name(),
                std::fs::read(e.path()).expect("the file is readable"),
            )
        })
        .collect();
    kenshin(home, &["history"]);
    assert!(!home.join("calendar").exists());
    let whole = everything(home);
    let files = |home: &Path| {
        std::fs::read_dir(home.join("drafts"))
            .expect("the folder is readable")
            .count()
    };
    let left = files(home);
    assert!(left < drafts.len(), "settings are no drafts any more");
    // Killed before the files were removed.
    let put_back = || {
        std::fs::create_dir_all(home.join("calendar")).expect("the folder is created");
        std::fs::write(home.join("calendar/told.json"), &old_file).expect("the file is written");
        for (name, bytes) in &drafts {
            std::fs::write(home.join("drafts").join(name), bytes).expect("the file is written");
        }
    };
    put_back();
    assert_eq!(everything(home), whole);
    assert_eq!((home.join("calendar").exists(), files(home)), (false, left));
    // The tree is gone; the journal has the data.
    std::fs::remove_dir_all(home.join("store")).expect("the folder is removed");
    assert_eq!(everything(home), whole);
    // The tree and the journal's data are gone; the files are still there.
    let again = old_home();
    std::fs::remove_dir_all(again.path().join("store")).expect("the folder is removed");
    kenshin(again.path(), &["history"]);
    assert_eq!(everything(again.path()), whole);
}

/// An unreadable file is reported and kept.
#[test]
fn an_unreadable_settings_file_is_reported_and_kept() {
    let home = old_home();
    let path = home.path().join("calendar/told.json");
    std::fs::write(&path, "{").expect("the file is written");
    let out = common::command(home.path(), &["history"])
        .env("KENSHIN_NOW", NOW)
        .output()
        .expect("the command runs");
    assert!(
        common::said(&out).contains("told.json"),
        "{}",
        common::said(&out)
    );
    assert!(path.exists());
    assert!(run(home.path(), &["verify"]).contains("records"));
}
