//! Cells as durations: `1:35:00`, `2h 5m`, `95`, `2時間5分`, `PT1H`.

use chrono::Duration;

use super::scan::{Scan, normal};

/// Longer waits are mistakes.
const MOST: f64 = 10.0 * 366.0 * 86_400.0;

/// Reads a duration that is not negative and at most ten years; none for other text. A bare number
/// is minutes, because help desks export answer times so; two numbers with a colon are hours and
/// minutes.
pub fn duration(cell: &str) -> Option<Duration> {
    let text = normal(cell)?;
    let seconds = plain(&text)
        .or_else(|| colons(&text))
        .or_else(|| units(&text))?;
    (0.0..=MOST)
        .contains(&seconds)
        .then(|| Duration::milliseconds((seconds * 1_000.0).round() as i64))
}

fn plain(text: &str) -> Option<f64> {
    let digits = |c: char| c.is_ascii_digit() || c == '.';
    let minutes: f64 = text.chars().all(digits).then(|| text.parse().ok())??;
    Some(minutes * 60.0)
}

/// `1:35:00`, `26:05`, `1 day, 2:05:00`.
fn colons(text: &str) -> Option<f64> {
    let mut scan = Scan::new(text);
    let days = scan
        .attempt(|scan| {
            let days = scan.digits()?.value;
            scan.space();
            scan.eat_any(&["days", "day", "d", "日"]).then_some(())?;
            scan.space();
            scan.eat(",");
            scan.space();
            Some(days)
        })
        .unwrap_or(0);
    let hours = scan.digits()?.value;
    scan.eat(":").then_some(())?;
    let two = |scan: &mut Scan| scan.digits().filter(|d| d.len == 2 && d.value < 60);
    let minutes = two(&mut scan)?.value;
    let seconds = if scan.eat(":") {
        let whole = f64::from(two(&mut scan)?.value);
        let fraction = scan.attempt(|scan| {
            scan.eat(".").then_some(())?;
            let digits = scan.digits()?;
            Some(f64::from(digits.value) / 10_f64.powi(digits.len as i32))
        });
        whole + fraction.unwrap_or(0.0)
    } else {
        0.0
    };
    scan.is_done().then(|| {
        f64::from(days) * 86_400.0
            + f64::from(hours) * 3_600.0
            + f64::from(minutes) * 60.0
            + seconds
    })
}

/// The seconds of a unit.
fn unit(scan: &mut Scan) -> Option<f64> {
    const UNITS: [(&[&str], f64); 5] = [
        (&["weeks", "week", "wks", "wk", "w", "週間"], 604_800.0),
        (&["days", "day", "d", "日間", "日"], 86_400.0),
        (&["hours", "hour", "hrs", "hr", "h", "時間"], 3_600.0),
        (
            &["minutes", "minute", "mins", "min", "m", "分間", "分"],
            60.0,
        ),
        (&["seconds", "second", "secs", "sec", "s", "秒"], 1.0),
    ];
    let found = UNITS
        .iter()
        .find_map(|(names, seconds)| scan.eat_any(names).then_some(*seconds))?;
    // The rest of an unknown word, as in `months`.
    let ends = !scan.peek().is_some_and(|c| c.is_ascii_alphabetic());
    ends.then_some(found)
}

/// Numbers with units, the larger unit first: `2h 5m`, `1.5 hours`, `1日と2時間`, `pt2h5m`.
fn units(text: &str) -> Option<f64> {
    let mut scan = Scan::new(text);
    let iso = scan.eat("p");
    let (mut total, mut last) = (0.0, f64::INFINITY);
    while !scan.is_done() {
        if iso {
            scan.eat("t");
        }
        let whole = scan.digits()?;
        let fraction = scan.attempt(|scan| {
            scan.eat(".").then_some(())?;
            let digits = scan.digits()?;
            Some(f64::from(digits.value) / 10_f64.powi(digits.len as i32))
        });
        scan.space();
        let seconds = unit_of(&mut scan, iso)?;
        (seconds < last).then_some(())?;
        last = seconds;
        total += (f64::from(whole.value) + fraction.unwrap_or(0.0)) * seconds;
        scan.space();
        let _ = scan.eat_any(&[",", "and ", "と"]);
        scan.space();
    }
    last.is_finite().then_some(total)
}

/// In `pt2h5m` a unit is one letter, and the next number follows at once.
fn unit_of(scan: &mut Scan, iso: bool) -> Option<f64> {
    if !iso {
        return scan.attempt(unit);
    }
    [
        ("w", 604_800.0),
        ("d", 86_400.0),
        ("h", 3_600.0),
        ("m", 60.0),
        ("s", 1.0),
    ]
    .iter()
    .find_map(|(name, seconds)| scan.eat(name).then_some(*seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_as_help_desks_write_them() {
        for (cell, minutes) in [
            ("95", 95.0),
            ("95.5", 95.5),
            ("0", 0.0),
            ("1:35:00", 95.0),
            ("1:35", 95.0),
            ("01:35:30", 95.5),
            ("26:05:00", 1_565.0),
            ("1 day, 2:05:00", 1_565.0),
            ("2h 5m", 125.0),
            ("2h5m", 125.0),
            ("2 hours 5 minutes", 125.0),
            ("2 hrs, 5 mins", 125.0),
            ("1.5 hours", 90.0),
            ("1 hour and 30 min", 90.0),
            ("90 min", 90.0),
            ("45s", 0.75),
            ("3 days", 4_320.0),
            ("1w", 10_080.0),
            ("PT2H5M", 125.0),
            ("P1DT1H", 1_500.0),
            ("2時間5分", 125.0),
            ("1日と2時間", 1_560.0),
            ("９５分", 95.0),
        ] {
            let want = Some(Duration::milliseconds((minutes * 60_000.0) as i64));
            assert_eq!(duration(cell), want, "{cell}");
        }
        for cell in [
            "",
            "-",
            "-5",
            "N/A",
            "2 months",
            "5m 2h",
            "1:75:00",
            "2026-11-20",
            "99999999999",
            "h",
            "1e3",
            "Infinity",
            "...",
            "1.2.3",
        ] {
            assert_eq!(duration(cell), None, "{cell}");
        }
    }
}
