//! A cell of a workbook as text: what a person sees in Excel where that matters (dates, leading
//! zeros, percent), and the exact number elsewhere.

use calamine::{DataRef, ExcelDateTime};
use chrono::{Duration, NaiveTime, Timelike};

/// The text of a cell with a number format. Error values are blank: they are no data.
pub fn shown(value: &DataRef, format: &str) -> String {
    match value {
        DataRef::Empty | DataRef::Error(_) => String::new(),
        DataRef::Int(n) => number(*n as f64, format),
        DataRef::Float(f) => number(*f, format),
        DataRef::DateTime(moment) => date(moment),
        DataRef::String(s) | DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => s.clone(),
        DataRef::SharedString(s) => (*s).to_owned(),
        DataRef::Bool(b) => b.to_string(),
    }
}

/// The longest number that is padded: longer formats are no ids.
const DIGITS: usize = 40;

fn number(value: f64, format: &str) -> String {
    // The first section is for positive numbers.
    let format = format.split(';').next().unwrap_or("");
    if let Some(padded) = padded(value, format) {
        return padded;
    }
    if is_percent(format) {
        return format!("{}%", plain(value * 100.0));
    }
    plain(value)
}

/// A number with at most 15 digits, as Excel keeps them: 0.1 + 0.2 is 0.3.
fn plain(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e15 {
        return format!("{}", value as i64);
    }
    let rounded: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    rounded.to_string()
}

/// Whether a format shows percent: a `%` that is no literal.
fn is_percent(format: &str) -> bool {
    let mut quoted = false;
    let mut literal = false;
    for c in format.chars() {
        match c {
            _ if literal => literal = false,
            '"' => quoted = !quoted,
            '\\' | '_' | '*' if !quoted => literal = true,
            '%' if !quoted => return true,
            _ => {}
        }
    }
    false
}

/// A whole number in a format of zeros and fixed signs only, as for ids and postal codes:
/// `00000`, `000-0000`, `"C"0000`. `None` for all other formats.
fn padded(value: f64, format: &str) -> Option<String> {
    if value.fract() != 0.0 || !(0.0..1e15).contains(&value) {
        return None;
    }
    // The places of the format: a digit, or a fixed sign.
    let mut places: Vec<Option<char>> = Vec::new();
    let mut quoted = false;
    let mut chars = format.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => quoted = !quoted,
            _ if quoted => places.push(Some(c)),
            '\\' => places.push(Some(chars.next()?)),
            '0' => places.push(None),
            '-' | ' ' => places.push(Some(c)),
            _ => return None,
        }
    }
    let zeros = places.iter().filter(|p| p.is_none()).count();
    if !(2..=DIGITS).contains(&zeros) {
        return None;
    }
    let digits = format!("{:0zeros$}", value as u64);
    let mut digits = digits.chars();
    // Digits beyond the zeros stand before the first place.
    let mut more = digits.clone().count() - zeros;
    let mut out = String::new();
    for place in places {
        match place {
            Some(sign) => out.push(sign),
            None => {
                for _ in 0..=std::mem::take(&mut more) {
                    out.extend(digits.next());
                }
            }
        }
    }
    Some(out)
}

/// A date, a time of day or a duration in ISO form, to the second.
fn date(moment: &ExcelDateTime) -> String {
    if moment.is_duration() {
        let Some(d) = moment.as_duration() else {
            return String::new();
        };
        let seconds = (d.num_milliseconds() + 500).div_euclid(1_000);
        let (minutes, seconds) = (seconds.div_euclid(60), seconds.rem_euclid(60));
        return format!("{}:{:02}:{seconds:02}", minutes / 60, minutes % 60);
    }
    let Some(exact) = moment.as_datetime() else {
        return plain(moment.as_f64());
    };
    let Some(t) = exact.checked_add_signed(Duration::milliseconds(500)) else {
        return plain(moment.as_f64());
    };
    let t = t.with_nanosecond(0).unwrap_or(t);
    if moment.as_f64() < 1.0 {
        t.format("%H:%M:%S").to_string()
    } else if t.time() == NaiveTime::MIN {
        t.format("%Y-%m-%d").to_string()
    } else {
        t.format("%Y-%m-%dT%H:%M:%S").to_string()
    }
}

#[cfg(test)]
mod tests {
    use calamine::{CellErrorType, ExcelDateTimeType};

    use super::*;

    #[test]
    fn numbers_are_shown_as_in_excel() {
        for (value, format, text) in [
            (12.0, "General", "12"),
            (12.5, "", "12.5"),
            (0.1 + 0.2, "", "0.3"),
            (-3.0, "0", "-3"),
            (1e21, "General", "1000000000000000000000"),
            (123.0, "00000", "00123"),
            (123_456.0, "00000", "123456"),
            (7.0, "0", "7"),
            (1_500_013.0, "000-0000", "150-0013"),
            (15_000_130.0, "000-0000", "1500-0130"),
            (12.0, "\"C\"0000", "C0012"),
            (12.0, "\\K000", "K012"),
            (12.0, "0000;[Red]-0000", "0012"),
            (1234.0, "#,##0", "1234"),
            (1234.5, "00000", "1234.5"),
            (-12.0, "00000", "-12"),
            (12.0, "0.00", "12"),
            (0.25, "0%", "25%"),
            (0.123, "0.0%", "12.3%"),
            (0.07, "0%", "7%"),
            (5.0, "0\"%\"", "5"),
        ] {
            assert_eq!(
                shown(&DataRef::Float(value), format),
                text,
                "{value} {format}"
            );
        }
    }

    #[test]
    fn days_and_times_are_in_iso_form() {
        for (value, text) in [
            (46_000.0, "2025-12-09"),
            (46_000.5, "2025-12-09T12:00:00"),
            (46_000.999_999_9, "2025-12-10"),
            (0.25, "06:00:00"),
        ] {
            let moment = ExcelDateTime::new(value, ExcelDateTimeType::DateTime, false);
            assert_eq!(shown(&DataRef::DateTime(moment), ""), text, "{value}");
        }
        let hours = ExcelDateTime::new(1.5, ExcelDateTimeType::TimeDelta, false);
        assert_eq!(shown(&DataRef::DateTime(hours), ""), "36:00:00");
    }

    #[test]
    fn error_values_are_blank() {
        assert_eq!(shown(&DataRef::Error(CellErrorType::NA), ""), "");
        assert_eq!(shown(&DataRef::Bool(true), ""), "true");
    }
}
