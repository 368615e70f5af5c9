//! Every figure of the brief, of the score's reasons and of the account list is computed again from the
//! exported records, in the plainest way. A line with a figure that nobody checks fails the test.

mod brief;
#[path = "../common/mod.rs"]
mod common;
mod facts;
mod records;
mod text;

use std::path::Path;

use chrono::{NaiveDate, NaiveDateTime};
use common::{command, said};
use records::{Records, local, records};
use serde_json::Value;
use text::figures;

const NOW: &str = "2026-11-22T11:00:00+09:00";

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn today() -> NaiveDate {
    day("2026-11-22")
}

fn now() -> NaiveDateTime {
    today().and_hms_opt(11, 0, 0).expect("a time")
}

fn run(home: &Path, lang: &str, args: &[&str]) -> String {
    let out = command(home, args)
        .env("KENSHIN_NOW", NOW)
        .env("KENSHIN_LANG", lang)
        .env("TZ", "Asia/Tokyo")
        .output()
        .expect("the command runs");
    assert!(out.status.success(), "{args:?}: {}", said(&out));
    String::from_utf8(out.stdout).expect("text")
}

fn json(home: &Path, args: &[&str]) -> Value {
    serde_json::from_str(&run(home, "en", args)).expect("JSON")
}

fn home(accounts: usize) -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("temporary folder");
    let accounts = accounts.to_string();
    run(
        home.path(),
        "en",
        &["demo", "--accounts", &accounts, "--write-only"],
    );
    home
}

#[test]
fn every_figure_is_that_of_the_records() {
    let home = home(24);
    let home = home.path();
    let records = records(home);
    let rows = json(home, &["accounts", "--json"]);
    let rows = rows.as_array().expect("accounts");
    assert_eq!(rows.len(), 24);
    let mut checked = 0;
    for row in rows {
        let id = row["id"].as_str().expect("an id");
        let r = &records[id];
        row_is_right(r, row);
        for block in json(home, &["brief", id, "--json"])
            .as_array()
            .expect("blocks")
        {
            let name = block["block"].as_str().expect("a name");
            for item in block["items"].as_array().expect("items") {
                let text = item.as_str().expect("a line");
                let says_figures = text.contains(|c: char| c.is_ascii_digit());
                if says_figures && !["agenda", "questions", "context", "people"].contains(&name) {
                    assert!(
                        brief::is_right(r, row, name, text),
                        "nobody checks {name}: {text}"
                    );
                    checked += 1;
                }
            }
        }
        let health = json(home, &["health", id, "--json"]);
        let mut points = 0.0;
        for dimension in health["dimensions"].as_array().expect("dimensions") {
            points += dimension["points"].as_f64().unwrap_or_default();
            for fact in dimension["facts"].as_array().expect("facts") {
                let fact = fact.as_str().expect("a fact");
                if fact.contains(|c: char| c.is_ascii_digit()) {
                    assert!(facts::is_right(r, fact), "nobody checks {fact}");
                    checked += 1;
                }
            }
        }
        let mean = health["mean"].as_f64().unwrap_or_default();
        assert!(
            (points - mean).abs() < 0.9,
            "{id}: {points} points, mean {mean}"
        );
    }
    assert!(checked > 400, "{checked}");
}

/// The line of an account in the list.
fn row_is_right(r: &Records, row: &Value) {
    let account = r.account();
    if row["churned"].is_null() {
        assert_eq!(row["renewal"], account["renewal"]);
    }
    assert_eq!(
        row["open_tickets"].as_u64(),
        Some(r.open_tickets().len() as u64),
        "{account}"
    );
    let open = r
        .all("action")
        .filter(|a| !["done", "dropped"].contains(&a["status"].as_str().unwrap_or_default()));
    assert_eq!(
        row["open_actions"].as_u64(),
        Some(open.count() as u64),
        "{account}"
    );
    let held = r
        .all("touch")
        .filter(|t| t["attendance"] == "held")
        .map(|t| local(t["at"].as_str().expect("a moment")));
    let touched = held
        .filter(|d| *d <= today())
        .chain(r.talks().iter().map(|t| t.0))
        .max();
    assert_eq!(row["last_touch"].as_str().map(day), touched, "{account}");
}

/// Both languages show the same figures.
#[test]
fn both_languages_show_the_same_figures() {
    let home = home(8);
    let home = home.path();
    let rows = json(home, &["accounts", "--json"]);
    for row in rows.as_array().expect("accounts") {
        let id = row["id"].as_str().expect("an id");
        let of = |lang: &str| {
            let blocks: Value =
                serde_json::from_str(&run(home, lang, &["brief", id, "--json"])).expect("JSON");
            let blocks = blocks.as_array().expect("blocks").clone();
            let figures = blocks.iter().filter(|b| b["block"] != "agenda").map(|b| {
                let lines = b["items"]
                    .as_array()
                    .expect("items")
                    .iter()
                    .filter_map(Value::as_str);
                let mut all: Vec<i64> = lines
                    .flat_map(figures)
                    .map(|f| (f.abs() * 100.0) as i64)
                    .collect();
                all.sort_unstable();
                (b["block"].to_string(), all)
            });
            figures.collect::<Vec<_>>()
        };
        // Japanese writes a few numerals that are words in English: 直近2週間, 1人あたり.
        for ((block, en), (_, ja)) in of("en").into_iter().zip(of("ja")) {
            let mut more = ja.clone();
            for figure in &en {
                let at = more.iter().position(|f| f == figure);
                more.remove(at.unwrap_or_else(|| panic!("{id} {block}: {en:?} {ja:?}")));
            }
            assert!(
                more.iter().all(|f| [100, 200].contains(f)),
                "{id} {block}: {en:?} {ja:?}"
            );
        }
    }
}
