//! Tests on third-party data in the folder that `KENSHIN_REAL_DATA` names. Without it they report
//! that they were skipped.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

fn data(name: &str) -> Option<PathBuf> {
    match std::env::var_os("KENSHIN_REAL_DATA")
        .map(|d| Path::new(&d).join(name))
        .filter(|d| d.exists())
    {
        Some(dir) => Some(dir),
        None => {
            eprintln!("skipped: KENSHIN_REAL_DATA does not name a folder with {name}");
            None
        }
    }
}

fn kenshin(home: &Path, args: &[&str]) -> (Option<i32>, Value) {
    let out = Command::new(env!("CARGO_BIN_EXE_kenshin"))
        .args(args)
        .env_clear()
        .env("KENSHIN_HOME", home)
        .env("KENSHIN_NOW", "2024-12-31T12:00:00Z")
        .env("KENSHIN_LANG", "en")
        .env("USER", "sato")
        .stdin(Stdio::null())
        .output()
        .expect("the command runs");
    (
        out.status.code(),
        serde_json::from_slice(&out.stdout).unwrap_or(Value::Null),
    )
}

fn import(home: &Path, paths: &[PathBuf], extra: &[&str]) -> (Option<i32>, Value) {
    let mut args = vec!["import".to_owned()];
    args.extend(paths.iter().map(|p| p.display().to_string()));
    args.extend(["--yes", "--json"].map(str::to_owned));
    args.extend(extra.iter().map(|s| (*s).to_owned()));
    kenshin(home, &args.iter().map(String::as_str).collect::<Vec<_>>())
}

fn counts(report: &Value, kind: &str) -> [u64; 5] {
    ["new", "changed", "unchanged", "rejected", "flagged"]
        .map(|k| report["kinds"][kind][k].as_u64().unwrap_or(0))
}

#[test]
fn ravenstack_is_imported_completely_and_a_repeat_changes_nothing() {
    let Some(dir) = data("ravenstack") else {
        return;
    };
    let home = tempfile::tempdir().expect("temporary folder");
    let (code, report) = import(home.path(), std::slice::from_ref(&dir), &[]);
    assert_eq!(code, Some(0));
    assert_eq!(counts(&report, "accounts"), [500, 0, 0, 0, 0]);
    assert_eq!(counts(&report, "subscriptions"), [5_000, 0, 0, 0, 0]);
    assert_eq!(counts(&report, "tickets")[..4], [2_000, 0, 0, 0]);
    assert_eq!(counts(&report, "outcomes"), [600, 0, 0, 0, 0]);
    let usage = counts(&report, "usage");
    assert_eq!(
        (usage[3], usage[4]),
        (0, 19_142),
        "all usage joins through its subscription; most of it predates the contract"
    );
    let rows = report["files"]
        .as_array()
        .expect("an array")
        .iter()
        .find(|f| f["kind"] == "usage")
        .expect("usage data")["rows"]
        .as_u64();
    assert_eq!(rows, Some(25_000));
    let (_, again) = import(home.path(), &[dir], &[]);
    assert_eq!(again["written"], false);
    for kind in ["accounts", "subscriptions", "tickets", "outcomes", "usage"] {
        let c = counts(&again, kind);
        assert_eq!((c[0], c[1]), (0, 0), "{kind}");
    }
    let (_, accounts) = kenshin(home.path(), &["accounts", "--json"]);
    assert_eq!(accounts.as_array().expect("an array").len(), 500);
}

#[test]
fn the_same_tables_saved_by_a_spreadsheet_give_the_same_values() {
    let (Some(iso), Some(dmy)) = (data("ravenstack"), data("ravenstack-ddmmyyyy")) else {
        return;
    };
    let tables = [
        "accounts",
        "subscriptions",
        "support_tickets",
        "churn_events",
    ];
    let exports: Vec<String> = [iso, dmy]
        .iter()
        .map(|dir| {
            let home = tempfile::tempdir().expect("temporary folder");
            let paths: Vec<PathBuf> = tables
                .iter()
                .map(|t| dir.join(format!("ravenstack_{t}.csv")))
                .collect();
            let (code, _) = import(home.path(), &paths, &[]);
            assert_eq!(code, Some(0));
            let out = tempfile::tempdir().expect("temporary folder");
            kenshin(
                home.path(),
                &["export", "--all", &out.path().display().to_string()],
            );
            std::fs::read_to_string(out.path().join("kenshin-export.jsonl"))
                .expect("the file is readable")
        })
        .collect();
    assert!(exports[0].lines().count() > 8_000);
    for (a, b) in exports[0].lines().zip(exports[1].lines()) {
        assert_eq!(a, b);
    }
    assert_eq!(exports[0].lines().count(), exports[1].lines().count());
}

#[test]
fn zendesk_json_joins_organizations_users_and_tickets() {
    let Some(dir) = data("zendesk-search-challenge") else {
        return;
    };
    let home = tempfile::tempdir().expect("temporary folder");
    let (code, report) = import(home.path(), &[dir], &[]);
    assert_eq!(
        code,
        Some(3),
        "rows without an organization stay out, named"
    );
    assert_eq!(counts(&report, "accounts")[0], 25);
    assert_eq!(counts(&report, "contacts")[..4], [72, 0, 0, 3]);
    let tickets = counts(&report, "tickets");
    assert_eq!(tickets[0] + tickets[3], 200);
    assert_eq!(
        report["rejects"].as_array().expect("an array").len() as u64,
        tickets[3] + 3
    );
}

#[test]
fn kaggle_tickets_with_quoted_newlines_are_read() {
    let Some(dir) = data("tickets-kaggle") else {
        return;
    };
    let home = tempfile::tempdir().expect("temporary folder");
    let csv = home.path().join("a.csv");
    std::fs::write(&csv, "account_id,account_name\nK,Kaggle\n").expect("the file is written");
    import(home.path(), &[csv], &[]);
    let (code, report) = import(home.path(), &[dir], &["--account", "Kaggle"]);
    assert_eq!(code, Some(0));
    assert_eq!(counts(&report, "tickets")[..4], [8_469, 0, 0, 0]);
    let early = report["flags"]
        .as_array()
        .expect("an array")
        .iter()
        .filter(|f| f["oddity"] == "answered-after-solved")
        .count();
    assert_eq!(
        early, 1_365,
        "tickets solved before their first answer come in flagged"
    );
}

#[test]
fn sparkify_events_become_daily_usage() {
    let Some(dir) = data("sparkify-events") else {
        return;
    };
    let home = tempfile::tempdir().expect("temporary folder");
    let (code, report) = import(home.path(), &[dir], &["--create-accounts"]);
    assert_eq!(code, Some(3));
    assert_eq!(counts(&report, "accounts")[0], 97);
    assert_eq!(
        counts(&report, "usage")[3],
        286,
        "logged-out events have no account"
    );
    let export = tempfile::tempdir().expect("temporary folder");
    kenshin(
        home.path(),
        &["export", "--all", &export.path().display().to_string()],
    );
    let all = std::fs::read_to_string(export.path().join("kenshin-export.jsonl"))
        .expect("the file is readable");
    let events: f64 = all
        .lines()
        .filter_map(|l| serde_json::from_str::<Value>(l).ok())
        .filter(|v| v["metric"] == "events")
        .flat_map(|v| v["points"].as_array().cloned().unwrap_or_default())
        .filter_map(|p| p[1].as_f64())
        .sum();
    assert_eq!(events, 8_056.0 - 286.0);
}

#[test]
fn japanese_encodings_and_names_are_read() {
    let (Some(contacts), Some(kenall), Some(houjin)) = (
        data("jp-contacts-fictional"),
        data("jp-kenall"),
        data("jp-houjin-bangou"),
    ) else {
        return;
    };
    let home = tempfile::tempdir().expect("temporary folder");
    let (_, report) = import(home.path(), &[houjin.join("sabae_company.csv")], &[]);
    assert_eq!(counts(&report, "accounts")[0], 2_143);
    let (_, found) = kenshin(home.path(), &["accounts", "--query", "サバエシ", "--json"]);
    assert!(!found.as_array().expect("an array").is_empty());
    let (_, report) = import(home.path(), &[contacts], &["--account", "鯖江市"]);
    assert_eq!(counts(&report, "contacts")[0], 7_437 + 300);
    // The postal codes are not one of our tables, but the file is decoded: CP932 with half-width
    // kana.
    let bytes = std::fs::read(kenall.join("13TOKYO_2021.CSV")).expect("the file is readable");
    let decoding = kenshin::testing::services::import::encoding::of(&bytes, &bytes[..]);
    let encoding = decoding.expect("bytes in memory can be read").encoding;
    let (text, _, bad) = encoding.decode(&bytes);
    assert!(
        !bad && text.contains("千代田区") && text.contains("ﾁﾖﾀﾞｸ"),
        "{}",
        encoding.name()
    );
}

#[test]
fn hostile_files_do_not_break_the_import_or_the_screen() {
    let Some(dir) = data("nasty") else { return };
    let home = tempfile::tempdir().expect("temporary folder");
    let mut files = Vec::new();
    let mut folders = vec![dir];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)
            .expect("the folder is readable")
            .map(|e| e.expect("a directory entry").path())
        {
            if entry.is_dir() {
                folders.push(entry)
            } else {
                files.push(entry)
            }
        }
    }
    assert!(files.len() > 30);
    let mut desk =
        kenshin::testing::runtime::headless::Desk::empty(kenshin::testing::words::Lang::En)
            .expect("the desk opens");
    for file in files {
        let (code, _) = import(home.path(), std::slice::from_ref(&file), &[]);
        assert!(
            matches!(code, Some(0 | 1 | 3)),
            "{}: {code:?}",
            file.display()
        );
        // The same bytes as account names, and as typed text.
        let text = String::from_utf8_lossy(&std::fs::read(&file).expect("the file is readable"))
            .into_owned();
        let mut csv = csv::Writer::from_writer(Vec::new());
        csv.write_record(["account_id", "account_name"])
            .expect("the write succeeds");
        for (i, line) in text
            .lines()
            .filter(|l| !l.trim().is_empty())
            .take(600)
            .enumerate()
        {
            csv.write_record([format!("{i}"), line.to_owned()])
                .expect("the write succeeds");
        }
        let path = home.path().join("names.csv");
        std::fs::write(&path, csv.into_inner().expect("the CSV is complete"))
            .expect("the file is written");
        let fresh = tempfile::tempdir().expect("temporary folder");
        let (code, _) = import(fresh.path(), &[path], &[]);
        assert!(
            matches!(code, Some(0 | 1 | 3)),
            "{}: {code:?}",
            file.display()
        );
        let mut named = kenshin::testing::runtime::headless::Desk::at(
            kenshin::testing::words::Lang::En,
            fresh.path().to_owned(),
            0,
        )
        .expect("the desk opens");
        named.keys("<pgdn>").keys("<ret>");
        desk.keys(":<esc>");
        for desk in [&mut named, &mut desk] {
            assert!(
                desk.buffer().content().iter().all(|c| !c
                    .symbol()
                    .chars()
                    .any(kenshin::testing::domain::text::is_unsafe)),
                "{}",
                file.display()
            );
        }
        drop(named);
    }
}
