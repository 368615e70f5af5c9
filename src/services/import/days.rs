//! Cells as days and moments. The order of day and month is decided for a whole column, never for a
//! single cell.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Utc};

use super::periods::named_day;
use crate::domain::text::nfkc;
use crate::domain::when::Zone;

/// The order of the numbers in a column's dates that begin with a day or a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    Dmy,
    Mdy,
}

/// The evidence of a column's cells for its order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Cells that are valid only as day-month-year.
    pub dmy: u64,
    pub mdy: u64,
    /// Cells that are valid in both orders.
    pub either: u64,
}

impl Evidence {
    pub fn see(&mut self, cell: &str) {
        let bytes = cell.trim_start().as_bytes();
        // Cells with the year first, epochs and blanks are no evidence.
        let sep = match bytes {
            [_, s, ..] if is_sep(*s) => *s,
            [_, _, s, ..] if is_sep(*s) => *s,
            _ => return,
        };
        let mut parts = cell.trim().split([sep as char, ' ', 'T']);
        let (Some(a), Some(b), Some(y)) =
            (number(parts.next()), number(parts.next()), parts.next())
        else {
            return;
        };
        if y.len() < 2 || !y.bytes().all(|b| b.is_ascii_digit()) {
            return;
        }
        match (a > 12, b > 12) {
            (true, false) => self.dmy += 1,
            (false, true) => self.mdy += 1,
            (false, false) => self.either += 1,
            (true, true) => {}
        }
    }

    /// The order that most of the column's own cells prove.
    pub fn order(&self) -> Option<Order> {
        match self.dmy.cmp(&self.mdy) {
            std::cmp::Ordering::Greater => Some(Order::Dmy),
            std::cmp::Ordering::Less => Some(Order::Mdy),
            std::cmp::Ordering::Equal => None,
        }
    }

    pub fn needed(&self) -> bool {
        self.dmy + self.mdy + self.either > 0
    }
}

/// The separator of a date with an uncertain order; a date with dots has a certain one.
fn is_sep(b: u8) -> bool {
    matches!(b, b'-' | b'/')
}

fn number(part: Option<&str>) -> Option<u32> {
    part?.parse().ok()
}

/// Reads a day. A moment becomes its day in the user's zone.
pub fn day(cell: &str, order: Option<Order>, zone: Zone) -> Option<NaiveDate> {
    let bytes = cell.as_bytes();
    // The common case first: a plain ISO day.
    if bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-' {
        return iso(bytes);
    }
    moment(cell, order, zone).map(|(at, local)| local.map_or_else(|| zone.day(at), |l| l.date()))
}

fn iso(bytes: &[u8]) -> Option<NaiveDate> {
    let digits = |range: std::ops::Range<usize>| {
        bytes.get(range)?.iter().try_fold(0_u32, |n, b| {
            b.is_ascii_digit().then(|| n * 10 + u32::from(b - b'0'))
        })
    };
    NaiveDate::from_ymd_opt(digits(0..4)? as i32, digits(5..7)?, digits(8..10)?)
}

/// Reads a moment. A time without a zone is in the user's zone.
pub fn instant(cell: &str, order: Option<Order>, zone: Zone) -> Option<DateTime<Utc>> {
    moment(cell, order, zone).map(|(at, _)| at)
}

/// The moment, and the local time when the cell named no zone.
fn moment(
    cell: &str,
    order: Option<Order>,
    zone: Zone,
) -> Option<(DateTime<Utc>, Option<NaiveDateTime>)> {
    let text = nfkc(cell.trim());
    if text.is_empty() {
        return None;
    }
    if let Some(at) = epoch(&text) {
        return Some((at, None));
    }
    if let Some((date, time)) = named_day(&text) {
        let local = date.and_time(time);
        return Some((zone.instant(local), Some(local)));
    }
    let (date_text, rest) = split_time(&text);
    let date = date_part(date_text, order)?;
    let (time_text, offset) = split_offset(rest);
    let time = if time_text.is_empty() {
        NaiveTime::MIN
    } else {
        time_part(time_text)?
    };
    let local = date.and_time(time);
    match offset {
        Some(offset) => Some(((local - offset).and_utc(), None)),
        None => Some((zone.instant(local), Some(local))),
    }
}

/// Seconds or milliseconds since 1970, between 2001 and 2100.
fn epoch(text: &str) -> Option<DateTime<Utc>> {
    let digits = text.strip_suffix(".0").unwrap_or(text);
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let n: i64 = digits.parse().ok()?;
    match digits.len() {
        10 if (978_307_200..4_102_444_800).contains(&n) => DateTime::from_timestamp(n, 0),
        13 => DateTime::from_timestamp_millis(n),
        _ => None,
    }
}

fn split_time(text: &str) -> (&str, &str) {
    match text.find([' ', 'T', 't']).or_else(|| {
        text.find('日')
            .map(|i| i + '日'.len_utf8())
            .filter(|i| *i < text.len())
    }) {
        Some(at) => (&text[..at], text[at..].trim_start_matches([' ', 'T', 't'])),
        None => (text, ""),
    }
}

fn split_offset(text: &str) -> (&str, Option<FixedOffset>) {
    let text = text.trim();
    let text = text.strip_suffix("UTC").map_or(text, |t| t.trim());
    if let Some(t) = text.strip_suffix(['Z', 'z']) {
        return (t.trim(), FixedOffset::east_opt(0));
    }
    if let Some(at) = text.rfind(['+', '-']) {
        let digits: String = text[at + 1..]
            .chars()
            .filter(char::is_ascii_digit)
            .collect();
        let (hours, minutes) = match digits.len() {
            2 => (digits.parse::<i32>().ok(), Some(0)),
            4 => (digits[..2].parse().ok(), digits[2..].parse::<i32>().ok()),
            _ => (None, None),
        };
        if let (Some(h), Some(m)) = (hours, minutes) {
            let sign = if text[at..].starts_with('-') { -1 } else { 1 };
            if let Some(offset) = FixedOffset::east_opt(sign * (h * 3600 + m * 60)) {
                return (text[..at].trim(), Some(offset));
            }
        }
    }
    (text, None)
}

fn time_part(text: &str) -> Option<NaiveTime> {
    let upper = text.to_ascii_uppercase();
    let (clock, half) = match upper.strip_suffix("PM") {
        Some(t) => (t.trim(), Some(12)),
        None => upper
            .strip_suffix("AM")
            .map_or((upper.as_str(), None), |t| (t.trim(), Some(0))),
    };
    let clock = clock.replace(['時', '分'], ":").replace('秒', "");
    let mut parts = clock.trim_end_matches(':').splitn(3, ':');
    let hour: u32 = parts.next()?.parse().ok()?;
    let minute: u32 = parts.next().map_or(Ok(0), str::parse).ok()?;
    let second: f64 = parts.next().map_or(Ok(0.0), str::parse).ok()?;
    let hour = half.map_or(hour, |h| hour % 12 + h);
    NaiveTime::from_hms_nano_opt(hour, minute, second as u32, (second.fract() * 1e9) as u32)
}

/// A date with four digits for the year: many systems write 9999-12-31 for "no end", and later days
/// cannot be counted.
fn date_part(text: &str, order: Option<Order>) -> Option<NaiveDate> {
    any_date(text, order).filter(|d| (1..=9_999).contains(&d.year()))
}

fn any_date(text: &str, order: Option<Order>) -> Option<NaiveDate> {
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return NaiveDate::from_ymd_opt(
            text[..4].parse().ok()?,
            text[4..6].parse().ok()?,
            text[6..].parse().ok()?,
        );
    }
    if let Some((era_year, rest)) = text.split_once('年') {
        let (month, rest) = rest.split_once('月')?;
        let day = rest.trim_end_matches('日');
        let base = [("令和", 2018), ("平成", 1988), ("昭和", 1925)]
            .iter()
            .find_map(|(era, base)| Some((era_year.strip_prefix(era)?, *base)));
        let year = match base {
            Some(("元", base)) => base + 1,
            Some((n, base)) => n.parse::<i32>().ok()?.checked_add(base)?,
            None => era_year.parse().ok()?,
        };
        return NaiveDate::from_ymd_opt(
            year,
            month.parse().ok()?,
            if day.is_empty() { 1 } else { day.parse().ok()? },
        );
    }
    // A month: its first day.
    if let Some((year, month)) = text
        .split_once(['-', '/'])
        .filter(|(y, m)| y.len() == 4 && (1..=2).contains(&m.len()))
    {
        return NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, 1);
    }
    let mut parts = text.split(['-', '/', '.']);
    let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    if a.len() == 4 {
        return NaiveDate::from_ymd_opt(a.parse().ok()?, b.parse().ok()?, c.parse().ok()?);
    }
    let year: i32 = c.parse().ok()?;
    let year = if c.len() == 2 {
        year + if year < 70 { 2000 } else { 1900 }
    } else {
        year
    };
    let (a, b): (u32, u32) = (a.parse().ok()?, b.parse().ok()?);
    // Countries that write dates with dots put the day first.
    match if text.contains('.') {
        Order::Dmy
    } else {
        order?
    } {
        Order::Dmy => NaiveDate::from_ymd_opt(year, b, a),
        Order::Mdy => NaiveDate::from_ymd_opt(year, a, b),
    }
    .filter(|d| (1900..2200).contains(&d.year()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    fn d(y: i32, m: u32, day: u32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(y, m, day)
    }

    #[test]
    fn dates_as_systems_write_them() {
        let tokyo = Zone::Named(chrono_tz::Asia::Tokyo);
        for (cell, want) in [
            ("2024-10-16", d(2024, 10, 16)),
            ("2024/7/5", d(2024, 7, 5)),
            ("20240705", d(2024, 7, 5)),
            ("2024年7月5日", d(2024, 7, 5)),
            ("令和6年4月1日", d(2024, 4, 1)),
            ("平成元年1月8日", d(1989, 1, 8)),
            ("２０２４／０７／０５", d(2024, 7, 5)),
            ("2023-07-28 03:00:00", d(2023, 7, 28)),
            ("2016-04-28T11:19:34 -10:00", d(2016, 4, 29)),
            ("2018-04-02T15:00:00.000Z", d(2018, 4, 3)),
            ("1541105830796", d(2018, 11, 2)),
            ("16-10-2024", d(2024, 10, 16)),
            ("never", None),
            ("2024-13-01", None),
        ] {
            assert_eq!(day(cell, Some(Order::Dmy), tokyo), want, "{cell}");
        }
        assert_eq!(
            day("3/12/2025 10:47", Some(Order::Mdy), tokyo),
            d(2025, 3, 12)
        );
        assert_eq!(day("3/12/2025", None, tokyo), None);
        assert_eq!(
            instant("28-07-2023 03:00", Some(Order::Dmy), Zone::utc()),
            Some(Utc.with_ymd_and_hms(2023, 7, 28, 3, 0, 0).unwrap())
        );
        assert_eq!(
            instant("7/28/2023 3:05 PM", Some(Order::Mdy), Zone::utc()),
            Some(Utc.with_ymd_and_hms(2023, 7, 28, 15, 5, 0).unwrap())
        );
    }

    #[test]
    fn one_cell_decides_for_the_column() {
        let mut e = Evidence::default();
        for cell in ["01-02-2024", "03-04-2024", "27-08-2024", "", "2024-01-01"] {
            e.see(cell);
        }
        assert_eq!((e.order(), e.either), (Some(Order::Dmy), 2));
    }
}
