//! Data folders for benchmarks, created once by the program itself under `target/bench-homes`.
//! `KENSHIN_BENCH` selects their size: `small` (the default), or `large` for a hundred thousand
//! accounts and a million notes.

use std::path::PathBuf;
use std::process::Command;

use kenshin::testing::domain::account::Account;
use kenshin::testing::domain::change::{Change, Label, Operation};
use kenshin::testing::domain::ids::Mint;
use kenshin::testing::domain::note::{Kind, Note};
use kenshin::testing::runtime::headless::NOW;
use kenshin::testing::store::{Durability, Store};

/// Whether the large data sets are requested.
fn large() -> bool {
    std::env::var("KENSHIN_BENCH").is_ok_and(|v| v == "large")
}

/// Numbers of accounts, ascending.
pub fn sizes() -> Vec<usize> {
    if large() {
        vec![100, 10_000, 100_000]
    } else {
        vec![100, 10_000]
    }
}

/// Numbers of notes, ascending.
pub fn notes_sizes() -> Vec<usize> {
    if large() {
        vec![10_000, 100_000, 1_000_000]
    } else {
        vec![10_000]
    }
}

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("target/bench-homes")
        .join(name)
}

/// A data folder with this many demo accounts.
pub fn home(accounts: usize) -> PathBuf {
    let home = folder(&format!("accounts-{accounts}"));
    if !home.join("cache/checked").exists() {
        let _ = std::fs::remove_dir_all(&home);
        let made = Command::new(env!("CARGO_BIN_EXE_kenshin"))
            .args(["demo", "--write-only", "--accounts", &accounts.to_string()])
            .env("KENSHIN_HOME", &home)
            .env("KENSHIN_NOW", NOW)
            .env("USER", "Sato")
            .status();
        assert!(
            made.is_ok_and(|s| s.success()),
            "a home of {accounts} accounts is made"
        );
    }
    home
}

/// A store with `count` notes of a thousand accounts, in both languages, with a few rare words.
pub fn notes(count: usize) -> Store {
    let home = folder(&format!("notes-{count}"));
    let whole = home.join("whole");
    if !whole.exists() {
        let _ = std::fs::remove_dir_all(&home);
    }
    let at = chrono::DateTime::parse_from_rfc3339(NOW)
        .expect("a valid time")
        .to_utc();
    let (mut store, _) =
        Store::open(&home, Durability::Relaxed, &mut Mint::new(1), at).expect("the store opens");
    if !whole.exists() {
        let commit = |store: &mut Store, n: usize, changes: Vec<Change>| {
            let id = format!("op{n:08}").as_str().into();
            store
                .commit(&Operation {
                    id,
                    at,
                    actor: "Sato".into(),
                    device: "bench".into(),
                    label: Label::Demo,
                    group: None,
                    changes,
                    usage: vec![],
                })
                .expect("the operation is committed");
        };
        let accounts = (0..1_000).map(|i| {
            Change::create(Account::new(
                format!("a{i:04}").as_str().into(),
                format!("Account {i}"),
            ))
        });
        commit(&mut store, 0, accounts.collect());
        for from in (0..count).step_by(5_000) {
            let notes = (from..count.min(from + 5_000)).map(|i| Change::create(note(i, at)));
            commit(&mut store, from + 1, notes.collect());
        }
        store.sync().expect("the store syncs");
        std::fs::write(&whole, b"").expect("the file is written");
    }
    store
}

fn note(i: usize, at: chrono::DateTime<chrono::Utc>) -> Note {
    const LINES: [&str; 5] = [
        "Next year's budget is under review. \"Reports are too slow\" said the lead of the team.",
        "来期の予算を見直し中とのこと「レポートが遅くて使われない」。佐藤が対応を約束した",
        "Thinking about a roll-out to a second team, asked for a workshop in spring #expansion",
        "新しい担当者が着任。使い方の説明を希望、来週の火曜に一時間",
        "Renewal talk went well; they want the dashboards shared with their own customers.",
    ];
    let rare = if i % 50_021 == 7 {
        format!(" zebra7 シマウマ 七 {i}")
    } else {
        String::new()
    };
    Note {
        id: format!("note{i:08}").as_str().into(),
        account: format!("a{:04}", i % 1_000).as_str().into(),
        kind: Kind::Quick,
        at: at - chrono::Duration::minutes((i as i64 * 7_919) % 1_500_000),
        author: "Sato".into(),
        text: format!("{} ({i}){rare}\n{}", LINES[i % 5], LINES[i * 3 % 5]),
        tags: vec![],
        quotes: vec![],
        checkin: None,
        context: None,
    }
}
