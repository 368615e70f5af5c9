//! Calendar exports to a calendar that received meetings before: the ids stay the same, and no
//! sequence decreases.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::golden::check;
use crate::home::{Home, root};

/// The fields of one event, by name.
type Event = BTreeMap<String, String>;

/// The events of a calendar, with folded lines joined.
fn events(ics: &str) -> Vec<Event> {
    let whole = ics.replace("\r\n ", "").replace("\n ", "");
    let field = |line: &str| {
        let (name, value) = line.trim_end().split_once(':')?;
        Some((name.split(';').next()?.to_owned(), value.to_owned()))
    };
    let event = |text: &str| {
        text.split("BEGIN:VALARM")
            .next()
            .unwrap_or_default()
            .lines()
            .filter_map(field)
            .collect()
    };
    whole.split("BEGIN:VEVENT").skip(1).map(event).collect()
}

fn sequence(event: &Event) -> u64 {
    event["SEQUENCE"].parse().expect("a number")
}

fn published(home: &std::path::Path) -> BTreeMap<String, Value> {
    serde_json::from_slice(
        &std::fs::read(home.join("calendar/told.json")).expect("the file is readable"),
    )
    .expect("valid JSON")
}

/// The sequences known to calendars, by id.
fn sequences(home: &Home) -> BTreeMap<String, u64> {
    let lines = crate::common::everything(home.path());
    let records = lines
        .lines()
        .filter_map(|l| serde_json::from_str::<Value>(l).ok())
        .filter(|l| l["kind"] == "published");
    records
        .map(|l| {
            let r = &l["record"];
            let id = r["id"].as_str().expect("a string").to_owned();
            (id, r["sequence"].as_u64().expect("a number"))
        })
        .collect()
}

fn exported(home: &Home, args: &[&str]) -> String {
    let answer: Value =
        serde_json::from_str(&home.done(&[&["calendar", "export", "--json"], args].concat()))
            .expect("valid JSON");
    answer["ics"].as_str().expect("a string").to_owned()
}

/// Export arguments with different scopes.
const EXPORTS: [&[&str]; 3] = [
    &[],
    &["--account", "acme"],
    &["--account", "initech", "--planned"],
];

#[test]
fn ids_stay_and_sequences_never_go_back() {
    let mut text = String::new();
    for args in EXPORTS {
        let home = Home::stored();
        let before = published(home.path());
        let events = events(&exported(&home, args));
        assert!(!events.is_empty());
        text.push_str(&format!("calendar export {}\n", args.join(" ")));
        for event in &events {
            let uid = &event["UID"];
            let known = before
                .get(uid)
                .map_or(0, |t| t["sequence"].as_u64().expect("a number"));
            assert!(
                sequence(event) >= known,
                "{uid}: {} after {known}",
                sequence(event)
            );
            text.push_str(&format!(
                "{uid} {} {} {}\n",
                event["DTSTART"], event["STATUS"], event["SEQUENCE"]
            ));
        }
        // A future meeting that was sent for this account is sent again, at least as cancelled.
        for (uid, _) in before
            .iter()
            .filter(|(_, t)| args.get(1).is_some_and(|account| t["account"] == **account))
        {
            assert!(
                events.iter().any(|e| e["UID"] == *uid),
                "{uid} is forgotten"
            );
        }
        let after = sequences(&home);
        for (uid, before) in &before {
            let before = before["sequence"].as_u64().expect("a number");
            assert!(after.get(uid).is_some_and(|s| *s >= before), "{uid}");
        }
    }
    check("calendar.txt", &text);
}

/// An unchanged meeting is no update: the second export equals the first.
#[test]
fn a_repeated_export_is_identical() {
    let home = Home::stored();
    for args in [EXPORTS[1], EXPORTS[2]] {
        let (first, second) = (exported(&home, args), exported(&home, args));
        assert_eq!(first, second);
    }
}

#[test]
fn the_record_of_sent_meetings_is_as_before() {
    let lines = |(uid, t): (String, Value)| {
        format!(
            "{uid} {} {} {} {} {} {} {}\n",
            t["account"], t["kind"], t["start"], t["minutes"], t["day"], t["sequence"], t["off"]
        )
    };
    check(
        "calendar-told.txt",
        &published(&root().join("stores/schema-3"))
            .into_iter()
            .map(lines)
            .collect::<String>(),
    );
}

/// Sequences have a golden text of their own.
#[test]
fn a_calendar_is_answered_in_each_language() {
    for lang in ["en", "ja"] {
        let home = Home::stored();
        let out = home.run(lang, &["calendar", "export", "--json"]);
        let text = String::from_utf8(out.stdout).expect("valid UTF-8");
        let mut parts = text.split("SEQUENCE:");
        let mut unnumbered = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            unnumbered.push_str(&format!(
                "SEQUENCE:<n>{}",
                part.trim_start_matches(|c: char| c.is_ascii_digit())
            ));
        }
        check(&format!("{lang}/calendar.txt"), &unnumbered);
    }
}
