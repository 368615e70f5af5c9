//! What each day was: noted once a day by what writes, recomputed for a missed day, never by a question; kept through a
//! lost tree, an export and a restore.

mod common;

use std::path::Path;

use common::everything;
use common::on_day::{json, run};
use serde_json::Value;

/// The days of an account, and how each is known.
fn known(home: &Path, day: &str, account: &str) -> Vec<(String, String)> {
    let said = json(home, day, &["days", account]);
    let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    let days = said["days"].as_array().expect("days").clone();
    days.iter()
        .map(|d| (text(&d["day"]), text(&d["known"])))
        .collect()
}

fn import(home: &Path, day: &str, name: &str, text: &str) {
    let file = home.join(name);
    std::fs::write(&file, text).expect("a file");
    let path = file.to_str().expect("a path");
    run(home, day, &["import", path, "--yes"]);
}

const ACCOUNTS: &str = "id,name,arr,currency,renewal_date,owner\na,Acme,1200000,JPY,2027-04-01,Sato\nb,Blue,500000,JPY,2027-01-01,Ito\n";

/// A home in which Tuesday 1 December was noted, and nothing was opened until Friday.
fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("temporary folder");
    import(home.path(), "2026-12-01", "accounts.csv", ACCOUNTS);
    let more = ACCOUNTS.replace("1200000", "1500000");
    import(home.path(), "2026-12-04", "accounts.csv", &more);
    home
}

fn day(day: &str, known: &str) -> (String, String) {
    (day.to_owned(), known.to_owned())
}

#[test]
fn a_day_is_noted_by_what_writes_and_a_missed_one_is_recomputed_and_marked() {
    let home = home();
    let home = home.path();
    let noted = [
        day("2026-12-01", "recorded"),
        day("2026-12-02", "recomputed"),
        day("2026-12-03", "recomputed"),
        day("2026-12-04", "recorded"),
    ];
    assert_eq!(known(home, "2026-12-04", "a"), noted);
    run(home, "2026-12-07", &["accounts"]);
    run(home, "2026-12-07", &["today"]);
    assert_eq!(
        known(home, "2026-12-07", "a"),
        noted,
        "questions note nothing"
    );
    let said = json(home, "2026-12-07", &["days", "a"]);
    let value = |at: usize| said["days"][at]["value"][0]["amount"].clone();
    assert_eq!((value(0), value(3)), (1_200_000.into(), 1_500_000.into()));
    assert_eq!(said["days"][0]["renewal"], "2027-04-01");
    assert_eq!(said["days"][0]["owner"], "Sato");
}

#[test]
fn what_was_noted_stands_although_data_of_the_past_come_later() {
    let home = home();
    let home = home.path();
    let before = json(home, "2026-12-04", &["days", "a"]);
    let tickets =
        "ticket_id,account_id,subject,priority,opened,status\n1,a,Down,urgent,2026-12-01,open\n";
    import(home, "2026-12-04", "tickets.csv", tickets);
    assert_eq!(json(home, "2026-12-04", &["days", "a"]), before);
    run(home, "2026-12-05", &["account", "edit", "a", "owner=Ito"]);
    let said = json(home, "2026-12-05", &["days", "a"]);
    assert_eq!(said["days"][4]["open_tickets"]["urgent"], 1);
    assert_eq!(said["days"][4]["owner"], "Ito");
}

#[test]
fn days_come_back_from_the_journal_and_from_an_export() {
    let home = home();
    let home = home.path();
    let before = json(home, "2026-12-04", &["days", "a"]);
    std::fs::remove_dir_all(home.join("store")).expect("the tree is removed");
    assert_eq!(
        json(home, "2026-12-04", &["days", "a"]),
        before,
        "from the journal"
    );
    let other = tempfile::tempdir().expect("temporary folder");
    let file = other.path().join("all.jsonl");
    std::fs::write(&file, everything(home)).expect("an export");
    let new = tempfile::tempdir().expect("temporary folder");
    run(
        new.path(),
        "2026-12-04",
        &["import", file.to_str().expect("a path"), "--yes"],
    );
    assert_eq!(
        json(new.path(), "2026-12-04", &["days", "a"]),
        before,
        "from an export"
    );
}

#[test]
fn an_account_that_goes_and_one_that_comes_are_there_on_their_days_only() {
    let home = home();
    let home = home.path();
    let more = format!("{ACCOUNTS}c,Cobalt,70000,JPY,2027-02-01,Ito\n");
    import(home, "2026-12-05", "accounts.csv", &more);
    run(home, "2026-12-06", &["account", "archive", "b"]);
    run(home, "2026-12-07", &["account", "edit", "a", "owner=Ito"]);
    let days = |account: &str| {
        let days = known(home, "2026-12-07", account).into_iter();
        days.map(|(day, _)| day).collect::<Vec<_>>()
    };
    assert_eq!(days("c").first().map(String::as_str), Some("2026-12-05"));
    assert_eq!(days("b").last().map(String::as_str), Some("2026-12-05"));
    assert_eq!(days("a").len(), 7);
}

/// Of days before each day was noted, the recorded scores are shown.
#[test]
fn earlier_days_show_their_scores_alone() {
    let from = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stores/schema-6");
    let home = tempfile::tempdir().expect("temporary folder");
    common::copy(&from, home.path());
    let args = ["days", "demo-00000", "--from", "2026-11-01"];
    let said = json(home.path(), "2026-12-01", &args);
    let first = &said["days"][0];
    assert_eq!(first["known"], "score", "{said}");
    assert!(
        first["score"].is_number() && first["value"].is_null(),
        "{said}"
    );
    let said = run(home.path(), "2026-12-01", &args);
    assert!(said.contains("score only"), "{said}");
    // The migration noted them: they are there without the tree, and an export holds them.
    let days = |day: &str| known(home.path(), day, "demo-00000");
    let scored = days("2026-12-01");
    assert!(scored.iter().all(|(_, how)| how == "score"), "{scored:?}");
    let blocks = |text: &str| {
        text.lines()
            .filter(|l| l.contains("\"known\":\"scored\""))
            .count()
    };
    assert_eq!(blocks(&everything(home.path())), scored.len());
    std::fs::remove_dir_all(home.path().join("store")).expect("the tree is removed");
    assert_eq!(days("2026-12-01"), scored);
    assert_eq!(blocks(&everything(home.path())), scored.len());
    // Days after them are noted whole, and no missed day between is invented as a score.
    let edit = ["account", "edit", "demo-00000", "owner=Ito"];
    run(home.path(), "2026-12-01", &edit);
    let all = days("2026-12-01");
    assert_eq!(all.last(), Some(&day("2026-12-01", "recorded")));
    assert!(scored.iter().all(|day| all.contains(day)), "{all:?}");
}
