//! The interval between two touches, in calendar units.

use std::fmt;

use chrono::{Duration, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::domain::text::nfkc;
use crate::domain::when::add_months;

/// An interval in calendar units: `3d`, `2w`, `1m`, `1y`. Never zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Every {
    pub n: u16,
    pub unit: Unit,
}

/// The unit of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    Days,
    Weeks,
    Months,
}

impl Every {
    const fn of(n: u32, unit: Unit) -> Self {
        Self {
            n: if n > u16::MAX as u32 {
                u16::MAX
            } else {
                n as u16
            },
            unit,
        }
    }

    pub const fn days(n: u32) -> Self {
        Self::of(n, Unit::Days)
    }

    pub const fn weeks(n: u32) -> Self {
        Self::of(n, Unit::Weeks)
    }

    pub const fn months(n: u32) -> Self {
        Self::of(n, Unit::Months)
    }

    /// Reads `3d`, `2w`, `1m`, `1y`; none for another text, or for more than five years.
    pub fn parse(text: &str) -> Option<Self> {
        let text: String = nfkc(text.trim()).to_lowercase();
        let digits = text.chars().take_while(char::is_ascii_digit).count();
        let n: u32 = text[..digits]
            .parse()
            .ok()
            .filter(|n| (1..=1_830).contains(n))?;
        let every = match text[digits..].trim() {
            "d" | "日" => Self::days(n),
            "w" | "週" | "週間" => Self::weeks(n),
            "m" | "月" | "か月" | "ヶ月" | "カ月" => Self::months(n),
            "y" | "年" => Self::months(n * 12),
            _ => return None,
        };
        (every.length() <= 1_830).then_some(every)
    }

    /// The length in days; a month counts as thirty.
    pub fn length(self) -> i64 {
        i64::from(self.n)
            * match self.unit {
                Unit::Days => 1,
                Unit::Weeks => 7,
                Unit::Months => 30,
            }
    }

    /// The day `times` intervals after another. Months stop at the last day of a shorter month and
    /// do not drift: three months after the 31st is the 30th or the 31st again.
    pub fn after(self, day: NaiveDate, times: u32) -> NaiveDate {
        let n = u32::from(self.n).saturating_mul(times);
        match self.unit {
            Unit::Days => day + Duration::days(i64::from(n)),
            Unit::Weeks => day + Duration::days(7 * i64::from(n)),
            Unit::Months => add_months(day, n as i32),
        }
    }

    /// Twice as long, for contacts who prefer fewer messages.
    #[must_use]
    pub fn doubled(self) -> Self {
        Self {
            n: self.n * 2,
            ..self
        }
    }

    /// About half as long, at least a week.
    #[must_use]
    pub fn halved(self) -> Self {
        match (self.unit, u32::from(self.n)) {
            (Unit::Months, 1) => Self::weeks(2),
            (Unit::Months, n) if n % 2 == 0 => Self::months(n / 2),
            (Unit::Months, n) => Self::weeks(n * 2),
            (Unit::Weeks, n) => Self::weeks((n / 2).max(1)),
            (Unit::Days, n) => Self::days((n / 2).max(7).min(n)),
        }
    }
}

impl fmt::Display for Every {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Days => 'd',
            Unit::Weeks => 'w',
            Unit::Months => 'm',
        };
        write!(f, "{}{unit}", self.n)
    }
}

impl Serialize for Every {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Every {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        Every::parse(&text).ok_or_else(|| {
            serde::de::Error::custom(format!("`{text}` is no interval: 3d, 2w, 1m, 1y"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_reads_back_as_written() {
        for (text, days) in [
            ("3d", 3),
            ("2w", 14),
            ("1m", 30),
            ("６ヶ月", 180),
            ("1y", 360),
            ("2週間", 14),
        ] {
            let every = Every::parse(text).expect(text);
            assert_eq!(every.length(), days, "{text}");
            assert_eq!(Every::parse(&every.to_string()), Some(every));
        }
        for text in ["", "0d", "d", "3", "-1w", "99y", "3x"] {
            assert_eq!(Every::parse(text), None, "{text}");
        }
    }

    #[test]
    fn months_do_not_drift() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).expect("day");
        let month = Every::months(1);
        assert_eq!(
            [1, 2, 3].map(|n| month.after(day(2027, 10, 31), n)),
            [day(2027, 11, 30), day(2027, 12, 31), day(2028, 1, 31)]
        );
        assert_eq!(month.after(day(2027, 10, 31), 4), day(2028, 2, 29));
        assert_eq!(Every::months(1).halved(), Every::weeks(2));
        assert_eq!(Every::weeks(1).halved(), Every::weeks(1));
        assert_eq!(Every::months(2).doubled(), Every::months(4));
    }
}
