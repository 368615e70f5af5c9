//! Calendars of other programs as busy times, in four zones. The right times come from two
//! independent programs: see tests/calendars/README.md.
//!
//! `cargo test --test calendars -- --nocapture how_many` prints how many calendars of each kind are
//! read right.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::NaiveDate;
use kenshin::testing::domain::when::Zone;
use kenshin::testing::services::calendar::{Busy, Owner, read};
use kenshin::testing::words::Lang;
use proptest::prelude::*;

const ZONES: [chrono_tz::Tz; 4] = [
    chrono_tz::Asia::Tokyo,
    chrono_tz::America::New_York,
    chrono_tz::Asia::Kolkata,
    chrono_tz::Australia::Lord_Howe,
];
const FILES: [&str; 8] = [
    "google",
    "outlook",
    "exchange",
    "apple",
    "nextcloud",
    "thunderbird",
    "zones",
    "others",
];

fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/calendars")
        .join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).expect("a day")
}

fn busy_in(tz: chrono_tz::Tz, file: &[u8]) -> Option<Busy> {
    let mails = ["Me@our.example".to_owned()];
    let owner = Owner {
        zone: Zone::Named(tz),
        mails: &mails,
    };
    read(file, owner, day(2026, 10, 1), day(2027, 4, 15))
}

/// The calendars of a file, by name.
fn calendars(file: &str) -> Vec<(String, String)> {
    let text = fixture(&format!("{file}.txt"));
    text.split("### ")
        .filter_map(|part| part.split_once('\n'))
        .map(|(name, body)| (name.to_owned(), body.replace('\n', "\r\n")))
        .collect()
}

/// The right spans by calendar and zone.
fn goldens() -> BTreeMap<(String, &'static str), String> {
    let mut out = BTreeMap::new();
    for line in fixture("goldens.txt").lines() {
        let parts: Vec<&str> = line.splitn(3, '|').map(str::trim).collect();
        for tz in ZONES {
            if parts[1] == "*" || parts[1] == tz.name() {
                out.insert((parts[0].to_owned(), tz.name()), parts[2].to_owned());
            }
        }
    }
    out
}

fn spans(busy: &Busy) -> String {
    let span = |s: &kenshin::testing::domain::cadence::absence::Span| {
        let whole = if s.whole { "*" } else { "" };
        let form = "%Y%m%dT%H%M%SZ";
        format!("{}/{}{whole}", s.start.format(form), s.end.format(form))
    };
    busy.spans.iter().map(span).collect::<Vec<_>>().join(" ")
}

/// The calendars that are not read right, by file.
fn wrong() -> BTreeMap<&'static str, (usize, BTreeSet<String>)> {
    let goldens = goldens();
    let mut out = BTreeMap::new();
    for file in FILES {
        let calendars = calendars(file);
        let mut wrong = BTreeSet::new();
        for (name, text) in &calendars {
            for tz in ZONES {
                let right = &goldens[&(name.clone(), tz.name())];
                let found = busy_in(tz, text.as_bytes()).map(|b| spans(&b));
                if found.as_ref() != Some(right) {
                    println!("{name} in {tz}:\n  {found:?}\n  {right}");
                    wrong.insert(name.clone());
                }
            }
        }
        out.insert(file, (calendars.len(), wrong));
    }
    out
}

#[test]
fn how_many_calendars_are_read_right() {
    let wrong = wrong();
    println!("{:<12} {:>9} {:>6}", "calendars", "all", "right");
    for (file, (all, bad)) in &wrong {
        println!("{file:<12} {all:>9} {:>6}", all - bad.len());
    }
    let all: usize = wrong.values().map(|(all, _)| all).sum();
    let bad: Vec<&String> = wrong.values().flat_map(|(_, bad)| bad).collect();
    println!("{:<12} {all:>9} {:>6}", "sum", all - bad.len());
    assert!(all >= 120, "{all}");
    assert_eq!(bad, Vec::<&String>::new());
}
