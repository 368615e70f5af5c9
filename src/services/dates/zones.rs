//! The zone behind a time: `Z`, `+0900`, `JST`, `GMT-5`, `Asia/Tokyo`.

use chrono::FixedOffset;
use chrono_tz::Tz;

use super::scan::Scan;
use crate::domain::when::Zone;

/// Words with one meaning, and their minutes before Greenwich. CST, IST and others that name
/// several zones are left out: such a time cannot be placed.
const WORDS: [(&str, i32); 27] = [
    ("utc", 0),
    ("gmt", 0),
    ("z", 0),
    ("wet", 0),
    ("jst", 540),
    ("kst", 540),
    ("hkt", 480),
    ("sgt", 480),
    ("ict", 420),
    ("wib", 420),
    ("msk", 180),
    ("eet", 120),
    ("eest", 180),
    ("cet", 60),
    ("cest", 120),
    ("sast", 120),
    ("est", -300),
    ("edt", -240),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
    ("aest", 600),
    ("aedt", 660),
    ("nzst", 720),
    ("nzdt", 780),
];

/// Words for a zone whose hours change with summer time, by a city of it.
const NAMED: [(&str, Tz); 6] = [
    ("eastern", Tz::America__New_York),
    ("pacific", Tz::America__Los_Angeles),
    ("et", Tz::America__New_York),
    ("ct", Tz::America__Chicago),
    ("mt", Tz::America__Denver),
    ("pt", Tz::America__Los_Angeles),
];

/// The zone that stands here, if any. The outer value is none where something stands here that is
/// no zone.
pub(super) fn zone(scan: &mut Scan) -> Option<Option<Zone>> {
    scan.space();
    if scan.is_done() {
        return Some(None);
    }
    let bracket = scan.eat("(") || scan.eat("[");
    let found = named(scan).or_else(|| scan.attempt(offset))?;
    if bracket {
        (scan.eat(")") || scan.eat("]")).then_some(())?;
    }
    scan.space();
    // `+0900 (Japan Standard Time)`, `+09:00[Asia/Tokyo]` name a zone twice.
    for (open, close) in [('(', ')'), ('[', ']')] {
        if scan.rest().starts_with(open) {
            let (_, rest) = scan.rest().split_once(close)?;
            *scan = Scan::new(rest);
        }
    }
    Some(Some(found))
}

fn named(scan: &mut Scan) -> Option<Zone> {
    if scan.eat_any(&["日本標準時", "日本時間"]) {
        return fixed(540);
    }
    scan.attempt(|scan| {
        let text = scan.rest();
        let len = text
            .bytes()
            .take_while(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'_'))
            .count();
        let word = &text[..len];
        *scan = Scan::new(&text[len..]);
        if word.contains('/') {
            return city(word).map(Zone::Named);
        }
        if let Some((_, zone)) = NAMED.iter().find(|(name, _)| *name == word) {
            return Some(Zone::Named(*zone));
        }
        let (_, minutes) = WORDS.iter().find(|(name, _)| *name == word)?;
        if *minutes == 0
            && let Some(found) = scan.attempt(offset)
        {
            return Some(found);
        }
        fixed(*minutes)
    })
}

fn fixed(minutes: i32) -> Option<Zone> {
    FixedOffset::east_opt(minutes * 60).map(Zone::Fixed)
}

/// `asia/tokyo` as the list of zones spells it.
fn city(word: &str) -> Option<Tz> {
    let mut start = true;
    let spelt: String = word
        .chars()
        .map(|c| {
            let c = if start { c.to_ascii_uppercase() } else { c };
            start = !c.is_ascii_alphabetic();
            c
        })
        .collect();
    spelt
        .parse()
        .or_else(|_| spelt.replace("_Of_", "_of_").parse())
        .ok()
}

/// `+09:00`, `-0500`, `+9`.
fn offset(scan: &mut Scan) -> Option<Zone> {
    let sign = if scan.eat("+") {
        1
    } else if scan.eat("-") {
        -1
    } else {
        return None;
    };
    let first = scan.digits()?;
    let (hours, minutes) = match first.len {
        1 | 2 => {
            let minutes = scan.attempt(|scan| {
                scan.eat(":").then_some(())?;
                scan.digits().filter(|m| m.len == 2)
            });
            (first.value, minutes.map_or(0, |m| m.value))
        }
        4 => (first.value / 100, first.value % 100),
        _ => return None,
    };
    // No place is further from Greenwich.
    (hours <= 14 && minutes < 60).then_some(())?;
    fixed(sign * (hours * 60 + minutes) as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_as_systems_write_them() {
        let hours = |h: i32| FixedOffset::east_opt(h * 3_600).map(Zone::Fixed);
        for (text, want) in [
            ("", Some(None)),
            ("z", Some(hours(0))),
            (" utc", Some(hours(0))),
            ("+0900", Some(hours(9))),
            (" -10:00", Some(hours(-10))),
            ("+9", Some(hours(9))),
            ("gmt+0900 (jst)", Some(hours(9))),
            ("gmt-5", Some(hours(-5))),
            ("(utc+09:00)", Some(hours(9))),
            ("jst", Some(hours(9))),
            ("edt", Some(hours(-4))),
            (
                "asia/tokyo",
                Some(Some(Zone::Named(chrono_tz::Asia::Tokyo))),
            ),
            (
                "america/new_york",
                Some(Some(Zone::Named(chrono_tz::America::New_York))),
            ),
            ("cst", None),
            ("mars/base", None),
            ("+99", None),
            ("later", None),
        ] {
            let mut scan = Scan::new(text);
            assert_eq!(zone(&mut scan), want, "{text}");
            assert!(want.is_none() || scan.is_done(), "{text}");
        }
    }
}
