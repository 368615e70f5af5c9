//! Calendars of other programs as busy times, in four zones. The right times come from two
//! independent programs: see tests/calendars/README.md.
//!
//! `cargo test --test calendars -- --nocapture how_many` prints how many calendars of each kind are
//! read right.

mod properties;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::NaiveDate;
use kenshin::testing::domain::when::Zone;
use kenshin::testing::services::calendar::{Busy, Owner, read};
use kenshin::testing::words::Lang;

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

/// A calendar of one event, with its lines.
fn calendar(lines: &[&str]) -> String {
    let mut text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\n".to_owned();
    for line in lines {
        text.push_str(line);
        text.push_str("\r\n");
    }
    text.push_str("END:VEVENT\r\nEND:VCALENDAR\r\n");
    text
}

fn in_tokyo(text: &str) -> Busy {
    busy_in(chrono_tz::Asia::Tokyo, text.as_bytes()).expect("a calendar")
}

#[test]
fn what_is_not_understood_is_named_with_its_line() {
    let start = "DTSTART;TZID=Asia/Tokyo:20261202T100000";
    let end = "DTEND;TZID=Asia/Tokyo:20261202T110000";
    let unknown = "DTSTART;TZID=Nowhere/Land:20261202T100000";
    // The lines, how many busy times are read, and each problem.
    type Problem<'a> = (usize, &'a str);
    let cases: &[(&[&str], usize, &[Problem])] = &[
        (
            &[unknown, end],
            0,
            &[(5, "the time zone “Nowhere/Land” is not known")],
        ),
        (&["SUMMARY:x"], 0, &[(3, "the event has no start")]),
        (
            &["DTSTART:soon", end],
            0,
            &[(5, "the start cannot be read")],
        ),
        (
            &[start, "DTEND:20261232"],
            0,
            &[(6, "the end cannot be read")],
        ),
        (
            &[start, "DTEND:20261201T000000Z"],
            0,
            &[(6, "the event ends before it starts")],
        ),
        (
            &[start, "DURATION:1 hour"],
            0,
            &[(6, "the duration cannot be read")],
        ),
        (
            &[start, "DURATION:PT99999999999999999999S"],
            0,
            &[(6, "the duration is too long")],
        ),
        (
            &[start, end, "RRULE:FREQ=FORTNIGHTLY"],
            1,
            &[(7, "the repetition cannot be read")],
        ),
        (
            &[start, end, "EXDATE:tomorrow"],
            1,
            &[(7, "a date that is added or left out cannot be read")],
        ),
        (
            &[start, end, "EXDATE;TZID=No:20261202T100000"],
            1,
            &[(7, "the time zone “No” is not known")],
        ),
        (
            &[start, end, "RECURRENCE-ID:then"],
            0,
            &[(7, "which occurrence is changed cannot be read")],
        ),
        (
            &[
                start,
                end,
                "RECURRENCE-ID;RANGE=THISANDPRIOR:20261202T010000Z",
            ],
            1,
            &[(
                7,
                "which occurrences are changed is unclear: only one is changed",
            )],
        ),
        (
            &[start, end, "and so on"],
            1,
            &[(7, "this is no line of a calendar")],
        ),
        (
            &[start, end, "RRULE:FREQ=MINUTELY"],
            20_000,
            &[(7, "the event repeats too often to be counted")],
        ),
    ];
    for (lines, count, problems) in cases {
        let busy = in_tokyo(&calendar(lines));
        let named: Vec<(usize, String)> = busy
            .problems
            .iter()
            .map(|(line, why)| (*line, why.words(Lang::En).into_owned()))
            .collect();
        let right: Vec<(usize, String)> = problems
            .iter()
            .map(|(l, w)| (*l, (*w).to_owned()))
            .collect();
        assert_eq!((busy.spans.len(), named), (*count, right), "{lines:?}");
        for (_, why) in &busy.problems {
            assert!(!why.words(Lang::Ja).is_ascii(), "{why:?}");
        }
    }
    // An event without end does not use up what is counted for the others.
    let mad = calendar(&[
        "DTSTART:19900101T000000Z",
        "DURATION:PT1S",
        "RRULE:FREQ=SECONDLY;COUNT=4000000000",
    ]);
    let both = mad.replace(
        "END:VCALENDAR",
        "BEGIN:VEVENT\r\nUID:2\r\nDTSTART:20261202T010000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=3\r\nEND:VEVENT\r\nEND:VCALENDAR",
    );
    let busy = in_tokyo(&both);
    assert_eq!((busy.spans.len(), busy.problems.len()), (3, 1));
    // An event and a calendar that are cut off.
    let text = calendar(&[start, end]);
    let cut = |at: &str| in_tokyo(text.split(at).next().expect("a part"));
    let named = |busy: &Busy| busy.problems.iter().map(|p| p.0).collect::<Vec<_>>();
    assert_eq!(named(&cut("END:VEVENT")), [3, 6]);
    assert_eq!(named(&cut("END:VCALENDAR")), [7]);
}

#[test]
fn what_the_owner_declined_takes_no_time() {
    let read_as = |text: &str, mails: &[&str]| {
        let mails: Vec<String> = mails.iter().map(|m| (*m).to_owned()).collect();
        let owner = Owner {
            zone: Zone::utc(),
            mails: &mails,
        };
        let busy = read(text.as_bytes(), owner, day(2026, 10, 1), day(2027, 4, 15));
        busy.map(|b| (b.spans.len(), b.declined))
            .expect("a calendar")
    };
    let event = |attendees: &[&str]| {
        let mut lines = vec!["DTSTART:20261202T010000Z", "DTEND:20261202T020000Z"];
        lines.extend(attendees);
        calendar(&lines)
    };
    let declined = event(&[
        "ATTENDEE;PARTSTAT=DECLINED;CN=Me:mailto:me@our.example",
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:x@else.example",
    ]);
    assert_eq!(read_as(&declined, &["me@our.example"]), (0, 0));
    assert_eq!(
        read_as(&declined, &["old@our.example", "ME@Our.example"]),
        (0, 0)
    );
    assert_eq!(read_as(&declined, &["x@else.example"]), (1, 0));
    // Without an address it is counted, and said.
    assert_eq!(read_as(&declined, &[]), (1, 1));
    // Google names a calendar by the address of its owner.
    let google = declined.replace("VERSION:2.0", "VERSION:2.0\r\nX-WR-CALNAME:me@our.example");
    assert_eq!(read_as(&google, &[]), (0, 0));
    // Apple writes the address beside a name of its own.
    let apple = event(&["ATTENDEE;EMAIL=me@our.example;PARTSTAT=DECLINED:/principals/7/"]);
    assert_eq!(read_as(&apple, &["me@our.example"]), (0, 0));
    // Invited under two addresses, answered from one.
    let twice = event(&[
        "ATTENDEE;PARTSTAT=DECLINED:mailto:old@our.example",
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:me@our.example",
    ]);
    assert_eq!(
        read_as(&twice, &["me@our.example", "old@our.example"]),
        (1, 0)
    );
    let delegated = event(&["ATTENDEE;PARTSTAT=DELEGATED:mailto:me@our.example"]);
    assert_eq!(read_as(&delegated, &["me@our.example"]), (0, 0));
}

#[test]
fn titles_come_through_encodings_and_folds() {
    let title = "青葉商事さま定例会の議事録を確認する打ち合わせと次回までの宿題";
    let text = calendar(&[
        "DTSTART:20261202T010000Z",
        "DTEND:20261202T020000Z",
        &format!("SUMMARY:{title}"),
    ]);
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let (at, _) = text
        .char_indices()
        .find(|(_, c)| *c == '録')
        .expect("the character");
    let mut folded = text.as_bytes()[..=at].to_vec();
    folded.extend_from_slice(b"\r\n ");
    folded.extend_from_slice(&text.as_bytes()[at + 1..]);
    for file in [
        text.clone().into_bytes(),
        encoding_rs::SHIFT_JIS.encode(&text).0.into_owned(),
        encoding_rs::ISO_2022_JP.encode(&text).0.into_owned(),
        utf16,
        folded,
    ] {
        let busy = busy_in(chrono_tz::Asia::Tokyo, &file).expect("a calendar");
        let titles: Vec<&str> = busy.spans.iter().map(|s| s.title.as_str()).collect();
        assert_eq!((titles, busy.problems), (vec![title], vec![]));
    }
}

/// The files that failed once, where `KENSHIN_REAL_DATA` has them beside its folder.
#[test]
fn cases_that_failed_are_read_right() {
    let Some(data) = std::env::var_os("KENSHIN_REAL_DATA") else {
        return println!("KENSHIN_REAL_DATA is not set: skipped");
    };
    let cases = Path::new(&data).join("../cases");
    let starts = |file: &str| {
        let path = cases.join(file);
        let bytes = std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let busy = busy_in(chrono_tz::Asia::Tokyo, &bytes).expect("a calendar");
        let form = |s: &kenshin::testing::domain::cadence::absence::Span| {
            Zone::Named(chrono_tz::Asia::Tokyo)
                .local(s.start)
                .format("%d %H:%M")
                .to_string()
        };
        let starts: Vec<String> = busy.spans.iter().map(form).collect();
        (starts.join(", "), busy.problems.len())
    };
    for (file, right, problems) in [
        (
            "09-until-in-utc/24-untilutc.ics",
            "01 08:00, 02 08:00, 03 08:00",
            0,
        ),
        (
            "09-until-in-utc/44-until-date.ics",
            "01 15:00, 02 15:00, 03 15:00",
            0,
        ),
        (
            "09-until-in-utc/44-until-google-15h.ics",
            "01 15:00, 02 15:00, 03 15:00",
            0,
        ),
        (
            "09-until-in-utc/44-until-outlook-15h.ics",
            "01 15:00, 02 15:00, 03 15:00",
            0,
        ),
        ("10-no-dtend/34-nobusyend.ics", "", 0),
        ("10-no-dtend/49-noend-int.ics", "", 0),
        ("11-own-vtimezone/40-custom5.ics", "03 00:00", 0),
        ("12-unknown-tzid/07-unknown.ics", "", 1),
        ("12-unknown-tzid/42-evo.ics", "02 18:00", 0),
        (
            "13-allday-same-day/20-allday.ics",
            "02 00:00, 04 00:00, 07 00:00, 09 00:00",
            0,
        ),
        (
            "15-exdate-as-date/09-exdate.ics",
            "01 18:00, 15 18:00, 22 18:00",
            0,
        ),
        ("16-declined-cancelled-free/17-declined.ics", "", 0),
        ("16-declined-cancelled-free/19-cancelmethod.ics", "", 0),
        ("32-ics-encodings/27-foldbyte.ics", "01 08:00", 0),
        ("32-ics-encodings/28-sjis.ics", "01 08:00", 0),
        ("32-ics-encodings/29-utf16.ics", "01 08:00", 0),
    ] {
        assert_eq!(starts(file), (right.to_owned(), problems), "{file}");
    }
}
