//! Days in English words: `fri`, `next fri`, `+3d`, `in 2 weeks`, `eom`, `end of quarter`,
//! `second tue of december`.

use chrono::{Datelike, Duration, NaiveDate, Weekday};

use super::counted::{
    Unit, in_week, last_business, last_weekday, next_weekday, nth_weekday, shift, week_start,
};
use super::fiscal::{self, Part};
use super::names::{month_en, weekday_en};
use super::on::On;
use super::written::month_end;
use crate::domain::when::add_months;

/// The whole text as a day; none for other text. A month or a year alone is no day.
pub(super) fn english(text: &str, on: On) -> Option<NaiveDate> {
    if !text.is_ascii() {
        return None;
    }
    if text.starts_with(['+', '-']) {
        return signed(text, on);
    }
    // "2w" for "+2w"; "12" is a day of the month.
    if !on.past
        && text.starts_with(|c: char| c.is_ascii_digit())
        && text.ends_with(char::is_alphabetic)
    {
        let short = signed(&format!("+{text}"), on);
        if short.is_some() && text.len() <= 4 {
            return short;
        }
    }
    let spaced = text
        .replace(['-', ','], " ")
        .replace("'s", "")
        .replace('\'', "");
    let words: Vec<&str> = spaced
        .split_whitespace()
        .map(|w| w.trim_end_matches('.'))
        .filter(|w| !matches!(*w, "the" | "of" | "in" | "on" | "for"))
        .collect();
    let counts = text.starts_with("in ");
    named(&words, on)
        .or_else(|| counted(&words, counts, on))
        .or_else(|| of_weekday(&words, on))
        .or_else(|| of_month(&words, on))
        .or_else(|| edge(&words, on))
}

/// `+3d`, `+2w`, `+1m`, `+3b`, `-2d`; the unit may also be Japanese in [`super::japanese`].
fn signed(text: &str, on: On) -> Option<NaiveDate> {
    let (sign, rest) = match text.strip_prefix('+') {
        Some(rest) => (1, rest),
        None => (-1, text.strip_prefix('-')?),
    };
    let len = rest.bytes().take_while(u8::is_ascii_digit).count();
    let n: i64 = rest[..len].parse().ok()?;
    let unit = match rest[len..].trim() {
        "" if sign > 0 => Unit::Days,
        word => unit(word)?,
    };
    shift(on.today, sign * n, unit)
}

/// A unit as a word or a letter.
fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "d" | "day" | "days" => Unit::Days,
        "b" | "bd" | "bds" => Unit::Business,
        "w" | "wk" | "wks" | "week" | "weeks" => Unit::Weeks,
        "m" | "mo" | "mos" | "mth" | "mths" | "month" | "months" => Unit::Months,
        "y" | "yr" | "yrs" | "year" | "years" => Unit::Years,
        _ => return None,
    })
}

/// A number in digits or as a word.
fn number(word: &str) -> Option<i64> {
    const WORDS: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    if matches!(word, "a" | "an") {
        return Some(1);
    }
    let named = WORDS.iter().position(|w| *w == word).map(|n| n as i64);
    named.or_else(|| {
        let digits = word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| word.parse().ok())?
    })
}

fn named(words: &[&str], on: On) -> Option<NaiveDate> {
    let today = on.today;
    let days = |n| Some(today + Duration::days(n));
    match words {
        ["today" | "tod" | "tonight" | "now" | "eod" | "cob" | "cop"] => days(0),
        ["this", "morning" | "afternoon" | "evening"] => days(0),
        ["tomorrow" | "tmr" | "tmrw" | "tmw" | "tom" | "tomorow" | "tommorow"] => days(1),
        ["tomorrow", "morning" | "afternoon" | "evening" | "night"] => days(1),
        ["yesterday" | "yday"] => days(-1),
        ["day", "after", "tomorrow"] => days(2),
        ["day", "before", "yesterday"] => days(-2),
        ["eow"] => end(&["week"], on),
        ["eom"] => end(&["month"], on),
        ["eoq"] => end(&["quarter"], on),
        ["eoy"] => end(&["year"], on),
        ["eofy" | "fye"] => end(&["fiscal", "year"], on),
        ["next", "business" | "working" | "work", "day"] => shift(today, 1, Unit::Business),
        ["last", "business" | "working", "day", "month"]
        | ["last", "business" | "working", "day"] => Some(last_business(today)),
        _ => None,
    }
}

/// `in 2 weeks`, `3 days from now`, `a week ago`, `two weeks time`, `a week from friday`.
fn counted(words: &[&str], ahead: bool, on: On) -> Option<NaiveDate> {
    let (n, rest) = words.split_first()?;
    let n = match (*n, rest) {
        // `week from friday` without its number.
        ("week", rest) if rest.first() == Some(&"from") => return from(1, Unit::Weeks, rest, on),
        (word, _) => number(word)?,
    };
    let (unit, rest) = match rest {
        ["business" | "working" | "work", "day" | "days", rest @ ..] => (Unit::Business, rest),
        ["quarter" | "quarters", rest @ ..] => return behind(3 * n, Unit::Months, rest, ahead, on),
        ["fortnight" | "fortnights", rest @ ..] => {
            return behind(2 * n, Unit::Weeks, rest, ahead, on);
        }
        [word, rest @ ..] => (unit(word)?, rest),
        [] => return None,
    };
    behind(n, unit, rest, ahead, on)
}

/// What stands behind a number of units says where they are counted from.
fn behind(n: i64, unit: Unit, rest: &[&str], ahead: bool, on: On) -> Option<NaiveDate> {
    match rest {
        [] | ["time"] if ahead || rest == ["time"] => shift(on.today, n, unit),
        ["later" | "hence" | "out"] | ["from", "now"] => shift(on.today, n, unit),
        ["ago" | "back"] => shift(on.today, -n, unit),
        ["from", ..] => from(n, unit, rest, on),
        ["after", ..] => from(n, unit, rest, on),
        _ => None,
    }
}

fn from(n: i64, unit: Unit, rest: &[&str], on: On) -> Option<NaiveDate> {
    let words = rest.get(1..)?;
    let base = named(words, on).or_else(|| of_weekday(words, on))?;
    shift(base, n, unit)
}

fn of_weekday(words: &[&str], on: On) -> Option<NaiveDate> {
    let today = on.today;
    let week = |n: i64| Some(today + Duration::days(7 * n));
    match words {
        [day] => on.weekday(weekday_en(day)?),
        ["this" | "coming" | "upcoming", day] | ["this", "coming", day] => {
            // Unlike a weekday alone, this one may be today.
            Some(next_weekday(today - Duration::days(1), weekday_en(day)?))
        }
        ["next", "week", day] | [day, "next", "week"] => Some(in_week(week(1)?, weekday_en(day)?)),
        ["last", "week", day] | [day, "last", "week"] => Some(in_week(week(-1)?, weekday_en(day)?)),
        [day, "this", "week"] | ["this", "week", day] => Some(in_week(today, weekday_en(day)?)),
        ["next", day] => Some(in_week(week(1)?, weekday_en(day)?)),
        ["last" | "past", day] => Some(last_weekday(today - Duration::days(1), weekday_en(day)?)),
        ["week", day] => shift(on.weekday(weekday_en(day)?)?, 1, Unit::Weeks),
        _ => None,
    }
}

/// The place of an ordinal: `first`, `2nd`, `15th`; -1 for the last.
fn ordinal(word: &str) -> Option<i32> {
    const WORDS: [&str; 5] = ["first", "second", "third", "fourth", "fifth"];
    if word == "last" {
        return Some(-1);
    }
    if let Some(at) = WORDS.iter().position(|w| *w == word) {
        return Some(at as i32 + 1);
    }
    let digits = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|end| word.strip_suffix(end))?;
    digits.parse().ok().filter(|n| (1..=31).contains(n))
}

/// The first day of the month that words name, and whether they leave its year open.
fn month(words: &[&str], on: On) -> Option<(NaiveDate, bool)> {
    let this = on.today.with_day(1)?;
    match words {
        ["month"] | ["this", "month"] => Some((this, false)),
        ["next", "month"] => Some((add_months(this, 1), false)),
        ["last", "month"] => Some((add_months(this, -1), false)),
        [name] => Some((
            NaiveDate::from_ymd_opt(this.year(), month_en(name)?, 1)?,
            true,
        )),
        ["next", name] => {
            let first = NaiveDate::from_ymd_opt(this.year(), month_en(name)?, 1)?;
            let passed = first <= this;
            Some((add_months(first, if passed { 12 } else { 0 }), false))
        }
        [name, year] if year.len() == 4 => Some((
            NaiveDate::from_ymd_opt(year.parse().ok()?, month_en(name)?, 1)?,
            false,
        )),
        _ => None,
    }
}

/// A day of a month that words name; the year is the nearest where they leave it open.
fn within(
    words: &[&str],
    on: On,
    day: impl Fn(NaiveDate) -> Option<NaiveDate>,
) -> Option<NaiveDate> {
    let (first, open) = month(words, on)?;
    if open {
        on.nearest(|years| day(add_months(first, 12 * years)))
    } else {
        day(first)
    }
}

/// `the 15th`, `15th of next month`, `second tue of december`, `mid december`, `last fri of month`.
fn of_month(words: &[&str], on: On) -> Option<NaiveDate> {
    match words {
        ["mid" | "middle", rest @ ..] => within(rest, on, |first| first.with_day(15)),
        [nth, day] if ordinal(nth).is_some() && weekday_en(day).is_some() => {
            let (n, day) = (ordinal(nth)?, weekday_en(day)?);
            on.nearest_month(|first| nth_weekday(first, n, day))
        }
        [nth, day, rest @ ..] if ordinal(nth).is_some() && weekday_en(day).is_some() => {
            let (n, day): (i32, Weekday) = (ordinal(nth)?, weekday_en(day)?);
            within(rest, on, |first| nth_weekday(first, n, day))
        }
        ["last", "day", rest @ ..] => within(rest, on, |first| Some(month_end(first))),
        ["first", "day", rest @ ..] => within(rest, on, Some),
        [nth] => {
            let n = u32::try_from(ordinal(nth)?).ok()?;
            nth.starts_with(|c: char| c.is_ascii_digit())
                .then(|| on.nearest_month(|first| first.with_day(n)))?
        }
        [nth, rest @ ..] => {
            let n = u32::try_from(ordinal(nth)?).ok()?;
            within(rest, on, |first| first.with_day(n))
        }
        [] => None,
    }
}

/// `end of quarter`, `month end`, `start of next month`, `next week`, `this month`.
fn edge(words: &[&str], on: On) -> Option<NaiveDate> {
    match words {
        ["end", rest @ ..] | [rest @ .., "end"] => end(rest, on),
        ["start" | "beginning" | "begin", rest @ ..] | [rest @ .., "start"] => {
            period(rest, on).map(|(first, _)| first)
        }
        ["next", "week" | "month" | "quarter" | "year"] => period(words, on).map(|p| p.0),
        ["last", "week" | "month"] => period(words, on).map(|p| p.0),
        ["this", "week" | "month" | "quarter" | "year"] => end(words, on),
        _ => None,
    }
}

/// The last day of a period; of a week its Friday.
fn end(words: &[&str], on: On) -> Option<NaiveDate> {
    if let ["day"] | ["today"] = words {
        return Some(on.today);
    }
    if let ["tomorrow"] = words {
        return Some(on.today + Duration::days(1));
    }
    if let ["week"] | ["this", "week"] = words {
        return Some(on.week_end());
    }
    if month(words, on).is_some() {
        return within(words, on, |first| Some(month_end(first)));
    }
    match words {
        ["half"] | ["this", "half"] => Some(fiscal::around(on.today, on.year_starts, 6, 0).1),
        [part] if fiscal_part(part).is_some() => on.nearest_part(fiscal_part(part)?, true),
        _ => period(words, on).map(|(_, last)| last),
    }
}

/// `q3`, `h1`.
fn fiscal_part(word: &str) -> Option<Part> {
    let n = word.get(1..)?.parse().ok()?;
    match (word.as_bytes().first()?, n) {
        (b'q', 1..=4) => Some(Part::Quarter(n)),
        (b'h', 1..=2) => Some(Part::Half(n)),
        _ => None,
    }
}

/// The first and last day of a period.
fn period(words: &[&str], on: On) -> Option<(NaiveDate, NaiveDate)> {
    let (by, words) = match words {
        ["next", rest @ ..] => (1, rest),
        ["last", rest @ ..] => (-1, rest),
        ["this" | "current", rest @ ..] => (0, rest),
        rest => (0, rest),
    };
    let today = on.today;
    match words {
        ["week"] => {
            let first = week_start(today) + Duration::days(7 * i64::from(by));
            Some((first, first + Duration::days(4)))
        }
        ["month"] => {
            let first = add_months(today.with_day(1)?, by);
            Some((first, month_end(first)))
        }
        ["quarter"] => Some(fiscal::around(today, on.year_starts, 3, by)),
        ["half"] => Some(fiscal::around(today, on.year_starts, 6, by)),
        ["year"] | ["calendar", "year"] => year(today.year() + by),
        ["fiscal" | "financial", "year"] | ["fy"] => {
            Some(fiscal::around(today, on.year_starts, 12, by))
        }
        [year_word] if by == 0 && year_word.len() == 4 => year(year_word.parse().ok()?),
        rest if by == 0 => {
            let (first, _) = month(rest, on)?;
            let first = on.nearest(|years| Some(add_months(first, 12 * years)))?;
            Some((first, month_end(first)))
        }
        _ => None,
    }
}

fn year(year: i32) -> Option<(NaiveDate, NaiveDate)> {
    Some((
        NaiveDate::from_ymd_opt(year, 1, 1)?,
        NaiveDate::from_ymd_opt(year, 12, 31)?,
    ))
}
