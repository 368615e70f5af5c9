//! Dates as people type them, in both languages: `fri`, `+3d`, `next tue`, `eom`, `11/28`,
//! `2026-11-28`, `明日`, `来週金`, `月末`, `11月28日`.

use chrono::{Datelike, Duration, NaiveDate, Weekday};

use crate::domain::text::nfkc;
use crate::domain::when::add_months;

const DAYS_EN: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];
const DAYS_JA: [char; 7] = ['月', '火', '水', '木', '金', '土', '日'];

/// Reads a date word; none for other text. A weekday alone is the next one after today; a day
/// without a year is the next such day. Years have four digits, because later days cannot be
/// counted.
pub fn read(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let text = nfkc(text.trim()).to_lowercase();
    let read = english(&text, today)
        .or_else(|| japanese(&text, today))
        .or_else(|| numbers(&text, today));
    read.filter(|d| (1..=9_999).contains(&d.year()))
}

/// A number of days or weeks: digits alone, at most ten years.
fn ahead(digits: &str, most: i64) -> Option<i64> {
    digits.parse().ok().filter(|n| (0..=most).contains(n))
}

/// Whether two words make a date that the first alone does not: `next fri`.
pub fn is_of_two(first: &str, second: &str) -> bool {
    let day = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap_or_default();
    read(first, day).is_none() && read(&format!("{first} {second}"), day).is_some()
}

/// Like [`read`], for past days: a day without a year is the last such day.
pub fn read_past(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let date = read(text, today)?;
    let plain = nfkc(text.trim()).to_lowercase();
    let (numbers, japanese) = (
        plain.split(['/', '-', '.']).count() == 2,
        plain.contains('月') && plain.ends_with('日') && !plain.contains('年'),
    );
    if date > today && (numbers || japanese) {
        return (1..=8)
            .filter_map(|n| NaiveDate::from_ymd_opt(date.year() - n, date.month(), date.day()))
            .find(|d| *d <= today);
    }
    if date > today
        && let Some(day) = plain
            .strip_suffix('日')
            .filter(|d| d.bytes().all(|b| b.is_ascii_digit()))
            .and_then(|d| d.parse().ok())
    {
        return (0..=2)
            .filter_map(|n| add_months(today.with_day(1)?, -n).with_day(day))
            .find(|d| *d <= today);
    }
    if date > today && (weekday_en(&plain).is_some() || weekday_ja(&plain).is_some()) {
        return Some(date - Duration::days(7));
    }
    Some(date)
}

/// A past moment: `10:30`, `昨日 15:00`, `11/20 9:00`; a date alone is its noon.
pub fn read_moment(
    text: &str,
    now: crate::domain::when::Now,
) -> Option<chrono::DateTime<chrono::Utc>> {
    let text = nfkc(text.trim()).to_lowercase();
    let time = |t: &str| {
        let t = t.replace('時', ":").replace('分', "");
        let (h, m) = t.split_once(':')?;
        chrono::NaiveTime::from_hms_opt(
            h.parse().ok()?,
            if m.is_empty() { 0 } else { m.parse().ok()? },
            0,
        )
    };
    let day = |d: &str| match d {
        "yesterday" | "昨日" | "きのう" => Some(now.today() - Duration::days(1)),
        "一昨日" | "おととい" => Some(now.today() - Duration::days(2)),
        other => read_past(other, now.today()),
    };
    let (date, clock) = match text.rsplit_once([' ', 't']) {
        Some((d, t)) if time(t).is_some() => (day(d)?, time(t)?),
        _ => match time(&text) {
            Some(clock) => (now.today(), clock),
            None => (day(&text)?, chrono::NaiveTime::from_hms_opt(12, 0, 0)?),
        },
    };
    Some(now.zone.instant(date.and_time(clock)))
}

fn english(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    match text {
        "today" | "tod" => return Some(today),
        "tomorrow" | "tmr" | "tom" => return Some(today + Duration::days(1)),
        "eow" => {
            return Some(week_start(today) + Duration::days(4))
                .map(|f| if f < today { f + Duration::days(7) } else { f });
        }
        "eom" => return Some(month_end(today)),
        _ => {}
    }
    if let Some(rest) = text.strip_prefix('+') {
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        let n: i64 = ahead(&digits, 3_650)?;
        return match rest[digits.len()..].trim() {
            "" | "d" | "日" => Some(today + Duration::days(n)),
            "w" | "週" | "週間" => Some(today + Duration::days(7 * n)),
            "m" | "ヶ月" | "か月" | "月" => Some(add_months(today, n as i32)),
            "b" | "bd" => Some(business_days(today, n)),
            _ => None,
        };
    }
    if let Some(rest) = text
        .strip_prefix("next ")
        .or_else(|| text.strip_prefix("next-"))
    {
        return match rest {
            "week" => Some(week_start(today) + Duration::days(7)),
            "month" => add_months(today.with_day(1)?, 1).into(),
            day => Some(
                week_start(today)
                    + Duration::days(7 + i64::from(weekday_en(day)?.num_days_from_monday())),
            ),
        };
    }
    Some(next_weekday(today, weekday_en(text)?))
}

fn japanese(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    match text {
        "今日" | "本日" | "きょう" => return Some(today),
        "明日" | "あした" | "あす" => return Some(today + Duration::days(1)),
        "明後日" | "あさって" => return Some(today + Duration::days(2)),
        "月末" | "今月末" => return Some(month_end(today)),
        "来月末" => return Some(month_end(add_months(today.with_day(1)?, 1))),
        "週末" | "今週末" => {
            return Some(week_start(today) + Duration::days(4))
                .map(|f| if f < today { f + Duration::days(7) } else { f });
        }
        _ => {}
    }
    for (prefix, weeks) in [("再来週", 2), ("来週", 1), ("今週", 0)] {
        if let Some(rest) = text.strip_prefix(prefix) {
            // 今週 alone means its Friday, 来週 alone its Monday; a past day of this week means the one
            // of next week.
            let alone = if weeks == 0 {
                Weekday::Fri
            } else {
                Weekday::Mon
            };
            let day = if rest.is_empty() {
                alone
            } else {
                weekday_ja(rest.trim_start_matches('の'))?
            };
            let date = week_start(today)
                + Duration::days(7 * weeks + i64::from(day.num_days_from_monday()));
            return Some(if date < today {
                date + Duration::days(7)
            } else {
                date
            });
        }
    }
    if let Some(n) = text.strip_suffix("日後").and_then(|n| ahead(n, 3_650)) {
        return Some(today + Duration::days(n));
    }
    if let Some(n) = text.strip_suffix("週間後").and_then(|n| ahead(n, 520)) {
        return Some(today + Duration::days(7 * n));
    }
    if let Some(day) = weekday_ja(text) {
        return Some(next_weekday(today, day));
    }
    // 11月28日, 2026年11月28日, 28日
    let (year, rest) = match text.split_once('年') {
        Some((y, rest)) => (Some(y.parse::<i32>().ok()?), rest),
        None => (None, text),
    };
    let day_text = rest.strip_suffix('日')?;
    match day_text.split_once('月') {
        Some((m, d)) => upcoming(year, m.parse().ok()?, d.parse().ok()?, today),
        None => {
            let d: u32 = day_text.parse().ok()?;
            let this = today.with_day(d).filter(|t| *t >= today);
            this.or_else(|| add_months(today.with_day(1)?, 1).with_day(d))
        }
    }
}

fn numbers(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
    let number = |s: &str| s.parse::<u32>().ok();
    match parts[..] {
        [y, m, d] if y.len() == 4 => {
            NaiveDate::from_ymd_opt(y.parse().ok()?, number(m)?, number(d)?)
        }
        [m, d] => upcoming(None, number(m)?, number(d)?, today),
        _ => None,
    }
}

fn upcoming(year: Option<i32>, month: u32, day: u32, today: NaiveDate) -> Option<NaiveDate> {
    if let Some(year) = year {
        return NaiveDate::from_ymd_opt(year, month, day);
    }
    // A 29 February may be some years away.
    (0..=8)
        .filter_map(|n| NaiveDate::from_ymd_opt(today.year() + n, month, day))
        .find(|d| *d >= today)
}

fn weekday_en(text: &str) -> Option<Weekday> {
    if text.len() < 3 {
        return None;
    }
    let stem = text.trim_end_matches('.');
    let index = DAYS_EN
        .iter()
        .position(|d| stem.len() >= 3 && d.starts_with(stem))?;
    Weekday::try_from(index as u8).ok()
}

fn weekday_ja(text: &str) -> Option<Weekday> {
    let mut chars = text.chars();
    let first = chars.next()?;
    matches!(chars.as_str(), "" | "曜" | "曜日").then_some(())?;
    Weekday::try_from(DAYS_JA.iter().position(|d| *d == first)? as u8).ok()
}

fn next_weekday(today: NaiveDate, day: Weekday) -> NaiveDate {
    let until = (i64::from(day.num_days_from_monday())
        - i64::from(today.weekday().num_days_from_monday()))
    .rem_euclid(7);
    today + Duration::days(if until == 0 { 7 } else { until })
}

fn week_start(today: NaiveDate) -> NaiveDate {
    today - Duration::days(i64::from(today.weekday().num_days_from_monday()))
}

fn month_end(date: NaiveDate) -> NaiveDate {
    let first = date.with_day(1).unwrap_or(date);
    add_months(first, 1) - Duration::days(1)
}

fn business_days(from: NaiveDate, n: i64) -> NaiveDate {
    let mut date = from;
    let mut left = n;
    while left > 0 {
        date += Duration::days(1);
        if date.weekday().num_days_from_monday() < 5 {
            left -= 1;
        }
    }
    date
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).expect("day")
    }

    #[test]
    fn a_past_date_is_not_in_the_future() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 22).expect("a Sunday");
        let day = |m, d| NaiveDate::from_ymd_opt(2026, m, d);
        assert_eq!(read_past("11/20", today), day(11, 20));
        assert_eq!(read_past("11月20日", today), day(11, 20));
        assert_eq!(
            read_past("12/25", today),
            NaiveDate::from_ymd_opt(2025, 12, 25)
        );
        assert_eq!(read_past("fri", today), day(11, 20));
        assert_eq!(read_past("25日", today), day(10, 25));
        assert_eq!(read_past("20日", today), day(11, 20));
        assert_eq!(
            read_past("+5日", today),
            day(11, 27),
            "so many days ahead is said, and is no day of a month"
        );
        assert_eq!(
            read_past("2027-01-05", today),
            NaiveDate::from_ymd_opt(2027, 1, 5)
        );
        assert_eq!(read("今週", today), day(11, 27));
        assert_eq!(read("今週金", today), day(11, 27));
        assert_eq!(read("...", today), None);
    }

    #[test]
    fn dates_in_both_languages() {
        // 2026-11-22 is a Sunday.
        let today = day(2026, 11, 22);
        for (text, want) in [
            ("fri", Some(day(2026, 11, 27))),
            ("Sunday", Some(day(2026, 11, 29))),
            ("next fri", Some(day(2026, 11, 27))),
            ("next-fri", Some(day(2026, 11, 27))),
            ("+3d", Some(day(2026, 11, 25))),
            ("+2w", Some(day(2026, 12, 6))),
            ("+3b", Some(day(2026, 11, 25))),
            ("eom", Some(day(2026, 11, 30))),
            ("tomorrow", Some(day(2026, 11, 23))),
            ("明日", Some(day(2026, 11, 23))),
            ("来週金", Some(day(2026, 11, 27))),
            ("来週の金曜日", Some(day(2026, 11, 27))),
            ("再来週月", Some(day(2026, 11, 30))),
            ("金曜", Some(day(2026, 11, 27))),
            ("月末", Some(day(2026, 11, 30))),
            ("３日後", Some(day(2026, 11, 25))),
            ("11/28", Some(day(2026, 11, 28))),
            ("１１／２８", Some(day(2026, 11, 28))),
            ("1/5", Some(day(2027, 1, 5))),
            ("11月28日", Some(day(2026, 11, 28))),
            ("2/29", Some(day(2028, 2, 29))),
            ("2026-12-01", Some(day(2026, 12, 1))),
            ("someday", None),
            ("13/40", None),
            ("+9999d", None),
            ("-3日後", None),
            ("-1111111111111111111日後", None),
            ("-1111111111111111111週間後", None),
            ("262142年12月31日", None),
        ] {
            assert_eq!(read(text, today), want, "{text}");
        }
    }
}
