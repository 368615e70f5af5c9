//! Dates, times, offsets and durations as calendars write them.

use chrono::{
    DateTime, Duration, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc,
};

/// A date or a time, before its zone is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    Day(NaiveDate),
    /// A reading of a clock.
    Wall(NaiveDateTime),
    /// A moment, written in UTC or with an offset.
    Moment(DateTime<Utc>),
}

/// Reads `20261202`, `20261202T100000`, `20261202T100000Z`; also without seconds, with an offset,
/// and with the marks of ISO 8601.
pub fn written(text: &str) -> Option<Written> {
    let text = text.trim().to_ascii_uppercase();
    if !text.is_ascii() {
        return None;
    }
    let (date, time) = match text.split_once(['T', ' ']) {
        Some((date, time)) => (date, Some(time)),
        None => (text.as_str(), None),
    };
    let date = day(date)?;
    let Some(time) = time else {
        return Some(Written::Day(date));
    };
    let end = time.find(['Z', '+', '-']).unwrap_or(time.len());
    let (clock, zone) = time.split_at(end);
    let wall = date
        .and_time(NaiveTime::MIN)
        .checked_add_signed(clock_of(clock)?)?;
    match zone {
        "" => Some(Written::Wall(wall)),
        "Z" => Some(Written::Moment(wall.and_utc())),
        zone => {
            let offset = offset(zone)?;
            let utc = wall.checked_sub_offset(offset)?;
            Some(Written::Moment(utc.and_utc()))
        }
    }
}

fn day(text: &str) -> Option<NaiveDate> {
    let digits: String = match text.len() {
        10 => {
            let mut parts = text.split('-');
            let (y, m, d) = (parts.next()?, parts.next()?, parts.next()?);
            format!("{y}{m}{d}")
        }
        _ => text.to_owned(),
    };
    if digits.len() != 8 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let part = |from, to| digits.get(from..to)?.parse::<u32>().ok();
    NaiveDate::from_ymd_opt(part(0, 4)? as i32, part(4, 6)?, part(6, 8)?)
}

/// The time since midnight: up to 24 hours, for programs that write midnight so.
fn clock_of(text: &str) -> Option<TimeDelta> {
    let digits: String = text
        .split('.')
        .next()?
        .chars()
        .filter(|c| *c != ':')
        .collect();
    if !matches!(digits.len(), 4 | 6) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let part = |from, to| {
        digits
            .get(from..to)
            .map_or(Some(0), |t| t.parse::<i64>().ok())
    };
    let (h, m, s) = (part(0, 2)?, part(2, 4)?, part(4, 6)?);
    // A leap second is the last second of its minute.
    let fits = (h < 24 && m < 60 && s <= 60) || (h, m, s) == (24, 0, 0);
    fits.then(|| Duration::seconds(h * 3_600 + m * 60 + s.min(59)))
}

/// Reads `+0900`, `-053000`, `+09:00`, `+9`.
pub fn offset(text: &str) -> Option<FixedOffset> {
    let text = text.trim();
    let (sign, rest) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => (1, text),
    };
    let mut digits: String = rest.chars().filter(|c| !matches!(c, ':' | '.')).collect();
    if digits.is_empty() || digits.len() > 6 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    if digits.len() % 2 == 1 {
        digits.insert(0, '0');
    }
    let part = |from, to| {
        digits
            .get(from..to)
            .map_or(Some(0), |t| t.parse::<i32>().ok())
    };
    let (h, m, s) = (part(0, 2)?, part(2, 4)?, part(4, 6)?);
    (h < 24 && m < 60 && s < 60)
        .then(|| FixedOffset::east_opt(sign * (h * 3_600 + m * 60 + s)))
        .flatten()
}

/// A duration: its days are days of the calendar, its time is exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lasting {
    pub days: i64,
    pub time: TimeDelta,
}

/// Why a duration is not usable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoDuration {
    /// It is written in another way.
    Unread,
    /// It is longer than all days that can be counted.
    TooLong,
}

/// Reads `PT1H30M`, `P1DT2H`, `P2W`, `-PT15M`.
///
/// # Errors
/// For other text, and for a duration beyond the range of dates.
pub fn lasting(text: &str) -> Result<Lasting, NoDuration> {
    let text = text.trim().to_ascii_uppercase();
    let (sign, body) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(&text)),
    };
    let body = body.strip_prefix('P').ok_or(NoDuration::Unread)?;
    let (mut days, mut seconds, mut timed) = (0_i64, 0_i64, false);
    let (mut digits, mut units) = (String::new(), 0);
    for c in body.chars() {
        if c == 'T' && digits.is_empty() && !timed {
            timed = true;
            continue;
        }
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if digits.is_empty() {
            return Err(NoDuration::Unread);
        }
        let count: i64 = digits.parse().map_err(|_| NoDuration::TooLong)?;
        digits.clear();
        units += 1;
        let (total, length) = match (c, timed) {
            ('W', false) => (&mut days, 7),
            ('D', false) => (&mut days, 1),
            ('H', true) => (&mut seconds, 3_600),
            ('M', true) => (&mut seconds, 60),
            ('S', true) => (&mut seconds, 1),
            _ => return Err(NoDuration::Unread),
        };
        *total = count
            .checked_mul(length)
            .and_then(|n| total.checked_add(n))
            .ok_or(NoDuration::TooLong)?;
    }
    if units == 0 || !digits.is_empty() {
        return Err(NoDuration::Unread);
    }
    let time = TimeDelta::try_seconds(seconds * sign).ok_or(NoDuration::TooLong)?;
    let whole = TimeDelta::try_days(days * sign).ok_or(NoDuration::TooLong)?;
    let all = whole.checked_add(&time).ok_or(NoDuration::TooLong)?;
    // Nine thousand years: what is longer is a mistake, and sums of it stay dates.
    if all.num_days().abs() > 9_000 * 366 {
        return Err(NoDuration::TooLong);
    }
    Ok(Lasting {
        days: days * sign,
        time,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times() {
        let day = NaiveDate::from_ymd_opt(2026, 12, 2).expect("day");
        let ten = day.and_hms_opt(10, 0, 0).expect("time");
        for (text, right) in [
            ("20261202", Some(Written::Day(day))),
            ("2026-12-02", Some(Written::Day(day))),
            ("20261202T100000", Some(Written::Wall(ten))),
            ("20261202t1000", Some(Written::Wall(ten))),
            ("2026-12-02T10:00:00", Some(Written::Wall(ten))),
            ("20261202T100000Z", Some(Written::Moment(ten.and_utc()))),
            ("20261202T190000+0900", Some(Written::Moment(ten.and_utc()))),
            (
                "20261201T240000",
                day.and_hms_opt(0, 0, 0).map(Written::Wall),
            ),
            ("20260230", None),
            ("20261202T250000", None),
            ("20261202T", None),
            ("2026年12月2日", None),
            ("", None),
        ] {
            assert_eq!(written(text), right, "{text}");
        }
    }

    #[test]
    fn offsets_and_durations() {
        let seconds = |text| offset(text).map(|o| o.local_minus_utc());
        assert_eq!(seconds("+0900"), Some(32_400));
        assert_eq!(seconds("-053000"), Some(-19_800));
        assert_eq!(seconds("+9:00"), Some(32_400));
        assert_eq!([seconds(""), seconds("x"), seconds("+2500")], [None; 3]);
        let of = |text| lasting(text).map(|l| (l.days, l.time.num_minutes()));
        assert_eq!(of("PT1H30M"), Ok((0, 90)));
        assert_eq!(of("P1DT2H"), Ok((1, 120)));
        assert_eq!(of("P2W"), Ok((14, 0)));
        assert_eq!(of("-PT15M"), Ok((0, -15)));
        assert_eq!(of("PT99999999999999999999H"), Err(NoDuration::TooLong));
        assert_eq!(of("P99999999D"), Err(NoDuration::TooLong));
        for text in ["", "P", "PT", "1H", "P1H", "PT1", "PT1X", "P1D2"] {
            assert_eq!(of(text), Err(NoDuration::Unread), "{text}");
        }
    }
}
