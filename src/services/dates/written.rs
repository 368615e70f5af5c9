//! A day that is written out: in numbers, with the month as a word, in Japanese, by an era.

use chrono::{Datelike, Duration, NaiveDate};

use super::names::{era, month_en, weekday_en, weekday_ja};
use super::order::century;
use super::scan::{Digits, Scan};
use crate::domain::when::add_months;

/// What stands for the day of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Day(u32),
    /// 末: the last day.
    Last,
    /// No day: the whole month.
    Whole,
}

/// A day as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// With its year. `short` for a year of two digits in Japanese, which may be one of an era.
    Full {
        year: i32,
        month: u32,
        part: Part,
        short: bool,
    },
    Yearless {
        month: u32,
        part: Part,
    },
    /// Three numbers whose order is not certain, and their separator.
    Three([Digits; 3], char),
    /// Two numbers, a day and a month in one order or the other.
    Two([Digits; 2], char),
}

/// The day that a part of a month means; the first for a whole month.
pub(super) fn day(year: i32, month: u32, part: Part) -> Option<NaiveDate> {
    match part {
        Part::Day(day) => NaiveDate::from_ymd_opt(year, month, day),
        Part::Whole => NaiveDate::from_ymd_opt(year, month, 1),
        Part::Last => NaiveDate::from_ymd_opt(year, month, 1).map(month_end),
    }
}

/// The last day of a day's month.
pub(super) fn month_end(date: NaiveDate) -> NaiveDate {
    let first = date.with_day(1).unwrap_or(date);
    add_months(first, 1) - Duration::days(1)
}

/// The written day that stands here.
pub(super) fn written(scan: &mut Scan) -> Option<Written> {
    scan.attempt(japanese)
        .or_else(|| scan.attempt(of_era))
        .or_else(|| scan.attempt(month_first))
        .or_else(|| scan.attempt(month_second))
        .or_else(|| scan.attempt(numbers))
}

/// A weekday before a day, with what parts them: `Fri, 20 Nov 2026`, `火曜 12/1`.
pub(super) fn weekday_head(scan: &mut Scan) -> Option<chrono::Weekday> {
    scan.attempt(|scan| {
        let day = match scan.letters() {
            Some(word) => weekday_en(word)?,
            None => {
                let (word, _) = scan.rest().split_once(' ')?;
                let word = word.trim_start_matches('(').trim_end_matches([')', ',']);
                let day = weekday_ja(word)?;
                let (_, rest) = scan.rest().split_once(' ')?;
                *scan = Scan::new(rest);
                return Some(day);
            }
        };
        scan.eat(".");
        let parted = scan.eat(",");
        (scan.space() || parted).then_some(day)
    })
}

fn numbers(scan: &mut Scan) -> Option<Written> {
    let first = scan.digits()?;
    if first.len == 8 {
        let n = first.value;
        let (month, day) = (n / 100 % 100, n % 100);
        return Some(full((n / 10_000) as i32, month, Part::Day(day)));
    }
    let sep = scan.peek().filter(|c| matches!(c, '/' | '-' | '.'))?;
    let mut sep_text = [0; 4];
    let sep_text: &str = sep.encode_utf8(&mut sep_text);
    scan.eat(sep_text);
    let year = first.len == 4;
    if year && scan.eat("末") {
        return None;
    }
    let second = scan.digits().filter(|d| d.len <= 2)?;
    let third = scan.attempt(|scan| {
        scan.eat(sep_text).then_some(())?;
        scan.digits()
    });
    match (year, third) {
        (true, Some(day)) if day.len <= 2 => {
            Some(full(first.value as i32, second.value, Part::Day(day.value)))
        }
        (true, None) if sep != '.' => {
            let part = if scan.eat_any(&["末日", "末"]) {
                Part::Last
            } else {
                Part::Whole
            };
            Some(full(first.value as i32, second.value, part))
        }
        (false, Some(third)) if first.len <= 2 => Some(Written::Three([first, second, third], sep)),
        (false, None) if first.len <= 2 => Some(Written::Two([first, second], sep)),
        _ => None,
    }
}

fn full(year: i32, month: u32, part: Part) -> Written {
    Written::Full {
        year,
        month,
        part,
        short: false,
    }
}

/// `2026年12月1日`, `令和8年12月1日`, `12月1日`, `2027年3月末`.
fn japanese(scan: &mut Scan) -> Option<Written> {
    let year = scan.attempt(year_ja);
    scan.space();
    let month = scan.count()?;
    scan.eat("月").then_some(())?;
    scan.space();
    let part = if scan.eat_any(&["末日", "末"]) {
        Part::Last
    } else {
        let day = scan.attempt(|scan| {
            let day = scan.count()?;
            scan.eat("日").then_some(day)
        });
        day.map_or(Part::Whole, Part::Day)
    };
    match (year, part) {
        (Some((year, short)), _) => Some(Written::Full {
            year,
            month,
            part,
            short,
        }),
        // A month alone may go on: 12月上旬.
        (None, Part::Whole) => None,
        (None, _) => Some(Written::Yearless { month, part }),
    }
}

/// A year with 年, and whether it has too few digits to be certain.
pub(super) fn year_ja(scan: &mut Scan) -> Option<(i32, bool)> {
    let base = era(scan);
    scan.space();
    let (n, len) = if base.is_some() && scan.eat("元") {
        (1, 1)
    } else {
        let before = scan.rest().len();
        let n = scan.count()?;
        (n, before - scan.rest().len())
    };
    scan.space();
    // 2026年度 is a fiscal year.
    (scan.eat("年") && !scan.rest().starts_with('度')).then_some(())?;
    match base {
        Some(base) => Some((base.checked_add(n as i32)?, false)),
        None if n >= 1_000 => Some((n as i32, false)),
        None => (len == 2 && n >= 10).then(|| (century(n), true)),
    }
}

/// `R8.12.1`, `令和8/12/1`.
fn of_era(scan: &mut Scan) -> Option<Written> {
    let base = era(scan)?;
    scan.space();
    let year = if scan.eat("元") {
        1
    } else {
        scan.digits().filter(|d| d.len <= 2)?.value
    };
    let sep = ["/", "-", "."].into_iter().find(|sep| scan.eat(sep))?;
    let month = scan.digits().filter(|d| d.len <= 2)?.value;
    let part = if scan.eat(sep) {
        Part::Day(scan.digits().filter(|d| d.len <= 2)?.value)
    } else {
        Part::Whole
    };
    Some(full(base + year as i32, month, part))
}

/// What may stand between the parts of a day with a named month.
fn between(scan: &mut Scan) -> Option<()> {
    let before = scan.rest().len();
    scan.eat(".");
    scan.eat(",");
    scan.space();
    let _ = scan.eat("-") || scan.eat("/");
    (scan.rest().len() < before).then_some(())
}

/// A month as a word that stands here.
fn month(scan: &mut Scan) -> Option<u32> {
    month_en(scan.letters()?)
}

/// `Dec 31`, `December 31st, 2026`, `Dec 2026`.
fn month_first(scan: &mut Scan) -> Option<Written> {
    let month = month(scan)?;
    between(scan)?;
    scan.eat("the ");
    let day = scan.digits()?;
    if day.len == 4 {
        return Some(full(day.value as i32, month, Part::Whole));
    }
    let part = Part::Day(day_of(scan, day)?);
    Some(with_year(scan, month, part))
}

/// `31 Dec`, `31st of December 2026`, `31-Dec-26`, `2026 Dec 31`.
fn month_second(scan: &mut Scan) -> Option<Written> {
    let first = scan.digits()?;
    if first.len == 4 {
        between(scan)?;
        let month = month(scan)?;
        between(scan)?;
        let day = scan.digits()?;
        let day = day_of(scan, day)?;
        return Some(full(first.value as i32, month, Part::Day(day)));
    }
    let part = Part::Day(day_of(scan, first)?);
    let _ = between(scan);
    scan.eat("of ");
    let month = month(scan)?;
    Some(with_year(scan, month, part))
}

/// A day of one or two digits, past its ordinal; none where the number is a time of day.
fn day_of(scan: &mut Scan, day: Digits) -> Option<u32> {
    scan.eat_any(&["st", "nd", "rd", "th"]);
    let time = scan.rest().starts_with([':', '時', 'h']);
    (day.len <= 2 && !time && !half_day_follows(*scan)).then_some(day.value)
}

fn half_day_follows(mut scan: Scan) -> bool {
    scan.space();
    ["am", "pm", "a.m", "p.m"]
        .iter()
        .any(|half| scan.rest().starts_with(half))
}

/// The year behind a day and a named month, if one stands here. Two digits are a year only where
/// a sign says so: a time of day may stand here as well.
fn with_year(scan: &mut Scan, month: u32, part: Part) -> Written {
    let year = scan.attempt(|scan| {
        let before = scan.rest().len();
        let comma = scan.eat(".") | scan.eat(",");
        let blank = scan.space();
        let sign = scan.eat("-") || scan.eat("/") || scan.eat("'");
        (scan.rest().len() < before).then_some(())?;
        let year = scan.digits()?;
        let time = scan.rest().starts_with([':', '時', 'h']) || half_day_follows(*scan);
        match year.len {
            4 if blank || sign || comma => Some(year.value as i32),
            2 if (sign || comma) && !time => Some(century(year.value)),
            _ => None,
        }
    });
    match year {
        Some(year) => full(year, month, part),
        None => Written::Yearless { month, part },
    }
}
