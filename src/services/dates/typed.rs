//! Dates as people type them, in both languages. What they leave out (the year, the month, the
//! order of the numbers) is taken from today and from the user's habits.

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, Utc, Weekday};

use super::clock::{Clock, clock};
use super::duration::duration;
use super::english::english;
use super::japanese::japanese;
use super::names::{weekday_en, weekday_ja, weekday_tail};
use super::on::{On, Today};
use super::order::{self, Order};
use super::scan::{Digits, Scan, normal};
use super::written::{self, Part as Day, Written, weekday_head, written};
use super::zones::zone as named_zone;
use crate::domain::when::{Now, Zone};

/// The years a person may mean; others are mistakes.
const YEARS: std::ops::RangeInclusive<i32> = 1_900..=2_200;

/// What stands behind a day that something is due by.
const DUE: [&str; 27] = [
    "までには",
    "までに",
    "まで",
    "迄に",
    "迄",
    "以内に",
    "以内",
    "いっぱい",
    "一杯",
    "中に",
    "中",
    "内に",
    "内",
    "頃まで",
    "頃",
    "ごろ",
    "ころ",
    "締め切り",
    "締切",
    "締め",
    "〆切",
    "〆",
    "必着",
    "付け",
    "付",
    "期限",
    "に",
];
/// Reads a day; none for other text. A weekday alone is the next one after today; a day without a
/// year is the next such day. A time of day with it is passed over, and alone is no day.
pub fn read<T: Into<Today>>(text: &str, today: T) -> Option<NaiveDate> {
    found(&normal(text)?, On::new(today.into(), false))?.0
}

/// Like [`read`], for past days: a day without a year is the last such day.
pub fn read_past<T: Into<Today>>(text: &str, today: T) -> Option<NaiveDate> {
    found(&normal(text)?, On::new(today.into(), true))?.0
}

/// Like [`read`]; a weekday may also be `today` itself.
pub fn today_or_later<T: Into<Today>>(text: &str, today: T) -> Option<NaiveDate> {
    let on = On::new(today.into(), false);
    let text = normal(text)?;
    let day = found(&text, on)?.0?;
    let week_before = day - Duration::days(7);
    let weekday = weekday_en(&text).or_else(|| weekday_ja(&text)).is_some();
    Some(if weekday && week_before == on.today {
        week_before
    } else {
        day
    })
}

/// The time of day in a typed date, if it has one.
pub fn time_in<T: Into<Today>>(text: &str, today: T) -> Option<NaiveTime> {
    let (day, clock, _) = found(&normal(text)?, On::new(today.into(), false))?;
    day.and(clock).map(|c| c.time)
}

/// The number of words, from the first, that make a date: `next fri`, `31 dec 2026`. None where
/// even the first ones make none. Times of day behind it are not among them.
pub fn words_of<'a>(words: impl Iterator<Item = &'a str>) -> usize {
    /// `end of the next quarter`, with a word to spare.
    const MOST: usize = 6;
    let day = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap_or_default();
    let on = On {
        loose: true,
        ..On::new(day.into(), false)
    };
    let (mut so_far, mut longest) = (String::new(), 0);
    for (n, word) in words.take(MOST).enumerate() {
        if n > 0 {
            so_far.push(' ');
        }
        so_far.push_str(word);
        // Words after a comma belong to the text, not to the date.
        let Some(text) = normal(&so_far) else { break };
        let dated = match n {
            0 => found(&text, on).is_some_and(|f| f.0.is_some()),
            _ => self::day(&text, on).is_some(),
        };
        if dated {
            longest = n + 1;
        }
    }
    longest
}

/// A past moment: `10:30`, `昨日 15:00`, `11/20 9:00`, `2 hours ago`; a date alone is its noon.
pub fn read_moment(text: &str, now: Now) -> Option<DateTime<Utc>> {
    let text = normal(text)?;
    if let Some(moved) = moved(&text) {
        return Some(now.at + moved);
    }
    let (date, time, zone) = found(&text, On::new(now.into(), true))?;
    let noon = Clock {
        time: NaiveTime::from_hms_opt(12, 0, 0)?,
        next_day: false,
    };
    let date = date.unwrap_or(now.today());
    let local = at(date, time.unwrap_or(noon))?;
    Some(zone.unwrap_or(now.zone).instant(local))
}

/// A future moment: `tue 10:00`, `12/8 14:30`, `明後日の15時`, `in 2 hours`; none for a day without
/// a time. A time alone is today's.
pub fn moment(text: &str, now: Now) -> Option<DateTime<Utc>> {
    let text = normal(text)?;
    if let Some(moved) = moved(&text) {
        return Some(now.at + moved);
    }
    let (date, time, zone) = found(&text, On::new(now.into(), false))?;
    let local = at(date.unwrap_or(now.today()), time?)?;
    Some(zone.unwrap_or(now.zone).instant(local))
}

/// A moment soon: `10:45`, or `+20` for minutes from now. A time of day that has passed means
/// tomorrow, for calls around midnight.
pub fn soon(text: &str, now: Now) -> Option<DateTime<Utc>> {
    let text = normal(text)?;
    if let Some(minutes) = text.strip_prefix('+') {
        let minutes = minutes
            .trim_end_matches(['分', 'm'])
            .trim_end()
            .parse()
            .ok();
        let minutes = minutes.filter(|m| (0..=1_440).contains(m))?;
        return Some(now.at + Duration::minutes(minutes));
    }
    let found = read_moment(&text, now)?;
    let passed = found < now.at;
    Some(if passed {
        found + Duration::days(1)
    } else {
        found
    })
}

fn at(date: NaiveDate, clock: Clock) -> Option<NaiveDateTime> {
    let date = if clock.next_day {
        date.succ_opt()?
    } else {
        date
    };
    Some(date.and_time(clock.time))
}

/// `in 2 hours`, `30 min ago`, `2時間後`, `30分前`.
fn moved(text: &str) -> Option<Duration> {
    let ahead = [" from now", " later", "後"];
    let (rest, sign) = if let Some(rest) = text.strip_prefix("in ") {
        (rest, 1)
    } else if let Some(rest) = ahead.iter().find_map(|end| text.strip_suffix(end)) {
        (rest, 1)
    } else {
        let back = [" ago", "前"];
        (back.iter().find_map(|end| text.strip_suffix(end))?, -1)
    };
    let rest = rest.trim();
    let rest = rest
        .strip_prefix("an ")
        .map_or(rest.to_owned(), |r| format!("1 {r}"));
    // Days and longer count in whole days.
    let timed = ["h", "min", "時間", "分"]
        .iter()
        .any(|unit| rest.contains(unit));
    let found = duration(&rest).filter(|d| timed && *d <= Duration::days(366))?;
    Some(if sign > 0 { found } else { -found })
}

type Found = (Option<NaiveDate>, Option<Clock>, Option<Zone>);

/// A day, a time of day, or both.
fn found(text: &str, on: On) -> Option<Found> {
    if let Some((clock, zone)) = whole_clock(text) {
        return Some((None, Some(clock), zone));
    }
    if let Some(day) = day(text, on) {
        return Some((Some(day), None, None));
    }
    day_then_time(text, on).or_else(|| time_then_day(text, on))
}

fn day_then_time(text: &str, on: On) -> Option<Found> {
    clocks(text).find_map(|(head, clock, zone)| Some((Some(day(head, on)?), Some(clock), zone)))
}

/// Every way to take a time of day from the end of a text, the longest time first.
fn clocks(text: &str) -> impl Iterator<Item = (&str, Clock, Option<Zone>)> {
    let mut before = text.chars().next().unwrap_or(' ');
    text.char_indices().skip(1).filter_map(move |(i, c)| {
        let inside = (before.is_ascii_digit() && c.is_ascii_digit())
            || (before.is_ascii_alphabetic() && c.is_ascii_alphabetic())
            || matches!(before, ':' | '/' | '-' | '+');
        before = c;
        if inside || matches!(c, ' ' | ',' | ':' | '/' | '-') {
            return None;
        }
        let (clock, zone) = whole_clock(&text[i..])?;
        let head = text[..i].trim_end_matches([' ', ',', '@', 'の']);
        let head = head.strip_suffix(" at").unwrap_or(head);
        // 2026-12-08T14:30
        let head = head
            .strip_suffix('t')
            .filter(|h| h.ends_with(|c: char| c.is_ascii_digit()))
            .unwrap_or(head);
        Some((head, clock, zone))
    })
}

/// A text that ends with a time of day, without it: `第2火曜10時`, `second tue at 3pm`. The text is in
/// half width and small letters.
pub fn time_at_end(text: &str) -> Option<(&str, NaiveTime)> {
    clocks(text).find_map(|(head, clock, _)| {
        let sound = !head.is_empty() && !clock.next_day;
        sound.then_some((head, clock.time))
    })
}

/// `3pm tomorrow`, `10:00 on fri`, `15時 明日`.
fn time_then_day(text: &str, on: On) -> Option<Found> {
    let mut scan = Scan::new(text);
    let clock = clock(&mut scan)?;
    scan.space().then_some(())?;
    scan.eat("on ");
    let day = day(scan.rest(), on)?;
    Some((Some(day), Some(clock), None))
}

/// The whole text as a time, perhaps with a zone.
fn whole_clock(text: &str) -> Option<(Clock, Option<Zone>)> {
    let ends = [
        "までには",
        "までに",
        "まで",
        "から",
        "開始",
        "頃",
        "ごろ",
        "に",
        "〜",
        "~",
    ];
    let text = ends
        .iter()
        .find_map(|end| text.strip_suffix(end))
        .unwrap_or(text);
    let mut scan = Scan::new(text.strip_prefix("at ").unwrap_or(text));
    let clock = clock(&mut scan)?;
    let zone = named_zone(&mut scan)?;
    scan.is_done().then_some((clock, zone))
}

/// The whole text as a day.
pub(super) fn day(text: &str, on: On) -> Option<NaiveDate> {
    const BEFORE: [&str; 7] = [
        "by ",
        "on ",
        "due ",
        "until ",
        "till ",
        "til ",
        "no later than ",
    ];
    let text = BEFORE
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .unwrap_or(text);
    let text = [" eod", " cob", " end of day"]
        .iter()
        .find_map(|end| text.strip_suffix(end))
        .unwrap_or(text);
    written_day(text, on)
        .or_else(|| english(text, on))
        .or_else(|| japanese(text, on))
        .or_else(|| {
            let stems = DUE.iter().filter_map(|due| text.strip_suffix(due));
            let mut stems = stems.map(str::trim_end).filter(|stem| !stem.is_empty());
            stems.find_map(|stem| day(stem, on))
        })
        .filter(|d| YEARS.contains(&d.year()))
}

/// A day that is written out, perhaps with its weekday. A weekday of another day is a mistake.
fn written_day(text: &str, on: On) -> Option<NaiveDate> {
    let mut scan = Scan::new(text);
    let head = weekday_head(&mut scan);
    let found = written(&mut scan)?;
    let tail = weekday_tail(&mut scan)?;
    scan.is_done().then_some(())?;
    let yearless = |month: u32, part: Day| {
        on.nearest(|years| written::day(on.today.year() + years, month, part))
    };
    let date = match found {
        Written::Full {
            part: Day::Whole, ..
        } => None,
        Written::Full {
            year, month, part, ..
        } => written::day(year, month, part),
        Written::Yearless { month, part } => yearless(month, part),
        Written::Two([a, b], sep) => {
            // `12.5` is a number, except where days are written so.
            (sep != '.' || on.day_first).then_some(())?;
            let (day, month) = if on.day_first { (a, b) } else { (b, a) };
            (day.len <= 2 && month.len <= 2).then(|| yearless(month.value, Day::Day(day.value)))?
        }
        Written::Three(numbers, sep) => three(numbers, sep, on),
    }?;
    let fits = |weekday: Option<Weekday>| weekday.is_none_or(|w| w == date.weekday());
    (on.loose || (fits(head) && fits(tail))).then_some(date)
}

/// Three numbers: in the user's order if they are a day in it, else the day nearest to today.
fn three(numbers: [Digits; 3], sep: char, on: On) -> Option<NaiveDate> {
    // Versions have dots and short numbers as well.
    let padded = numbers.iter().all(|n| n.len == 2);
    if sep == '.' && numbers[2].len != 4 && !padded {
        return None;
    }
    let own = if on.day_first || sep == '.' {
        Order::Dmy
    } else {
        Order::Mdy
    };
    order::day(own, numbers).or_else(|| {
        Order::ALL
            .iter()
            .filter_map(|o| order::day(*o, numbers))
            .min_by_key(|d| (*d - on.today).num_days().abs())
    })
}
