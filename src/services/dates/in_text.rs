//! Days in a line of running text: what is written, and where. The text around them decides which day
//! a short form means, so this only names what stands there.

use std::ops::Range;
use std::sync::LazyLock;

use chrono::{NaiveDate, Weekday};
use regex_lite::{Captures, Regex};

use super::names::{era_base, month_en, weekday_en, weekday_ja};

/// A day as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    Day(NaiveDate),
    /// A month and a day without a year.
    NoYear {
        month: u32,
        day: u32,
    },
    /// Two numbers of which either may be the month; the year where one stands there.
    Open {
        first: u32,
        second: u32,
        year: Option<i32>,
    },
    Weekday(Weekday),
    /// A weekday of the week before, or of the one before that.
    WeeksAgo(i64, Weekday),
    DaysAgo(i64),
    /// Numbers that are no day, such as 2/30, or whose order is unknown, such as 20/11/26.
    Unclear,
}

/// A day, where it stands, and the weekday written beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub range: Range<usize>,
    pub said: Said,
    pub weekday: Option<Weekday>,
}

impl Found {
    /// Whether the day counts from another one.
    pub fn is_relative(&self) -> bool {
        matches!(
            self.said,
            Said::Weekday(_) | Said::WeeksAgo(..) | Said::DaysAgo(_)
        )
    }
}

const MONTH: &str = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";
const DAY: &str = "mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thu(?:rs?)?(?:day)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?";

type Meaning = fn(&Captures) -> Option<Said>;

/// Patterns of a whole day, tried in this order at every place.
static PATTERNS: LazyLock<Vec<(Regex, Meaning)>> = LazyLock::new(|| {
    let table: [(String, Meaning); 12] = [
        (r"((?:19|20)[0-9]{2})\s?年\s?([0-9]{1,2})\s?月\s?([0-9]{1,2})\s?日?".into(), ymd),
        (r"(令和?|平成?|昭和?|r|h)\s?([0-9]{1,2}|元)\s?[年./]\s?([0-9]{1,2})\s?[月./]\s?([0-9]{1,2})\s?日?".into(), era),
        (r"((?:19|20)[0-9]{2})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})".into(), ymd),
        (r"(20[0-9]{2})([0-9]{2})([0-9]{2})".into(), ymd),
        (r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]((?:19|20)[0-9]{2})".into(), open_year),
        (r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{2}".into(), |_| Some(Said::Unclear)),
        (r"([0-9]{1,2})\s?月\s?([0-9]{1,2})\s?日".into(), |c| {
            no_year(number(c, 1)?, number(c, 2)?)
        }),
        (r"([0-9]{1,2})/([0-9]{1,2})".into(), open),
        (format!(r"({MONTH})\.?[\s-]*([0-9]{{1,2}})(?:st|nd|rd|th)?(?:(?:,\s*|\s+|-)((?:19|20)[0-9]{{2}}))?"), |c| {
            named(&c[1], number(c, 2)?, number(c, 3))
        }),
        (format!(r"([0-9]{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]*({MONTH})\.?(?:(?:,\s*|\s+|-)((?:19|20)[0-9]{{2}}))?"), |c| {
            named(&c[2], number(c, 1)?, number(c, 3))
        }),
        (format!(r"((?:last|this|on)\s+)?({DAY})(\s+last\s+week)?"), weekday_named),
        (r"(先々週|先週|前週|今週)?の?([月火水木金土日])曜日?|(先々週|先週|前週|今週)の?([月火水木金土日])|一昨日|昨日|yesterday|today|本日|今日|おととい".into(), relative),
    ];
    table
        .into_iter()
        .filter_map(|(pattern, meaning)| Some((Regex::new(&pattern).ok()?, meaning)))
        .collect()
});

/// A weekday before or after a day: `Fri`, `(金)`, `(金・祝)`.
static BESIDE: LazyLock<Option<(Regex, Regex)>> = LazyLock::new(|| {
    let after = format!(
        r"^\s*,?\s*(?:[(\[]\s*(?:([月火水木金土日])(?:曜日?)?(?:・?祝)?|({DAY})\.?)\s*[)\]]|([月火水木金土日])曜日?|({DAY})\b\.?)"
    );
    let before =
        format!(r"(?:^|[\s(\[])(?:(?:on\s+)?({DAY})\.?,?|([月火水木金土日])曜日?)\s*(?:the\s+)?$");
    Some((Regex::new(&after).ok()?, Regex::new(&before).ok()?))
});

static TIMES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?\s*(?:[ap]m\b|jst|utc|z)?(?:\s*[-–~〜]\s*[0-9]{1,2}:[0-9]{2}\s*(?:[ap]m\b)?)?|[0-9]{1,2}\s?[ap]m\b|[0-9]{1,2}時(?:[0-9]{1,2}分|半)?(?:から|[~〜-])?").ok()
});

/// The days in a folded, half-width line, from left to right; none overlap.
pub fn all(low: &str) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    for (pattern, meaning) in PATTERNS.iter() {
        for c in pattern.captures_iter(low) {
            let Some(whole) = c.get(0) else { continue };
            let range = whole.start()..trimmed(low, whole.start(), whole.end());
            let taken = |f: &Found| f.range.start < range.end && range.start < f.range.end;
            if !alone(low, &range) || out.iter().any(taken) {
                continue;
            }
            if let Some(said) = meaning(&c).filter(|_| !is_word(low, &range)) {
                out.push(Found {
                    range,
                    said,
                    weekday: None,
                });
            }
        }
    }
    out.sort_by_key(|f| f.range.start);
    join_weekdays(low, out)
}

/// The times of day in a line; they are no part of a name.
pub fn times(low: &str) -> Vec<Range<usize>> {
    let all = TIMES.as_ref().map(|t| t.find_iter(low));
    all.into_iter().flatten().map(|m| m.range()).collect()
}

/// The weekday beside a day belongs to it.
fn join_weekdays(low: &str, found: Vec<Found>) -> Vec<Found> {
    let is_day = |f: &Found| matches!(f.said, Said::Weekday(_));
    let mut out: Vec<Found> = Vec::new();
    for mut f in found {
        if let Some(last) = out.last_mut()
            && last.range.end >= f.range.start
        {
            continue;
        }
        if !is_day(&f)
            && let Some((after, before)) = BESIDE.as_ref()
        {
            if let Some(c) = after.captures(&low[f.range.end..]) {
                f.weekday = (1..=4).find_map(|i| weekday(c.get(i)?.as_str()));
                f.range.end += c.get(0).map_or(0, |m| m.end());
            } else if let Some(c) = before.captures(&low[..f.range.start]) {
                f.weekday = (1..=2).find_map(|i| weekday(c.get(i)?.as_str()));
                let start = c.get(1).or_else(|| c.get(2)).map(|m| m.start());
                f.range.start = start.unwrap_or(f.range.start);
                out.retain(|o| !(is_day(o) && o.range.end > f.range.start));
            }
        }
        out.push(f);
    }
    out
}

/// The end of a match without blanks and signs after the last letter or digit.
fn trimmed(low: &str, start: usize, end: usize) -> usize {
    start + low[start..end].trim_end_matches([' ', '.', ',', '-']).len()
}

/// Whether a short weekday is a word of a sentence: "sat down". A sign or the end follows a day.
fn is_word(low: &str, range: &Range<usize>) -> bool {
    let word = &low[range.clone()];
    let short = word.chars().all(|c| c.is_ascii_lowercase()) && !word.ends_with("day");
    let next = low[range.end..].trim_start().chars().next();
    short && word != "today" && next.is_some_and(char::is_alphanumeric)
}

/// Whether neither a letter nor a digit stands beside the match.
fn alone(low: &str, range: &Range<usize>) -> bool {
    let before = low[..range.start].chars().next_back();
    let mut rest = low[range.end..].chars();
    let (next, then) = (rest.next(), rest.next());
    let first = low[range.start..].chars().next().unwrap_or(' ');
    let last = low[range.start..range.end]
        .chars()
        .next_back()
        .unwrap_or(' ');
    let joined = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '$' | '€' | '£' | '¥');
    if first.is_ascii() && before.is_some_and(|c| joined(c) || matches!(c, '-' | '.' | '_' | '#')) {
        return false;
    }
    if last.is_ascii() {
        let next_digit = then.is_some_and(|c| c.is_ascii_digit());
        return !next.is_some_and(|c| {
            c.is_ascii_alphanumeric()
                || matches!(c, '%' | '/' | '_' | '人' | '社' | '件' | '名' | '割')
                || (matches!(c, '-' | '.') && next_digit)
        });
    }
    true
}

fn number<T: std::str::FromStr>(c: &Captures, i: usize) -> Option<T> {
    c.get(i)?.as_str().parse().ok()
}

fn day(year: i32, month: u32, day: u32) -> Said {
    NaiveDate::from_ymd_opt(year, month, day).map_or(Said::Unclear, Said::Day)
}

fn ymd(c: &Captures) -> Option<Said> {
    Some(day(number(c, 1)?, number(c, 2)?, number(c, 3)?))
}

fn era(c: &Captures) -> Option<Said> {
    let year = if &c[2] == "元" { 1 } else { number(c, 2)? };
    Some(day(era_base(&c[1])? + year, number(c, 3)?, number(c, 4)?))
}

/// A day and a month that are days in some year.
fn no_year(month: u32, of_month: u32) -> Option<Said> {
    NaiveDate::from_ymd_opt(2024, month, of_month).map(|_| Said::NoYear {
        month,
        day: of_month,
    })
}

fn open(c: &Captures) -> Option<Said> {
    let (first, second) = (number(c, 1)?, number(c, 2)?);
    // Around the clock.
    if &c[0] == "24/7" {
        return None;
    }
    match (no_year(first, second), no_year(second, first)) {
        (Some(_), Some(_)) if first != second => Some(Said::Open {
            first,
            second,
            year: None,
        }),
        (month_first, day_first) => month_first.or(day_first),
    }
}

fn open_year(c: &Captures) -> Option<Said> {
    let (first, second, year) = (number(c, 1)?, number(c, 2)?, number(c, 3)?);
    // A day with dots is written day first.
    if c[0].contains('.') {
        return Some(day(year, second, first));
    }
    let date = |m, d| NaiveDate::from_ymd_opt(year, m, d);
    Some(match (date(first, second), date(second, first)) {
        (Some(a), Some(b)) if a != b => Said::Open {
            first,
            second,
            year: Some(year),
        },
        (Some(one), _) | (_, Some(one)) => Said::Day(one),
        (None, None) => Said::Unclear,
    })
}

fn named(month: &str, of_month: u32, year: Option<i32>) -> Option<Said> {
    let month = month_en(month)?;
    match year {
        Some(year) => Some(day(year, month, of_month)),
        None => no_year(month, of_month),
    }
}

fn weekday(name: &str) -> Option<Weekday> {
    weekday_ja(name).or_else(|| weekday_en(name))
}

/// A weekday in English. `sat` and `sun` are words too: the short forms need "on" or "last".
fn weekday_named(c: &Captures) -> Option<Said> {
    let name = c.get(2)?;
    let short = !name.as_str().ends_with("day");
    let first = c.get(0)?.start() == 0;
    if short && c.get(1).is_none() && !first {
        return None;
    }
    let day = weekday(name.as_str())?;
    Some(match c.get(3) {
        Some(_) => Said::WeeksAgo(1, day),
        None => Said::Weekday(day),
    })
}

fn relative(c: &Captures) -> Option<Said> {
    let named = c.get(2).or_else(|| c.get(4));
    if let Some(name) = named {
        let day = weekday(name.as_str())?;
        let week = c.get(1).or_else(|| c.get(3));
        return Some(match week.map(|w| w.as_str()) {
            Some("先々週") => Said::WeeksAgo(2, day),
            Some("先週" | "前週") => Said::WeeksAgo(1, day),
            _ => Said::Weekday(day),
        });
    }
    Some(Said::DaysAgo(match &c[0] {
        "昨日" | "yesterday" => 1,
        "一昨日" | "おととい" => 2,
        _ => 0,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Option<(Said, Option<Weekday>, String)> {
        let found = all(text);
        let f = found.first()?;
        Some((f.said.clone(), f.weekday, text[f.range.clone()].to_owned()))
    }

    fn ymd(y: i32, m: u32, d: u32) -> Said {
        Said::Day(NaiveDate::from_ymd_opt(y, m, d).expect("a day"))
    }

    #[test]
    fn days_are_found_in_many_styles() {
        let no_year = |month, day| Said::NoYear { month, day };
        for (text, said, words) in [
            ("2026-11-20 acme", ymd(2026, 11, 20), "2026-11-20"),
            ("acme 2026/1/5", ymd(2026, 1, 5), "2026/1/5"),
            ("2026年11月20日 青葉", ymd(2026, 11, 20), "2026年11月20日"),
            ("令和8年11月20日", ymd(2026, 11, 20), "令和8年11月20日"),
            ("r8.11.20 青葉", ymd(2026, 11, 20), "r8.11.20"),
            ("20261120 acme", ymd(2026, 11, 20), "20261120"),
            ("20.11.2026 acme", ymd(2026, 11, 20), "20.11.2026"),
            ("20/11/2026", ymd(2026, 11, 20), "20/11/2026"),
            ("nov 3 call", no_year(11, 3), "nov 3"),
            ("nov. 3rd, 2026 call", ymd(2026, 11, 3), "nov. 3rd, 2026"),
            ("20 nov: globex", no_year(11, 20), "20 nov"),
            (
                "3rd of november 2026",
                ymd(2026, 11, 3),
                "3rd of november 2026",
            ),
            ("20-nov-2026", ymd(2026, 11, 20), "20-nov-2026"),
            ("11月20日の件", no_year(11, 20), "11月20日"),
            ("20/11 acme", no_year(11, 20), "20/11"),
            ("on tuesday", Said::Weekday(Weekday::Tue), "on tuesday"),
            ("先週の火曜", Said::WeeksAgo(1, Weekday::Tue), "先週の火曜"),
            ("yesterday", Said::DaysAgo(1), "yesterday"),
            ("20/11/26", Said::Unclear, "20/11/26"),
        ] {
            let got = one(text).map(|(said, _, words)| (said, words));
            assert_eq!(got, Some((said, words.to_owned())), "{text}");
        }
    }

    #[test]
    fn weekdays_belong_to_the_day_beside_them() {
        for (text, day, words) in [
            ("11/20(金) 青葉", Weekday::Fri, "11/20(金)"),
            ("fri 20 nov: globex", Weekday::Fri, "fri 20 nov"),
            ("friday, november 20", Weekday::Fri, "friday, november 20"),
            (
                "2026年11月23日(月・祝)",
                Weekday::Mon,
                "2026年11月23日(月・祝)",
            ),
            ("nov 20 (fri) acme", Weekday::Fri, "nov 20 (fri)"),
        ] {
            let found = all(text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!(found[0].weekday, Some(day), "{text}");
            assert_eq!(&text[found[0].range.clone()], words);
        }
    }

    #[test]
    fn numbers_that_are_no_days_are_left() {
        for text in [
            "50/100 seats",
            "v2.11.3",
            "3/4%",
            "24/7",
            "sat down with them",
            "1:1 with jane",
            "nov 2026",
            "$11/20",
        ] {
            assert_eq!(all(text), [], "{text}");
        }
    }
}
