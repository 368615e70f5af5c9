//! Whatever the file holds: no panic, problems have lines that the file has, spans have a length.

use kenshin::testing::words::Lang;
use proptest::prelude::*;

use super::busy_in;

/// Lines as calendars have them, with values that fit and values that do not.
fn line() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![
        "BEGIN",
        "END",
        "UID",
        "DTSTART",
        "DTEND",
        "DURATION",
        "RRULE",
        "EXRULE",
        "RDATE",
        "EXDATE",
        "RECURRENCE-ID",
        "SEQUENCE",
        "STATUS",
        "TZID",
        "TZOFFSETFROM",
        "TZOFFSETTO",
        "METHOD",
        "SUMMARY",
        "X-WR-TIMEZONE",
        "ATTENDEE",
        " folded",
        "",
    ]);
    let param = prop::sample::select(vec![
        "",
        ";TZID=Asia/Tokyo",
        ";TZID=Own",
        ";TZID=\"",
        ";VALUE=DATE",
        ";RANGE=THISANDFUTURE",
        ";ENCODING=BASE64",
        ";ENCODING=QUOTED-PRINTABLE",
        ";VALUE=PERIOD",
    ]);
    let value = prop::sample::select(vec![
        "VCALENDAR",
        "VEVENT",
        "VTIMEZONE",
        "STANDARD",
        "DAYLIGHT",
        "VALARM",
        "1",
        "2",
        "Own",
        "20261202",
        "20261202T100000",
        "20261204T250000Z",
        "20261203T100000Z",
        "00010101T000000",
        "99991231T235959",
        "99991231",
        "16010101T020000",
        "PT1H",
        "P9999999D",
        "-PT5M",
        "-P1D",
        "FREQ=DAILY",
        "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO",
        "FREQ=SECONDLY;INTERVAL=4294967295",
        "FREQ=MONTHLY;BYDAY=-5FR;BYSETPOS=-1",
        "FREQ=WEEKLY;COUNT=4294967295",
        "FREQ=HOURLY;BYDAY=MO",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=4294967295;COUNT=99",
        "+2359",
        "-2359",
        "+0900",
        "20261202T100000Z/PT1H,20261203/20261201",
        "CANCEL",
        "=E9=",
        "é",
    ]);
    (name, param, value).prop_map(|(n, p, v)| format!("{n}{p}:{v}"))
}

fn holds(file: &[u8]) -> Result<(), TestCaseError> {
    let lines = file.iter().filter(|b| matches!(b, b'\n' | b'\r')).count() + 1;
    for tz in [chrono_tz::Asia::Tokyo, chrono_tz::Australia::Lord_Howe] {
        let Some(busy) = busy_in(tz, file) else {
            continue;
        };
        for (line, why) in &busy.problems {
            prop_assert!((1..=lines).contains(line), "{line} of {lines}: {why:?}");
            prop_assert!(!why.words(Lang::En).is_empty());
        }
        prop_assert!(busy.spans.iter().all(|s| s.start < s.end));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        holds(&bytes)?;
        let mut begun = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261202T100000Z\n".to_vec();
        begun.extend_from_slice(&bytes);
        holds(&begun)?;
    }

    #[test]
    fn no_lines_break_the_reader(lines in prop::collection::vec(line(), 0..40)) {
        let mut text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20261202T100000\nDTEND:20261202T110000\n".to_owned();
        text.push_str(&lines.join("\n"));
        holds(text.as_bytes())?;
        let mut plain = "BEGIN:VCALENDAR\nBEGIN:VEVENT\n".to_owned();
        plain.push_str(&lines.join("\n"));
        holds(plain.as_bytes())?;
    }
}
