//! Days and months with names (`Mar 17, 2026`, `Jan-26`), and calendar months and quarters that
//! mean a day (`2026-01`, `2026年1月`, `2026 Q1`, `第1四半期`).

use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime};

use crate::domain::text::nfkc;
use crate::domain::when::add_months;

/// A day with its month as a word, with or without a time.
pub fn named_day(text: &str) -> Option<(NaiveDate, NaiveTime)> {
    if !text.chars().any(|c| c.is_ascii_alphabetic()) {
        return None;
    }
    let text = text.replace(',', " ");
    const DAYS: [&str; 5] = ["%B %d %Y", "%d %B %Y", "%d-%B-%Y", "%d-%B-%y", "%Y %B %d"];
    // The pattern for four digits also reads a two-digit year, as a year of the first century.
    let sound = |d: &NaiveDate| (1_900..2_200).contains(&d.year());
    const TIMES: [&str; 4] = ["%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M:%S %p"];
    DAYS.iter().find_map(|day| {
        let alone = NaiveDate::parse_from_str(text.trim(), day)
            .ok()
            .filter(sound)
            .map(|d| (d, NaiveTime::MIN));
        alone.or_else(|| {
            TIMES.iter().find_map(|time| {
                NaiveDateTime::parse_from_str(text.trim(), &format!("{day} {time}"))
                    .ok()
                    .filter(|at| sound(&at.date()))
                    .map(|at| (at.date(), at.time()))
            })
        })
    })
}

/// The last day of a month or quarter, where the cell is one: a value about a period is known at
/// its end and not before.
pub fn end(cell: &str) -> Option<NaiveDate> {
    let text = nfkc(cell.trim()).to_uppercase();
    let first = month(&text).or_else(|| quarter(&text).map(|first| (first, 3)));
    let (first, months) = first?;
    (1_900..2_200)
        .contains(&first.year())
        .then(|| add_months(first, months) - Duration::days(1))
}

/// The first day of a month, and its length in months: one.
fn month(text: &str) -> Option<(NaiveDate, i32)> {
    let numbers = |year: &str, month: &str| {
        NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, 1)
    };
    let written = text
        .strip_suffix('月')
        .and_then(|t| t.split_once('年'))
        .and_then(|(y, m)| numbers(y, m));
    let parted = || {
        text.split_once(['-', '/'])
            .filter(|(y, m)| y.len() == 4 && (1..=2).contains(&m.len()))
            .and_then(|(y, m)| numbers(y, m))
    };
    let solid = || {
        (text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit()))
            .then(|| numbers(&text[..4], &text[4..]))
            .flatten()
    };
    let named = || {
        ["%d %B %Y", "%d %B-%Y", "%d %B-%y", "%d %Y %B"]
            .iter()
            .find_map(|f| {
                NaiveDate::parse_from_str(&format!("1 {text}"), f)
                    .ok()
                    .filter(|d| d.year() >= 1_900)
            })
    };
    written
        .or_else(parted)
        .or_else(solid)
        .or_else(named)
        .map(|first| (first, 1))
}

/// The first day of a calendar quarter, and its length. A quarter of a fiscal year is no date,
/// because every company has its own.
fn quarter(text: &str) -> Option<NaiveDate> {
    let text = text
        .replace("年第", " Q")
        .replace("年", " ")
        .replace("第", "Q")
        .replace("四半期", "");
    let parts: Vec<&str> = text
        .split([' ', '-', '/'])
        .filter(|p| !p.is_empty())
        .collect();
    let (year, quarter) = match parts[..] {
        [one] => one
            .split_once('Q')
            .map(|(y, q)| if y.len() == 4 { (y, q) } else { (q, y) })?,
        [a, b] => match (a.strip_prefix('Q'), b.strip_prefix('Q')) {
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
            "202602",
            "Feb 2026",
            "February 2026",
            "Feb-26",
            "Feb-2026",
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
            "",
        ] {
            assert_eq!(end(text), None, "{text}");
        }
    }

    #[test]
    fn months_may_be_words() {
        for text in [
            "Mar 17 2026",
            "March 17, 2026",
            "17 Mar 2026",
            "17-Mar-2026",
            "17-mar-26",
            "2026 March 17",
        ] {
            assert_eq!(
                named_day(text),
                Some((day(2026, 3, 17), NaiveTime::MIN)),
                "{text}"
            );
        }
        assert_eq!(
            named_day("Mar 17, 2026 2:05 PM"),
            Some((
                day(2026, 3, 17),
                NaiveTime::from_hms_opt(14, 5, 0).expect("time")
            ))
        );
        for text in ["Mar 2026", "3/17/2026", "someday", "Feb 30 2026"] {
            assert_eq!(named_day(text), None, "{text}");
        }
    }
}
