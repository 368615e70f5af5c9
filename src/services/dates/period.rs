//! Months, quarters and weeks that stand for their last day: `2026-01`, `Jan-26`, `2026年1月度`,
//! `2026 Q1`, `第1四半期`, `2026-W23`.

use chrono::{Datelike, Duration, NaiveDate, Weekday};

use super::names::month_en;
use super::order::century;
use super::scan::{Scan, normal};
use super::written::{Part, Written, written};
use crate::domain::when::add_months;

/// A period that a table names by its first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    Week,
    Month,
    Quarter,
}

impl Span {
    /// The last day of the period that begins on a day.
    pub fn end(self, first: NaiveDate) -> NaiveDate {
        let next = match self {
            Span::Week => first + Duration::days(7),
            Span::Month => add_months(first, 1),
            Span::Quarter => add_months(first, 3),
        };
        next - Duration::days(1)
    }
}

/// The last day of a month, a quarter or a week, where the cell is one: a value about a period is
/// known at its end and not before.
pub fn end(cell: &str) -> Option<NaiveDate> {
    // The common case first: a plain ISO day is no period.
    if super::cell::iso_day(cell.as_bytes()).is_some() {
        return None;
    }
    let text = normal(cell)?;
    let (first, span) = month(&text)
        .map(|first| (first, Span::Month))
        .or_else(|| quarter(&text).map(|first| (first, Span::Quarter)))
        .or_else(|| week(&text).map(|first| (first, Span::Week)))?;
    (1_970..=2_100)
        .contains(&first.year())
        .then(|| span.end(first))
}

/// The first day of a month.
fn month(text: &str) -> Option<NaiveDate> {
    if text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit()) {
        return NaiveDate::from_ymd_opt(text[..4].parse().ok()?, text[4..].parse().ok()?, 1);
    }
    let mut scan = Scan::new(text);
    if let Some(first) = scan.attempt(named)
        && scan.is_done()
    {
        return Some(first);
    }
    let mut scan = Scan::new(text);
    let Written::Full {
        year,
        month,
        part: Part::Whole,
        short: false,
    } = written(&mut scan)?
    else {
        return None;
    };
    scan.eat_any(&["度", "分"]);
    scan.is_done()
        .then(|| NaiveDate::from_ymd_opt(year, month, 1))
        .flatten()
}

/// `Feb 2026`, `Feb-26`, `2026 Feb`.
fn named(scan: &mut Scan) -> Option<NaiveDate> {
    let between = |scan: &mut Scan| {
        let _ = scan.eat_any(&[". ", ", ", ".", ",", "-", "/", "'"]);
        scan.space();
        scan.eat("'");
    };
    let year = |scan: &mut Scan| {
        let year = scan.digits()?;
        match year.len {
            4 => Some(year.value as i32),
            2 => Some(century(year.value)),
            _ => None,
        }
    };
    if scan.peek()?.is_ascii_digit() {
        let year = scan.digits().filter(|y| y.len == 4)?.value as i32;
        between(scan);
        return NaiveDate::from_ymd_opt(year, month_en(scan.letters()?)?, 1);
    }
    let month = month_en(scan.letters()?)?;
    let parted = scan.rest();
    between(scan);
    (scan.rest().len() < parted.len()).then_some(())?;
    // `Feb 26` may be a day; `Feb-26` is how spreadsheets show a month.
    let blank = parted.starts_with(' ') && !parted.starts_with(" '");
    let short = scan.rest().len() == 2;
    (!(blank && short)).then_some(())?;
    NaiveDate::from_ymd_opt(year(scan)?, month, 1)
}

/// The first day of a calendar quarter. A quarter of a fiscal year is no date, because every
/// company has its own.
fn quarter(text: &str) -> Option<NaiveDate> {
    let text = text
        .replace("年第", " q")
        .replace("年", " ")
        .replace('第', "q")
        .replace("四半期", "");
    let parts: Vec<&str> = text
        .split([' ', '-', '/'])
        .filter(|p| !p.is_empty())
        .collect();
    let (year, quarter) = match parts[..] {
        [one] => one
            .split_once('q')
            .map(|(y, q)| if y.len() == 4 { (y, q) } else { (q, y) })?,
        [a, b] => match (a.strip_prefix('q'), b.strip_prefix('q')) {
            (Some(q), None) => (b, q),
            (None, Some(q)) => (a, q),
            _ => return None,
        },
        _ => return None,
    };
    let quarter: u32 = quarter.parse().ok().filter(|q| (1..=4).contains(q))?;
    NaiveDate::from_ymd_opt(
        year.parse().ok().filter(|_| year.len() == 4)?,
        quarter * 3 - 2,
        1,
    )
}

/// The Monday of a week of ISO 8601: `2026-W23`.
fn week(text: &str) -> Option<NaiveDate> {
    let (year, week) = text.split_once("-w").or_else(|| text.split_once('w'))?;
    let year = year.parse().ok().filter(|_| year.len() == 4)?;
    let week = week.parse().ok().filter(|_| week.len() == 2)?;
    NaiveDate::from_isoywd_opt(year, week, Weekday::Mon)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).expect("day")
    }

    #[test]
    fn a_period_is_known_at_its_end() {
        for text in [
            "2026-02",
            "2026/2",
            "２０２６年２月",
            "2026年2月度",
            "2026年02月分",
            "令和8年2月",
            "202602",
            "Feb 2026",
            "February 2026",
            "Feb, 2026",
            "Feb-26",
            "Feb-2026",
            "Feb '26",
            "2026 Feb",
        ] {
            assert_eq!(end(text), Some(day(2026, 2, 28)), "{text}");
        }
        for text in [
            "2026 Q1",
            "2026Q1",
            "Q1 2026",
            "Q1/2026",
            "2026-Q1",
            "2026年Q1",
            "2026年第1四半期",
            "２０２６年第１四半期",
        ] {
            assert_eq!(end(text), Some(day(2026, 3, 31)), "{text}");
        }
        assert_eq!(end("2024-02"), Some(day(2024, 2, 29)));
        assert_eq!(end("2026-W23"), Some(day(2026, 6, 7)));
        // A day, a fiscal year, a number and nonsense are no period.
        for text in [
            "2026-02-01",
            "2026/2/1",
            "FY26 Q1",
            "FY2026Q1",
            "2026",
            "20260201",
            "2026-13",
            "2026 Q5",
            "Q1",
            "may",
            "Feb 26",
            "2026-W60",
            "9999-12",
            "",
        ] {
            assert_eq!(end(text), None, "{text}");
        }
    }
}
