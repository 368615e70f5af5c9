//! Cells of a table as days and moments. The order of the numbers is decided for a whole column
//! (see `column`), never for a single cell.

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, Utc};

use super::clock::clock;
use super::names::weekday_tail;
use super::order::{self, Order};
use super::scan::{Scan, normal};
use super::written::{self, Part, Written, weekday_head, written};
use super::zones::zone as named_zone;
use crate::domain::when::Zone;

/// The years that data about customers lies in; other years are mistakes or mean "no day".
const YEARS: std::ops::RangeInclusive<i32> = 1_970..=2_100;

/// Reads a day between 1970 and 2100. A moment becomes its day in the user's zone.
pub fn day(cell: &str, order: Option<Order>, zone: Zone) -> Option<NaiveDate> {
    // The common case first: a plain ISO day.
    if let Some((day, [])) = iso_day(cell.as_bytes()) {
        return Some(day).filter(sound);
    }
    moment(cell, order, zone).map(|(at, local)| local.map_or_else(|| zone.day(at), |l| l.date()))
}

/// Reads a moment between 1970 and 2100. A time without a zone is in the user's zone.
pub fn instant(cell: &str, order: Option<Order>, zone: Zone) -> Option<DateTime<Utc>> {
    moment(cell, order, zone).map(|(at, _)| at)
}

/// Whether a cell says that there is no day, as systems without blanks write it: `9999-12-31`,
/// `0000-00-00`, `0001-01-01`.
pub fn is_no_day(cell: &str) -> bool {
    let cell = cell.trim();
    let starts = ["0000", "0001-01-01", "00/00/0000", "00-00-0000"];
    if !(cell.contains("9999") || starts.iter().any(|s| cell.starts_with(s))) {
        return false;
    }
    let Some(text) = normal(cell) else {
        return false;
    };
    match written(&mut Scan::new(&text)) {
        Some(Written::Full { year, .. }) => matches!(year, 0 | 1 | 9_999),
        Some(Written::Three([a, b, c], _)) => {
            c.value == 9_999 || (a.value, b.value, c.value) == (0, 0, 0)
        }
        Some(Written::Two(..) | Written::Yearless { .. }) | None => false,
    }
}

/// Whether a cell is a day only once the order of its numbers is known.
pub fn needs_order(cell: &str) -> bool {
    let Some(text) = normal(cell) else {
        return false;
    };
    let mut scan = Scan::new(&text);
    weekday_head(&mut scan);
    match written(&mut scan) {
        Some(Written::Three(numbers, _)) => {
            Order::ALL.iter().any(|o| order::day(*o, numbers).is_some())
        }
        Some(Written::Full { .. } | Written::Yearless { .. } | Written::Two(..)) | None => false,
    }
}

/// A spreadsheet's number of a day, with the time as its fraction, where the whole column is made
/// of such numbers. Reads 40,000 to 60,000: 2009 to 2064.
pub fn serial(cell: &str) -> Option<NaiveDateTime> {
    let cell = cell.trim();
    let digits = cell.bytes().take_while(u8::is_ascii_digit).count();
    if digits != 5 {
        return None;
    }
    let value: f64 = cell.parse().ok()?;
    if !(40_000.0..=60_000.0).contains(&value) {
        return None;
    }
    let epoch = NaiveDate::from_ymd_opt(1_899, 12, 30)?;
    let seconds = (value.fract() * 86_400.0).round() as i64;
    Some(
        (epoch + Duration::days(value.trunc() as i64)).and_time(NaiveTime::MIN)
            + Duration::seconds(seconds),
    )
}

fn sound(day: &NaiveDate) -> bool {
    YEARS.contains(&day.year())
}

/// A day that the bytes begin with, and what follows it.
pub(super) fn iso_day(bytes: &[u8]) -> Option<(NaiveDate, &[u8])> {
    let (head, rest) = bytes.split_at_checked(10)?;
    if head[4] != b'-' || head[7] != b'-' {
        return None;
    }
    let day = NaiveDate::from_ymd_opt(
        digits(&head[..4])? as i32,
        digits(&head[5..7])?,
        digits(&head[8..])?,
    )?;
    Some((day, rest))
}

fn digits(bytes: &[u8]) -> Option<u32> {
    bytes.iter().try_fold(0_u32, |n, b| {
        b.is_ascii_digit().then(|| n * 10 + u32::from(b - b'0'))
    })
}

/// An ISO moment to the second, `2026-12-31T10:00:00` or with a blank, and whether it ends in Z:
/// what most systems export.
fn iso_moment(bytes: &[u8]) -> Option<(NaiveDateTime, bool)> {
    let (day, rest) = iso_day(bytes)?;
    let (utc, rest) = match rest {
        [rest @ .., b'Z'] => (true, rest),
        rest => (false, rest),
    };
    let [b'T' | b' ', h1, h2, b':', m1, m2, b':', s1, s2] = rest else {
        return None;
    };
    let two = |a: &u8, b: &u8| digits(&[*a, *b]);
    let time = NaiveTime::from_hms_opt(two(h1, h2)?, two(m1, m2)?, two(s1, s2)?)?;
    Some((day.and_time(time), utc))
}

/// The moment, and the local time when the cell named no zone.
fn moment(
    cell: &str,
    order: Option<Order>,
    zone: Zone,
) -> Option<(DateTime<Utc>, Option<NaiveDateTime>)> {
    let (local, named) = match iso_moment(cell.trim().as_bytes()) {
        Some((at, true)) => return sound(&at.date()).then(|| (at.and_utc(), None)),
        Some((at, false)) => (at, None),
        None => {
            let text = normal(cell)?;
            if let Some(at) = epoch(&text) {
                return Some((at, None));
            }
            local(&text, order)?
        }
    };
    sound(&local.date()).then_some(())?;
    Some(match named {
        Some(named) => (named.instant(local), None),
        None => (zone.instant(local), Some(local)),
    })
}

/// Seconds or milliseconds since 1970, between 2001 and 2100.
fn epoch(text: &str) -> Option<DateTime<Utc>> {
    let digits = text.strip_suffix(".0").unwrap_or(text);
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let n: i64 = digits.parse().ok()?;
    let seconds = match digits.len() {
        10 => n,
        13 => n / 1_000,
        _ => return None,
    };
    if !(978_307_200..4_102_444_800).contains(&seconds) {
        return None;
    }
    DateTime::from_timestamp_millis(if digits.len() == 13 { n } else { n * 1_000 })
}

/// The wall-clock time of a cell, and the zone it names.
fn local(text: &str, order: Option<Order>) -> Option<(NaiveDateTime, Option<Zone>)> {
    let mut scan = Scan::new(text);
    let head = weekday_head(&mut scan);
    let found = written(&mut scan)?;
    let tail = weekday_tail(&mut scan)?;
    let time = time_behind(&mut scan);
    let mut zone = named_zone_or_year(&mut scan, found)?;
    let date = match found {
        Written::Full { short: true, .. } | Written::Two(..) => return None,
        Written::Full {
            year, month, part, ..
        } => written::day(year, month, part)?,
        // `Fri Nov 20 10:00:00 2026` has its year last.
        Written::Yearless { month, part } => {
            scan.space();
            let year = scan.digits().filter(|y| y.len == 4)?.value;
            if zone.is_none() {
                zone = named_zone(&mut scan)?;
            }
            written::day(year as i32, month, part)?
        }
        Written::Three(numbers, sep) => three(numbers, sep, order)?,
    };
    let fits = [head, tail]
        .into_iter()
        .flatten()
        .all(|w| w == date.weekday());
    (fits && scan.is_done()).then_some(())?;
    let at = match time {
        None => date.and_time(NaiveTime::MIN),
        Some(clock) if clock.next_day => date.succ_opt()?.and_time(clock.time),
        Some(clock) => date.and_time(clock.time),
    };
    Some((at, zone))
}

/// The zone behind a time. A day without a year may have it here instead.
fn named_zone_or_year(scan: &mut Scan, found: Written) -> Option<Option<Zone>> {
    match found {
        Written::Yearless { .. } => {
            let zone = scan.attempt(|scan| {
                scan.space();
                named_zone(scan)?
            });
            Some(zone)
        }
        Written::Full { .. } | Written::Three(..) | Written::Two(..) => named_zone(scan),
    }
}

fn time_behind(scan: &mut Scan) -> Option<super::clock::Clock> {
    scan.attempt(|scan| {
        scan.space();
        let _ = scan.eat_any(&[",", "t", "の", ":", "at "]);
        scan.space();
        clock(scan)
    })
}

/// Countries that write dates with dots put the day first; a year in two digits may still be first.
fn three(numbers: [super::scan::Digits; 3], sep: char, order: Option<Order>) -> Option<NaiveDate> {
    let dotted = sep == '.' && numbers[2].len == 4;
    order::day(if dotted { Order::Dmy } else { order? }, numbers)
}

/// A day as the evidence of a column: what is written, and the weekday that stands with it.
pub(super) fn seen(text: &str) -> Option<(Written, Option<chrono::Weekday>, bool)> {
    let mut scan = Scan::new(text);
    let head = weekday_head(&mut scan);
    let found = written(&mut scan)?;
    let tail = weekday_tail(&mut scan)?;
    let midnight = time_behind(&mut scan).is_none_or(|c| c.time == NaiveTime::MIN);
    Some((found, head.or(tail), midnight))
}

/// The first day of what is written, where its year stands in it.
pub(super) fn certain(found: Written) -> Option<NaiveDate> {
    match found {
        Written::Full {
            year,
            month,
            part: part @ (Part::Day(_) | Part::Last),
            short: false,
        } => written::day(year, month, part),
        Written::Full { .. } | Written::Yearless { .. } | Written::Three(..) | Written::Two(..) => {
            None
        }
    }
}
