//! Calendar export and import: exported files are checked with an independent parser, repeated
//! exports update, and imported events become busy times.

mod common;

use chrono::{DateTime, Duration, NaiveDate, TimeZone, Utc};
use common::build::day;
use icalendar::parser::{read_calendar, unfold};
use icalendar::{Calendar, Component, EventLike};
use kenshin::testing::config::Config;
use kenshin::testing::domain::account::Account;
use kenshin::testing::domain::cadence::Kind;
use kenshin::testing::domain::cadence::touchpoint::{State, Touchpoint};
use kenshin::testing::domain::settings::published::Published;
use kenshin::testing::domain::when::{Now, Zone};
use kenshin::testing::services::calendar::{Busy, Meeting, Owner, agreed, write};
use kenshin::testing::words::Lang;

fn at(y: i32, m: u32, d: u32, h: u32, min: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(y, m, d, h, min, 0)
        .single()
        .expect("a moment")
}

fn now(zone: chrono_tz::Tz) -> Now {
    Now::new(at(2026, 11, 24, 1, 0), Zone::Named(zone))
}

fn meeting(start: DateTime<Utc>) -> Meeting {
    let config = Config::load(None).0;
    let account = Account::new("acc-1".into(), "株式会社あおば精機; \"A, B\"");
    let touchpoint = Touchpoint {
        id: "01M".into(),
        account: account.id.clone(),
        kind: Kind::Checkin,
        start,
        day_only: false,
        minutes: 30,
        state: State::Agreed,
        owner: "me".into(),
        place: "https://meet.example/abc?x=1,2".into(),
        ideal: None,
        moves: vec![],
        created: at(2026, 11, 1, 0, 0),
    };
    agreed(&touchpoint, &account, config.template("standard"), Lang::Ja)
}

/// A scope that includes every meeting.
fn all(_: &Published) -> bool {
    false
}

/// The memory after a calendar was sent.
fn remember(memory: Vec<Published>, changed: Vec<Published>) -> Vec<Published> {
    let other = |known: &Published| !changed.iter().any(|c| c.id == known.id);
    let mut out: Vec<Published> = memory.into_iter().filter(other).collect();
    out.extend(changed);
    out
}

/// The busy times of a calendar, for an owner without a known address.
fn read(text: &str, zone: Zone, from: NaiveDate, until: NaiveDate) -> Option<Busy> {
    let owner = Owner { zone, mails: &[] };
    kenshin::testing::services::calendar::read(text.as_bytes(), owner, from, until)
}

/// Parsed by an independent reader.
fn parsed(text: &str) -> Calendar {
    Calendar::from(read_calendar(&unfold(text)).unwrap_or_else(|e| panic!("{e}\n{text}")))
}

#[test]
fn an_independent_reader_understands_the_export() {
    let m = meeting(at(2026, 12, 8, 1, 0));
    let (text, _) = write(
        std::slice::from_ref(&m),
        &[],
        &all,
        now(chrono_tz::Asia::Tokyo),
        Lang::Ja,
    );
    assert!(
        text.lines().all(|l| l.trim_end_matches('\r').len() <= 75),
        "lines are folded: {text}"
    );
    assert!(
        text.contains("BEGIN:VTIMEZONE")
            && text.contains("DTSTART;TZID=Asia/Tokyo:20261208T100000"),
        "{text}"
    );
    let calendar = parsed(&text);
    let event = calendar.events().next().expect("an event");
    assert_eq!(event.get_uid(), Some("01M@kenshin"));
    assert_eq!(
        event.get_summary(),
        Some("株式会社あおば精機; \"A, B\": チェックイン")
    );
    assert_eq!(event.get_location(), Some("https://meet.example/abc?x=1,2"));
    let description = event.get_description().expect("a description");
    assert!(
        description.contains("利用状況") && description.contains("kenshin brief acc-1"),
        "{description}"
    );
    assert_eq!(event.property_value("SEQUENCE"), Some("0"));
    assert!(
        text.contains("BEGIN:VALARM") && text.contains("TRIGGER:-PT10M"),
        "{text}"
    );
}

#[test]
fn an_unchanged_export_keeps_the_sequence_and_a_new_time_raises_it() {
    let now = now(chrono_tz::Asia::Tokyo);
    let first = meeting(at(2026, 12, 8, 1, 0));
    let sequence = |text: &str| {
        parsed(text)
            .events()
            .map(|e| {
                (
                    e.get_uid().expect("a UID").to_owned(),
                    e.property_value("SEQUENCE").expect("a SEQUENCE").to_owned(),
                    e.property_value("STATUS").expect("a STATUS").to_owned(),
                )
            })
            .collect::<Vec<_>>()
    };
    let (a, memory) = write(std::slice::from_ref(&first), &[], &all, now, Lang::Ja);
    let (b, again) = write(std::slice::from_ref(&first), &memory, &all, now, Lang::Ja);
    assert_eq!((a, again), (b, vec![]), "the same again is no change");
    let moved = Meeting {
        start: first.start + Duration::days(1),
        ..first
    };
    let (c, changed) = write(std::slice::from_ref(&moved), &memory, &all, now, Lang::Ja);
    let memory = remember(memory, changed);
    assert_eq!(
        sequence(&c),
        [("01M@kenshin".into(), "1".into(), "CONFIRMED".into())]
    );
    // A calendar whose scope excludes the meeting does not mention it.
    let (f, changed) = write(&[], &memory, &|_| true, now, Lang::Ja);
    assert_eq!((sequence(&f), changed), (vec![], vec![]));
    // A meeting that no longer exists is cancelled once, and stays cancelled.
    let (d, changed) = write(&[], &memory, &all, now, Lang::Ja);
    let memory = remember(memory, changed);
    assert_eq!(
        sequence(&d),
        [("01M@kenshin".into(), "2".into(), "CANCELLED".into())]
    );
    let (e, changed) = write(&[], &memory, &all, now, Lang::Ja);
    assert_eq!((sequence(&e), changed), (sequence(&d), vec![]));
}

#[test]
fn a_planned_meeting_keeps_its_id_when_its_day_moves() {
    let now = now(chrono_tz::Asia::Tokyo);
    let planned = Meeting {
        uid: None,
        agreed: false,
        ..meeting(at(2026, 12, 8, 0, 0))
    };
    let uids = |text: &str| {
        parsed(text)
            .events()
            .map(|e| e.get_uid().expect("a UID").to_owned())
            .collect::<Vec<_>>()
    };
    let later = Meeting {
        start: planned.start + Duration::days(30),
        ..planned.clone()
    };
    let (a, memory) = write(&[planned.clone(), later.clone()], &[], &all, now, Lang::En);
    let both = uids(&a);
    assert_eq!(both.len(), 2);
    assert!(a.contains("TRANSP:TRANSPARENT") && a.contains("STATUS:TENTATIVE"));
    let moved = [
        Meeting {
            start: planned.start + Duration::days(3),
            ..planned
        },
        Meeting {
            start: later.start + Duration::days(3),
            ..later
        },
    ];
    let (b, _) = write(&moved, &memory, &all, now, Lang::En);
    assert_eq!(uids(&b), both);
}

#[test]
fn the_export_includes_clock_changes_for_readers_without_zone_tables() {
    let zone = chrono_tz::America::New_York;
    let times = [at(2026, 12, 8, 15, 0), at(2027, 7, 8, 14, 0)];
    let meetings: Vec<Meeting> = times
        .iter()
        .enumerate()
        .map(|(i, t)| Meeting {
            uid: Some(format!("{i}@kenshin")),
            ..meeting(*t)
        })
        .collect();
    let (text, _) = write(&meetings, &[], &all, now(zone), Lang::En);
    // Ten o'clock in winter and in summer.
    assert!(
        text.contains("DTSTART;TZID=America/New_York:20261208T100000")
            && text.contains("DTSTART;TZID=America/New_York:20270708T100000"),
        "{text}"
    );
    assert!(
        text.contains(
            "BEGIN:DAYLIGHT\r\nDTSTART:20270314T020000\r\nTZOFFSETFROM:-0500\r\nTZOFFSETTO:-0400"
        ),
        "{text}"
    );
    assert!(
        text.contains(
            "BEGIN:STANDARD\r\nDTSTART:20271107T020000\r\nTZOFFSETFROM:-0400\r\nTZOFFSETTO:-0500"
        ),
        "{text}"
    );
    // Our own reader gets the same times. The id is changed because our own events are skipped.
    let busy = read(
        &text.replace("@kenshin", "@else"),
        Zone::utc(),
        day(2026, 11, 1),
        day(2027, 12, 1),
    )
    .expect("a calendar");
    assert_eq!(
        busy.spans.iter().map(|s| s.start).collect::<Vec<_>>(),
        times
    );
}

const OTHERS: &str = "BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//Someone//EN\r
BEGIN:VEVENT\r
UID:weekly@x\r
DTSTART;TZID=Asia/Tokyo:20260105T090000\r
DTEND;TZID=Asia/Tokyo:20260105T093000\r
RRULE:FREQ=WEEKLY;BYDAY=MO\r
EXDATE;TZID=Asia/Tokyo:20261130T090000\r
SUMMARY:朝会\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:weekly@x\r
RECURRENCE-ID;TZID=Asia/Tokyo:20261207T090000\r
DTSTART;TZID=Asia/Tokyo:20261207T150000\r
DTEND;TZID=Asia/Tokyo:20261207T153000\r
SUMMARY:朝会 (午後)\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:free@x\r
DTSTART:20261201T010000Z\r
DTEND:20261201T020000Z\r
TRANSP:TRANSPARENT\r
SUMMARY:free\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:off@x\r
DTSTART:20261202T010000Z\r
DTEND:20261202T020000Z\r
STATUS:CANCELLED\r
SUMMARY:off\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:01M@kenshin\r
DTSTART:20261203T010000Z\r
DTEND:20261203T020000Z\r
SUMMARY:ours\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:day@x\r
DTSTART;VALUE=DATE:20261204\r
DTEND;VALUE=DATE:20261205\r
SUMMARY:offsite\\, all day \x1b[31m\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:broken@x\r
SUMMARY:no start\r
END:VEVENT\r
END:VCALENDAR\r
";

#[test]
fn foreign_events_become_busy_times() {
    let busy = read(
        OTHERS,
        Zone::Named(chrono_tz::Asia::Tokyo),
        day(2026, 11, 24),
        day(2026, 12, 15),
    )
    .expect("a calendar");
    let spans: Vec<(String, String, bool)> = busy
        .spans
        .iter()
        .map(|s| {
            (
                s.start.format("%m-%d %H:%M").to_string(),
                s.title.clone(),
                s.whole,
            )
        })
        .collect();
    assert_eq!(
        spans,
        [
            (
                "12-03 15:00".to_owned(),
                "offsite, all day [31m".to_owned(),
                true
            ),
            ("12-07 06:00".to_owned(), "朝会 (午後)".to_owned(), false),
            ("12-14 00:00".to_owned(), "朝会".to_owned(), false),
        ],
        "the exception, the moved one, and nothing that takes no time"
    );
    let (line, why) = &busy.problems[0];
    assert_eq!(OTHERS.lines().nth(line - 1), Some("BEGIN:VEVENT"));
    assert_eq!(why.words(Lang::En), "the event has no start");
    assert_eq!(why.words(Lang::Ja), "開始日時がありません");
    assert_eq!(busy.problems.len(), 1);
}

#[test]
fn a_file_that_is_no_calendar_is_refused_and_nothing_hangs() {
    for text in ["", "hello", "BEGIN:VCARD\r\nEND:VCARD\r\n", "\u{0}\u{1}"] {
        assert_eq!(
            read(text, Zone::utc(), day(2026, 1, 1), day(2027, 1, 1)),
            None,
            "{text}"
        );
    }
    // A duration beyond the representable range; the next event is still read.
    let long = format!(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20260102T000000Z\nDURATION:PT1{}H\nEND:VEVENT\nBEGIN:VEVENT\nUID:b\nDTSTART:20260103T000000Z\nDURATION:PT1H\nEND:VEVENT\nEND:VCALENDAR\n",
        "9".repeat(120)
    );
    let busy = read(&long, Zone::utc(), day(2026, 1, 1), day(2027, 1, 1)).expect("a calendar");
    assert_eq!(
        (
            busy.spans.len(),
            busy.problems.iter().map(|p| p.0).collect::<Vec<_>>()
        ),
        (1, vec![5]),
        "{busy:?}"
    );
    // An endless rule that starts long ago and repeats many times a day.
    let mad = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:19900101T000000Z\nDURATION:PT1M\nRRULE:FREQ=SECONDLY\nEND:VEVENT\nEND:VCALENDAR\n";
    assert!(read(mad, Zone::utc(), day(2026, 1, 1), day(2027, 1, 1)).is_some());
    let cut = &OTHERS[..OTHERS.len() / 2];
    assert!(
        read(cut, Zone::utc(), day(2026, 1, 1), day(2027, 1, 1))
            .is_none_or(|b| b.spans.len() < 200)
    );
}
