//! A time of day: `15:00`, `3pm`, `3:00 PM`, `14時半`, `午後2時`, `正午`; and a range of hours.

use chrono::NaiveTime;

use super::scan::{Scan, normal};

/// A time of day. 24:00 is midnight of the next day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    pub time: NaiveTime,
    pub next_day: bool,
}

/// The half of the day that an hour of at most 12 is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    Before,
    After,
}

/// The time of day that stands here. A bare number is none.
pub(super) fn clock(scan: &mut Scan) -> Option<Clock> {
    scan.attempt(|scan| {
        if scan.eat_any(&["正午", "noon"]) {
            return Some(at(NaiveTime::from_hms_opt(12, 0, 0)?));
        }
        let before = half_before(scan);
        let hour = scan.count().filter(|h| *h <= 24)?;
        let (minute, second, marked) = rest_of(scan)?;
        let after = scan.attempt(half_after);
        (marked || after.is_some() || before.is_some()).then_some(())?;
        if hour == 24 {
            let midnight = minute == 0 && second == 0.0 && before.is_none() && after.is_none();
            return midnight.then_some(Clock {
                time: NaiveTime::MIN,
                next_day: true,
            });
        }
        let hour = match (before, after) {
            (None, None) => hour,
            (Some(half), None) => halved(hour, half, true)?,
            (None, Some(half)) => halved(hour, half, false)?,
            (Some(_), Some(_)) => return None,
        };
        let whole = second as u32;
        // A leap second, or what rounds to one, is the last second of its minute.
        let nano = ((second.fract() * 1e9) as u32).min(999_999_999);
        NaiveTime::from_hms_nano_opt(hour, minute, whole.min(59), nano).map(at)
    })
}

fn at(time: NaiveTime) -> Clock {
    Clock {
        time,
        next_day: false,
    }
}

/// The hour of 24. Systems that print `15:30 PM` mean 15:30; `15:30 AM` is a mistake.
fn halved(hour: u32, half: Half, japanese: bool) -> Option<u32> {
    match half {
        Half::Before if hour <= 12 => Some(hour % 12),
        Half::After if hour <= 12 && (hour > 0 || japanese) => Some(hour % 12 + 12),
        Half::After if hour > 12 => Some(hour),
        Half::Before | Half::After => None,
    }
}

/// 午前 and 午後 stand before the hour.
fn half_before(scan: &mut Scan) -> Option<Half> {
    let half = scan.attempt(|scan| {
        if scan.eat_any(&["午前", "朝の", "朝", "am"]) {
            Some(Half::Before)
        } else {
            let after = ["午後", "夕方の", "夕方", "夕", "夜の", "夜", "pm"];
            scan.eat_any(&after).then_some(Half::After)
        }
    })?;
    scan.space();
    Some(half)
}

fn half_after(scan: &mut Scan) -> Option<Half> {
    scan.space();
    let half = if scan.eat_any(&["a.m.", "a.m", "am"]) {
        Half::Before
    } else if scan.eat_any(&["p.m.", "p.m", "pm"]) {
        Half::After
    } else {
        return None;
    };
    let ends = !scan.peek().is_some_and(|c| c.is_alphanumeric());
    ends.then_some(half)
}

/// Minutes and seconds behind an hour, and whether anything showed it to be an hour.
fn rest_of(scan: &mut Scan) -> Option<(u32, f64, bool)> {
    if scan.eat("時") {
        if scan.eat("半") {
            return Some((30, 0.0, true));
        }
        let minute = scan.attempt(|scan| {
            let minute = scan.count().filter(|m| *m < 60)?;
            scan.eat("分").then_some(minute)
        });
        let second = scan.attempt(|scan| {
            let second = scan.count().filter(|s| *s < 60)?;
            scan.eat("秒").then_some(second)
        });
        return Some((minute.unwrap_or(0), f64::from(second.unwrap_or(0)), true));
    }
    if !scan.eat(":") {
        return Some((0, 0.0, false));
    }
    let minute = scan.digits().filter(|m| m.len == 2 && m.value < 60)?.value;
    if !scan.eat(":") {
        return Some((minute, 0.0, true));
    }
    let second = scan.digits().filter(|s| s.len <= 2 && s.value <= 60)?.value;
    let fraction = scan.attempt(|scan| {
        (scan.eat(".") || scan.eat(",")).then_some(())?;
        let digits = scan.digits()?;
        Some(f64::from(digits.value) / 10_f64.powi(digits.len as i32))
    });
    Some((minute, f64::from(second) + fraction.unwrap_or(0.0), true))
}

/// The whole text as a time of day: `10:00`, `10時`, `3pm`.
fn time(text: &str) -> Option<NaiveTime> {
    let text = normal(text)?;
    let mut scan = Scan::new(&text);
    let found = clock(&mut scan)?;
    (scan.is_done() && !found.next_day).then_some(found.time)
}

/// Reads `10:00-16:00`, `9時から17時半`; none for other text, or where both times are equal.
pub fn hours(text: &str) -> Option<(NaiveTime, NaiveTime)> {
    let text = normal(text)?.replace(['~', '〜'], "-");
    let (from, to) = ["から", " to ", "-"]
        .iter()
        .find_map(|between| text.split_once(between))?;
    Some((time(from)?, time(to)?)).filter(|(from, to)| from != to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day() {
        for (text, hour, minute) in [
            ("15:00", 15, 0),
            ("3pm", 15, 0),
            ("3 PM", 15, 0),
            ("3:05 p.m.", 15, 5),
            ("12am", 0, 0),
            ("12:30 pm", 12, 30),
            ("１５：００", 15, 0),
            ("14時半", 14, 30),
            ("十時", 10, 0),
            ("午後2時", 14, 0),
            ("午後０時１５分", 12, 15),
            ("午前 9:30", 9, 30),
            ("夜8時", 20, 0),
            ("正午", 12, 0),
            ("noon", 12, 0),
            ("15:30 PM", 15, 30),
        ] {
            assert_eq!(
                time(text),
                NaiveTime::from_hms_opt(hour, minute, 0),
                "{text}"
            );
        }
        for text in [
            "3", "15", "25:00", "10:60", "10:5", "15:30 am", "24:01", "3 pmx", "午後", "", "0pm",
        ] {
            assert_eq!(time(text), None, "{text}");
        }
    }
}
