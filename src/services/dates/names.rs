//! Names in dates: weekdays, months, and the eras of Japan.

use chrono::Weekday;

use super::scan::Scan;

const DAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];
const DAYS_JA: [char; 7] = ['月', '火', '水', '木', '金', '土', '日'];
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
/// Each era with its short forms, and the year before its first.
const ERAS: [(&str, [&str; 2], i32); 5] = [
    ("令和", ["r", "令"], 2018),
    ("平成", ["h", "平"], 1988),
    ("昭和", ["s", "昭"], 1925),
    ("大正", ["t", "大"], 1911),
    ("明治", ["m", "明"], 1867),
];

/// The place of the name that a word of at least three letters begins.
fn begun(word: &str, names: &[&str]) -> Option<usize> {
    if word.len() < 3 {
        return None;
    }
    names.iter().position(|name| name.starts_with(word))
}

/// A weekday as an English word: `fri`, `thurs`, `friday`, `fridays`.
pub fn weekday_en(word: &str) -> Option<Weekday> {
    let word = word.trim_end_matches('.');
    let at = match word {
        "weds" => Some(2),
        _ => begun(word, &DAYS).or_else(|| begun(word.strip_suffix('s')?, &DAYS)),
    }?;
    Weekday::try_from(at as u8).ok()
}

/// The whole text as a Japanese weekday: `金`, `金曜`, `金曜日`.
pub fn weekday_ja(text: &str) -> Option<Weekday> {
    let mut chars = text.chars();
    let first = chars.next()?;
    matches!(chars.as_str(), "" | "曜" | "曜日").then_some(())?;
    Weekday::try_from(DAYS_JA.iter().position(|d| *d == first)? as u8).ok()
}

/// A month as an English word: `dec`, `sept`, `december`; its number.
pub fn month_en(word: &str) -> Option<u32> {
    begun(word, &MONTHS).map(|at| at as u32 + 1)
}

/// The year before the first of an era, by its name or letter.
pub(super) fn era_base(name: &str) -> Option<i32> {
    let era = ERAS
        .iter()
        .find(|(long, short, _)| name == *long || short.contains(&name));
    era.map(|(_, _, base)| *base)
}

/// The era that stands here, as the year before its first. A letter or a single kanji is an era only before
/// a number.
pub(super) fn era(scan: &mut Scan) -> Option<i32> {
    for (name, short, base) in ERAS {
        if scan.eat(name) {
            return Some(base);
        }
        let numbered = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit() || c == '元');
        for form in short {
            if scan.rest().strip_prefix(form).is_some_and(numbered) {
                scan.eat(form);
                return Some(base);
            }
        }
    }
    None
}

/// The weekday behind a day: `(火)`, `（火・祝）`, `火曜日`, `, Thu`. The outer value is none where
/// something that is no weekday stands in brackets.
pub(super) fn weekday_tail(scan: &mut Scan) -> Option<Option<Weekday>> {
    let before = *scan;
    scan.space();
    scan.eat(",");
    scan.space();
    for (open, close) in [("(", ")"), ("[", "]"), ("<", ">")] {
        if !scan.eat(open) {
            continue;
        }
        let (inside, rest) = scan.rest().split_once(close)?;
        let holiday = ["・祝日", "・祝", ",祝", "/祝", "祝日", "祝", "・休", "休"];
        let stem = inside.trim();
        let stem = holiday
            .iter()
            .find_map(|h| stem.strip_suffix(h))
            .unwrap_or(stem);
        let day = weekday_ja(stem).or_else(|| weekday_en(stem))?;
        *scan = Scan::new(rest);
        return Some(Some(day));
    }
    let bare = scan.attempt(|scan| {
        if let Some(word) = scan.letters() {
            let day = weekday_en(word)?;
            scan.eat(".");
            return Some(day);
        }
        let first = scan.peek()?;
        let day = weekday_ja(first.encode_utf8(&mut [0; 4]))?;
        scan.eat(first.encode_utf8(&mut [0; 4]));
        let named = scan.eat_any(&["曜日", "曜"]);
        (named || scan.peek().is_none_or(|c| c == ' ' || c.is_ascii_digit())).then_some(day)
    });
    if bare.is_none() {
        *scan = before;
    }
    Some(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_behind_a_day() {
        for (text, want, rest) in [
            ("(火)", Some(Some(Weekday::Tue)), ""),
            (" (Thu) 10:00", Some(Some(Weekday::Thu)), " 10:00"),
            ("木曜日", Some(Some(Weekday::Thu)), ""),
            ("火 10:00", Some(Some(Weekday::Tue)), " 10:00"),
            (" 10:00", Some(None), " 10:00"),
            ("(月・祝)", Some(Some(Weekday::Mon)), ""),
            ("(draft)", None, "draft)"),
        ] {
            let text = text.to_lowercase();
            let mut scan = Scan::new(&text);
            assert_eq!(
                (weekday_tail(&mut scan), scan.rest()),
                (want, rest),
                "{text}"
            );
        }
    }
}
